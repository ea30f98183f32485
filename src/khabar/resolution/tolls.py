"""The comparisons of numbers of people. Invariant: bounds are compared as bounds; "at least 29" does not exclude 31.

Equal numbers tell the more the larger they are: many incidents kill one, few kill 61. Tolls rise from report to report
for days, and some count the attackers who died.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from khabar.resolution.columns import FAR, Bools, Ints, Table
from khabar.resolution.counts import Triple, bounds_of, point_of
from khabar.resolution.levels import Compare, Feature, Found, Pairs, by_parts, without
from khabar.resolution.nearness import ALIKE, OPPOSES, VAGUE
from khabar.resolution.when import DATES, MONTH, NARROW, YEARS
from khabar.resolution.where import PLACES

__all__ = [
    "ARRESTED",
    "ATTACKERS",
    "CLOSE",
    "EQUAL",
    "INJURED",
    "KILLED",
    "SCALE",
    "TELLING",
    "many_killed",
    "unequal",
]

_MANY = "equal, twenty or more"
_SOME = "equal, five to nineteen"
_FEW = "equal, two to four"
_ONE = "equal, one"
_NONE = "none on both sides"
_BOUND = "the same number, once as a bound, five or more"
_LOW_BOUND = "the same number, once as a bound, under five"
_ATTACKERS = "alike once attackers are counted"
_CLOSE = "close, a fifth apart at most"
_ALLOWED = "apart, but within each other's bounds"
_FAR_ALLOWED = "far apart, but within each other's bounds"
_MORE_LATER = "at least so many at first, more later"
_ONE_OFF = "one apart, of seven to ten"
_NEARLY = "one more of few"
_FAIRLY = "two fifths apart at most"
_ROSE = "higher in the later report"
_ROSE_FAR = "much higher in the later report"
_FRESH = "apart in the first news"
_FRESH_FAR = "far apart in the first news"
_TWO_MORE = "two more of few"
_HALF = "up to twice as many"
_FAR = "far apart"

_SUPPORTS = (
    _MANY, _SOME, _ATTACKERS, _BOUND, _FEW, _CLOSE, _LOW_BOUND, _ONE, _MORE_LATER, _ALLOWED, _FAR_ALLOWED, _ONE_OFF,
    _NONE, _FAIRLY, _NEARLY,
)  # fmt: skip
_OPPOSES = (_ROSE, _FRESH, _ROSE_FAR, _FRESH_FAR, _TWO_MORE, _HALF, _FAR)

EQUAL = (_MANY, _SOME, _BOUND, _FEW, _LOW_BOUND, _ONE, _NONE)
"""Levels at which both give one number."""
EQUAL_NUMBERS = (_MANY, _SOME, _FEW, _ONE)
"""Levels at which both give one exact number, the higher first: the higher, the more it tells."""
CLOSE = (*EQUAL, _ATTACKERS, _CLOSE)
"""Levels that two counts of one thing in one report may show."""
TELLING = (_MANY, _SOME, _ATTACKERS, _BOUND)
"""Levels at which a toll tells an incident from its like."""

_ALMOST = 0.85  # share of a toll of up to ten from which on one more is a slip of the pen
_GROWING = 5  # days between two reports in which a toll may still rise
_FIRST_DAYS = 2  # days after an incident in which a report gives a toll that any later report may exceed
_LATER_RIGHT, _LATER_LEFT, _FIRST_NEWS = 1, 2, 3
_MASS = ((100, "both a hundred or more"), (50, "both fifty or more"), (20, "both twenty or more"))


def unequal(pairs: Pairs) -> Bools:
    """Which pairs give different numbers for the same thing: killed, injured, or arrested."""
    found = np.zeros(len(pairs), np.bool_)
    for part in ("deaths", "injured", "arrested"):
        left, right = pairs.numbers(part)
        found |= (left > 0) & (right > 0) & (left != right)
    return found


def _counts(a: Triple, b: Triple, later: int) -> str:
    (low_a, high_a), (low_b, high_b) = bounds_of(a), bounds_of(b)
    if low_a == high_a == low_b == high_b:
        return _MANY if low_a >= 20 else _SOME if low_a >= 5 else _FEW if low_a >= 2 else _ONE if low_a else _NONE
    near, far = sorted((point_of(a), point_of(b)))
    rose = (later == _LATER_RIGHT and point_of(a) < point_of(b)) or (later == _LATER_LEFT and point_of(b) < point_of(a))
    if max(low_a, low_b) <= min(high_a, high_b):
        if near == far:
            return _MANY if far >= 20 else _BOUND if far >= 5 else _LOW_BOUND
        if near >= 0.8 * far:
            return _CLOSE
        return _MORE_LATER if rose else _ALLOWED if near >= 0.6 * far else _FAR_ALLOWED
    if far <= 10:
        if far - near <= 1:
            return _ONE_OFF if near >= _ALMOST * far else _NEARLY
        return _apart(later, rose, _TWO_MORE) if far - near <= 2 else _far_apart(later, rose)
    if near >= 0.8 * far:
        return _CLOSE
    if near >= 0.6 * far:
        return _FAIRLY
    if near >= 0.4 * far:
        return _apart(later, rose, _HALF)
    return _far_apart(later, rose)


def _apart(later: int, rose: bool, else_: str) -> str:
    return _ROSE if rose else _FRESH if later == _FIRST_NEWS else else_


def _far_apart(later: int, rose: bool) -> str:
    return _ROSE_FAR if rose else _FRESH_FAR if later == _FIRST_NEWS else _FAR


def _killed(a: tuple[Triple, int | None], b: tuple[Triple, int | None], later: int) -> str:
    (toll_a, attackers_a), (toll_b, attackers_b) = a, b
    apart = abs(point_of(toll_a) - point_of(toll_b))
    level = _counts(toll_a, toll_b, later)
    explained = apart > 0 and apart in (attackers_a, attackers_b)
    return _ATTACKERS if explained and level not in EQUAL else level


def _later(pairs: Pairs, _found: Found) -> Ints:
    """Which report is the later one, of which the earlier is of the first days or few days older; or that both are news
    of one day, in which tolls are in flux.
    """
    left, right = pairs.both(pairs.table.days, "told")
    last_a, last_b = pairs.both(pairs.table.days, "last")
    recent_a, recent_b = pairs.both(pairs.table.flags, "recent")
    known = (left < FAR) & (right < FAR)
    first_a, first_b = recent_a | (left <= last_a + _FIRST_DAYS), recent_b | (right <= last_b + _FIRST_DAYS)
    found = np.zeros(len(pairs), np.int64)
    found[known & (left < right) & (first_a | (right <= left + _GROWING))] = _LATER_RIGHT
    found[known & (right < left) & (first_b | (left <= right + _GROWING))] = _LATER_LEFT
    found[known & recent_a & recent_b & (np.abs(left - right) <= 1) & ~pairs.one_report] = _FIRST_NEWS
    return found


def many_killed(pairs: Pairs, least: int) -> Bools:
    """Which pairs give at least so many killed on both sides."""
    points = np.array([-1 if value is None else point_of(value) for value in pairs.table.parts["deaths"].values])
    left, right = pairs.numbers("deaths")
    return np.asarray(np.minimum(points[left], points[right]) >= least)


def _one_day_and_place(_pairs: Pairs, found: Found) -> Ints:
    """2 where both are of one day and country as far as they say, or of one town and no other date; 1 where they are of
    one month and no other place.
    """
    vague = PLACES.shows(found, VAGUE) | PLACES.shows(found, OPPOSES[-1:])
    one_day = DATES.shows(found, NARROW) & ~vague
    one_town = ~DATES.against(found) & ~DATES.shows(found, YEARS) & PLACES.shows(found, ALIKE)
    one_month = DATES.shows(found, MONTH) & ~PLACES.against(found)
    return np.where(one_day | one_town, 2, one_month.astype(np.int64))


def _mass(a: tuple[Triple, int | None], b: tuple[Triple, int | None], near: int) -> str | None:
    smaller = min(point_of(a[0]), point_of(b[0]))
    least = {0: FAR, 1: _MASS[1][0], 2: 0}[near]
    return next((name for dead, name in _MASS if smaller >= dead), None) if smaller >= least else None


def _number(count: Triple) -> str:
    low, best, high = count
    if low == high == best:
        return str(best)
    if low is not None and high is None:
        return f"at least {low}"
    return f"{low or 0} to {high}" if high is not None else str(point_of(count))


def _teller(part: str) -> Callable[[Table, int, int], str]:
    def tell(table: Table, left: int, right: int) -> str:
        a, b = (_number(table.part(part, row)) for row in (left, right))
        return a if a == b else f"{a} and {b}"

    return tell


def _feature(name: str, title: str, compare: Compare, part: str) -> Feature:
    return Feature(name, title, _SUPPORTS, _OPPOSES, compare, _teller(part), without(part))


KILLED = _feature("killed", "Number killed", by_parts("killed", _killed, _later), "deaths")
"""Number killed: equal, within each other's bounds, alike once attackers are counted, or apart."""
INJURED = _feature("injured", "Number injured", by_parts("injured", _counts, _later), "injured")
"""Number injured: equal, within each other's bounds, or apart."""
ARRESTED = _feature("arrested", "Number arrested or abducted", by_parts("arrested", _counts, _later), "arrested")
"""Number arrested or abducted: equal, within each other's bounds, or apart."""
ATTACKERS = _feature("attackers", "Number of attackers killed", by_parts("attackers", _counts, _later), "attackers")
"""Number of attackers killed: equal, within each other's bounds, or apart."""
SCALE = Feature(
    "scale",
    "Scale",
    tuple(name for _, name in _MASS),
    (),
    by_parts("killed", _mass, _one_day_and_place),
    _teller("deaths"),
    lambda pairs: ~many_killed(pairs, _MASS[-1][0]),
)
"""Scale: both tell of a mass killing of one day and country, one town, or one month; such are rare."""
