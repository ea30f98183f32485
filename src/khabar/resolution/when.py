"""The comparison of dates. Invariant: an open bound excludes nothing on its side.

An overlap counts the more the narrower the wider of two dates is. A day off is common (time zones, "on Monday night").
News without a date is of the days before its report.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from khabar.resolution.columns import FAR, Table
from khabar.resolution.levels import Codes, Feature, Found, Pairs

__all__ = ["DATES", "FRESH", "LOOSE", "MONTH", "NARROW", "SLIP", "YEARS"]

_WIDTHS = (
    ("the same day", 2),
    ("the same days", 4),
    ("the same week", 8),
    ("the same month", 31),
    ("the same quarter", 92),
    ("the same year", 366),
)
_SAME_YEARS = "the same years"
_LAGS = (
    ("in the news the same day", 0),
    ("in the news a day later", 1),
    ("in the news within four days", 4),
    ("in the news within ten days", 10),
)
_PRINTED = (
    ("both without a date, printed the same day", 0),
    ("both without a date, printed a day apart", 1),
    ("both without a date, printed within four days", 4),
    ("both without a date, printed within ten days", 10),
)
_DAY_APART = "a day apart"
_GAPS = (("two or three days apart", 3), ("four to seven days apart", 7))
_APART = "dates further apart"
_NOT_YET = "reported before it happened"
_EXACT = 3  # days from the first to the last up to which a date is exact enough for "a day apart"

YEARS = ("the same quarter", "the same year", _SAME_YEARS, _LAGS[-1][0], _PRINTED[-1][0])
"""Levels at which dates tell little of which incident is meant."""

LOOSE = ("the same month", _LAGS[-2][0], _PRINTED[-2][0])
"""Levels at which they tell something, but not enough for place and kind alone."""

SLIP = (_GAPS[0][0],)
"""Levels at which one of two dates may be off by a slip."""

MONTH = ("the same week", "the same month")
"""Levels at which both happened in one month."""

FRESH = (*(name for name, days in _LAGS if days <= 1), *(name for name, days in _PRINTED if days <= 1))
"""Levels at which news without a date is of the day of the other or of the day before."""

NARROW = ("the same day", "the same days", _DAY_APART)
"""Levels at which both happened on one day or nearly so."""


def _compare(pairs: Pairs, _found: Found, codes: Mapping[str, int]) -> Codes:
    first_a, first_b = pairs.both(pairs.table.days, "first")
    last_a, last_b = pairs.both(pairs.table.days, "last")
    told_a, told_b = pairs.both(pairs.table.days, "told")
    latest_a, latest_b = np.minimum(last_a, told_a), np.minimum(last_b, told_b)
    latest_a, latest_b = np.where(last_a < FAR, last_a, latest_a), np.where(last_b < FAR, last_b, latest_b)
    dated_a, dated_b = (first_a > -FAR) & (last_a < FAR), (first_b > -FAR) & (last_b < FAR)
    dated = dated_a & dated_b
    gap = np.maximum(first_a, first_b) - np.minimum(latest_a, latest_b)
    reach = np.maximum(last_a, last_b) - np.minimum(first_a, first_b) + 1
    exact = np.maximum(last_a - first_a, last_b - first_b) <= _EXACT

    found = np.zeros(len(pairs), np.uint8)
    near = dated & (gap <= 0)
    found[near] = codes[_SAME_YEARS]
    for name, days in reversed(_WIDTHS):
        found[near & (reach <= days)] = codes[name]
    apart = dated & (gap > 0)
    found[apart] = codes[_APART]
    for name, days in reversed(_GAPS):
        found[apart & (gap <= days) & (exact | (days == _EXACT))] = codes[name]
    found[apart & exact & (gap == 1)] = codes[_DAY_APART]
    found[~dated & (gap > 1)] = codes[_NOT_YET]

    recent_a, recent_b = pairs.both(pairs.table.flags, "recent")
    news = ~dated & (gap <= 1) & ~pairs.one_report
    either = news & (recent_a ^ recent_b)
    lag = np.where(recent_a, told_a - last_b, told_b - last_a)
    exact = np.where(recent_a, last_b - first_b, last_a - first_a)
    for name, days in reversed(_LAGS):
        found[either & (lag <= days) & (exact <= days)] = codes[name]
    both = news & recent_a & recent_b
    for name, days in reversed(_PRINTED):
        found[both & (np.abs(told_a - told_b) <= days)] = codes[name]
    return found


def _days(table: Table, row: int) -> str:
    first, last = int(table.days["first"][row]), int(table.days["last"][row])
    if first == last:
        return date.fromordinal(first).isoformat()
    begin = date.fromordinal(first).isoformat() if first > -FAR else ""
    end = date.fromordinal(last).isoformat() if last < FAR else ""
    return f"{begin} to {end}".strip() if begin or end else "no date"


def _tell(table: Table, left: int, right: int) -> str:
    return f"{_days(table, left)} and {_days(table, right)}"


DATES = Feature(
    name="dates",
    title="Dates",
    supports=(*(name for name, _ in _WIDTHS), _SAME_YEARS, _DAY_APART, *(name for name, _ in (*_LAGS, *_PRINTED))),
    opposes=(*(name for name, _ in _GAPS), _NOT_YET, _APART),
    compare=_compare,
    tell=_tell,
)
"""Dates: the days given agree, or lie apart."""
