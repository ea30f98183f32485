"""Numbers against the table of `cases/numbers.yml`, which a coder can read and extend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from khabar.reading.model import CountMention
from khabar.reading.numbers import find_counts

TABLE = yaml.safe_load((Path(__file__).parent / "cases" / "numbers.yml").read_text(encoding="utf-8"))


def written(mention: CountMention) -> str:
    """A mention in the notation of the table."""
    bounds = (mention.count.low, mention.count.best, mention.count.high)
    shown = "/".join("-" if n is None else str(n) for n in bounds) if len(set(bounds)) > 1 else str(bounds[0])
    return f"{mention.text} = {shown} {mention.kind}"


def cases() -> list[Any]:
    failing = {f["text"]: f["cause"] for f in TABLE["known_failures"]}
    rows = []
    for group in TABLE["groups"]:
        for text, expected in group["cases"].items():
            marks = [pytest.mark.xfail(reason=failing[text], strict=True)] if text in failing else []
            rows.append(pytest.param(text, expected, marks=marks, id=f"{group['about']}: {text[:60]}"))
    return rows


@pytest.mark.parametrize(("text", "expected"), cases())
def test_every_number_is_read_as_the_table_says(text: str, expected: list[str]) -> None:
    assert [written(m) for m in find_counts(text)] == expected


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
    assert sum(len(group["cases"]) for group in TABLE["groups"]) >= 120
