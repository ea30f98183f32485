"""The comparison of places. Invariant: of several places on a side, those that agree best are compared.

A site of one name ("the Shah Noorani shrine") tells more than its town, and makes up for a district that is missing or
wrong. A place that readers took over from elsewhere in the report weighs little against one that is named.
"""

from __future__ import annotations

from khabar.resolution.columns import Table
from khabar.resolution.levels import Feature, by_parts
from khabar.resolution.mentions import Spot
from khabar.resolution.nearness import NAMED, OPPOSES, RANK, SITE, SUPPORTS, TAKEN_OVER, spots

__all__ = ["PLACES"]

_WORDS = 2  # words of a name that must agree where the places alone would not do

Places = tuple[tuple[Spot, ...], bool, frozenset[str], frozenset[str]]


def _level(a: Places, b: Places) -> str:
    (spots_a, own_a, landmark_a, site_a), (spots_b, own_b, landmark_b, site_b) = a, b
    best = min((spots(x, y) for x in spots_a for y in spots_b), key=RANK.__getitem__)
    named = len(site_a & site_b)
    if named and best not in OPPOSES:
        return NAMED
    if best in OPPOSES:
        return SITE if named >= _WORDS else best if own_a and own_b else TAKEN_OVER
    return SITE if RANK[best] > RANK[SITE] and len(landmark_a & landmark_b) >= _WORDS else best


def _tell(table: Table, left: int, right: int) -> str:
    a, b = (", ".join(s.name.title() for s in table.part("places", row)[0]) for row in (left, right))
    return f"{a} and {b}" if a != b else a


PLACES = Feature("places", "Places", SUPPORTS, OPPOSES, by_parts("places", _level), _tell)
"""Places: the same, near, one inside the other, or apart."""
