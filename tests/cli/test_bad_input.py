"""Whatever a user feeds it: one clear line that names the file and the remedy, the other files go on."""

from __future__ import annotations

import json
import os
import shlex
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from command import khabar
from khabar.store.opening import open_store

GOOD = "Kabul, 3 March 2019. Gunmen shot dead two policemen at a checkpoint in Kabul on Sunday, officials said.\n"


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _junk(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<Types/>")
        bomb.writestr("word/document.xml", b"\0" * 300_000_000)


def _encrypted(path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(path)


def _broken_pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<<>>\nstream")


def _broken_lines(path: Path) -> None:
    path.write_text(
        '{"text": "Gunmen shot dead two policemen in Kabul on 3 March 2019."}\n{"text": \n', encoding="utf-8"
    )


BAD: dict[str, Callable[[Path], None]] = {
    "empty.txt": _empty,
    "junk.txt": _junk,
    "bomb.docx": _bomb,
    "encrypted.pdf": _encrypted,
    "broken.pdf": _broken_pdf,
    "lines.jsonl": _broken_lines,
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_line_and_the_good_one_goes_on(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    BAD[name](folder / name)
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    done = khabar(tmp_path, "add", "in", code=1)
    complaints = [line for line in done.stderr.splitlines() if line.startswith("khabar:")]
    assert len(complaints) == 1
    assert name in complaints[0]
    with open_store(tmp_path / "khabar.db", create=False) as base:
        assert any("good.txt" in d.file for d in base.documents())
        assert [p.file for p in base.problems()]
        assert base.check() == []


def test_fifty_megabytes_of_text_are_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_text(GOOD * (50_000_000 // len(GOOD)), encoding="utf-8")
    done = khabar(tmp_path, "add", "big.txt", code=1)
    assert "big.txt" in done.stderr


def test_wrong_encoding_and_broken_html_are_read_as_well_as_can_be(tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes(
        "Bogotá: a car bomb killed 21 cadets on 17 January 2019, the army said.".encode("cp1252")
    )
    (tmp_path / "page.html").write_text(f"<html><body><div><p>{GOOD * 3}</div><table><tr><b>", encoding="utf-8")
    khabar(tmp_path, "add", "latin.txt", "page.html")
    with open_store(tmp_path / "khabar.db", create=False) as base:
        texts = {Path(d.file).name: d.text for d in base.documents()}
    assert "Bogotá" in texts["latin.txt"]
    assert "Gunmen" in texts["page.html"]
    assert "<p>" not in texts["page.html"]


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    done = khabar(tmp_path, "add", "nowhere.txt", code=1)
    assert "nowhere.txt" in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_folder_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0)
    try:
        done = khabar(tmp_path, "add", "closed", code=1)
    finally:
        folder.chmod(0o755)
    assert "closed" in done.stderr


def _text_file(path: Path) -> None:
    path.write_text("not a base", encoding="utf-8")


def _other_base(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (title TEXT)")


@pytest.mark.parametrize("make", [_text_file, _other_base])
def test_a_foreign_store_is_refused_and_left_as_it_was(tmp_path: Path, make: Callable[[Path], None]) -> None:
    store = tmp_path / "foreign.db"
    make(store)
    before = store.read_bytes()
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    for command in (("add", "good.txt"), ("run",), ("incidents",)):
        done = khabar(tmp_path, *command, "--store", "foreign.db", code=1)
        assert "foreign.db" in done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert store.read_bytes() == before


def test_a_codebook_with_a_typo_names_line_and_key(tmp_path: Path) -> None:
    (tmp_path / "mine.yml").write_text(
        "id: mine\nversion: '1'\ntitle: Mine\nextends: political-violence\nevents:\n  bombing:\n    lable: Bombs\n",
        encoding="utf-8",
    )
    done = khabar(tmp_path, "codebook", "check", "mine.yml", code=1)
    assert "mine.yml:7" in done.stdout
    assert "lable" in done.stdout
    assert "label" in done.stdout
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    done = khabar(tmp_path, "extract", "good.txt", "--codebook", "mine.yml", code=1)
    assert "mine.yml" in done.stderr


def test_a_full_disk_is_one_line_and_leaves_no_half_file(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    command = f"{shlex.quote(sys.executable)} -m khabar extract good.txt > /dev/full"
    done = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, stderr=subprocess.PIPE, text=True, timeout=120, check=False
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "space" in done.stderr


def test_output_to_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    done = khabar(tmp_path, "extract", "good.txt", "-o", "nowhere/claims.jsonl", code=1)
    assert "nowhere" in done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["good.txt"]


def _many_reports(path: Path, count: int) -> None:
    days = [f"{d} March 2019" for d in range(1, 29)]
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            text = (
                f"A roadside bomb killed {number % 17 + 2} soldiers near Kandahar on {days[number % 28]}, it said. "
                f"The Taliban claimed responsibility for attack number {number}. " * 3
            )
            out.write(json.dumps({"id": f"r{number}", "text": text, "published": "2019-04-01"}) + "\n")


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_goes_on_and_neither_loses_nor_doubles(tmp_path: Path, how: signal.Signals) -> None:
    _many_reports(tmp_path / "reports.jsonl", 60)
    khabar(tmp_path, "add", "reports.jsonl")
    whole = tmp_path / "whole"
    whole.mkdir()
    _many_reports(whole / "reports.jsonl", 60)
    khabar(whole, "add", "reports.jsonl")
    khabar(whole, "run", "-p", "1")

    running = subprocess.Popen(
        [sys.executable, "-m", "khabar", "run", "-p", "2"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    _wait_for_claims(tmp_path / "khabar.db", running)
    running.send_signal(how)
    _, errors = running.communicate(timeout=60)
    assert b"Traceback" not in errors
    if how is signal.SIGINT:
        assert running.returncode == 130
    khabar(tmp_path, "run", "-p", "1")

    with (
        open_store(tmp_path / "khabar.db", create=False) as mine,
        open_store(whole / "khabar.db", create=False) as other,
    ):
        assert mine.check() == []
        assert sorted(c.id for c in mine.claims()) == sorted(c.id for c in other.claims())
        assert sorted(e.id for e in mine.events()) == sorted(e.id for e in other.events())
        assert mine.overview().pending == 0


def _wait_for_claims(store: Path, running: subprocess.Popen[bytes]) -> None:
    """Until the run has written its first claims."""
    for _ in range(600):
        if running.poll() is not None:
            break
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as base:
            if base.execute("SELECT count(*) FROM claims").fetchone()[0]:
                return
        time.sleep(0.05)
    pytest.fail(f"the run ended before it could be interrupted: {running.communicate()}")
