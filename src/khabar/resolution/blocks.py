"""Which pairs of mentions are compared. Invariant: the pairs depend on the set of mentions alone, in any order.

Mentions meet under a *key*: a report, a named victim, some days in a town, a month in a province with a toll. The keys
are the list `FAMILIES`, to be read aloud: time by place by what. A key that is held by few brings all of them together;
one held by many says little, and brings together only those next to each other in time. So the work grows with the
number of mentions and not with its square; how many true pairs that loses is measured by `bench/resolve.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import floor
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from khabar.resolution.columns import FAR, Bools, Dictionary, Ints, Table, distinct
from khabar.resolution.mentions import COUNTRY, DISTRICT, POINT, Spot

__all__ = ["FAMILIES", "Family", "candidates"]

_WINDOW = 8  # days of one block; two rows of blocks half a window apart, so that four days never part a pair
_NARROW = 10  # days up to which a date is filed under its days
_MONTHS = 100  # days up to which it is filed under its months
_MONTH = 30.436875  # days
_TOLD_AFTER = 10  # days before its report in which news without a date is looked for
_TELLING = 5  # dead from which on an equal toll in one place is worth a look whatever the dates
_MASS, _MASSACRE = 20, 50  # dead from which on an incident is known by its day, and by its month alone
_SORTED = 8_000_000  # pairs found anew up to which they wait to be sorted among the others
_CELL = 0.5  # degrees of a grid cell; two grids half a cell apart, so that near points share one


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of key: when, where and what, each the name of a list of values or None.

    A key held by at most `all_of` mentions brings all of them together, a commoner one the `nearest` in time. With
    `loose`, at least one of a pair must lack something that stricter keys need; with `placeless`, any place. With
    `one_country`, a pair must not name two.
    """

    when: str | None
    where: str | None
    what: str | None = None
    all_of: int = 30
    nearest: int = 6
    loose: bool = False
    placeless: bool = False
    one_country: bool = False


FAMILIES = (
    Family(None, None, "report", all_of=60, nearest=40),
    Family(None, None, "victim"),
    Family("days", "town"),
    Family("days", "cell", all_of=20),
    Family("days", "district"),
    Family("days", "province", "toll"),
    Family("days", "province", "target"),
    Family("days", "province", all_of=20),
    Family("days", "country", "toll", all_of=20),
    Family("days", "country", "target", all_of=20),
    Family("days", "country", all_of=20),
    Family("days", None, "toll", all_of=20, loose=True, one_country=True),
    Family("days", None, "target", all_of=20, loose=True, one_country=True),
    Family("days", None, "mass killing", all_of=20, loose=True),
    Family("days", None, "kind", all_of=20, nearest=3, placeless=True),
    Family("months", "town", loose=True),
    Family("months", "cell", all_of=20, loose=True),
    Family("months", "province", "toll", loose=True),
    Family("months", "province", "target", loose=True),
    Family("months", "country", all_of=20, loose=True),
    Family("months", None, "massacre", all_of=20, loose=True),
    Family(None, "town", "high toll"),
    Family(None, "town", "target", all_of=20, nearest=3),
    Family(None, "town", "kind", loose=True, nearest=3),
    Family(None, "country", "two tolls"),
)


@dataclass(frozen=True, slots=True)
class _Lists:
    """A list of numbers for each row: those of row i are `values[starts[i] : starts[i + 1]]`."""

    starts: Ints
    values: Ints

    def spread(self, rows: Ints) -> tuple[Ints, Ints]:
        """Each row once for each of its numbers: places in `rows`, and the numbers."""
        counts = self.starts[rows + 1] - self.starts[rows]
        at = np.repeat(np.arange(len(rows)), counts)
        before = np.cumsum(counts) - counts
        return at, self.values[self.starts[rows][at] + np.arange(len(at)) - before[at]]


