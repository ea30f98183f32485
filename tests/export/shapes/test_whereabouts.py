"""Where reports lie on somebody's disk stays there: other people get the name of a file, not its folders."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from command import khabar
from khabar.plugins import KINDS, find_plugin

_FOLDER = "from-the-lawyer-of-the-family"
_SHAPES = sorted(KINDS["exporters"])


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base of one report without a title or publisher, added by its whole path."""
    folder = tmp_path_factory.mktemp("whereabouts")
    report = folder / _FOLDER / "a.txt"
    report.parent.mkdir()
    report.write_text(
        "A car bomb killed 12 people in Kandahar on 4 March 2018. The Taliban claimed the attack. "
        "Jamaat-ul-Ahrar split from the Pakistani Taliban in August 2014.",
        encoding="utf-8",
    )
    khabar(folder, "add", str(report), "--store", "k.db")
    khabar(folder, "run", "--store", "k.db", "--processes", "1")
    return folder / "k.db"


def _bytes(folder: Path) -> bytes:
    found = b""
    for path in sorted(folder.rglob("*")):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                found += b"".join(packed.read(name) for name in packed.namelist())
        elif path.is_file():
            found += path.read_bytes()
    return found


@pytest.mark.parametrize("shape", _SHAPES)
def test_no_shape_says_where_a_report_lies(shape: str, base: Path, tmp_path: Path) -> None:
    name = f"out.{find_plugin('exporters', shape)().ending}"
    khabar(tmp_path, "export", shape, "-o", name, "--store", str(base))
    written = _bytes(tmp_path)
    assert b"Taliban" in written
    assert _FOLDER.encode() not in written


def test_nor_does_a_report_for_readers(base: Path, tmp_path: Path) -> None:
    khabar(tmp_path, "report", "2018-03", "-o", "r.html", "--store", str(base))
    written = _bytes(tmp_path)
    assert b"a.txt" in written
    assert _FOLDER.encode() not in written
