"""When two event claims are one incident. Invariant: a verdict depends on the two claims alone, and gives its reasons.

The model is the list `MODEL`, to be read aloud: what is compared, what agreement is worth, what disagreement costs.
Weights are set by hand on worked cases (`tests/resolution/test_events.py`), not learnt: they are open to argument.

Six rules stand above the sum:
1. what was done and what was foiled or failed are different incidents;
2. claims of one sentence with other dates, places, tolls or targets are different incidents, and so are claims of
   one report with another toll and another target, or with tolls apart and nothing said of place or date;
3. dates apart are never the same by rule: in one report they make two incidents; between reports, where place and
   toll or target agree, the pair is unsure, because dates are often wrong;
4. places apart are never the same by rule: different, or unsure where nearly all else agrees or the named victim is
   one;
5. without a place on both sides, or without dates closer than years, the pair is at most unsure, unless the toll or
   (for dates) the target's name is telling, a named person dies in both, or it is a second mention;
6. a second mention in a report, or a headline, belongs to one other mention, the best.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from khabar.records import Judgement, Reason
from khabar.resolution import features
from khabar.resolution.blocks import candidates
from khabar.resolution.clusters import Pair, pair
from khabar.resolution.mentions import Mention
from khabar.resolution.model import RULE_PREFIX

__all__ = ["DIFFERENT", "MODEL", "SAME", "UNSURE", "Feature", "compare", "judge", "worth_telling"]

Compare = Callable[[Mention, Mention], float | None]


@dataclass(frozen=True)
class Feature:
    """One comparison, what agreement is worth (`weight`) and what disagreement costs (`against`)."""

    compare: Compare
    weight: float
    against: float

    @cached_property
    def name(self) -> str:
        """The name of the comparison, as reasons give it."""
        return self.compare.__name__

    @cached_property
    def words(self) -> str:
        """The first line of the comparison's docstring: the reason shown to users."""
        return (self.compare.__doc__ or "").splitlines()[0]


MODEL = (
    Feature(features.dates, weight=2.5, against=4.0),
    Feature(features.places, weight=3.0, against=5.0),
    Feature(features.types, weight=0.8, against=2.0),
    Feature(features.killed, weight=2.5, against=3.0),
    Feature(features.scale, weight=2.0, against=0.0),
    Feature(features.injured, weight=1.0, against=2.0),
    Feature(features.arrested, weight=1.5, against=2.0),
    Feature(features.targets, weight=1.5, against=1.5),
    Feature(features.weapons, weight=0.4, against=0.3),
    Feature(features.actors, weight=0.7, against=0.4),
    Feature(features.victims, weight=5.0, against=3.0),
    Feature(features.second_mention, weight=5.5, against=0.0),
)

_WEIGHTS = {f.name: f.weight for f in MODEL}

SAME = 5.0
"""From this sum on two claims are the same incident."""
UNSURE = 4.2
"""From this sum on a person should look; below it nothing is said."""
DIFFERENT = 0.0
"""Below this sum two claims are different incidents, and are kept apart."""

_BY = f"{RULE_PREFIX}events@1"
_APART = -0.8  # a comparison of places at or below this says that they are not one
_YEARS = 0.3  # a comparison of dates at or below this rests on years or quarters
_TELLING = 0.7  # a comparison of tolls from which on they tell an incident from its like
_CLOSURE = 60  # claims of one chain up to which every pair of it is compared


def judge(mentions: Iterable[Mention]) -> list[Judgement]:
    """Judgements on all candidate pairs, sorted: same, unsure and different; pairs that say nothing have none.

    After the candidates, the other pairs of each chain of "same" are compared too, so that no chain joins two claims
    nobody compared (chains longer than 60 claims are left as they are).
    """
    by_id = {m.claim: m for m in mentions}
    found: dict[Pair, Judgement] = {}
    for key in candidates(by_id.values()):
        _record(found, compare(by_id[key[0]], by_id[key[1]]))
    _one_antecedent(found, by_id)
    for chain in _chains(found):
        for i, left in enumerate(chain):
            for right in chain[i + 1 :]:
                key = pair(left, right)
                if key not in found:
                    _record(found, compare(by_id[key[0]], by_id[key[1]], closing=True))
    return [found[key] for key in sorted(found)]


def compare(a: Mention, b: Mention, *, closing: bool = False) -> Judgement | None:
    """The verdict on two claims with its reasons; None where there is too little to say.

    With `closing`, only disagreement counts: the pair is in one chain already, and a weak link adds nothing to it.
    """
    left, right = (a, b) if a.claim < b.claim else (b, a)
    total = 0.0
    scores: dict[str, float] = {}
    for feature in MODEL:
        score = feature.compare(left, right)
        if score is not None:
            total += score * (feature.weight if score >= 0 else feature.against)
            scores[feature.name] = score
    verdict = _verdict(left, right, total, scores)
    if verdict is None or (closing and verdict != "different"):
        return None
    reasons = tuple(Reason(f.name, round(scores[f.name], 3), f.words) for f in MODEL if f.name in scores)
    return Judgement(left.claim, right.claim, verdict, _BY, "", round(total, 3), reasons)


