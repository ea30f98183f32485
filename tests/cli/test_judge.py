"""`khabar judge`, through the real command."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from command import khabar
from copies import copied


@pytest.fixture
def folder(demo_base: Path, tmp_path: Path) -> Path:
    copied(demo_base, tmp_path / "khabar.db")
    return tmp_path


def _incidents(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in khabar(folder, "incidents", "-f", "jsonl").stdout.splitlines()]


def _journal(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(khabar(folder, "judge", "list", "-f", "json").stdout)
    return found


def test_merge_split_and_undo_leave_the_incidents_as_they_were(folder: Path) -> None:
    before = khabar(folder, "incidents", "-f", "jsonl").stdout
    left = next(i for i in _incidents(folder) if i["unsure_with"])
    told = khabar(folder, "judge", "merge", left["id"], left["unsure_with"][0], "--note", "one siege", "--by", "amal")
    assert "decision 1: merge" in told.stdout
    assert "khabar judge undo 1" in told.stdout
    [whole] = [i for i in _incidents(folder) if set(left["claims"]) < set(i["claims"])]
    assert whole["id"] in told.stdout
    why = khabar(folder, "show", whole["id"], "--why").stdout
    assert "Decision 1 by amal (merge): one siege" in why
    khabar(folder, "judge", "split", whole["id"], *left["claims"])
    assert left["claims"] in [sorted(i["claims"], key=left["claims"].index) for i in _incidents(folder)
                              if set(i["claims"]) == set(left["claims"])]  # fmt: skip
    assert [d["state"] for d in _journal(folder)] == ["holds", "overruled"]
    khabar(folder, "judge", "undo")
    khabar(folder, "judge", "undo")
    assert khabar(folder, "incidents", "-f", "jsonl").stdout == before
    assert [(d["act"], d["by"]) for d in _journal(folder)][-1] == ("merge", "amal")


def test_what_was_decided_holds_after_a_run(folder: Path) -> None:
    left = next(i for i in _incidents(folder) if i["unsure_with"])
    khabar(folder, "judge", "different", left["id"], left["unsure_with"][0], env={**os.environ, "KHABAR_USER": "zoe"})
    after = khabar(folder, "incidents", "-f", "jsonl").stdout
    assert left["unsure_with"][0] not in next(i for i in _incidents(folder) if i["id"] == left["id"])["unsure_with"]
    khabar(folder, "run", "--processes", "1")
    assert khabar(folder, "incidents", "-f", "jsonl").stdout == after
    assert _journal(folder)[0]["by"] == "zoe"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["same", "ffffffffff", "eeeeeeeeee"], "There is no record 'ffffffffff'"),
        (["undo"], "no decision to undo"),
        (["undo", "7"], "no decision '7'"),
        (["same", "IS", "Daesh"], "one already"),
        (["same", "IS", "TTP", "--by", "rule:me"], "--by is 'rule:me'"),
        (["list", "--act", "forget"], "--act is 'forget'"),
    ],
)
def test_what_cannot_be_decided_is_said_in_one_line(folder: Path, words: list[str], says: str) -> None:
    done = khabar(folder, "judge", *words, code=1)
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
