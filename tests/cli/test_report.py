from __future__ import annotations

from pathlib import Path

import pytest

from command import khabar

_ASKED = ("report", "2016", "--made", "2026-11-22")


@pytest.fixture
def folder(tmp_path: Path, demo_base: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KHABAR_STORE", str(demo_base))
    return tmp_path


def test_the_form_is_that_of_the_ending(folder: Path) -> None:
    said = khabar(folder, *_ASKED, "-o", "year.xlsx")
    assert "incidents in year.xlsx" in said.stderr
    assert (folder / "year.xlsx").read_bytes()[:2] == b"PK"
    assert "<h1>Security report</h1>" in khabar(folder, *_ASKED).stdout


def test_tables_are_a_folder_of_files(folder: Path) -> None:
    khabar(folder, *_ASKED, "--format", "csv", "-o", "tables")
    assert {"area.csv", "type.csv", "group.csv", "incidents.csv"} <= {p.name for p in (folder / "tables").iterdir()}


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("report", "October"), "no period"),
        ((*_ASKED, "-o", "year.odt"), "--format"),
        ((*_ASKED, "-f", "csv"), "Name a folder"),
        ((*_ASKED, "--profile", "secret"), "no export profile"),
        ((*_ASKED, "--country", "Pakistan"), "two-letter"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(folder: Path, options: tuple[str, ...], word: str) -> None:
    said = khabar(folder, *options, code=1)
    assert word in said.stderr
    assert "Traceback" not in said.stderr
    assert not list(folder.glob("year*"))


def test_a_report_is_no_change_of_the_base(folder: Path) -> None:
    for name in ("before.json", "after.json"):
        khabar(folder, "export", "stix", "-o", name)
        khabar(folder, *_ASKED, "-o", "year.html")
    assert (folder / "before.json").read_bytes() == (folder / "after.json").read_bytes()
