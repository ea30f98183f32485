"""The project file: what is expected is checked, and what nobody knows is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabar.errors import ExportError, SettingsError
from khabar.export.shapes.project import Expectation, Range, load_project


def _file(folder: Path, text: str) -> Path:
    path = folder / "khabar.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_expects_nothing() -> None:
    assert load_project(None).expected_of("acled", []) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[exports.acled]", "unknown key exports"),
        ("[export.acled]\nrow = {min = 1}", "unknown key export.acled.row"),
        ("[export.acled]\nrows = 5", "export.acled.rows is 5"),
        ("[export.acled]\nrows = {min = 'x'}", "export.acled.rows.min is 'x'"),
        ("[profiles.public]\norigins = -1", "profiles.public.origins is -1"),
        ("[export", "cannot be read"),
    ],
)
def test_a_slip_of_the_pen_is_said(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        load_project(_file(tmp_path, text))


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is not there"):
        load_project(tmp_path / "none.toml")


def test_a_column_the_shape_has_not_is_said(tmp_path: Path) -> None:
    project = load_project(_file(tmp_path, "[export.acled.filled]\nlattitude = {min = 1}"))
    with pytest.raises(SettingsError, match="lattitude"):
        project.expected_of("acled", ["latitude"])


@pytest.mark.parametrize(
    ("rows", "filled", "faults"),
    [
        (10, 10, []),
        (4, 4, ["rows: 4, expected at least 5"]),
        (30, 30, ["rows: 30, expected at most 20"]),
        (10, 8, ["share of rows with admin1: 0.8, expected at least 0.9"]),
        (0, 0, ["rows: 0", "share of rows with admin1: 0"]),
    ],
)
def test_bounds_that_do_not_hold_are_all_named(rows: int, filled: int, faults: list[str]) -> None:
    expected = Expectation(Range(5, 20), {"admin1": Range(0.9)})
    if not faults:
        expected.check("acled", rows, {"admin1": filled})
        return
    with pytest.raises(ExportError) as problem:
        expected.check("acled", rows, {"admin1": filled})
    assert all(fault in str(problem.value) for fault in faults)
