"""Floors: what breaks them, and how they go up and down."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabar.errors import EvaluationError
from khabar.evaluation.gate import Entry, breaches, load_floors, reset, write_floors
from khabar.evaluation.model import Figure, Measure, Outcome
from khabar.evaluation.run import Measured


def measured(*figures: Figure, fingerprint: str = "f1") -> Measured:
    outcome = Outcome(figures)
    measure = Measure("tolls", "Tolls", "own", (), "", lambda _root, _system: outcome)
    return Measured(measure, outcome, fingerprint)


def messages(one: Measured, entry: Entry) -> list[str]:
    return [breach.message for breach in breaches([one], {"tolls": entry})]


def test_what_holds_is_no_breach() -> None:
    one = measured(Figure("killed", 0.95, 20), Figure("ungrounded", 0, 20, count=True))
    assert messages(one, Entry("f1", {"killed": 0.95, "ungrounded": 0})) == []


def test_below_the_floor() -> None:
    assert messages(measured(Figure("killed", 0.9, 20)), Entry("f1", {"killed": 0.95})) == [
        "killed is 0.9, its floor 0.95"
    ]


def test_a_count_may_not_grow() -> None:
    assert messages(measured(Figure("ungrounded", 1, 20, count=True)), Entry("f1", {"ungrounded": 0})) == [
        "ungrounded is 1, its floor 0"
    ]


def test_a_figure_that_went_away_and_other_data() -> None:
    found = messages(measured(Figure("killed", 1, 20), fingerprint="f2"), Entry("f1", {"injured": 0.9}))
    assert len(found) == 2
    assert "data changed" in found[0]
    assert "measured no more" in found[1]


def test_data_that_are_not_here_break_nothing() -> None:
    one = Measured(measured().measure, None)
    assert messages(one, Entry("f1", {"killed": 0.95})) == []


def test_floors_rise_to_hundredths_and_never_fall_by_raising() -> None:
    entries = reset([measured(Figure("killed", 0.9578, 20))], {"tolls": Entry("f0", {"killed": 0.9})})
    assert entries["tolls"] == Entry("f1", {"killed": 0.95})
    kept = reset([measured(Figure("killed", 0.9578, 20))], {"tolls": Entry("f1", {"killed": 0.957})})
    assert kept["tolls"].floors == {"killed": 0.957}
    with pytest.raises(EvaluationError, match="below its floor"):
        reset([measured(Figure("killed", 0.9, 20))], {"tolls": Entry("f1", {"killed": 0.95})})


def test_a_count_of_mistakes_goes_down_by_raising() -> None:
    one = measured(Figure("ungrounded", 1, 20, count=True))
    assert reset([one], {"tolls": Entry("f1", {"ungrounded": 3})})["tolls"].floors == {"ungrounded": 1}


def test_an_error_has_a_ceiling_in_hundredths() -> None:
    entries = reset([measured(Figure("calibration error", 0.0412, 20, count=True))], {})
    assert entries["tolls"].floors == {"calibration error": 0.05}


def test_lowering_keeps_its_reason() -> None:
    entries = reset([measured(Figure("killed", 0.9, 20))], {"tolls": Entry("f1", {"killed": 0.95})}, "harder cases")
    [lowered] = entries["tolls"].lowered
    assert (lowered["from"], lowered["to"], lowered["reason"]) == (0.95, 0.9, "harder cases")
    assert entries["tolls"].floors == {"killed": 0.9}


def test_written_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "floors.yml"
    entries = {"tolls": Entry("f1", {"killed": 0.95}, [{"figure": "killed", "from": 1.0, "to": 0.95, "reason": "r"}])}
    write_floors(path, entries)
    assert load_floors(path) == entries


@pytest.mark.parametrize("text", ["tolls: 3", "tolls: {floors: {a: b}, fingerprint: x}", "a: [", "- 1"])
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "floors.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"floors\.yml"):
        load_floors(path)