def candidates(table: Table) -> tuple[Ints, Ints]:
    """Pairs of rows to compare, each once, the smaller row first, sorted."""
    rows = np.arange(len(table))
    if len(rows) < 2:
        return rows[:0], rows[:0]
    lists: dict[str, _Lists] = {**_times(table), **_places(table), **_things(table)}
    time = _order_in_time(table)
    lacking, placeless, country = _lacking(table), table.parts["places"].numbers == 0, _countries_of(table)
    found = np.zeros(0, np.int64)
    fresh: list[Ints] = []
    for number, family in enumerate(FAMILIES):
        keyed, keys = rows, np.full(len(rows), number + 1, np.uint64)
        for name in (family.when, family.where, family.what):
            if name is not None:
                at, values = lists[name].spread(keyed)
                keyed, keys = keyed[at], _mixed(keys[at], values)
        order = table.spans["start"] if family.what == "report" else time
        left, right = _meetings(keyed, keys, order, family)
        if family.loose or family.placeless:
            lacks = placeless if family.placeless else lacking
            wanted = lacks[left] | lacks[right]
            left, right = left[wanted], right[wanted]
        if family.one_country:
            one = (country[left] == country[right]) | (country[left] == 0) | (country[right] == 0)
            left, right = left[one], right[one]
        low, high = np.minimum(left, right), np.maximum(left, right)
        fresh.append((low * len(rows) + high)[low != high])
        if sum(map(len, fresh)) > max(_SORTED, len(found)):
            found = distinct(np.concatenate([found, *fresh]))
            fresh = []
    found = distinct(np.concatenate([found, *fresh]))
    return found // len(rows), found % len(rows)


def _meetings(rows: Ints, keys: NDArray[np.uint64], time: Ints, family: Family) -> tuple[Ints, Ints]:
    """Pairs of rows that share a key, as the family allows."""
    order = np.lexsort((rows, time[rows], keys))
    rows, keys = rows[order], keys[order]
    if not len(rows):
        return rows, rows
    begins = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    sizes = np.diff(np.append(begins, len(keys)))
    size = np.repeat(sizes, sizes)
    reach = np.where(size <= family.all_of, family.all_of, family.nearest)
    reach = np.minimum(reach, np.repeat(begins + sizes, sizes) - np.arange(len(rows)) - 1)
    at = np.repeat(np.arange(len(rows)), reach)
    before = np.cumsum(reach) - reach
    other = at + 1 + np.arange(len(at)) - before[at]
    return rows[at], rows[other]


