"""khabar restrict and khabar audit: who may see what, who did what; tampering has an exit code."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from command import khabar
from copies import copied
from khabar.store.opening import open_store


@pytest.fixture(scope="module")
def store(demo_base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(demo_base, tmp_path_factory.mktemp("access") / "k.db")


def _run(store: Path, *words: str, code: int = 0) -> str:
    done = khabar(store.parent, *words, "--store", str(store), code=code)
    return done.stdout + done.stderr


def test_a_document_is_restricted_and_opened_and_the_log_says_by_whom(store: Path) -> None:
    with open_store(store) as base:
        one, two = [d.id for d in base.document_list()][:2]
    said = _run(store, "restrict", one[:12], two, "--group", "north", "--group", "desk", "--by", "amal")
    assert "only desk and north may see 2 documents" in said
    with open_store(store) as base:
        assert base.restrictions() == {one: ("desk", "north"), two: ("desk", "north")}
        assert base.restrictions([two]) == {two: ("desk", "north")}
    assert "everybody may see 1 document" in _run(store, "restrict", two, "--open", "--by", "zoe")
    with open_store(store) as base:
        assert base.restrictions() == {one: ("desk", "north")}
    lines = [json.loads(line) for line in _run(store, "audit", "list", "-f", "jsonl", "--limit", "3").splitlines()]
    assert [(line["by"], line["act"], line["subject"]) for line in lines] == [
        *[("amal", "restrict", key) for key in (one, two)],
        ("zoe", "open", two),
    ]
    assert lines[0]["details"] == {"groups": ["desk", "north"]}
    rows = _run(store, "audit", "list", "--who", "zoe", "-f", "csv").splitlines()
    assert rows[0] == "number,at,by,act,subject,details,before,hash"
    assert len(rows) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("restrict", "nothing-like-it", "--group", "north"), "no document"),
        (("restrict", "nothing-like-it"), "Nothing says who may see them"),
        (("restrict", "nothing-like-it", "--open", "--group", "north"), "Nothing says who may see them"),
        (("restrict", "nothing-like-it", "--group", " "), "--group is ' '"),
        (("audit", "list", "--since", "yesterday"), "not a day"),
    ],
)
def test_what_cannot_be_done_is_one_line(store: Path, words: tuple[str, ...], said: str) -> None:
    assert said in _run(store, *words, code=1)


def test_the_log_is_checked_with_a_hash_of_before(store: Path, tmp_path: Path) -> None:
    whole = _run(store, "audit", "verify")
    assert "each follows the one before" in whole
    head = whole.split()[-1]
    _run(store, "audit", "verify", "--expect", head)
    assert "no line has the hash" in _run(store, "audit", "verify", "--expect", "0" * 63 + "1", code=1)
    touched = copied(store, tmp_path / "touched.db")
    connection = sqlite3.connect(touched)
    connection.execute("UPDATE audit SET \"by\" = 'noor' WHERE number = 2")
    connection.commit()
    connection.close()
    assert "line 2 was changed" in _run(touched, "audit", "verify", code=1)


def test_reports_are_added_for_a_group_and_what_was_there_stays_as_it_was(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"Report {name} of the Red Lantern Front in Northport.", encoding="utf-8")
    store = tmp_path / "k.db"
    _run(store, "add", str(tmp_path / "one.txt"))
    (tmp_path / "secret-name.txt").write_bytes((tmp_path / "one.txt").read_bytes())
    paths = [str(tmp_path / f"{name}.txt") for name in ("secret-name", "two")]
    assert "stays as it was" in _run(store, "add", *paths, "--group", "north")
    with open_store(store) as base:
        first, second = base.document_list()
        assert base.restrictions() == {second.id: ("north",)}
        assert [Path(origin.file).name for origin in base.origins(first.id)] == ["one.txt"]
