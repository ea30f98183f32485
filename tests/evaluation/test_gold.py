"""Where gold is looked for, and when its fingerprint changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabar.errors import EvaluationError
from khabar.evaluation.gold import Gold, find_gold
from khabar.evaluation.model import Measure, Outcome


def measure(root: str = "own", *data: str) -> Measure:
    return Measure("dates", "Dates", root, data, "", lambda _root, _system: Outcome(()))


def test_the_fingerprint_follows_names_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "a.yml").write_text("x", encoding="utf-8")
    gold, dates = Gold(tmp_path, None), measure("own", "cases")
    first = gold.fingerprint(dates)
    assert gold.fingerprint(dates) == first
    (tmp_path / "cases" / "a.yml").rename(tmp_path / "cases" / "b.yml")
    second = gold.fingerprint(dates)
    (tmp_path / "cases" / "b.yml").write_text("y", encoding="utf-8")
    assert len({first, second, gold.fingerprint(dates)}) == 3


def test_data_that_are_not_here(tmp_path: Path) -> None:
    gold = Gold(tmp_path, None)
    assert gold.folder(measure("shared", "a.jsonl")) is None
    assert gold.folder(measure("own", "a.jsonl")) is None
    assert gold.folder(measure("own")) == tmp_path
    with pytest.raises(EvaluationError, match="KHABAR_SHARED"):
        gold.fingerprint(measure("shared", "a.jsonl"))


def test_no_folder_of_gold(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="--gold"):
        find_gold(tmp_path / "none")


def test_a_shared_folder_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHABAR_SHARED", str(tmp_path / "none"))
    with pytest.raises(EvaluationError, match="no folder"):
        find_gold(tmp_path)
