"""A broken installation: what is missing is named with its remedy, and no command ends in a traceback."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from command import khabar
from khabar.cli.health import examine
from khabar.settings import load_settings

REPORT = "Kabul, 3 March 2019. Gunmen shot dead two policemen at a checkpoint in Kabul on Sunday, officials said.\n"


def _without(folder: Path, module: str) -> dict[str, str]:
    """An environment in which importing `module` fails as it does where its files are gone."""
    (folder / "sitecustomize.py").write_text(
        "import sys\nfrom importlib.machinery import PathFinder\n"
        "class Gone:\n"
        "    @staticmethod\n"
        "    def find_spec(name, path=None, target=None):\n"
        f"        if name.partition('.')[0] == {module!r}:\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Gone)\n",
        encoding="utf-8",
    )
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), *filter(None, sys.path)])}


@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        ("sqlalchemy", ("add", "report.txt")),
        ("trafilatura", ("add", "page.html")),
        ("uvicorn", ("serve", "--no-browser", "--port", "0")),
    ],
)
def test_a_part_that_went_away_is_one_line_that_names_it(
    tmp_path: Path, module: str, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "page.html").write_text(f"<html><body><article><p>{REPORT * 3}</p></article></body></html>")
    if arguments[0] == "serve":
        khabar(tmp_path, "add", "report.txt")
    (tmp_path / "broken").mkdir()
    done = khabar(tmp_path, *arguments, code=1, env=_without(tmp_path / "broken", module))
    said = [line for line in done.stderr.splitlines() if line.startswith("khabar: ")]
    assert len(said) == 1
    assert module in said[0]
    assert "khabar doctor" in said[0]


def test_doctor_goes_on_where_a_part_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = {"pypdf", "sqlalchemy"}
    monkeypatch.setattr("khabar.cli.health.find_spec", lambda name: None if name in gone else object())
    missing = [f for f in examine(load_settings()) if not f.good and not f.optional]
    assert [f.what.partition(" ")[0] for f in missing] == ["pypdf", "sqlalchemy"]
    assert all("pip install" in f.remedy for f in missing)


def test_doctor_says_that_a_compiled_gazetteer_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = sorted(load_settings().cache.glob("gazetteer-*.db"))
    monkeypatch.setenv("KHABAR_CACHE", str(tmp_path))
    (tmp_path / "gazetteer-0.db").write_bytes(b"no database" * 1000)
    [finding] = [f for f in examine(load_settings()) if f.what == "the gazetteer"]
    assert not finding.good
    assert "damaged" in finding.says
    if sound:
        shutil.copy(sound[0], tmp_path / "gazetteer-0.db")
        [finding] = [f for f in examine(load_settings()) if f.what == "the gazetteer"]
        assert finding.good
