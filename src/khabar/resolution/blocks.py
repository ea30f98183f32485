"""Which pairs of event claims are compared. Invariant: the pairs depend on the set of claims alone, in any order.

A pair becomes a candidate by sharing a key: a report, a named victim, a day in a country, a month near a point, a place
with a target or a toll (whatever the dates: they may be wrong). A key held by very many claims is cut to the `WINDOW`
nearest in time, so that work grows with the number of claims and not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from math import floor

from khabar.resolution.clusters import Pair, pair
from khabar.resolution.features import point
from khabar.resolution.mentions import COUNTRY, POINT, Mention

__all__ = ["WINDOW", "candidates"]

WINDOW = 40
_NARROW = 10  # days up to which a date is filed under each of its days
_MONTHS = 100  # days up to which it is filed under each of its months
_TELLING = 5  # dead from which on an equal toll in one place is worth a look whatever the dates
_CELL = 0.5  # degrees of a grid cell; two grids half a cell apart, so that near points share one

_Key = tuple[str, ...]


def candidates(mentions: Iterable[Mention]) -> list[Pair]:
    """Pairs of claim ids to compare, sorted."""
    filed: defaultdict[_Key, list[Mention]] = defaultdict(list)
    loose: defaultdict[_Key, set[str]] = defaultdict(set)
    for m in mentions:
        for key in _keys(m):
            filed[key].append(m)
        for key, is_loose in _loose_keys(m):
            filed[key].append(m)
            if is_loose:
                loose[key].add(m.claim)
    found: set[Pair] = set()
    for key, members in filed.items():
        need = loose.get(key, set()) if key[0].startswith("loose") else None
        found.update(_pairs(members, need))
    return sorted(found)


def _pairs(members: list[Mention], need: set[str] | None) -> Iterator[Pair]:
    """Pairs of one block; where `need` is given, only those with at least one member in it."""
    if need is not None and not need:
        return
    ordered = sorted(members, key=lambda m: (m.first or 0, m.document, m.start, m.claim))
    for i, left in enumerate(ordered):
        for right in ordered[i + 1 : i + 1 + WINDOW]:
            if left.claim != right.claim and (need is None or left.claim in need or right.claim in need):
                yield pair(left.claim, right.claim)


def _keys(m: Mention) -> Iterator[_Key]:
    yield ("report", m.document)
    for person in m.victims:
        yield ("victim", person)
    points = [s for s in m.spots if s.level > COUNTRY]
    if m.first is not None and m.last is not None:
        yield from _day_keys(m, m.first, m.last)
        for s in points:
            yield ("year", str(date.fromordinal(m.first).year), s.key, m.lineage[-1])
    toll = _toll(m)
    for s in points:
        for word in m.named_targets:
            yield ("target", s.key, word)
        if toll >= _TELLING:
            yield ("toll", s.key, str(toll))
    if m.country and m.injured and toll >= _TELLING:
        yield ("tolls", m.country, str(toll), str(int(point(m.injured))))


def _day_keys(m: Mention, first: int, last: int) -> Iterator[_Key]:
    """The days of a narrow date in its country, the months of a wider one near its places."""
    if last - first <= _NARROW and m.country:
        for number in range(first - 1, last + 2):
            yield ("day", str(number), m.country)
    if last - first <= _MONTHS:
        for month in _months(first, last):
            for area in _areas(m):
                yield ("month", month, area)


def _loose_keys(m: Mention) -> Iterator[tuple[_Key, bool]]:
    """Keys under which a claim without a day, a town or a country meets those that have one; whether it lacks that."""
    for s in m.spots:
        if s.level > COUNTRY:
            yield ("loose place", s.key, m.lineage[-1]), _is_loose(m)
    first, last = _span(m)
    if first is None or last is None:
        return
    if m.country and last - first <= _MONTHS:
        for month in _months(first, last):
            yield ("loose month", month, m.country), _is_loose(m)
    if last - first <= _NARROW:
        for number in range(first, last + 1):
            yield ("loose day", str(number)), m.country is None


def _span(m: Mention) -> tuple[int | None, int | None]:
    """The date of a claim; for news without one, the days before its report."""
    return (m.told - _NARROW, m.told) if m.recent and m.told is not None else (m.first, m.last)


def _is_loose(m: Mention) -> bool:
    return not m.dated or not m.spots or m.spots[0].level < POINT


def _areas(m: Mention) -> Iterator[str]:
    for s in m.spots:
        if s.level == COUNTRY:
            continue
        yield s.key
        if s.level == POINT and s.latitude is not None and s.longitude is not None:
            for shift in (0.0, 0.5):
                for other in (0.0, 0.5):
                    yield f"{floor(s.latitude / _CELL + shift)}/{floor(s.longitude / _CELL + other)}/{shift}/{other}"


def _months(first: int, last: int) -> Iterator[str]:
    step, end = date.fromordinal(first), date.fromordinal(last)
    year, month = step.year, step.month
    while (year, month) <= (end.year, end.month):
        yield f"{year}-{month}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _toll(m: Mention) -> int:
    return int(point(m.killed)) if m.killed else 0
