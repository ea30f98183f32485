"""The comparison of places. Invariant: of several places on a side, those that agree best are compared.

A site of one name ("the Shah Noorani shrine") tells more than its town, and makes up for a district that is missing or
wrong. A place that readers took over from elsewhere in the report weighs little against one that is named.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from khabar.resolution.columns import Bools, Table
from khabar.resolution.levels import Codes, Feature, Found, Pairs, by_parts, without
from khabar.resolution.mentions import Spot
from khabar.resolution.nearness import NAMED, OPPOSES, RANK, SITE, SUPPORTS, TAKEN_OVER, spots

__all__ = ["PLACES"]

_WORDS = 2  # words of a name that must agree where the places alone would not do

Names = tuple[frozenset[str], frozenset[str]]


def _compare(pairs: Pairs, found: Found, codes: Mapping[str, int]) -> Codes:
    level = _nearest(pairs, found, codes)
    opposed = level > len(SUPPORTS)
    owned = np.logical_and(*pairs.both(pairs.table.flags, "placed"))
    result = np.where(opposed & ~owned, codes[TAKEN_OVER], level).astype(np.uint8)
    # Few name a site, and the words of towns count only where the places say little: the others need no look.
    weak = (level > codes[SITE]) & ~opposed
    site, landmark = _telling_names(pairs.table)
    looked = (level > 0) & (_both(site, pairs) | (weak & _both(landmark, pairs)))
    if looked.any():
        some = pairs.chosen(looked)
        common = _in_common(some, found, _IN_COMMON)
        named, more = common >= _IN_COMMON[_NAME], common == _IN_COMMON[_NAMES]
        weak, opposed, shown = weak[looked], opposed[looked], result[looked]
        shown[named & ~opposed] = codes[NAMED]
        shown[(more & opposed) | (weak & (common == _IN_COMMON[_LANDMARK]))] = codes[SITE]
        result[looked] = shown
    return result


def _best(a: tuple[Spot, ...], b: tuple[Spot, ...]) -> str:
    if len(a) == len(b) == 1:  # so it is nearly always
        return spots(a[0], b[0])
    return min((spots(x, y) for x in a for y in b), key=RANK.__getitem__)


_nearest = by_parts("places", _best)

_LANDMARK, _NAME, _NAMES = "names of towns", "a word of a site's name", "words of a site's name"
_IN_COMMON = {_LANDMARK: 1, _NAME: 2, _NAMES: 3}


def _shared(a: Names, b: Names) -> str | None:
    (site_a, landmark_a), (site_b, landmark_b) = a, b
    named = len(site_a & site_b)
    if named:
        return _NAMES if named >= _WORDS else _NAME
    return _LANDMARK if len(landmark_a & landmark_b) >= _WORDS else None


_in_common = by_parts("names", _shared)


def _telling_names(table: Table) -> tuple[Bools, Bools]:
    """By row: which mentions name a site, and which have a name of two words or more."""
    column = table.parts["names"]
    site = np.array([value is not None and len(value[0]) > 0 for value in column.values])
    landmark = np.array([value is not None and len(value[1]) >= _WORDS for value in column.values])
    return site[column.numbers], landmark[column.numbers]


def _both(which: Bools, pairs: Pairs) -> Bools:
    return np.asarray(which[pairs.left] & which[pairs.right])


def _tell(table: Table, left: int, right: int) -> str:
    a, b = (", ".join(s.name.title() for s in table.part("places", row)) for row in (left, right))
    return f"{a} and {b}" if a != b else a


PLACES = Feature("places", "Places", SUPPORTS, OPPOSES, _compare, _tell, without("places"))
"""Places: the same, near, one inside the other, or apart."""
