"""Single reports join the incident that they likely tell of. Invariant: a pure function of groups and verdicts, in any
order, and nothing that a rule or a person keeps apart is joined.

Which of two incidents a vague report means is a question; where there is but one that fits, it is none. So a group of
one report joins another group where a pair of them is likely one (`rules`: little that was found speaks against it),
none is opposed or different, and no other group fits it nearly as well. A group takes part in one such joining at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from khabar.records import Judgement
from khabar.resolution.columns import Bools, Ints, Table, among, distinct
from khabar.resolution.verdicts import DIFFERENT, LIKELY, Judged

__all__ = ["with_likely"]

_CLEAR = 2.0  # by how much the group must fit better than any other

Group = tuple[str, ...]


def with_likely(groups: Sequence[Group], table: Table, judged: Judged, people: Iterable[Judgement]) -> list[Group]:
    """The groups, sorted, after the likely joinings; `people` are their judgements on claims of the table."""
    row = {claim: number for number, claim in enumerate(table.claims)}
    of, alone = _numbered(groups, table, row)
    across = judged.chosen((of[judged.left] != of[judged.right]) & (alone[of[judged.left]] | alone[of[judged.right]]))
    low, high = np.minimum(of[across.left], of[across.right]), np.maximum(of[across.left], of[across.right])
    meeting = low * len(groups) + high
    told = [sorted((int(of[row[j.left]]), int(of[row[j.right]]))) for j in people if j.verdict != "same"]
    apart = np.append(meeting[across.verdicts == DIFFERENT], [a * len(groups) + b for a, b in told]).astype(np.int64)
    fits = ~among(meeting, distinct(apart))
    likely = fits & (across.verdicts == LIKELY) & ~among(meeting, distinct(meeting[across.opposed]))

    asking = np.zeros(len(groups), np.bool_)
    asking[low[likely]] = asking[high[likely]] = True
    counts = fits & (asking[low] | asking[high])
    best = _best(low[counts], high[counts], across.sums[counts].tolist())
    offers = []
    for a, b in set(zip(low[likely].tolist(), high[likely].tolist(), strict=True)):
        if any(alone[one] and _clear(best[one], other) for one, other in ((a, b), (b, a))):
            offers.append((-best[a][b], a, b))
    joined: set[int] = set()
    result = [list(members) for members in groups]
    for _, a, b in sorted(offers):
        if not joined & {a, b}:
            joined |= {a, b}
            result[a] += result[b]
            result[b] = []
    return sorted(tuple(sorted(members)) for members in result if members)


def _numbered(groups: Sequence[Group], table: Table, row: dict[str, int]) -> tuple[Ints, Bools]:
    """The group of each row, and which groups are of one report."""
    of, alone = np.zeros(len(row), np.int64), np.zeros(len(groups), np.bool_)
    document = table.parts["document"].numbers
    for number, members in enumerate(groups):
        rows = [row[claim] for claim in members]
        of[rows] = number
        alone[number] = len(members) == 1 or len(set(document[rows].tolist())) == 1
    return of, alone


def _best(low: Ints, high: Ints, sums: list[float]) -> defaultdict[int, dict[int, float]]:
    """For each group the best sum with each other one."""
    best: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for a, b, score in zip(low.tolist(), high.tolist(), sums, strict=True):
        best[a][b] = best[b][a] = max(score, best[a].get(b, score))
    return best


def _clear(others: dict[int, float], chosen: int) -> bool:
    return all(others[chosen] >= score + _CLEAR for other, score in others.items() if other != chosen)
