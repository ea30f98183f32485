"""When two event claims are one incident. Invariant: a verdict depends on the two claims alone, and gives its reasons.

1. Candidate pairs (`blocks`) are compared by the list `features.FEATURES`: each comparison finds one of its levels.
2. The levels' weights (`incident_weights.yml`) are summed.
3. The rules above the sum (`rules.RULES`) forbid or ask; else the sum decides: same, unsure, different, or nothing.
4. A second mention in a report, or a headline, belongs to one other mention, the best.
5. The pairs of each chain of "same" on which nothing was said are compared too, so that no chain joins claims that
   contradict each other or have nothing in common (`clusters`); there, agreement alone proposes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from khabar.records import Judgement, Reason
from khabar.resolution.blocks import candidates
from khabar.resolution.chains import components
from khabar.resolution.columns import Ints, Table, among, distinct, tabulate
from khabar.resolution.comparisons import Comparisons, compare
from khabar.resolution.features import FEATURES, find
from khabar.resolution.levels import Pairs
from khabar.resolution.mentions import Mention
from khabar.resolution.model import RULE_PREFIX
from khabar.resolution.retelling import SECOND_MENTION, leaner
from khabar.resolution.rules import RULES
from khabar.resolution.verdicts import OPEN, SAME, VERDICTS, Judged
from khabar.resolution.weights import UNSAID, Weights, load_weights

__all__ = ["compare", "explain", "in_words", "judge", "told"]

_BY = f"{RULE_PREFIX}events@2"
_BASE = "To begin with: two reports are seldom of one incident."
_BATCH = 10_000  # pairs put into words at a time
_CLOSURE = 200  # claims of one chain up to which every pair of it is compared


def judge(table: Table, weights: Weights | None = None, comparisons: Comparisons | None = None) -> Judged:
    """Verdicts on the candidate pairs, and on the other pairs of each chain of "same" (there also the open ones).

    `comparisons` are those of the table, where they are to be remembered.
    """
    model = weights or load_weights()
    compared = comparisons or Comparisons(table, model)
    judged = _one_antecedent(table, compared.of(*candidates(table)), model)
    closing = compared.of(*_uncompared(table, judged), every=True)
    closing.verdicts[closing.verdicts == SAME] = OPEN
    both = Judged(*(np.append(*columns) for columns in zip(judged.columns(), closing.columns(), strict=True)))
    return both.chosen(np.lexsort((both.right, both.left)))


def _one_antecedent(table: Table, judged: Judged, weights: Weights) -> Judged:
    """Rule 4: of the pairs that rest on a second mention, keep for each leaning mention the one with the best sum; of
    two as good, the later in the text.
    """
    where = np.flatnonzero(judged.verdicts == SAME)
    documents = table.parts["document"].numbers
    where = where[documents[judged.left[where]] == documents[judged.right[where]]]
    if not len(where):
        return judged
    pairs = Pairs(table, judged.left[where], judged.right[where])
    bonus = weights.of(SECOND_MENTION, find(pairs))
    leaning = (bonus > 0) & (judged.sums[where] - bonus < weights.same)
    where, pairs = where[leaning], pairs.chosen(leaning)
    late = leaner(pairs)
    early = np.where(pairs.left == late, pairs.right, pairs.left)
    order = np.lexsort((-early, -table.spans["start"][early], -judged.sums[where], late))
    first = np.concatenate(([True], late[order][1:] != late[order][:-1])) if len(order) else np.zeros(0, np.bool_)
    keep = np.ones(len(judged), np.bool_)
    keep[where[order[~first]]] = False
    return judged.chosen(keep)


def _uncompared(table: Table, judged: Judged) -> tuple[Ints, Ints]:
    """The pairs within each chain of "same" on which there is no verdict; longer chains are left."""
    same = judged.verdicts == SAME
    group = components(len(table), judged.left[same], judged.right[same])
    order = np.argsort(group, kind="stable")
    begins = np.flatnonzero(np.concatenate(([True], group[order][1:] != group[order][:-1]))) if len(order) else order
    sizes = np.diff(np.append(begins, len(order)))
    wanted = (sizes > 2) & (sizes <= _CLOSURE)
    reach = np.repeat(np.where(wanted, sizes, 0), sizes)
    reach = np.maximum(0, reach - 1 - (np.arange(len(order)) - np.repeat(begins, sizes)))
    at = np.repeat(np.arange(len(order)), reach)
    other = at + 1 + np.arange(len(at)) - (np.cumsum(reach) - reach)[at]
    left, right = np.minimum(order[at], order[other]), np.maximum(order[at], order[other])
    codes = distinct(left * len(table) + right)
    known = judged.left * len(table) + judged.right
    codes = codes[~among(codes, known)]
    return codes // len(table), codes % len(table)


# ------------------------------------------------------------------ in words


def explain(left: Mention, right: Mention, weights: Weights | None = None) -> Judgement:
    """The judgement on any two mentions with its reasons in words, whether or not they were ever compared.

    The scores of the reasons, from the sum before anything is compared to the rule above it, add up to the score.
    Where the rules would say nothing, because too little is known, the verdict is "unsure".
    """
    table = tabulate((left, right))
    pairs = Pairs(table, np.array([0]), np.array([1]))
    return _judgements(pairs, weights or load_weights())[0]


def told(table: Table, judged: Judged, weights: Weights | None = None) -> Iterator[Judgement]:
    """The judgements that people should see: what joins, what asks, and what keeps apart what looks much alike."""
    model = weights or load_weights()
    yield from in_words(table, judged.chosen(Comparisons(table, model).telling(judged)), model)


def in_words(table: Table, judged: Judged, weights: Weights | None = None) -> Iterator[Judgement]:
    """Verdicts as judgements with their reasons, in their order."""
    for begin in range(0, len(judged), _BATCH):
        pairs = Pairs(table, judged.left[begin : begin + _BATCH], judged.right[begin : begin + _BATCH])
        yield from _judgements(pairs, weights or load_weights())


def _judgements(pairs: Pairs, weights: Weights) -> list[Judgement]:
    made = compare(pairs, weights)
    added = {f.name: weights.of(f, made.found) for f in FEATURES}
    result = []
    for i in range(len(pairs)):
        left, right = int(pairs.left[i]), int(pairs.right[i])
        reasons = list(
            _reasons(
                pairs.table,
                left,
                right,
                {n: int(c[i]) for n, c in made.found.items()},
                {n: float(a[i]) for n, a in added.items()},
            )
        )
        reasons.insert(0, Reason("base", round(weights.base, 3), _BASE))
        if made.by[i]:
            reasons.append(Reason("rule", 0.0, f"Rule: {RULES[int(made.by[i]) - 1].words}."))
        verdict = VERDICTS[int(made.verdicts[i])] or "unsure"
        claims = pairs.table.claims
        result.append(Judgement(claims[left], claims[right], verdict, _BY, "", float(made.sums[i]), tuple(reasons)))
    return result


def _reasons(table: Table, left: int, right: int, found: dict[str, int], added: dict[str, float]) -> Iterator[Reason]:
    for feature in FEATURES:
        code = found[feature.name]
        if not code and added[feature.name]:
            yield Reason(feature.name, round(added[feature.name], 3), f"{feature.title}: {UNSAID} by one or both.")
        elif code:
            seen = feature.tell(table, left, right)
            words = f"{feature.title}: {feature.levels[code - 1]}{f' ({seen})' if seen else ''}."
            yield Reason(feature.name, round(added[feature.name], 3), words)
