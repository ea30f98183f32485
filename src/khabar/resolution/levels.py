"""What a comparison is. Invariant: it finds one of its levels, which have names in words, or it says nothing.

A comparison looks at one part of two mentions. Silence is not evidence: where one claim leaves a thing open, nothing
is found. Levels that speak for one incident (`supports`) come before those that speak against it (`opposes`), each
list from the most telling for to the most telling against. What a level is worth stands in `incident_weights.yml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from khabar.resolution.columns import Ints, Table

__all__ = ["SILENT", "Codes", "Compare", "Feature", "Found", "Pairs", "by_parts", "is_any", "without"]

Codes = NDArray[np.uint8]
"""The number of a level for each pair: 0 for silence, 1 for the first level of the feature, and so on."""

Found = Mapping[str, Codes]
"""What the comparisons so far have found, by the name of the feature."""

SILENT = 0

Compare = Callable[["Pairs", Found, Mapping[str, int]], Codes]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of rows of a table to compare."""

    table: Table
    left: Ints
    right: Ints

    def __len__(self) -> int:
        return len(self.left)

    def both(self, column: Mapping[str, Any], name: str) -> tuple[Any, Any]:
        """A column of the table for the left and for the right mentions."""
        return column[name][self.left], column[name][self.right]

    def numbers(self, part: str) -> tuple[Ints, Ints]:
        """The numbers of a part for the left and for the right mentions."""
        column = self.table.parts[part].numbers
        return column[self.left].astype(np.int64), column[self.right].astype(np.int64)

    @property
    def one_report(self) -> NDArray[np.bool_]:
        """Which pairs are of one document."""
        left, right = self.numbers("document")
        return np.asarray(left == right)

    def chosen(self, which: NDArray[np.bool_] | Ints) -> Pairs:
        """Some of the pairs, in the order in which they are given."""
        return Pairs(self.table, self.left[which], self.right[which])


@dataclass(frozen=True)
class Feature:
    """One comparison: its name and title, the levels it can find, how it finds them, and how it tells what it saw.

    `compare` gives the codes for many pairs at once, from the pairs, what the features before it have found, and the
    code of each level. `silent` tells, before anything is compared, of which pairs it can find nothing.
    `tell` says in a few words what the two mentions say ("29 and 31"), or nothing.
    """

    name: str
    title: str
    supports: tuple[str, ...]
    opposes: tuple[str, ...]
    compare: Compare
    tell: Callable[[Table, int, int], str] = lambda _table, _left, _right: ""
    silent: Callable[[Pairs], NDArray[np.bool_]] = lambda pairs: np.zeros(len(pairs), np.bool_)

    @property
    def levels(self) -> tuple[str, ...]:
        """All levels, from the most telling for to the most telling against."""
        return self.supports + self.opposes

    @cached_property
    def codes(self) -> Mapping[str, int]:
        """The code of each level."""
        return {level: number for number, level in enumerate(self.levels, 1)}

    def find(self, pairs: Pairs, found: Found) -> Codes:
        """The code of the level that each pair shows."""
        return self.compare(pairs, found, self.codes)

    def against(self, found: Found) -> NDArray[np.bool_]:
        """Which pairs show a level that speaks against one incident."""
        return found[self.name] > len(self.supports)

    def shows(self, found: Found, levels: Iterable[str]) -> NDArray[np.bool_]:
        """Which pairs show one of some levels."""
        return is_any(found[self.name], [self.codes[level] for level in levels])


def is_any(codes: Codes, wanted: Iterable[int]) -> NDArray[np.bool_]:
    """Which codes are among the wanted ones."""
    table = np.zeros(256, np.bool_)
    table[list(wanted)] = True
    return table[codes]


def without(part: str) -> Callable[[Pairs], NDArray[np.bool_]]:
    """Of which pairs a comparison of one part finds nothing, because a side leaves it open."""

    def silent(pairs: Pairs) -> NDArray[np.bool_]:
        numbers = pairs.table.parts[part].numbers
        return np.asarray((numbers[pairs.left] == 0) | (numbers[pairs.right] == 0))

    return silent


def by_parts(
    part: str, level: Callable[..., str | None], given: Callable[[Pairs, Found], Ints] | None = None
) -> Compare:
    """A comparison of one part of two mentions by a plain function, called once for each two parts that differ.

    `level` takes the two parts, in any order, and gives the name of a level or None. With `given`, a small number for
    each pair comes with them, and the order is that of the pair: left, right, number.
    """

    def compare(pairs: Pairs, found: Found, codes: Mapping[str, int]) -> Codes:
        values = pairs.table.parts[part].values
        left, right = pairs.numbers(part)
        told = (left > 0) & (right > 0)
        result = np.zeros(len(pairs), np.uint8)
        left, right = left[told], right[told]
        extra = np.zeros(len(left), np.int64)
        if given is None:
            left, right = np.minimum(left, right), np.maximum(left, right)
        else:
            extra = given(pairs, found)[told]
        key = (left * len(values) + right) * _GIVEN + extra
        distinct, place = _distinct(key, len(values) ** 2 * _GIVEN)
        answers = np.zeros(len(distinct), np.uint8)
        for i, number in enumerate(distinct.tolist()):
            rest, more = divmod(number, _GIVEN)
            x, y = divmod(rest, len(values))
            name = level(values[x], values[y]) if given is None else level(values[x], values[y], more)
            if name is not None:
                answers[i] = codes[name]
        result[told] = answers[place]
        return result

    return compare


_GIVEN = 8  # numbers that `given` can give
_DENSE = 16  # numbers there may be for one that is met, up to which a list of all of them is quicker than sorting


def _distinct(keys: Ints, size: int) -> tuple[Ints, Ints]:
    """The keys, which lie below `size`, each once and in order, and the place of each key among them."""
    if size > _DENSE * len(keys):
        distinct, places = np.unique(keys, return_inverse=True)
        return distinct, places.astype(np.int64)
    met = np.zeros(size, np.bool_)
    met[keys] = True
    numbers = np.flatnonzero(met).astype(np.int64)
    at = np.zeros(size, np.int64)
    at[numbers] = np.arange(len(numbers))
    return numbers, at[keys]
