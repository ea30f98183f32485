from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.documents.dates import find_dates, latest_mentioned, name_date, parse_date
from khabar.records import Interval


def day(text: str) -> Interval:
    return Interval(text, text)


@pytest.mark.parametrize(
    ("line", "interval"),
    [
        ("12 May 2020", day("2020-05-12")),
        ("28th Aug, 2024", day("2024-08-28")),
        ("Sept. 3, 2019", day("2019-09-03")),
        ("MAY 3RD, 2019", day("2019-05-03")),
        ("the 3rd of March 2019", day("2019-03-03")),
        ("2019-04-12T10:00:00+05:00", day("2019-04-12")),
        ("2019/04/12", day("2019-04-12")),
        ("13.02.2017", day("2017-02-13")),
        ("Volume 9, Issue 5 | May 2017", Interval("2017-05-01", "2017-05-31")),
        ("May-June 2017", Interval("2017-05-01", "2017-06-30")),
        ("8–14 May 2017", Interval("2017-05-08", "2017-05-14")),
        ("March 12-14, 2019", Interval("2019-03-12", "2019-03-14")),
        ("03/04/2019", Interval("2019-03-04", "2019-04-03")),
        ("February 2020", Interval("2020-02-01", "2020-02-29")),
    ],
)
def test_a_full_date_is_an_interval(line: str, interval: Interval) -> None:
    assert [found.interval for found in find_dates(line)] == [interval]


@pytest.mark.parametrize("line", ["on May 15", "last Tuesday", "in 2019", "1.2.3", "99/99/2019", "issue 7 of 2019"])
def test_less_than_a_full_date_is_none(line: str) -> None:
    assert find_dates(line) == []


@pytest.mark.parametrize(
    ("value", "interval"),
    [
        ("2016-10-25", day("2016-10-25")),
        ("2016-10", Interval("2016-10-01", "2016-10-31")),
        ("2016", Interval("2016-01-01", "2016-12-31")),
        ("20161025", day("2016-10-25")),
        ("20161025T101500Z", day("2016-10-25")),
        ("Mon, 24 Oct 2016 23:30:00 -0500", day("2016-10-24")),
        ("Thursday, 3 March 2019 10:22 GMT", day("2019-03-03")),
        ("yesterday", None),
        ("20161399", None),
    ],
)
def test_metadata_fields(value: str, interval: Interval | None) -> None:
    assert parse_date(value) == interval


def test_the_order_of_numbers_can_be_told() -> None:
    assert parse_date("03/04/2019", day_first=True) == day("2019-04-03")
    assert parse_date("03/04/2019", day_first=False) == day("2019-03-04")


@pytest.mark.parametrize(
    ("name", "interval"),
    [
        ("2017-02-13-foo.txt", day("2017-02-13")),
        ("https://example.org/2016/03/28/bomb", day("2016-03-28")),
        ("https://example.org/report/20170213.htm", day("2017-02-13")),
        ("004_f5d033df9dbc7797.txt", None),
        ("a20170213b.txt", None),
        ("20171345.txt", None),
        ("1295928", None),
    ],
)
def test_dates_in_names(name: str, interval: Interval | None) -> None:
    assert name_date(name) == interval


def test_the_latest_mention_bounds_the_text_and_the_future_does_not() -> None:
    text = "He was held in May 2015 and freed on 3 June 2016. In 2014 he had fled. Polls are due on 25 July 2018."
    assert latest_mentioned(text) == "2016-06-03"
    assert latest_mentioned(text + " On 1 May 2019 he left.", not_after="2017-01-01") == "2016-06-03"
    assert latest_mentioned("On Monday he left.") is None


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 31)))
def test_a_day_is_found_however_it_is_written(drawn: date) -> None:
    iso = f"{drawn:%Y-%m-%d}"
    for form in ("%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%Y-%m-%d", "%Y/%m/%d", "%A, %d %b %Y"):
        (found,) = find_dates(f"on {drawn:{form}}, in")
        assert found.interval == day(iso)
