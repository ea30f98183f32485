"""The audit log: who did what is there in one chain, and whatever is done to it afterwards is noticed."""

from __future__ import annotations

import random
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine
from store_samples import EXTRACTOR, accepted, claims_of, decision, document, undone

import khabar.store
from khabar.errors import NotFoundError
from khabar.records import Assignment, Decision, ReferenceSet
from khabar.store import Store, open_store
from khabar.store.access_questions import AuditFilter
from khabar.store.chain import START, AuditLine
from khabar.store.sqlite import APPLICATION_ID


def _busy(store: Store) -> None:
    """One of everything that the log is about."""
    doc = document()
    run = store.begin_run("add", "amal")
    store.add_document(doc)
    told = claims_of(doc)
    store.save_claims(doc.id, told, EXTRACTOR)
    store.end_run(run, {"new": 1}, "amal")
    store.add_decision(decision("merge", "a", "b"))
    store.add_decision(Decision("undo", "amal", undoes=1))
    review = store.add_review(accepted(told[0]))
    store.add_review(undone(review.number))
    [given_] = store.add_assignments([Assignment(doc.id, "zoe", "coding", "amal", "one")])
    store.finish_assignment(given_.number, told[:1])
    store.reopen_assignment(given_.number)
    about = ReferenceSet("set", "ucdp-ged", "T", "1", "f.csv", "0" * 64, "free")
    store.add_reference(about, iter(()), "amal")
    store.forget_reference("set", "amal")
    store.restrict([doc.id], ["north", "desk"], "amal")
    store.restrict([doc.id], [], "amal")
    store.append_audit("amal", "log in", "amal", {"from": "::1"})


ACTS = [
    *("begin run", "end run", "decide", "undo", "review", "undo review", "assign", "finish", "reopen"),
    *("import", "forget import", "restrict", "open", "log in"),
]


def test_whatever_people_do_is_a_line_that_follows_the_one_before(store: Store) -> None:
    assert list(store.audit()) == []
    assert store.audit_state().head == START
    _busy(store)
    lines = list(store.audit())
    assert [line.act for line in lines] == ACTS
    assert [line.number for line in lines] == list(range(1, len(ACTS) + 1))
    assert [line.before for line in lines] == [START, *(line.hash for line in lines[:-1])]
    assert all(line.sealed == line.hash for line in lines)
    found = store.audit_state()
    assert (found.lines, found.head, found.fault) == (len(ACTS), lines[-1].hash, "")
    assert store.audit_state(lines[3].hash).fault == ""
    assert "no line has the hash" in store.audit_state("f" * 64).fault


def test_lines_by_who_and_what(store: Store) -> None:
    _busy(store)
    assert [line.act for line in store.audit(AuditFilter(by="zoe"))] == ["finish"]
    assert [line.subject for line in store.audit(AuditFilter(act="log in"))] == ["amal"]
    assert [line.act for line in store.audit(AuditFilter(limit=2))] == ["open", "log in"]
    assert list(store.audit(AuditFilter(since="9999"))) == []


