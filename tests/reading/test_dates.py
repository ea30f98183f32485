"""Time expressions against the table of `eval/dates.yml`, which a coder can read and extend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from khabar.evaluation.dates import DATES, publication, written_date
from khabar.evaluation.expressions import ExpressionCase, load_table
from khabar.reading.date_context import outlet_puts_month_first
from khabar.reading.dates import find_dates
from khabar.records import Interval

CASES = load_table(Path(__file__).parents[2] / "eval" / DATES)


def rows() -> list[Any]:
    return [
        pytest.param(c, id=f"{c.published}: {c.text[:60]}", marks=[pytest.mark.xfail(reason=c.cause, strict=True)])
        if c.cause
        else pytest.param(c, id=f"{c.published}: {c.text[:60]}")
        for c in CASES
    ]


@pytest.mark.parametrize("case", rows())
def test_every_time_expression_is_read_as_the_table_says(case: ExpressionCase) -> None:
    found = find_dates(case.text, publication(case.published))
    assert [written_date(m) for m in found] == list(case.expected)


@pytest.mark.parametrize(
    ("url", "text", "expected"),
    [
        ("https://www.example.us/a", "Filed 04/05/2016.", "2016-04-05"),
        ("https://news.example.co.uk/a?b=1", "Filed 04/05/2016.", "2016-05-04"),
        ("http://example.gov.pk", "Filed 04/05/2016.", "2016-05-04"),
        ("https://www.example.us/a", "Filed 04/05/2016, amended 25/05/2016.", "2016-05-04"),
        ("https://www.example.com/a", "Filed 04/05/2016.", None),
        (None, "Filed 04/05/2016.", None),
        ("report.us", "Filed 04/05/2016.", None),
    ],
)
def test_the_order_of_day_and_month_is_the_outlets(url: str | None, text: str, expected: str | None) -> None:
    found = find_dates(text, Interval(), month_first=outlet_puts_month_first(url))[0]
    assert (found.earliest if found.earliest == found.latest else None) == expected


def test_only_the_stretches_asked_for_are_read() -> None:
    text = "On 5 May 2016 it rained. On 6 May 2016 it snowed."
    found = find_dates(text, Interval(), [(25, len(text))])
    assert [m.text for m in found] == ["6 May 2016"]


def test_a_mention_never_reaches_over_two_stretches() -> None:
    text = "They met on Monday 5 May 2016 came later."
    cut = text.index(" 5 May")
    assert [m.text for m in find_dates(text, Interval(), [(0, cut), (cut, len(text))])] == ["Monday", "5 May 2016"]


def test_publication_caps_the_past() -> None:
    for mention in find_dates(
        "This week, this month, this year, in May and today.", Interval("2017-05-15", "2017-05-15")
    ):
        assert mention.latest == "2017-05-15", mention.text


def test_the_table_is_as_large_as_promised() -> None:
    assert len(CASES) >= 235