def worth_telling(judgement: Judgement) -> bool:
    """Whether people should see a judgement: it joins, it asks, or it keeps apart what looks much alike."""
    if judgement.verdict != "different":
        return True
    return sum(r.score * _WEIGHTS[r.feature] for r in judgement.reasons if r.score > 0) >= SAME


def _verdict(a: Mention, b: Mention, total: float, scores: Mapping[str, float]) -> str | None:
    if a.incomplete != b.incomplete or (features.same_statement(a, b) and features.disjoint(a, b)):
        return "different"
    if a.document == b.document and scores.get("targets", 0.0) < 0 and features.unequal(a, b):
        return "different"
    if a.document == b.document and scores.get("killed", 0.0) < 0 and not {"dates", "places"} <= scores.keys():
        return "different"
    if scores.get("dates", 0.0) < 0:
        wrong_date = a.document != b.document and _same_but_for_date(scores)
        return "unsure" if wrong_date else "different"
    if scores.get("places", 0.0) <= _APART:
        return "unsure" if total >= UNSURE or scores.get("victims", 0.0) > 0 else "different"
    if total < DIFFERENT:
        return "different"
    if total >= SAME and not _too_vague(a, b, scores):
        return "same"
    return "unsure" if total >= UNSURE else None


def _same_but_for_date(scores: Mapping[str, float]) -> bool:
    """A named victim in common; or the same place and toll, with the same named target or number of injured."""
    if scores.get("victims", 0.0) > 0:
        return True
    alike = scores.get("places", 0.0) >= 0.8 and scores.get("killed", 0.0) >= 0.4 and scores.get("types", 0.0) >= 0
    return alike and (scores.get("targets", 0.0) >= 0.8 or scores.get("injured", 0.0) >= 0.5)


def _too_vague(a: Mention, b: Mention, scores: Mapping[str, float]) -> bool:
    """No place to compare, or no date but years, and nothing that would tell this incident from its like."""
    telling = max(scores.get(name, 0.0) for name in ("killed", "injured", "scale")) >= _TELLING
    if telling or "second_mention" in scores or scores.get("victims", 0.0) > 0:
        return False
    if "places" not in scores and a.document != b.document:
        return True
    return scores.get("dates", 0.0) <= _YEARS and len(a.named_targets & b.named_targets) < 2


def _record(found: dict[Pair, Judgement], judgement: Judgement | None) -> None:
    if judgement is not None:
        found[(judgement.left, judgement.right)] = judgement


def _leans_on_mention(judgement: Judgement) -> bool:
    """Whether a pair is the same only because one mention is taken for a second mention of the other."""
    if judgement.verdict != "same":
        return False
    bonus = sum(r.score * _WEIGHTS[r.feature] for r in judgement.reasons if r.feature == "second_mention")
    return judgement.score - bonus < SAME


def _one_antecedent(found: dict[Pair, Judgement], by_id: Mapping[str, Mention]) -> None:
    """Rule 6: of the pairs that rest on a second mention, keep for each leaning mention the one with the best score."""
    best: dict[str, tuple[float, int, Pair]] = {}
    leaning: list[tuple[str, Pair]] = []
    for key, judgement in found.items():
        if _leans_on_mention(judgement):
            leaner = features.leans(by_id[key[0]], by_id[key[1]])
            late, early = key if leaner is by_id[key[0]] else key[::-1]
            leaning.append((late, key))
            best[late] = max(best.get(late, (0.0, -1, key)), (judgement.score, by_id[early].start, key))
    for late, key in leaning:
        if best[late][2] != key:
            del found[key]


def _chains(found: Mapping[Pair, Judgement]) -> list[list[str]]:
    """Groups of claims connected by "same" judgements, of at most 60 members, sorted."""
    neighbours: dict[str, set[str]] = {}
    for (left, right), judgement in found.items():
        if judgement.verdict == "same":
            neighbours.setdefault(left, set()).add(right)
            neighbours.setdefault(right, set()).add(left)
    seen: set[str] = set()
    chains: list[list[str]] = []
    for start in sorted(neighbours):
        if start in seen:
            continue
        stack, chain = [start], []
        seen.add(start)
        while stack:
            item = stack.pop()
            chain.append(item)
            fresh = neighbours[item] - seen
            seen |= fresh
            stack += fresh
        if 2 < len(chain) <= _CLOSURE:
            chains.append(sorted(chain))
    return chains