def _mixed(keys: NDArray[np.uint64], values: Ints) -> NDArray[np.uint64]:
    """Keys with one more number worked into each; two lists of numbers practically never give one key."""
    mixed = (keys ^ values.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
    return mixed ^ (mixed >> np.uint64(29))


# ------------------------------------------------------------------ when


def _span(table: Table) -> tuple[Ints, Ints]:
    """The days of each mention; for news without a date, those before its report."""
    recent = table.flags["recent"]
    told = table.days["told"]
    return np.where(recent, told - _TOLD_AFTER, table.days["first"]), np.where(recent, told, table.days["last"])


def _order_in_time(table: Table) -> Ints:
    first, last = _span(table)
    return np.where(first > -FAR, first, np.where(last < FAR, last, 0))


def _times(table: Table) -> dict[str, _Lists]:
    first, last = _span(table)
    known = (first > -FAR) & (last < FAR)
    width = np.where(known, last - first, FAR)
    years = (table.days["first"] > -FAR) & (table.days["last"] < FAR)
    half = _WINDOW // 2
    return {
        "days": _numbered(
            width <= _NARROW,
            [((first + s) // _WINDOW * 2 + s // half, (last + s) // _WINDOW * 2 + s // half, 2) for s in (0, half)],
        ),
        "months": _numbered(
            width <= _MONTHS, [((first // _MONTH).astype(np.int64), (last // _MONTH).astype(np.int64), 1)]
        ),
        "years": _numbered(years, [((first / 365.2425).astype(np.int64),) * 2 + (1,)]),
    }


def _numbered(which: Bools, runs: list[tuple[Ints, Ints, int]]) -> _Lists:
    """For each row that counts, the numbers from the first to the last of each run, in steps."""
    rows, values = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for low, high, step in runs:
        chosen, now = np.flatnonzero(which), low
        while len(chosen):
            rows.append(chosen)
            values.append(now[chosen])
            now = now + step
            chosen = chosen[now[chosen] <= high[chosen]]
    return _listed(len(which), np.concatenate(rows), np.concatenate(values))


def _listed(size: int, rows: Ints, values: Ints) -> _Lists:
    order = np.argsort(rows, kind="stable")
    return _Lists(np.searchsorted(rows[order], np.arange(size + 1)), values[order])


# ------------------------------------------------------------------ where and what


def _places(table: Table) -> dict[str, _Lists]:
    return {name: _of_part(table, "places", keys) for name, keys in _PLACE_KEYS.items()}


def _of_part(table: Table, part: str, keys: Callable[[Any], Iterable[str]]) -> _Lists:
    """The numbers of the keys that a part of each mention gives."""
    column = table.parts[part]
    lists = [[] if value is None else sorted({_number(k) for k in keys(value)}) for value in column.values]
    lengths = np.array([len(each) for each in lists])
    flat = np.array([n for each in lists for n in each], np.int64)
    counts = lengths[column.numbers]
    begin = (np.cumsum(lengths) - lengths)[column.numbers]
    starts = np.concatenate(([0], np.cumsum(counts)))
    within = np.arange(starts[-1]) - np.repeat(starts[:-1], counts)
    return _Lists(starts, flat[np.repeat(begin, counts) + within] if len(flat) else flat)


def _number(key: str) -> int:
    return crc32(key.encode()) | crc32(key[::-1].encode(), 7) << 31


def _towns(spots: Iterable[Spot]) -> Iterator[str]:
    return (s.key for s in spots if s.level > COUNTRY)


def _cells(spots: Iterable[Spot]) -> Iterator[str]:
    for s in spots:
        if s.level == POINT and s.latitude is not None and s.longitude is not None:
            for shift in (0.0, 0.5):
                for other in (0.0, 0.5):
                    yield f"{floor(s.latitude / _CELL + shift)}/{floor(s.longitude / _CELL + other)}/{shift}/{other}"


def _districts(spots: Iterable[Spot]) -> Iterator[str]:
    return (f"{s.country} {s.admin1} {s.admin2}" for s in spots if s.admin2 and s.level >= DISTRICT)


def _provinces(spots: Iterable[Spot]) -> Iterator[str]:
    return (f"{s.country} {s.admin1}" for s in spots if s.admin1 and s.level > COUNTRY)


def _countries(spots: Iterable[Spot]) -> Iterator[str]:
    return (s.country for s in spots if s.country)


_PLACE_KEYS: dict[str, Callable[[Iterable[Spot]], Iterator[str]]] = {
    "town": _towns,
    "cell": _cells,
    "district": _districts,
    "province": _provinces,
    "country": _countries,
}


def _things(table: Table) -> dict[str, _Lists]:
    toll = _tolls(table)
    injured = np.array(
        [
            0 if v is None else next(n for n in (v[1], v[0], v[2]) if n is not None)
            for v in table.parts["injured"].values
        ]
    )[table.parts["injured"].numbers]
    rows = np.arange(len(table))
    some, high = np.flatnonzero(toll >= 0), np.flatnonzero(toll >= _TELLING)
    mass = np.flatnonzero(toll >= _MASS)
    many = np.flatnonzero(toll >= _MASSACRE)
    both = np.flatnonzero((toll >= _TELLING) & (injured > 0))
    return {
        "report": _listed(len(rows), rows, table.parts["document"].numbers.astype(np.int64)),
        "victim": _of_part(table, "victims", lambda part: part[0]),
        "toll": _listed(len(rows), some, toll[some]),
        "high toll": _listed(len(rows), high, toll[high]),
        "mass killing": _listed(len(rows), mass, np.ones(len(mass), np.int64)),
        "massacre": _listed(len(rows), many, np.ones(len(many), np.int64)),
        "two tolls": _listed(len(rows), both, toll[both] * 100_000 + injured[both]),
        "target": _of_part(table, "targets", lambda part: part[0]),
        "kind": _of_part(table, "types", lambda part: (part[1][-1],)),
    }


def _tolls(table: Table) -> Ints:
    """The number killed of each mention, -1 where none is given."""
    column = table.parts["deaths"]
    points = [-1 if v is None else next(n for n in (v[1], v[0], v[2]) if n is not None) for v in column.values]
    return np.array(points)[column.numbers]


def _countries_of(table: Table) -> Ints:
    """The number of the country of each mention; 0 where it names none, or several."""
    column, numbers = table.parts["places"], Dictionary()
    named = [{s.country for s in value if s.country} if value else set() for value in column.values]
    return np.array([numbers.number(min(each)) if len(each) == 1 else 0 for each in named])[column.numbers]


def _lacking(table: Table) -> Bools:
    """Which mentions lack a narrow date, a town or a country."""
    first, last = table.days["first"], table.days["last"]
    return (last - first > _NARROW) | ~table.flags["town"]
