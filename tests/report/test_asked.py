from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.errors import SettingsError
from khabar.report.asked import Period, period_of


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2016", "2016-01-01", "2016-12-31", "2016"),
        ("2016-02", "2016-02-01", "2016-02-29", "February 2016"),
        ("2016-Q4", "2016-10-01", "2016-12-31", "fourth quarter of 2016"),
        ("2016-10-01/2016-10-15", "2016-10-01", "2016-10-15", "1 October 2016 to 15 October 2016"),
        ("2016-10-24/2016-10-24", "2016-10-24", "2016-10-24", "24 October 2016"),
    ],
)
def test_a_period_is_whole_days_with_a_name(text: str, first: str, last: str, words: str) -> None:
    period = period_of(text)
    assert (str(period.first), str(period.last), period.words) == (first, last, words)


@pytest.mark.parametrize(
    "text", ["", "last month", "2016-13", "2016-00", "16", "2016-10-32/2016-11-01", "2016-05-02/2016-05-01"]
)
def test_what_is_no_period_is_said_with_the_forms_there_are(text: str) -> None:
    with pytest.raises(SettingsError) as refused:
        period_of(text)
    assert "2016" in str(refused.value) or "earlier day" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016-03", "2016-02-01", "2016-02-29"),
        ("2016-01", "2015-12-01", "2015-12-31"),
        ("2016-Q1", "2015-10-01", "2015-12-31"),
        ("2016", "2015-01-01", "2015-12-31"),
        ("2016-03-08/2016-03-14", "2016-03-01", "2016-03-07"),
    ],
)
def test_the_period_before_is_as_long(text: str, first: str, last: str) -> None:
    before = period_of(text).before
    assert (str(before.first), str(before.last)) == (first, last)


@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.integers(0, 400))
def test_the_period_before_ends_the_day_before_and_has_as_many_days(first: date, days: int) -> None:
    period = Period(first, first + timedelta(days=days))
    before = period.before
    assert before.last + timedelta(days=1) == period.first
    assert before.last - before.first == period.last - period.first


@pytest.mark.parametrize(
    ("earliest", "latest", "inside", "perhaps"),
    [
        ("2016-10-24", "2016-10-24", True, True),
        ("2016-10-01", "2016-10-31", True, True),
        ("2016-09-30", "2016-10-01", False, True),
        ("2016-01-01", "2016-12-31", False, True),
        (None, "2016-10-20", False, True),
        (None, "2017-10-20", False, False),
        ("2016-10-20", None, False, True),
        ("2015-10-20", None, False, False),
        (None, None, False, False),
    ],
)
def test_an_incident_belongs_to_a_period_by_its_whole_date(
    earliest: str | None, latest: str | None, inside: bool, perhaps: bool
) -> None:
    october = period_of("2016-10")
    assert (october.holds(earliest, latest), october.meets(earliest, latest)) == (inside, perhaps)
