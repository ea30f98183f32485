"""The store as a file: whose it is, what can be wrong with it, and what a killed program leaves behind."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from killed_writer import COUNT, corpus, fill
from sqlalchemy import event
from store_samples import EXTRACTOR, bombing, claims_of, decision, document

from khabar.errors import StoreError
from khabar.store import ClaimFilter, EventFilter, open_store


def _one_line(problem: pytest.ExceptionInfo[StoreError]) -> str:
    text = str(problem.value)
    assert "\n" not in text
    assert problem.value.remedy
    return text


def _refused(path: Path | str, *, create: bool = True) -> str:
    with pytest.raises(StoreError) as problem:
        open_store(path, create=create)
    return _one_line(problem)


# ------------------------------------------------------------------ whose file it is


def test_a_missing_store_is_made_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    assert "There is no store" in _refused(path, create=False)
    assert not path.exists()
    open_store(path).close()
    assert path.exists()


@pytest.mark.parametrize("name", ["with space.db", "per%cent#and?mark.db", "naïve-خبر.db", "-o"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    with open_store(tmp_path / name) as store:
        store.add_document(document())
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_closed_store_is_one_file(tmp_path: Path) -> None:
    with open_store(tmp_path / "k.db") as store:
        store.add_document(document())
        assert list(store.documents()) == [document()]
    assert [path.name for path in tmp_path.iterdir()] == ["k.db"]


@pytest.mark.parametrize(
    "content", [b"a,b\n1,2\n", b"x", b"SQLite format 3\0" + b"\xff" * 2000, b"PK\x03\x04" + b"\0" * 999]
)
def test_a_file_of_another_kind_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(content)
    message = _refused(path)
    assert str(path) in message
    assert "not a Khabar store" in message
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (title TEXT)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    assert "a database of another program" in _refused(path)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "touched.db"
    path.touch()
    with open_store(path) as store:
        assert store.add_document(document())


def test_folders_and_addresses_are_no_files(tmp_path: Path) -> None:
    assert "is a folder" in _refused(tmp_path)
    assert "The folder of" in _refused(tmp_path / "missing" / "k.db")
    assert "is not a file" in _refused("/dev/null")
    assert "postgresql://" in _refused("postgresql://localhost/khabar")


def test_a_store_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "k.db"
    open_store(path).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    message = _refused(path)
    assert "newer Khabar (schema 9999" in message
    assert "pip install --upgrade" in message
    assert path.read_bytes() == before


# ------------------------------------------------------------------ what can be wrong with it


@contextmanager
def _without_rights() -> Iterator[None]:
    """Rights do not bind the superuser, as whom tests may run in a container: be nobody for a moment."""
    superuser = os.geteuid() == 0
    if superuser:
        os.seteuid(65534)
    try:
        yield
    finally:
        if superuser:
            os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may look into, unlike `tmp_path`."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_file_without_rights_is_refused(open_folder: Path, mode: int) -> None:
    path = open_folder / "k.db"
    open_store(path).close()
    path.chmod(mode)
    with _without_rights():
        assert "cannot be" in _refused(path)


def test_a_folder_without_rights_is_refused(open_folder: Path) -> None:
    open_store(open_folder / "first.db").close()
    open_folder.chmod(0o555)
    with _without_rights():
        assert "cannot be opened" in _refused(open_folder / "k.db")
    open_folder.chmod(0o755)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that nobody can write")
def test_a_folder_nobody_can_write_is_refused() -> None:
    assert "cannot be opened" in _refused("/proc/khabar.db")


def test_writing_a_file_that_became_read_only(tmp_path: Path) -> None:
    with open_store(tmp_path / "k.db") as store:
        event.listen(store._engine, "connect", lambda c, _: c.execute("PRAGMA query_only = ON"))  # type: ignore[attr-defined]
        store._engine.dispose()  # type: ignore[attr-defined]
        with pytest.raises(StoreError) as problem:
            store.add_document(document())
        assert "cannot be written" in _one_line(problem)
        assert store.overview().documents == 0


def test_a_store_that_another_program_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "k.db"
    open_store(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("khabar.store.sqlite._WAIT_SECONDS", 0.1)
    message = _refused(path)
    assert "is being written by another program" in message
    other.execute("ROLLBACK")
    other.close()
    with open_store(path) as store:
        assert store.check() == []


def test_a_full_disk_costs_nothing_that_was_there(tmp_path: Path) -> None:
    with open_store(tmp_path / "k.db") as store:
        first = document("first.txt")
        store.add_document(first)
        store.save_claims(first.id, claims_of(first), EXTRACTOR)
        event.listen(store._engine, "connect", lambda c, _: c.execute("PRAGMA max_page_count = 60"))  # type: ignore[attr-defined]
        store._engine.dispose()  # type: ignore[attr-defined]
        with pytest.raises(StoreError) as problem:
            store.add_document(document("long.txt", text="word " * 1_000_000))
        assert "the disk is full" in _one_line(problem)
        assert [doc.file for doc in store.documents()] == ["first.txt"]
        assert store.count(ClaimFilter()) == 5
        assert store.check() == []


_LIMITED = """
import resource, signal, sys
sys.path.insert(0, {here!r})
from killed_writer import corpus, fill
from khabar.errors import StoreError
from khabar.store import open_store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = open_store(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
try:
    fill(store, corpus())
except StoreError as problem:
    print(problem)
"""


def test_a_file_that_cannot_grow_is_one_line(tmp_path: Path) -> None:
    """The operating system refuses to write, as on a full disk or over a quota."""
    path = tmp_path / "k.db"
    program = _LIMITED.format(here=str(Path(__file__).parent))
    run = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False)
    assert run.stderr == ""
    assert str(path) in run.stdout
    assert run.stdout.count("\n") == 1
    with open_store(path) as store:
        assert store.check() == []
        fill(store, corpus())  # goes on where it was broken off
        assert store.overview().read == COUNT


def test_damage_is_named(tmp_path: Path) -> None:
    path = tmp_path / "k.db"
    with open_store(path) as store:
        for n in range(200):
            doc = document(f"{n}.txt", publisher=f"Paper {n}")
            store.add_document(doc)
            store.save_claims(doc.id, claims_of(doc), EXTRACTOR)
    content = bytearray(path.read_bytes())
    for start in range(len(content) // 2, len(content), 8192):
        content[start : start + 600] = bytes(600)
    path.write_bytes(content)
    with open_store(path) as store:
        with pytest.raises(StoreError) as problem:
            list(store.claims())
        assert "is damaged" in _one_line(problem)
        found = store.check()
        assert any("is damaged" in line for line in found)
        assert all("\n" not in line for line in found)


def test_half_a_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "k.db"
    with open_store(path) as store:
        fill(store, corpus())
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    assert "is damaged" in _refused(path)


def test_check_names_what_refers_to_nothing_and_indexes_out_of_step(tmp_path: Path) -> None:
    path = tmp_path / "k.db"
    doc = document()
    with open_store(path) as store:
        store.add_document(doc)
        store.save_claims(doc.id, [bombing(doc)], EXTRACTOR)
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO origins (document, file, added_at) VALUES ('nothing', 'x', 'y')")
    connection.execute("INSERT INTO claims_fts (claims_fts, rowid, words) VALUES ('delete', 1, 'bombing')")
    connection.commit()
    connection.close()
    with open_store(path) as store:
        assert store.check() == [
            "Row 2 of origins refers to something that is not in documents.",
            "The full-text index of claims does not match its table.",
        ]


# ------------------------------------------------------------------ interruption


@pytest.mark.slow
def test_a_writer_killed_at_any_moment_loses_and_doubles_nothing(tmp_path: Path) -> None:
    path = tmp_path / "k.db"
    chance = random.Random(20)
    known: set[str] = set()
    corpus_ids = {doc.id: doc for doc in corpus()}
    for attempt in range(12):
        run = subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / "killed_writer.py"), str(path)], stdout=subprocess.PIPE
        )
        assert run.stdout is not None
        if attempt < 3:
            time.sleep(chance.uniform(0.4, 1.2))  # while it starts and opens the store
        else:
            assert run.stdout.readline() == b"at work\n"
            time.sleep(chance.uniform(0.0, 0.3))
        run.kill()
        run.wait()
        run.stdout.close()
        with open_store(path) as store:
            assert store.check() == []
            found = list(store.documents())
            assert all(doc == corpus_ids[doc.id] for doc in found)  # none is half written
            assert len({doc.id for doc in found}) == len(found)
            assert known <= {doc.id for doc in found}  # what was there stays
            known = {doc.id for doc in found}
            for row in store.document_list():
                assert row.claims == (5 if row.state == "read" else 0)
            assert store.count(EventFilter()) <= COUNT
    with open_store(path) as store:
        fill(store, list(corpus_ids.values()))
        overview = store.overview()
        assert (overview.documents, overview.read, sum(overview.claims.values())) == (COUNT, COUNT, 5 * COUNT)
        assert overview.events == COUNT
        assert all(len(store.origins(number)) == 1 for number in corpus_ids)


def test_a_store_copied_with_its_log_is_whole(tmp_path: Path) -> None:
    """As after a power cut: the file and its log as they stand, without an orderly end."""
    path, copy = tmp_path / "k.db", tmp_path / "copy.db"
    with open_store(path) as store:
        store.add_document(document())
        shutil.copy(path, copy)
        shutil.copy(f"{path}-wal", f"{copy}-wal")
    with open_store(copy) as store:
        assert list(store.documents()) == [document()]
        assert store.check() == []


def test_nothing_heavy_is_loaded_before_a_store_is_opened() -> None:
    program = "import sys, khabar.store; print([m for m in ('sqlalchemy', 'alembic', 'sqlite3') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


_OPENER = """
import sys, time
sys.path.insert(0, {here!r})
from store_samples import document
from khabar.store import open_store
import khabar.store.sqlite, alembic.command
print("ready", flush=True)
sys.stdin.readline()
with open_store(sys.argv[1]) as store:
    for n in range(20):
        store.add_document(document(f"{{sys.argv[2]}}-{{n}}.txt"))
"""


def test_programs_that_make_the_same_store_at_once_share_it(tmp_path: Path) -> None:
    path = tmp_path / "k.db"
    program = _OPENER.format(here=str(Path(__file__).parent))
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(path), str(n)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for n in range(4)
    ]  # fmt: skip
    for run in runs:
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
    for run in runs:
        assert run.stdin is not None
        run.stdin.write("\n")
        run.stdin.flush()
    for run in runs:
        assert run.communicate(timeout=60)[1] == ""
    with open_store(path) as store:
        assert store.overview().documents == 80
        assert store.check() == []


def test_what_a_person_decides_waits_for_the_disk(tmp_path: Path) -> None:
    said: list[str] = []
    doc = document()
    with open_store(tmp_path / "k.db") as store:
        event.listen(store._engine, "before_cursor_execute", lambda *given: said.append(given[2]))
        store.add_document(doc)
        assert "PRAGMA synchronous = NORMAL" in said
        assert "PRAGMA synchronous = FULL" not in said
        store.add_decision(decision("merge", "a", "b"))
        assert said.index("PRAGMA synchronous = FULL") < said.index(
            "BEGIN IMMEDIATE", said.index("BEGIN IMMEDIATE") + 1
        )
        said.clear()
        store.add_document(document("other.txt"))
        assert "PRAGMA synchronous = NORMAL" in said
