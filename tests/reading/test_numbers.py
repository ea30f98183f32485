"""Numbers against the table of `eval/numbers.yml`, which a coder can read and extend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from khabar.evaluation.expressions import ExpressionCase, load_table
from khabar.evaluation.numbers import NUMBERS, written_count
from khabar.reading.numbers import find_counts

CASES = load_table(Path(__file__).parents[2] / "eval" / NUMBERS)


def rows() -> list[Any]:
    return [
        pytest.param(c, id=f"{c.about}: {c.text[:60]}", marks=[pytest.mark.xfail(reason=c.cause, strict=True)])
        if c.cause
        else pytest.param(c, id=f"{c.about}: {c.text[:60]}")
        for c in CASES
    ]


@pytest.mark.parametrize("case", rows())
def test_every_number_is_read_as_the_table_says(case: ExpressionCase) -> None:
    assert [written_count(m) for m in find_counts(case.text)] == list(case.expected)


def test_numbers_inside_dates_and_names_are_parts() -> None:
    text = "On the 5 of Rajab, Group 77 Squad killed 12 men."
    taken = [(text.index("5"), text.index(",")), (text.index("Group"), text.index(" killed"))]
    assert [(m.text, m.kind) for m in find_counts(text, None, taken)] == [
        ("5", "part"),
        ("77", "part"),
        ("12", "cardinal"),
    ]


def test_a_number_in_a_date_does_not_reach_out_of_it() -> None:
    text = "YAOUNDE, 14 July 2023 - Nine people died."
    date = (text.index("14"), text.index(" - "))
    assert [(m.text, m.kind) for m in find_counts(text, None, [date])][-1] == ("Nine", "cardinal")


def test_only_the_stretches_asked_for_are_read() -> None:
    text = "At least 12 died. Over 80 were hurt."
    assert [m.text for m in find_counts(text, [(18, len(text))])] == ["Over 80"]


def test_a_qualifier_is_not_taken_from_the_stretch_before() -> None:
    text = "They number at least 30 men."
    cut = text.index("30")
    assert [(m.text, m.count.high) for m in find_counts(text, [(0, cut), (cut, len(text))])] == [("30", 30)]


def test_the_table_is_as_large_as_promised() -> None:
    assert len(CASES) >= 120
