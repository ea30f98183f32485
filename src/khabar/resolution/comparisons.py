"""Pairs of mentions compared, each once. Invariant: what comes of a pair depends on its two mentions alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from khabar.resolution.columns import FAR, Bools, Ints, Table
from khabar.resolution.features import FEATURES, find
from khabar.resolution.levels import Found, Pairs
from khabar.resolution.memory import Memory, Remembered, Work
from khabar.resolution.prints import print_of
from khabar.resolution.rules import RULES, Compared
from khabar.resolution.surely import undecided
from khabar.resolution.verdicts import DIFFERENT, OPEN, SAME, UNSURE, Judged
from khabar.resolution.weights import Weights

__all__ = ["Comparisons", "Outcome", "compare", "prints_of"]

_BATCH = 1_000_000  # pairs compared at a time


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found of pairs, the sums, the verdicts, which of `RULES` decided (counted from 1; 0 for the sum), and
    whether anything that was found speaks against one incident.
    """

    found: Found
    sums: NDArray[np.float64]
    verdicts: NDArray[np.uint8]
    by: NDArray[np.uint8]
    opposed: Bools


def compare(pairs: Pairs, weights: Weights, seen: Found | None = None) -> Outcome:
    """What comes of pairs; `seen` is what was found of them before."""
    found = find(pairs, seen)
    sums = weights.sums(FEATURES, found, len(pairs))
    verdicts = np.full(len(pairs), OPEN, np.uint8)
    verdicts[sums >= weights.unsure] = UNSURE
    verdicts[sums >= weights.same] = SAME
    verdicts[(sums < weights.different) & np.any([f.against(found) for f in FEATURES], axis=0)] = DIFFERENT
    by = np.zeros(len(pairs), np.uint8)
    opposed = weights.opposed(FEATURES, found, len(pairs))
    compared = Compared(pairs, found, sums, sums >= weights.unsure, sums >= weights.same, opposed)
    for number, rule in enumerate(RULES, 1):
        applies = rule.applies(compared) & (by == 0)
        if rule.caps:
            applies &= verdicts == SAME
        verdicts[applies] = rule.verdict
        by[applies] = number
    return Outcome(found, sums, verdicts, by, opposed)


def prints_of(table: Table) -> list[str]:
    """A fingerprint of each mention by row: of all that a mention is made from beside the settings of its corpus.

    That is the claim, the day of its report, and whom resolution takes its actors and victims for.
    """
    actors, victims = ([sorted(v) if v else None for v in _members(table, part)] for part in ("actors", "victims"))
    columns = (table.days["told"], table.parts["actors"].numbers, table.parts["victims"].numbers)
    rows = zip(table.claims, *(column.tolist() for column in columns), strict=True)
    return [print_of(claim, told if told < FAR else None, actors[a], victims[v]) for claim, told, a, v in rows]


def _members(table: Table, part: str) -> list[frozenset[str] | None]:
    values = table.parts[part].values
    return [value[0] if isinstance(value, tuple) else value for value in values]


