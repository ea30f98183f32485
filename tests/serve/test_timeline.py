"""The timeline's arithmetic: a bar lies on the axis, is never shorter than what is known, and says where it goes on."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from khabar.serve.timeline import Axis, Entry, axis_of, lines_of

_DAYS = st.dates(date(2014, 1, 1), date(2018, 12, 31)).map(str)


def _entry(earliest: str | None, latest: str | None) -> Entry:
    return Entry("incident", "bombing", earliest, latest, "words", "/incidents/x")


def _axis(span: str) -> Axis:
    axis = axis_of(span, ["2014", "2018"])
    assert axis is not None
    return axis


def test_axes_of_all_years_a_year_and_a_month() -> None:
    assert axis_of("", []) is None
    every = _axis("")
    assert (every.first, every.last) == ("2014-01-01", "2018-12-31")
    assert every.ticks == ("2014", "2015", "2016", "2017", "2018")
    assert [span for span, _ in every.finer] == ["2014", "2018"]
    year = _axis("2016")
    assert [span for span, _ in year.finer][:2] == ["2016-01", "2016-02"]
    month = _axis("2016-02")
    assert (month.last, len(month.ticks), month.finer) == ("2016-02-29", 29, ())


@given(_DAYS, _DAYS, st.sampled_from(["", "2016", "2016-02"]))
def test_a_bar_lies_on_the_axis_and_is_as_long_as_the_date_is_open(one: str, other: str, span: str) -> None:
    earliest, latest = sorted((one, other))
    axis = _axis(span)
    found = lines_of([_entry(earliest, latest)], axis)
    assert bool(found) == (latest >= axis.first and earliest <= axis.last)
    for line in found:
        days = (date.fromisoformat(axis.last) - date.fromisoformat(axis.first)).days + 1
        shown = date.fromisoformat(min(latest, axis.last)) - date.fromisoformat(max(earliest, axis.first))
        assert 0 <= line.bar.x <= line.bar.x + line.bar.width <= 1000.2
        assert line.bar.width >= (shown + timedelta(days=1)).days / days * 1000 - 0.1
        assert line.bar.before == (earliest < axis.first)
        assert line.bar.after == (latest > axis.last)


def test_what_is_open_reaches_beyond_and_what_has_no_date_is_not_drawn() -> None:
    axis = _axis("2016")
    [line] = lines_of([_entry(None, "2016-03-01"), _entry(None, None), _entry(None, "2015-12-31")], axis)
    assert line.bar.before
    assert not line.bar.after
    assert line.bar.x == 0


def test_lines_stand_by_their_first_possible_day() -> None:
    days = [("2016-05-01", "2016-05-31"), ("2016-01-01", "2016-12-31"), ("2016-05-01", "2016-05-01")]
    shown = [(line.entry.earliest, line.entry.latest) for line in lines_of([_entry(*d) for d in days], _axis("2016"))]
    assert shown == [days[1], days[2], days[0]]
