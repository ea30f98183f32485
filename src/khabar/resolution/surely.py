"""Pairs that few comparisons show to be two incidents. Invariant: the others would not have changed the verdict.

Most candidates lie apart in time, place or kind, and the dear comparisons (targets, words) need not be made of them.
The cheap ones come first; after each stage those pairs are put aside of which the rules (`rules.RULES`) and the sum can
only say "different", whatever the comparisons still to come would find. What is put aside has no sum: nobody asks.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from khabar.resolution.acts import ACTORS, TYPES, VICTIMS, WEAPONS
from khabar.resolution.columns import Bools, Ints
from khabar.resolution.features import FEATURES, find
from khabar.resolution.levels import Codes, Found, Pairs
from khabar.resolution.nearness import APART
from khabar.resolution.rules import MASS
from khabar.resolution.tolls import ARRESTED, ATTACKERS, CLOSE, INJURED, KILLED, SCALE, many_killed
from khabar.resolution.weights import Weights
from khabar.resolution.when import DATES
from khabar.resolution.where import PLACES

__all__ = ["undecided"]

_STAGES = ((DATES, KILLED), (PLACES, SCALE, TYPES), (INJURED, ARRESTED, ATTACKERS, WEAPONS, ACTORS))
_ROUNDED = 0.001  # sums are rounded


def undecided(pairs: Pairs, weights: Weights, *, alike: bool = False) -> tuple[Ints, dict[str, Codes]]:
    """The places of the pairs that are not surely different, and what was found of them on the way.

    With `alike`, those that look much alike, though they are different, are among them.
    """
    places = np.arange(len(pairs))
    found: dict[str, Codes] = {}
    for stage in _STAGES:
        found = find(pairs, found, stage)
        kept = ~_surely_two(pairs, found, weights)
        if alike:
            kept |= _bound(pairs, found, weights, least=0.0) >= weights.same - _ROUNDED
        places, pairs = places[kept], pairs.chosen(kept)
        found = {name: codes[kept] for name, codes in found.items()}
    return places, found


def _surely_two(pairs: Pairs, found: Found, weights: Weights) -> Bools:
    """Which pairs are different for sure: one was done and one was not; the dates lie apart and the tolls, too; or the
    sum stays too low to ask a person, and the places lie apart or it stays so low that what speaks against it decides.
    """
    done_a, done_b = pairs.both(pairs.table.flags, "incomplete")
    unnamed = VICTIMS.silent(pairs)  # a named victim in common asks a person whatever else is found
    late = DATES.against(found)
    bound = _bound(pairs, found, weights) + _ROUNDED
    low = unnamed & ~late & (bound < weights.unsure) & ~many_killed(pairs, MASS)
    against = np.any([f.against(found) for f in FEATURES if f.name in found], axis=0)
    two = (
        (done_a != done_b)
        | (late & unnamed & ~KILLED.shows(found, CLOSE))
        | (low & against & (bound < weights.different))
    )
    if PLACES.name in found:
        two |= low & PLACES.shows(found, APART)
    return np.asarray(two)


def _bound(pairs: Pairs, found: Found, weights: Weights, least: float = -np.inf) -> NDArray[np.float64]:
    """The highest sum that each pair can still reach, of what each comparison adds, and at the least `least`."""
    total = np.full(len(pairs), weights.base)
    for feature in FEATURES:
        if feature.name in found:
            added = weights.of(feature, found)
        else:
            added = np.where(feature.silent(pairs), weights.silence(feature), weights.most(feature))
        total += np.maximum(added, least)
    return total
