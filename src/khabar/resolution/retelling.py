"""Two mentions in one report: what a sentence tells twice, and what a report returns to. Invariant: one report only.

A second mention is leaner than the first: it does not itself name the place or the date, its type is the same or a
wider one (or tells how an attack was made whose kind was left open), its place is no more precise, and place, date,
toll and target do not disagree; tolls that are close may be two counts of one thing, and a place taken over from
elsewhere may be wrong where the toll agrees. It counts for less the further apart.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from khabar.resolution.acts import TARGETS
from khabar.resolution.columns import Bools, Ints
from khabar.resolution.levels import Codes, Feature, Found, Pairs
from khabar.resolution.nearness import TAKEN_OVER
from khabar.resolution.tolls import ARRESTED, CLOSE, INJURED, KILLED, TELLING, unequal
from khabar.resolution.when import DATES
from khabar.resolution.where import PLACES

__all__ = ["SECOND_MENTION", "disjoint", "leaner", "same_statement"]

_NEAR = 12  # characters between two quotes that still make them one sentence
_HEADLINE = 200  # characters from the start of a report in which a claim may be its headline
_GAPS = (("close by", 1000), ("further on", 2500))
_FAR = "far from the first"

Telling = tuple[str, tuple[str, ...], bool, str, bool, bool, int]


def same_statement(pairs: Pairs) -> Bools:
    """Which pairs rest on one sentence: passages that overlap, or follow without a full stop between."""
    first, second = _in_order(pairs)
    gap = pairs.table.spans["start"][second] - pairs.table.spans["end"][first]
    return np.asarray(pairs.one_report & ((gap < 0) | ((gap <= _NEAR) & ~pairs.table.flags["closed"][first])))


def disjoint(pairs: Pairs, found: Found) -> Bools:
    """Which claims of one sentence tell two incidents: unequal dates, places or tolls, or other targets.

    Unequal tolls of two speakers are a disagreement about one incident.
    """
    left, right = pairs.numbers("speaker")
    tolls = (left == right) & unequal(pairs)
    return np.asarray(tolls | DATES.against(found) | PLACES.against(found) | TARGETS.against(found))


def leaner(pairs: Pairs) -> Ints:
    """The row of the mention that may be the second mention of the other, -1 where neither may."""
    first, second = _in_order(pairs)
    column = pairs.table.parts["telling"]
    early, late = column.numbers[first].astype(np.int64), column.numbers[second].astype(np.int64)
    headline = pairs.table.spans["start"][first] < _HEADLINE
    key = (early * len(column.values) + late) * 2 + headline
    distinct, place = np.unique(key, return_inverse=True)
    answers = np.zeros(len(distinct), np.int64)
    for i, number in enumerate(distinct.tolist()):
        rest, bare = divmod(number, 2)
        x, y = divmod(rest, len(column.values))
        answers[i] = _leans(column.values[x], column.values[y], bool(bare))
    which = answers[place]
    found = np.where(which == _LATE, second, np.where(which == _EARLY, first, -1))
    return np.where(pairs.one_report, found, -1)


_NEITHER, _EARLY, _LATE = 0, 1, 2


def _leans(early: Telling, late: Telling, headline: bool) -> int:
    """The later mention, or a bare headline."""
    type_early, lineage_early, general_early, doing_early, date_early, place_early, level_early = early
    type_late, lineage_late, general_late, doing_late, date_late, place_late, level_late = late
    if not (date_late and place_late):
        told_how = general_early and doing_early == doing_late
        if (general_late or told_how or type_late in lineage_early) and not (place_late and level_late > level_early):
            return _LATE
    bare = headline and not (date_early and place_early)
    if bare and type_early in lineage_late and not (place_early and level_early > level_late):
        return _EARLY
    return _NEITHER


def _in_order(pairs: Pairs) -> tuple[Ints, Ints]:
    """The rows of each pair in the order of the text."""
    start = pairs.table.spans["start"]
    a, b = start[pairs.left], start[pairs.right]
    swap = (b < a) | ((b == a) & (pairs.right < pairs.left))
    return np.where(swap, pairs.right, pairs.left), np.where(swap, pairs.left, pairs.right)


def _second_mention(pairs: Pairs, found: Found, codes: Mapping[str, int]) -> Codes:
    result = np.zeros(len(pairs), np.uint8)
    here = pairs.one_report
    if not here.any():
        return result
    some = pairs.chosen(here)
    seen = {name: levels[here] for name, levels in found.items()}
    fits = leaner(some) >= 0
    for feature in (DATES, TARGETS):
        fits &= ~feature.against(seen)
    known_by_toll = KILLED.shows(seen, TELLING)
    fits &= ~PLACES.against(seen) | (known_by_toll & PLACES.shows(seen, (TAKEN_OVER,)))
    for feature in (KILLED, INJURED, ARRESTED):
        fits &= (seen[feature.name] == 0) | feature.shows(seen, CLOSE)
    start, end = some.table.spans["start"], some.table.spans["end"]
    begins = np.maximum(start[some.left], start[some.right])
    gap = np.maximum(0, begins - np.minimum(end[some.left], end[some.right]))
    level = np.full(len(some), codes[_FAR], np.uint8)
    for name, characters in reversed(_GAPS):
        level[gap <= characters] = codes[name]
    result[here] = np.where(fits, level, 0)
    return result


SECOND_MENTION = Feature(
    name="second_mention",
    title="Second mention in one report",
    supports=(*(name for name, _ in _GAPS), _FAR),
    opposes=(),
    compare=_second_mention,
    silent=lambda pairs: ~pairs.one_report,
)
"""Second mention: the same report returns to it with less detail and contradicts nothing said before."""
