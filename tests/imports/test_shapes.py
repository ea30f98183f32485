"""What a file is: its hash, its version as said or as it says itself, and errors that name the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabar.errors import DocumentError, NotFoundError
from khabar.imports.countries import country_code
from khabar.imports.shapes import SHAPES, open_reference, shape_named


def test_a_set_is_its_bytes(tmp_path: Path) -> None:
    one, copy, other = (tmp_path / name for name in ("one-2031-05-06.csv", "copy.csv", "other.csv"))
    one.write_text("id\n1\n", encoding="utf-8")
    copy.write_text("id\n1\n", encoding="utf-8")
    other.write_text("id\n2\n", encoding="utf-8")
    shape = shape_named("ucdp-ged")
    first, again, third = (open_reference(shape, path)[0] for path in (one, copy, other))
    assert first.id == again.id != third.id
    assert first.id != open_reference(shape_named("un-list"), one)[0].id
    assert (first.version, again.version) == ("2031-05-06", "")
    assert open_reference(shape, one, "22.1")[0].version == "22.1"
    assert first.licence.startswith("CC BY 4.0")


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="is a folder"):
        open_reference(SHAPES[0], tmp_path)
    with pytest.raises(DocumentError, match="There is no file"):
        open_reference(SHAPES[0], tmp_path / "missing.csv")
    with pytest.raises(NotFoundError, match="ucdp-ged, un-list"):
        shape_named("acled")


@pytest.mark.parametrize(
    ("name", "iso3", "code"),
    [
        ("Pakistan", "", "PK"),
        ("Anywhere", "NGA", "NG"),
        ("Myanmar (Burma)", "", "MM"),
        ("DR Congo (Zaire)", "", "CD"),
        ("Yemen (North Yemen)", "", "YE"),
        ("Bosnia-Herzegovina", "", "BA"),
        ("Atlantis", "", None),
        ("", "XXX", None),
    ],
)
def test_countries_by_code_and_by_name(name: str, iso3: str, code: str | None) -> None:
    assert country_code(name, iso3) == code
