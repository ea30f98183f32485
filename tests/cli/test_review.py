"""khabar review: decide from the terminal, undo, assign, compare; every mistake is one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command import khabar
from copies import copied
from khabar.records import EventBody
from khabar.store.opening import open_store
from khabar.store.questions import ClaimFilter, EventFilter


@pytest.fixture(scope="module")
def store(demo_base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(demo_base, tmp_path_factory.mktemp("review") / "k.db")


def _run(store: Path, *words: str, code: int = 0) -> str:
    done = khabar(store.parent, "review", *words, "--store", str(store), code=code)
    return done.stderr if code else done.stdout


def _exact_toll(store: Path) -> tuple[str, int]:
    with open_store(store) as base:
        for claim in base.claims(ClaimFilter(kinds=("event",), coded=0.5, aggregates=False)):
            killed = claim.body.killed if isinstance(claim.body, EventBody) else None
            if killed and killed.low == killed.best == killed.high and base.count(EventFilter(claim=claim.id)):
                return claim.id, killed.best or 0
    raise AssertionError


def test_correct_show_list_and_undo(store: Path) -> None:
    key, best = _exact_toll(store)
    with open_store(store) as base:
        before = {event.id: event for event in base.events()}
    said = _run(store, "correct", key, "--set", f"killed.best={best + 900}", "--note", "recounted", "--by", "amal")
    assert "review 1: correct" in said
    shown = _run(store, "show", key[:10])
    assert f"(proposed: {best})" in shown
    assert "amal: correct: recounted" in shown
    [row] = [json.loads(line) for line in _run(store, "list", "-f", "jsonl").splitlines()]
    assert (row["decision"], row["by"], row["accepted"]["event"]["killed"]["high"]) == ("correct", "amal", best + 900)
    assert row["proposed"]["id"] == key
    assert "review 1 is undone" in _run(store, "undo", "--by", "amal")
    with open_store(store) as base:
        assert {event.id: event for event in base.events()} == before
    assert "nothing of amal to undo" in _run(store, "undo", "--by", "amal", code=1)
    rejected = _run(store, "reject", key, "--by", "zoe")
    assert "khabar review undo 3" in rejected
    _run(store, "undo", "3")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("accept", "nothing-like-it"), "no claim"),
        (("undo", "99"), "no review 99"),
        (("agreement", "--batch", "none"), "no batch"),
        (("assign", "--coders", "amal", "ffffffffff"), "no document"),
    ],
)
def test_mistakes_are_one_line(store: Path, words: tuple[str, ...], said: str) -> None:
    errors = _run(store, *words, code=1)
    assert said in errors
    assert len(errors.strip().splitlines()) == 1


def test_a_value_that_cannot_be_is_named(store: Path) -> None:
    key, _ = _exact_toll(store)
    assert "names no value" in _run(store, "correct", key, "--set", "killed", code=1)
    assert "is no number" in _run(store, "correct", key, "--set", "killed.best=many", code=1)
    assert "knows no event type" in _run(store, "correct", key, "--set", "type=picnic", code=1)


def test_a_sample_is_assigned_and_agreement_waits_for_codings(store: Path) -> None:
    khabar(
        store.parent,
        "review",
        "assign",
        "--coders",
        "amal, zoe",
        "--every",
        "20",
        "--batch",
        "pilot",
        "--store",
        str(store),
    )
    given = [json.loads(line) for line in _run(store, "assignments", "-f", "jsonl").splitlines()]
    assert {g["user"] for g in given} == {"amal", "zoe"}
    assert len(given) == 2 * len({g["document"] for g in given})
    assert {(g["task"], g["batch"], g["sees_machine"], g["done_at"]) for g in given} == {
        ("coding", "pilot", False, None)
    }
    twice = _run(store, "assign", "--coders", "amal", "--every", "20", "--batch", "pilot", code=1)
    assert "already" in twice
    done = khabar(store.parent, "review", "agreement", "--store", str(store))
    assert "No report of pilot has a finished coding yet" in done.stderr
    with open_store(store) as base:
        for one in base.assignments():
            if one.document == given[0]["document"]:
                base.finish_assignment(one.number, list(base.claims(ClaimFilter(document=one.document))))
    rows = [json.loads(line) for line in _run(store, "agreement", "--batch", "pilot", "-f", "jsonl").splitlines()]
    assert {r["between"] for r in rows} == {"coders", "machine and amal", "machine and zoe"}
    assert all(r["f1"] == 1.0 for r in rows if r["between"] == "coders")
