"""Which of two collections of incidents belong together. Invariant: the comparison is resolution's own, one and the
same for two reports and for a report and a record; each incident is in one pair at most, and sides may be exchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from khabar.records import Judgement
from khabar.resolution.blocks import candidates
from khabar.resolution.columns import Ints, Table, tabulate
from khabar.resolution.counts import point_of
from khabar.resolution.events import compare, told
from khabar.resolution.levels import Pairs
from khabar.resolution.mentions import DISTRICT, PROVINCE, Mention
from khabar.resolution.verdicts import DIFFERENT, LIKELY, OPEN, SAME, UNSURE, Judged
from khabar.resolution.weights import load_weights

__all__ = ["Match", "matches", "one_to_one"]

_LEFT, _RIGHT = 0, 1
_MANY = 5  # dead from which on a toll and a wide area are worth a look, as in the blocks of resolution
_BATCH = 1_000_000  # pairs compared at a time

_Forms = Mapping[str, Sequence[Mention]]
_End = tuple[int, str]  # a side, and the key of one of its incidents


@dataclass(frozen=True, slots=True)
class Match:
    """Two incidents set against each other: their keys, and the judgement on their best forms, reasons in words."""

    left: str
    right: str
    judgement: Judgement

    @property
    def rank(self) -> tuple[int, float, tuple[str, ...]]:
        """The better a match, the lower: verdict, then score, then keys, in an order that does not ask whose."""
        return _ORDER[self.judgement.verdict], -self.judgement.score, tuple(sorted((self.left, self.right)))


_ORDER = {"same": 0, "unsure": 1, "different": 2}
_RANKS = {SAME: 0, UNSURE: 1, LIKELY: 1, DIFFERENT: 2}


def matches(left: _Forms, right: _Forms) -> list[Match]:
    """For each two incidents that any block brings together, the match of the forms that fit best; sorted, best first.

    `left` and `right` give the forms of an incident by its key.
    """
    meeting = _meeting(left, right)
    owner: dict[str, _End] = {}
    table = tabulate(_forms(left, right, owner))
    rows: dict[_End, list[int]] = {}
    for row, name in enumerate(table.claims):
        rows.setdefault(owner[name], []).append(row)
    pairs = sorted((min(a, b), max(a, b)) for x, y in meeting for a in rows[_LEFT, x] for b in rows[_RIGHT, y])
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    judged = _judged(table, ends[:, 0], ends[:, 1])
    found = []
    for judgement in told(table, judged.chosen(_best(judged, table, owner))):
        (_, mine), (_, theirs) = sorted((owner[judgement.left], owner[judgement.right]))
        found.append(Match(mine, theirs, judgement))
    return sorted(found, key=lambda m: m.rank)


def _meeting(left: _Forms, right: _Forms) -> set[tuple[str, str]]:
    """The incidents of both sides that a block brings together. One side may tell the town and the other the district
    or province alone; so many dead are looked up there too, which resolution need not do within one base.
    """
    owner: dict[str, _End] = {}
    table = tabulate(_forms(left, right, owner, wider=True))
    one, other = candidates(table)
    is_right = np.array([owner[name][0] == _RIGHT for name in table.claims], np.bool_)
    across = is_right[one] != is_right[other]
    found = set()
    for a, b in zip(one[across].tolist(), other[across].tolist(), strict=True):
        (_, mine), (_, theirs) = sorted((owner[table.claims[a]], owner[table.claims[b]]))
        found.add((mine, theirs))
    return found


def _forms(left: _Forms, right: _Forms, owner: dict[str, _End], *, wider: bool = False) -> Iterator[Mention]:
    """All forms under names of their own, whose side and incident are noted in `owner`; no report is on both sides."""
    for side, forms in ((_LEFT, left), (_RIGHT, right)):
        for key in sorted(forms):
            every = [form for told in forms[key] for form in (told, *(_wider(told) if wider else ()))]
            for number, form in enumerate(every):
                name = f"{side}|{key}|{number}"
                owner[name] = side, key
                yield replace(form, claim=name, document=f"{side}|{form.document}")


def _wider(form: Mention) -> Iterator[Mention]:
    """The form in the district, and in the province, of each of its places, where many died."""
    if form.killed is None or point_of((form.killed.low, form.killed.best, form.killed.high)) < _MANY:
        return
    for place in form.spots:
        for level, names in ((DISTRICT, (place.admin1, place.admin2)), (PROVINCE, (place.admin1,))):
            if place.level >= level and all(names):
                key = "/".join((place.country or "", *map(str, names)))
                yield replace(form, spots=(replace(place, key=key, level=level),))


def _judged(table: Table, left: Ints, right: Ints) -> Judged:
    weights = load_weights()
    sums, verdicts, opposed = [np.zeros(0)], [np.zeros(0, np.uint8)], [np.zeros(0, np.bool_)]
    for begin in range(0, len(left), _BATCH):
        pairs = Pairs(table, left[begin : begin + _BATCH], right[begin : begin + _BATCH])
        made = compare(pairs, weights)
        sums.append(made.sums)
        verdicts.append(made.verdicts)
        opposed.append(made.opposed)
    every = np.concatenate(sums).astype(np.float32)
    return Judged(left, right, np.concatenate(verdicts), every, np.concatenate(opposed))


def _best(judged: Judged, table: Table, owner: Mapping[str, _End]) -> NDArray[np.bool_]:
    """Of the pairs of forms of each two incidents, the one with the best verdict, and the greatest sum within it."""
    best: dict[tuple[str, str], tuple[tuple[int, float, str, str], int]] = {}
    for i, (one, other) in enumerate(zip(judged.left.tolist(), judged.right.tolist(), strict=True)):
        if judged.verdicts[i] == OPEN:
            continue
        names = table.claims[one], table.claims[other]
        (_, left), (_, right) = sorted(owner[name] for name in names)
        rank = _RANKS[int(judged.verdicts[i])], -float(judged.sums[i]), *names
        if (left, right) not in best or rank < best[left, right][0]:
            best[left, right] = rank, i
    chosen = np.zeros(len(judged), np.bool_)
    chosen[[i for _rank, i in best.values()]] = True
    return chosen


def one_to_one(found: Iterable[Match]) -> list[Match]:
    """The best matches in which nothing stands twice, taken from the best down; those judged different are left out."""
    taken_left: set[str] = set()
    taken_right: set[str] = set()
    kept = []
    for match in sorted(found, key=lambda m: m.rank):
        if match.judgement.verdict != "different" and match.left not in taken_left and match.right not in taken_right:
            taken_left.add(match.left)
            taken_right.add(match.right)
            kept.append(match)
    return kept
