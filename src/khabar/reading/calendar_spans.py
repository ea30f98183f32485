"""Arithmetic of calendar spans. Invariant: a span never runs backwards, and every function is pure.

Conventions, as the field's coders read these words: early in a year is January to April, mid April to September, late
October to December (vague words may overlap); of a month the days 1-10, 11-20 and 21 to its end; of a decade the years
0-3, 4-6 and 7-9. Weeks begin on Monday. Seasons are the meteorological ones of the northern hemisphere.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from khabar.reading.calendar_words import SEASONS

__all__ = [
    "Span",
    "days",
    "decade",
    "easter",
    "hull",
    "month",
    "months",
    "moved",
    "part_of",
    "unit_around",
    "year",
]

_FIRST, _LAST = date(1000, 1, 1), date(2999, 12, 31)


class Span(NamedTuple):
    """First and last possible day (None: open) and how precise the words were (`khabar.records.DATE_PRECISIONS`)."""

    first: date | None
    last: date | None
    precision: str


def days(first: date, last: date | None = None) -> Span:
    """One day, or several as a range."""
    return Span(first, first, "day") if last is None or last <= first else Span(first, last, "range")


def month(of_year: int, number: int) -> Span:
    """A calendar month."""
    return Span(date(of_year, number, 1), date(of_year, number, monthrange(of_year, number)[1]), "month")


def months(of_year: int, first: int, count: int, precision: str = "range") -> Span:
    """`count` months from the month `first` (1 to 12) of a year on."""
    begin = date(of_year, first, 1)
    end = _months_later(begin, count - 1)
    return Span(begin, month(end.year, end.month).last, precision)


def year(number: int) -> Span:
    """A calendar year."""
    return Span(date(number, 1, 1), date(number, 12, 31), "year")


def decade(first_year: int) -> Span:
    """Ten calendar years."""
    return Span(date(first_year, 1, 1), date(first_year + 9, 12, 31), "range")


def hull(one: Span, other: Span) -> Span:
    """The smallest span that holds both; an open bound stays open."""
    if one == other:
        return one
    first = None if one.first is None or other.first is None else min(one.first, other.first)
    last = None if one.last is None or other.last is None else max(one.last, other.last)
    return Span(first, last, one.precision if (first, last) == one[:2] else "range")


def easter(of_year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus/Jones/Butcher)."""
    a, b, c = of_year % 19, of_year // 100, of_year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    n = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * n) // 451
    number, day = divmod(h + n - 7 * m + 114, 31)
    return date(of_year, number, day + 1)


def unit_around(day: date, unit: str, offset: int) -> Span:
    """The calendar day, week, month, year or decade `offset` units away from the one that holds `day`."""
    if unit == "day":
        return days(_days_later(day, offset))
    if unit == "week":
        monday = _days_later(day, 7 * offset - day.weekday())
        return Span(monday, _days_later(monday, 6), "week")
    if unit == "weekend":
        monday = _days_later(day, 7 * offset - day.weekday())
        return Span(_days_later(monday, 5), _days_later(monday, 6), "range")
    if unit == "month":
        there = _months_later(day, offset)
        return month(there.year, there.month)
    if unit == "decade":
        return decade(_clamped_year(day.year + 10 * offset) // 10 * 10)
    return year(_clamped_year(day.year + offset))


def moved(span: Span, unit: str, count: int) -> Span:
    """`span` moved by `count` units of time, as precise as such words are.

    Days move exactly, weeks to within three days; months land in the calendar month, years in the calendar year,
    decades within a year. Anything shorter than a day ("moment") stays where it is.
    """
    first, last, precision = span
    if first is None or last is None or unit == "moment":
        return span
    if unit == "day":
        return Span(_days_later(first, count), _days_later(last, count), precision if precision == "day" else "range")
    if unit in ("week", "fortnight"):
        count *= 14 if unit == "fortnight" else 7
        return Span(_days_later(first, count - 3), _days_later(last, count + 3), "week")
    if unit == "month":
        return hull(unit_around(first, "month", count), unit_around(last, "month", count))
    if unit == "decade":
        return Span(date(_clamped_year(first.year + 10 * count - 1), 1, 1),
                    date(_clamped_year(last.year + 10 * count + 1), 12, 31), "range")  # fmt: skip
    return hull(unit_around(first, "year", count), unit_around(last, "year", count))


def part_of(span: Span, part: str) -> Span | None:
    """A named part of a year, month, decade or week, or None where the words make no sense together.

    Parts: early, mid, late; q1 to q4; h1, h2; m+N and m-N (its first and last N months); w1 to w4 and w-1 (its weeks);
    a season.
    """
    first, last, precision = span
    if first is None or last is None:
        return span
    length = (last - first).days
    if part in ("early", "mid", "late"):
        return _third(first, last, part, length) if length > 5 else None
    if part in ("h1", "h2"):
        middle = _months_later(first, 6) if length > 300 else _days_later(first, 15)
        if length < 27 or length > 366:
            return None
        return Span(first, _days_later(middle, -1), "range") if part == "h1" else Span(middle, last, "range")
    if part[0] == "w" and part not in SEASONS:
        if not 27 <= length <= 31:
            return None
        begin = _days_later(last, -6) if part == "w-1" else _days_later(first, 7 * (int(part[1:]) - 1))
        return Span(begin, _days_later(begin, 6), "week")
    if not 360 <= length <= 366 or first.day != 1 or first.month != 1:
        return None
    if part[0] == "q":
        return months(first.year, 3 * int(part[1]) - 2, 3, "quarter")
    if part[0] == "m":
        count = min(12, max(1, int(part[2:])))
        return months(first.year, 1 if part[1] == "+" else 13 - count, count, precision if count == 12 else "range")
    begin_month, count = SEASONS[part]
    return months(first.year, begin_month, count)


def _third(first: date, last: date, part: str, length: int) -> Span:
    if length > 3000:  # a decade
        begin, end = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}[part]
        return Span(date(first.year + begin, 1, 1), date(first.year + end, 12, 31), "range")
    if length > 300:
        begin, count = {"early": (1, 4), "mid": (4, 6), "late": (10, 3)}[part]
        return months(first.year, begin, count)
    if length > 20:
        begin = {"early": 0, "mid": 10, "late": 20}[part]
        return Span(_days_later(first, begin), last if part == "late" else _days_later(first, begin + 9), "range")
    begin, end = {"early": (0, 2), "mid": (2, 4), "late": (3, 6)}[part]  # a week
    return Span(_days_later(first, begin), min(last, _days_later(first, end)), "range")


def _days_later(day: date, count: int) -> date:
    try:
        return min(max(day + timedelta(days=count), _FIRST), _LAST)
    except OverflowError:
        return _FIRST if count < 0 else _LAST


def _months_later(day: date, count: int) -> date:
    number = day.year * 12 + day.month - 1 + count
    of_year = _clamped_year(number // 12)
    return date(of_year, number % 12 + 1, 1)


def _clamped_year(number: int) -> int:
    return min(max(number, _FIRST.year), _LAST.year)
