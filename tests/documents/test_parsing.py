from __future__ import annotations

import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from documents.files import STORY, docx, pdf, raw_pdf
from khabar.documents import ParseOptions, Problem
from khabar.parsing import parsed
from khabar.settings import Settings, load_settings


@pytest.fixture
def settings() -> Settings:
    return replace(load_settings(), processes=2)


def _told(paths: list[Path], settings: Settings | None, **more: object) -> list[str]:
    found = parsed(paths, ParseOptions(), settings, **more)  # type: ignore[arg-type]
    return [str(i) if isinstance(i, Problem) else f"{i.document.file}: {i.document.text.split()[-1]}" for i in found]


def _slow_pdf(pages: int) -> bytes:
    """A small file whose every page takes seconds: all of them show the same empty words."""
    return raw_pdf(zlib.compress(b"BT /F 9 Tf " + b"() Tj " * 200_000 + b"ET", 9), pages=pages)


def _files(folder: Path) -> Path:
    """Reports of every kind, with names in whose order they come."""
    made = {
        "a.txt": f"{STORY} one".encode(),
        "b.pdf": pdf([[STORY[:80], "two"]]),
        "c.jsonl": b'{"text": "Gunmen killed three people on Friday. three"}\n{"text": ""}\n{"text": "And some. four"}',
        "d.html": f"<html><body><article><p>{STORY * 3} five</p></article></body></html>".encode(),
        "e.pdf": b"%PDF-1.4 no more",
        "f.docx": docx([STORY, "six"]),
        "g.txt": f"{STORY} seven".encode(),
    }
    folder.mkdir()
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return folder


def test_workers_find_the_same_in_the_same_order(tmp_path: Path, settings: Settings) -> None:
    folder = _files(tmp_path / "reports")
    here = _told([folder], None, under=folder)
    assert _told([folder], settings, under=folder) == here
    assert [line.split(":")[0] for line in here] == [
        "a.txt", "b.pdf", "c.jsonl", "c.jsonl", "c.jsonl", "d.html", "e.pdf", "f.docx", "g.txt"
    ]  # fmt: skip
    assert [n for n, line in enumerate(here) if len(line.split()) > 2] == [3, 6]  # a row without words, half a file


def test_a_file_that_takes_too_long_costs_itself(tmp_path: Path, settings: Settings) -> None:
    folder = _files(tmp_path / "reports")
    (folder / "b2.pdf").write_bytes(_slow_pdf(500))
    said = _told([folder], replace(settings, timeout=4.0), under=folder)
    assert said.pop(2) == "b2.pdf: It took longer than 4 seconds. Raise KHABAR_TIMEOUT, or split it."
    assert said == _told([_files(tmp_path / "again")], None, under=tmp_path / "again")


def test_a_file_that_takes_too_much_memory_costs_itself(tmp_path: Path, settings: Settings) -> None:
    folder = _files(tmp_path / "reports")
    (folder / "b2.pdf").write_bytes(pdf([["words"]]) + b"\n% " + b"x" * 40_000_000)
    said = _told([folder], replace(settings, memory=0.09), under=folder)
    assert "it took more than 0.09 GB." in said.pop(2)
    assert said == _told([_files(tmp_path / "again")], None, under=tmp_path / "again")


def test_what_a_base_is_kept_in_is_no_report(tmp_path: Path, settings: Settings) -> None:
    folder = _files(tmp_path / "reports")
    everything = _told([folder], None, under=folder)
    (folder / "base.archive").mkdir()
    for name in ("base", "base.archive/x.txt"):
        (folder / name).write_text(STORY)
    left_out = frozenset({folder / "base", folder / "base.archive"})
    assert _told([folder], None, under=folder, leave_out=left_out) == everything
    assert _told([folder], settings, under=folder, leave_out=left_out) == everything
    assert len(_told([folder / "base"], None, leave_out=left_out)) == 1  # what is named is read
