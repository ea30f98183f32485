"""Mentions as columns of numbers. Invariant: rows are sorted by claim id; equal sets of mentions give equal tables.

A table holds what the comparisons look at and nothing else: days, offsets, and *parts* (the places of a claim, its
toll, the words for its target). Equal parts are kept once and stand in the columns as numbers, so that a claim takes
some hundred bytes, and a comparison is worked out once for each two parts that differ.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from khabar.resolution.counts import point_of, triple
from khabar.resolution.mentions import POINT, Mention

__all__ = ["FAR", "Bools", "Column", "Dictionary", "Ints", "Table", "among", "distinct", "tabulate"]

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

FAR = 10_000_000
"""Days that stand for an open bound: -FAR for no first day, FAR for no last one."""


class Dictionary:
    """Values and their numbers, in the order in which they came; number 0 is None: nothing said."""

    def __init__(self) -> None:
        self.values: list[Any] = [None]
        self._numbers: dict[Hashable, int] = {None: 0}

    def number(self, value: Hashable) -> int:
        """The number of a value, a new one if it was not seen before."""
        found = self._numbers.get(value)
        if found is None:
            found = self._numbers[value] = len(self.values)
            self.values.append(value)
        return found


@dataclass(frozen=True, slots=True)
class Column:
    """One part of every mention: its number in each row, and the values that the numbers stand for."""

    numbers: NDArray[np.int32]
    values: list[Any]


@dataclass(frozen=True, slots=True)
class Table:
    """Mentions by row: `claims` their ids in order, `days` first, last and told, `spans` start and end in the report,
    `flags` true or false, `parts` what the comparisons look at. See `Mention` for what each means.
    """

    claims: list[str]
    days: Mapping[str, Ints]
    spans: Mapping[str, Ints]
    flags: Mapping[str, Bools]
    parts: Mapping[str, Column]

    def __len__(self) -> int:
        return len(self.claims)

    def part(self, name: str, row: int) -> Any:
        """The part of one mention."""
        column = self.parts[name]
        return column.values[int(column.numbers[row])]


def distinct(numbers: Ints) -> Ints:
    """The numbers in order, each once. Of millions, sorting is ten times as quick as the hashing of `numpy.unique`."""
    ordered = np.sort(numbers)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def among(numbers: Ints, known: Ints) -> Bools:
    """Which numbers are among the known ones, which are sorted, each once."""
    if not len(known):
        return np.zeros(len(numbers), np.bool_)
    return np.asarray(known[np.minimum(np.searchsorted(known, numbers), len(known) - 1)] == numbers)


def _killed(m: Mention) -> Hashable:
    if m.killed is None:
        return None
    attackers = triple(m.attackers)
    return triple(m.killed), None if attackers is None else point_of(attackers)


def _targets(m: Mention) -> Hashable:
    return (m.named_targets, m.target_words, m.target_classes) if m.target_words or m.target_classes else None


def _telling(m: Mention) -> Hashable:
    level = m.spots[0].level if m.spots else -1
    return m.type, m.lineage, m.general, m.doing, m.own_date, m.own_place, level


_PARTS: Mapping[str, Callable[[Mention], Hashable]] = {
    "document": lambda m: m.document,
    "speaker": lambda m: m.speaker,
    "places": lambda m: m.spots or None,
    "names": lambda m: (m.site, m.landmark) if m.site or m.landmark else None,
    "types": lambda m: (m.type, m.lineage, m.general, m.doing),
    "killed": _killed,
    "deaths": lambda m: triple(m.killed),
    "injured": lambda m: triple(m.injured),
    "arrested": lambda m: triple(m.taken),
    "targets": _targets,
    "people": lambda m: m.people or None,
    "words": lambda m: m.words or None,
    "attackers": lambda m: triple(m.attackers),
    "weapons": lambda m: m.weapon or None,
    "actors": lambda m: m.actors or None,
    "victims": lambda m: (m.victims, m.killed is not None and m.killed.best == 1) if m.victims else None,
    "telling": _telling,
}
_DAYS: Mapping[str, Callable[[Mention], int]] = {
    "first": lambda m: -FAR if m.first is None else m.first,
    "last": lambda m: FAR if m.last is None else m.last,
    "told": lambda m: FAR if m.told is None else m.told,
}
_SPANS: Mapping[str, Callable[[Mention], int]] = {"start": lambda m: m.start, "end": lambda m: m.end}
_FLAGS: Mapping[str, Callable[[Mention], bool]] = {
    "closed": lambda m: m.closed,
    "incomplete": lambda m: m.incomplete,
    "recent": lambda m: m.recent,
    "placed": lambda m: m.own_place,
    "town": lambda m: bool(m.spots) and m.spots[0].level == POINT,
}


def tabulate(mentions: Iterable[Mention]) -> Table:
    """The table of mentions, which are used up one by one; a claim that comes twice has one row."""
    rows: dict[str, int] = {}
    dictionaries = {name: Dictionary() for name in _PARTS}
    numbers: dict[str, array[int]] = {name: array("i") for name in _PARTS}
    days: dict[str, array[int]] = {name: array("i") for name in _DAYS}
    spans: dict[str, array[int]] = {name: array("q") for name in _SPANS}
    flags: dict[str, bytearray] = {name: bytearray() for name in _FLAGS}
    filled = [(part, dictionaries[name].number, numbers[name].append) for name, part in _PARTS.items()]
    copied: list[tuple[Callable[[Mention], int], Callable[[int], None]]] = [
        *((day, days[name].append) for name, day in _DAYS.items()),
        *((offset, spans[name].append) for name, offset in _SPANS.items()),
        *((flag, flags[name].append) for name, flag in _FLAGS.items()),
    ]
    for m in mentions:
        if m.claim in rows:
            continue
        rows[m.claim] = len(rows)
        for part, number, append in filled:
            append(number(part(m)))
        for value, append in copied:
            append(value(m))
    claims = sorted(rows)
    order = np.fromiter((rows[c] for c in claims), np.int64, len(claims))
    return Table(
        claims,
        {name: np.array(values, np.int64)[order] for name, values in days.items()},
        {name: np.array(values, np.int64)[order] for name, values in spans.items()},
        {name: np.frombuffer(values, np.bool_)[order] for name, values in flags.items()},
        {n: Column(np.array(values, np.int32)[order], dictionaries[n].values) for n, values in numbers.items()},
    )