class Comparisons:
    """The comparisons of one table: what a memory holds is looked up, the rest is compared, and all of it is kept."""

    def __init__(self, table: Table, weights: Weights, memory: Memory | None = None, version: str = "") -> None:
        """`version` is the fingerprint of everything but the mentions that verdicts depend on."""
        self._table = table
        self._weights = weights
        self._memory = memory
        self._version = version
        self._prints: Sequence[str] = prints_of(table) if memory is not None else ()
        self._known = memory.recall(version, self._prints) if memory is not None else Remembered.nothing()
        self._asked = Remembered.nothing()
        self._work = Work()

    def of(self, left: Ints, right: Ints, *, every: bool = False) -> Judged:
        """Verdicts on pairs of rows, sorted, the smaller row first; those on which nothing is to be said are left out,
        unless `every` one is wanted.
        """
        if self._memory is None:
            return self._compared(left, right, every=every)[0]
        size = len(self._table)
        known = self._known.left * size + self._known.right
        wanted = left * size + right
        at = np.minimum(np.searchsorted(known, wanted), max(0, len(known) - 1))
        seen = known[at] == wanted if len(known) else np.zeros(len(wanted), np.bool_)
        fresh, telling = self._compared(left[~seen], right[~seen], every=True)
        new = Remembered(fresh.left, fresh.right, fresh.verdicts, fresh.sums, fresh.opposed, telling)
        found = self._known.chosen(at[seen]).joined(new, size)
        self._work.compared += len(new)
        self._asked = self._asked.joined(found, size)
        self._known = self._known.joined(new, size)  # a later question of the same run may ask for a pair again
        judged = Judged(found.left, found.right, found.verdicts.copy(), found.sums, found.opposed)
        return judged if every else judged.chosen(judged.verdicts != OPEN)

    def telling(self, judged: Judged) -> Bools:
        """Which verdicts people should see: what joins, what asks, and what keeps apart what looks much alike."""
        if self._memory is None:
            parts = [
                self._telling(Pairs(self._table, judged.left[b : b + _BATCH], judged.right[b : b + _BATCH]))
                for b in range(0, len(judged), _BATCH)
            ]
            looks = np.concatenate(parts) if parts else np.zeros(0, np.bool_)
        else:
            size = len(self._table)
            at = np.searchsorted(self._asked.left * size + self._asked.right, judged.left * size + judged.right)
            looks = self._asked.telling[at]
        return np.asarray((judged.verdicts != OPEN) & ((judged.verdicts != DIFFERENT) | looks))

    def print_of_pair(self, left: int, right: int) -> str:
        """The fingerprint of what the judgement on a pair is made from; '' without a memory."""
        return print_of(self._version, self._prints[left], self._prints[right]) if self._memory is not None else ""

    def remember(self) -> None:
        """Leave to the memory what was asked this time."""
        if self._memory is not None:
            self._work.recalled = len(self._asked) - self._work.compared
            self._memory.keep(self._version, self._prints, self._asked, self._work)

    def _compared(self, left: Ints, right: Ints, *, every: bool) -> tuple[Judged, Bools]:
        """The verdicts, and which pairs look much alike (worked out only where there is a memory to keep it)."""
        parts, looks = [], []
        for begin in range(0, len(left), _BATCH):
            pairs = Pairs(self._table, left[begin : begin + _BATCH], right[begin : begin + _BATCH])
            judged, alike = self._judged(pairs)
            parts.append(judged if every else judged.chosen(judged.verdicts != OPEN))
            looks.append(alike)
        if not parts:
            none = np.zeros(0, np.bool_)
            return Judged(left[:0], right[:0], np.zeros(0, np.uint8), np.zeros(0, np.float32), none), none
        columns = zip(*(p.columns() for p in parts), strict=True)
        return Judged(*(np.concatenate(column) for column in columns)), np.concatenate(looks)

    def _judged(self, pairs: Pairs) -> tuple[Judged, Bools]:
        """The verdicts; of pairs that are surely different without their sum."""
        remembered = self._memory is not None
        places, seen = undecided(pairs, self._weights, alike=remembered)
        made = compare(pairs.chosen(places), self._weights, seen)
        verdicts = np.full(len(pairs), DIFFERENT, np.uint8)
        sums = np.full(len(pairs), -np.inf, np.float32)
        opposed, alike = np.ones(len(pairs), np.bool_), np.zeros(len(pairs) if remembered else 0, np.bool_)
        verdicts[places], sums[places], opposed[places] = made.verdicts, made.sums, made.opposed
        if remembered:
            alike[places] = self._alike(made.found)
        return Judged(pairs.left, pairs.right, verdicts, sums, opposed), alike

    def _telling(self, pairs: Pairs) -> Bools:
        return self._alike(find(pairs))

    def _alike(self, found: Found) -> Bools:
        """Which pairs look much alike: what speaks for one incident would be enough, if nothing spoke against it."""
        support = sum(np.maximum(self._weights.of(f, found), 0.0) for f in FEATURES)
        return np.asarray(self._weights.base + support >= self._weights.same)
