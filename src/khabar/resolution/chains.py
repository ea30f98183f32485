"""From verdicts on rows to groups of claims. Invariant: the groups are a pure function of judgements, in any order.

Claims that no chain of "same" connects cannot meet, so each chain is put in groups by itself; one in which every pair
is the same is a group as it stands, and the others are left to `clusters.cluster`. In the end single reports join the
incident that they likely tell of (`likely`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from khabar.records import Judgement
from khabar.resolution.clusters import cluster, in_force
from khabar.resolution.columns import Ints, Table
from khabar.resolution.decisions import outvoted
from khabar.resolution.likely import with_likely
from khabar.resolution.model import RULE_PREFIX
from khabar.resolution.verdicts import DIFFERENT, SAME, UNSURE, VERDICTS, Judged

__all__ = ["components", "gather"]

_QUESTION = 1.0  # how far below "same" a question counts at most
_SILENCE = 0.001  # and what is left open: nothing, but it is no "same" either


def gather(
    table: Table, judged: Judged, people: Iterable[Judgement] = (), enough: float = 0.0
) -> list[tuple[str, ...]]:
    """The claims of a table in groups: each group sorted, and the list.

    `judged` is on its rows; `people` are judgements that hold together (`decisions.consistent`), of which
    those on other claims are passed over; `enough` is the sum from which a pair is the same.
    """
    claims, documents = table.claims, table.parts["document"].numbers.tolist()
    row = {claim: number for number, claim in enumerate(claims)}
    said = [j for j in people if j.left in row and j.right in row]
    joins = np.array([(row[j.left], row[j.right]) for j in said if j.verdict == "same"], np.int64).reshape(-1, 2)
    same = judged.verdicts == SAME
    left, right = np.append(judged.left[same], joins[:, 0]), np.append(judged.right[same], joins[:, 1])
    chain = components(len(row), left, right)

    decided: defaultdict[int, list[Judgement]] = defaultdict(list)
    for judgement in said:
        for number in {int(chain[row[judgement.left]]), int(chain[row[judgement.right]])}:
            decided[number].append(judgement)
    within = judged.chosen(chain[judged.left] == chain[judged.right])
    careful = set(chain[within.left[within.verdicts != SAME]].tolist()) | decided.keys()
    telling = within.chosen(np.isin(chain[within.left], np.array(sorted(careful), np.int64)))
    by_rule = _by_chain(claims, chain, telling, enough)

    groups: list[tuple[str, ...]] = []
    for rows in _split(chain):
        number, members = int(chain[rows[0]]), tuple(claims[i] for i in rows)
        if number not in careful:
            groups.append(members)
            continue
        people_here, reports = decided.get(number, []), {claims[i]: documents[i] for i in rows}
        held = in_force([*outvoted(by_rule[number], people_here), *people_here])
        groups += cluster(members, held, enough, reports)
    return with_likely(sorted(groups), table, judged, said)


def components(size: int, left: Ints, right: Ints) -> Ints:
    """For each of `size` rows the smallest row that a chain of pairs connects it with."""
    label = np.arange(size)
    while True:
        before = label.copy()
        low = np.minimum(label[left], label[right])
        for side in (left, right):
            np.minimum.at(label, side, low)
            np.minimum.at(label, before[side], low)
        label = label[label]
        if np.array_equal(label, before):
            return label


def _by_chain(claims: Sequence[str], chain: Ints, judged: Judged, enough: float) -> defaultdict[int, list[Judgement]]:
    """The rules' verdicts as judgements, by the chain they are in."""
    found: defaultdict[int, list[Judgement]] = defaultdict(list)
    columns = (chain[judged.left].tolist(), judged.left.tolist(), judged.right.tolist())
    # Within a chain, a pair of which too little is known is a question like any other. Neither speaks much against
    # joining: what a second mention leaves open, or a rule asks about (a date that may be wrong), is no contradiction,
    # and where little that was found speaks against it, silence does not.
    least = enough - np.where(judged.opposed, _QUESTION, _SILENCE)
    least[judged.verdicts == DIFFERENT] = -np.inf
    verdicts, sums = (VERDICTS[v or UNSURE] for v in judged.verdicts.tolist()), np.maximum(judged.sums, least).tolist()
    for number, left, right, verdict, score in zip(*columns, verdicts, sums, strict=True):
        found[number].append(Judgement(claims[left], claims[right], verdict, RULE_PREFIX, "", score))
    return found


def _split(chain: Ints) -> list[list[int]]:
    """The rows of each chain, in order."""
    order = np.argsort(chain, kind="stable")
    cuts = np.flatnonzero(chain[order][1:] != chain[order][:-1]) + 1
    return [rows.tolist() for rows in np.split(order, cuts)] if len(order) else []