def test_what_did_not_happen_has_no_line(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.forget_reference("set")
    with pytest.raises(NotFoundError):
        store.restrict(["f" * 64], ["north"], "amal")
    with pytest.raises(NotFoundError):
        store.finish_assignment(7)
    assert list(store.audit()) == []


def test_many_writers_make_one_chain(address: str) -> None:
    problems: list[Exception] = []

    def work(name: str) -> None:
        try:
            with open_store(address) as own:
                for number in range(12):
                    own.append_audit(name, "log in", str(number))
                    own.add_decision(decision("merge", f"{name}{number}", "b"))
        except Exception as problem:  # noqa: BLE001 (told to the test below)
            problems.append(problem)

    open_store(address).close()
    threads = [threading.Thread(target=work, args=(name,)) for name in ("amal", "zoe", "noor", "tarek")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    with open_store(address) as store:
        found = store.audit_state()
        assert (found.lines, found.fault) == (4 * 12 * 2, "")
        for name in ("amal", "zoe", "noor", "tarek"):
            said = [line.subject for line in store.audit(AuditFilter(by=name, act="log in"))]
            assert said == [str(number) for number in range(12)]


# ------------------------------------------------------------------ what is done to it afterwards (SQLite)

_TOUCHED = ("number", "at", "by", "act", "subject", "details", "before", "hash")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("audit") / "k.db"
    with open_store(path) as store:
        _busy(store)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    return path


def _after(finished: Path, folder: Path, change: Callable[[sqlite3.Connection], object]) -> tuple[str, int | None]:
    path = folder / "touched.db"
    path.write_bytes(finished.read_bytes())
    connection = sqlite3.connect(path)
    change(connection)
    connection.commit()
    connection.close()
    with open_store(path) as store:
        found = store.audit_state()
        return found.fault, found.first


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(line=st.integers(1, len(ACTS)), column=st.sampled_from(_TOUCHED), seed=st.integers(0, 10_000))
def test_any_change_of_a_line_is_noticed_at_that_line(
    finished: Path, tmp_path: Path, line: int, column: str, seed: int
) -> None:
    chance = random.Random(seed)
    words: str | int = "".join(chance.choices("0123456789abcdef{}", k=8)) if column != "number" else 1000 + seed

    def change(connection: sqlite3.Connection) -> None:
        connection.execute(f'UPDATE audit SET "{column}" = ? WHERE number = ?', (words, line))  # noqa: S608

    fault, first = _after(finished, tmp_path, change)
    assert fault
    assert first == line


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(line=st.integers(1, len(ACTS)), other=st.integers(1, len(ACTS)), close=st.booleans())
def test_a_line_taken_out_or_swapped_is_noticed(
    finished: Path, tmp_path: Path, line: int, other: int, close: bool
) -> None:
    def remove(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM audit WHERE number = ?", (line,))
        if close:  # the gap is closed, so that the numbers look right
            connection.execute("UPDATE audit SET number = number - 1 WHERE number > ?", (line,))

    def swap(connection: sqlite3.Connection) -> None:
        for number, into in ((line, 900), (other, line), (900, other)):
            connection.execute("UPDATE audit SET number = ? WHERE number = ?", (into, number))

    assert _after(finished, tmp_path, remove)[1] == line
    if line != other:
        assert _after(finished, tmp_path, swap)[1] == min(line, other)


@pytest.mark.parametrize("kept", range(len(ACTS)))
def test_a_tail_cut_off_cleverly_is_noticed_by_who_kept_a_hash(finished: Path, tmp_path: Path, kept: int) -> None:
    with open_store(finished) as store:
        head = store.audit_state().head
    path = tmp_path / "cut.db"
    path.write_bytes(finished.read_bytes())
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM audit WHERE number > ?", (kept,))
    for journal, first in (("decisions", 3), ("reviews", 5)):  # with what the lines were about
        connection.execute(f"DELETE FROM {journal} WHERE number > ?", (max(0, kept - first + 1),))  # noqa: S608
    [last] = connection.execute("SELECT hash FROM audit WHERE number = ?", (kept,)).fetchall() or [(START,)]
    connection.execute("UPDATE state SET value = ? WHERE name = 'audit'", (f"{kept}:{last[0]}",))
    connection.commit()
    connection.close()
    with open_store(path) as store:
        assert store.audit_state().fault == ""
        assert "the end was cut off" in store.audit_state(head).fault


def test_a_tail_cut_off_plainly_is_noticed_by_everybody(finished: Path, tmp_path: Path) -> None:
    fault, first = _after(finished, tmp_path, lambda c: c.execute("DELETE FROM audit WHERE number > 10"))
    assert fault == "line 11 and what came after it is gone"
    assert first == 11


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ("UPDATE decisions SET note = 'another reason' WHERE number = 1", 3),
        ("UPDATE decisions SET \"by\" = 'zoe' WHERE number = 2", 4),
        ("UPDATE reviews SET accepted = 'null' WHERE number = 1", 5),
        ("DELETE FROM reviews WHERE number = 2", 6),
    ],
)
def test_a_decision_changed_or_taken_out_is_noticed_at_its_line(
    finished: Path, tmp_path: Path, change: str, line: int
) -> None:
    assert _after(finished, tmp_path, lambda c: c.execute(change))[1] == line


def test_a_decision_put_in_beside_the_log_is_noticed(finished: Path, tmp_path: Path) -> None:
    put = 'INSERT INTO decisions SELECT 9, "by", at, act, sides, undoes, note FROM decisions WHERE number = 1'
    assert _after(finished, tmp_path, lambda c: c.execute(put))[0] == "1 more decisions than lines about them"


# ------------------------------------------------------------------ bases of before


def test_what_an_older_base_holds_is_taken_into_the_log_always_alike(finished: Path, tmp_path: Path) -> None:
    heads = []
    with open_store(finished) as store:
        there = [line for line in store.audit() if line.act in ("begin run", "end run", "decide", "undo", "review")]
    for name in ("one.db", "two.db"):
        path = tmp_path / name
        _made_before(path, finished)
        with open_store(path) as store:
            lines = list(store.audit())
            found = store.audit_state()
        assert found.fault == ""
        assert all(line.details["taken"] for line in lines)
        assert sorted(map(_content, lines)) == sorted(_content(line) for line in [*there, _undoing(finished)])
        heads.append(found.head)
    assert heads[0] == heads[1]


def _made_before(path: Path, finished: Path) -> None:
    """A base as it was before there was a log, with the journals of the finished one."""
    migrations = Path(khabar.store.__file__).parent / "migrations"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(migrations))
        config.set_main_option("path_separator", "os")
        command.upgrade(config, "0009")
    engine.dispose()
    raw = sqlite3.connect(path)
    raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    raw.execute("ATTACH ? AS finished", (str(finished),))
    for table in ("decisions", "reviews", "runs", "reference_sets"):
        raw.execute(f"INSERT INTO main.{table} SELECT * FROM finished.{table}")  # noqa: S608
    raw.commit()
    raw.close()


def _content(line: AuditLine) -> tuple[str, str, str]:
    return line.act, line.subject, str(line.details.get("content"))


def _undoing(finished: Path) -> AuditLine:
    with open_store(finished) as store:
        return next(iter(store.audit(AuditFilter(act="undo review"))))
