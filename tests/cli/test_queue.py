"""Doubtful claims are left out of what is coded, wait in the queue, and come back with another threshold."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from pathlib import Path

import pytest

from command import khabar
from copies import copied
from khabar.exchange import claim_as_kept
from khabar.records import Review
from khabar.samples import sample_folder
from khabar.store.opening import open_store
from khabar.store.questions import ClaimFilter, EventFilter

_AT = {**os.environ, "KHABAR_DOUBT": "0.8"}


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of the sample reports, in a folder of its own."""
    folder = tmp_path_factory.mktemp("report")
    shutil.copy(sample_folder() / "analysis-khorasan.txt", folder)
    return folder


def test_extract_gives_what_is_sure_enough_and_says_what_it_leaves_out(report: Path) -> None:
    every = khabar(report, "extract", "analysis-khorasan.txt", "--doubtful", env=_AT)
    found = [json.loads(line) for line in every.stdout.splitlines()]
    low, high = min(c["confidence"] for c in found), max(c["confidence"] for c in found)
    threshold = (low + high) / 2  # whatever the weights are fitted to, some claims are below it
    some = khabar(report, "extract", "analysis-khorasan.txt", env={**_AT, "KHABAR_DOUBT": f"{threshold:.4f}"})
    kept = [json.loads(line) for line in some.stdout.splitlines()]
    assert [c for c in found if c["confidence"] >= threshold] == kept
    assert 0 < len(kept) < len(found)
    assert f"{len(found) - len(kept)} doubtful claims left out" in some.stderr
    assert "left out" not in every.stderr


def test_the_queue_lists_what_claims_leave_out(demo_base: Path) -> None:
    def listed(command: str, *options: str) -> list[dict[str, str]]:
        arguments = (command, "-f", "csv", "--store", str(demo_base), *options)
        return _rows(khabar(demo_base.parent, *arguments, env=_AT).stdout)

    every, coded = listed("claims", "--doubtful"), listed("claims")
    waiting = listed("queue")
    left_out = {r["id"] for r in every} - {r["id"] for r in coded}
    assert left_out == {r["id"] for r in waiting if r["coded"] == "no"}
    assert left_out
    assert all("%" in r["doubtful"] and r["quote"] for r in waiting)
    events = listed("queue", "--kind", "event")
    assert {r["kind"] for r in events} == {"event"}


def test_a_changed_threshold_needs_no_reading_and_changes_the_incidents(demo_base: Path, tmp_path: Path) -> None:
    store = tmp_path / "copy.db"
    copied(demo_base, store)

    def incidents() -> int:
        return len(khabar(tmp_path, "incidents", "-f", "jsonl", "--store", str(store)).stdout.splitlines())

    before = incidents()
    run = khabar(tmp_path, "run", "--store", str(store), env=_AT)
    assert "Nothing new to read" in run.stderr
    assert "khabar queue" in run.stderr
    assert incidents() < before
    khabar(tmp_path, "run", "--store", str(store))
    assert incidents() == before


def test_a_threshold_that_is_none_is_named(tmp_path: Path) -> None:
    done = khabar(tmp_path, "queue", env={**os.environ, "KHABAR_DOUBT": "much"}, code=1)
    assert "KHABAR_DOUBT is 'much'" in done.stderr


def test_a_claim_that_a_person_accepts_is_coded_all_the_same(demo_base: Path, tmp_path: Path) -> None:
    store = tmp_path / "copy.db"
    copied(demo_base, store)
    khabar(tmp_path, "run", "--store", str(store), env=_AT)
    with open_store(store) as base:
        waiting = base.claims(ClaimFilter(doubtful=0.8, kinds=("event",), modality="actual", aggregates=False))
        left_out = next(claim for claim in waiting if claim.confidence < 0.8)
        assert base.count(EventFilter(claim=left_out.id)) == 0
        said = claim_as_kept(left_out)
        base.add_review(Review(left_out.id, "accept", "amal", said, said))
    run = khabar(tmp_path, "run", "--store", str(store), env=_AT)
    assert "putting incidents together" in run.stderr
    with open_store(store) as base:
        assert base.count(EventFilter(claim=left_out.id)) == 1
        assert left_out.id not in {claim.id for claim in base.claims(ClaimFilter(doubtful=0.8))}
