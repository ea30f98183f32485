from __future__ import annotations

from pathlib import Path

import pytest

from khabar.errors import ReadingError
from khabar.reading import gazetteer as gazetteer_module
from khabar.reading.gazetteer import Gazetteer, gazetteer_version, open_gazetteer
from khabar.reading.gazetteer_rows import name_key


def test_places_know_the_units_they_lie_in(gazetteer: Gazetteer) -> None:
    quetta = max(gazetteer.candidates("quetta"), key=lambda c: c.kind == "city")
    unit = gazetteer.by_id(quetta.admin1 or 0)
    assert unit is not None
    assert (unit.name, unit.kind, quetta.country) == ("Balochistan", "adm1", "PK")
    assert (round(quetta.latitude or 0), round(quetta.longitude or 0)) == (30, 67)


def test_units_lie_among_their_towns(gazetteer: Gazetteer) -> None:
    nangarhar = next(c for c in gazetteer.candidates("nangarhar") if c.kind == "adm1")
    assert 33.5 < (nangarhar.latitude or 0) < 35
    assert 69.5 < (nangarhar.longitude or 0) < 71.5


def test_each_country_has_one_capital(gazetteer: Gazetteer) -> None:
    capital = gazetteer.capital_of("AF")
    assert capital is not None
    assert capital.name == "Kabul"


def test_unknown_names_are_not_there(gazetteer: Gazetteer) -> None:
    assert gazetteer.candidates("no such place at all") == ()
    assert gazetteer.longest("qwxyz") == 0
    assert gazetteer.by_id(-1) is None


def test_keys_fold_case_accents_and_marks() -> None:
    assert name_key("Deir al-Zour") == name_key("DEIR AL ZOUR") == "deir al zour"
    assert name_key("Medellín") == "medellin"


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\0" + bytes(200)])
def test_a_broken_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "gazetteer.db"
    path.write_bytes(content)
    with pytest.raises(ReadingError, match=r"gazetteer\.db"):
        Gazetteer(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"none\.db"):
        Gazetteer(tmp_path / "none.db")


def test_a_cut_off_file_is_found_out(tmp_path: Path, gazetteer: Gazetteer) -> None:
    path = tmp_path / "gazetteer.db"
    path.write_bytes(gazetteer.path.read_bytes()[:-8192])
    with pytest.raises(ReadingError, match="cannot be read"):
        Gazetteer(path)


def test_a_good_file_is_not_compiled_again(monkeypatch: pytest.MonkeyPatch, gazetteer: Gazetteer) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(gazetteer_module, "build_gazetteer", refuse)
    again = open_gazetteer(gazetteer.path.parent)
    assert again.version == gazetteer_version()
    again.close()


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(ReadingError, match="KHABAR_CACHE"):
        open_gazetteer(blocked / "cache")
