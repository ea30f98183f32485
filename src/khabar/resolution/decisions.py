"""What people decided, as judgements on the claims and names of a corpus.

Invariant: of decisions that cannot all hold the later ones do; which do is a pure function of the set of decisions.

A decision is kept with what it was about at the time. Before each resolution it is read anew: a decision that was
undone is left out; a claim that a later reading gives another id is found again by its place in the document; sides
become pairs; and pairs that cannot hold together with later ones are set aside, and said (`Overruled`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from khabar.records import Claim, Decision, Judgement, Party, Reason
from khabar.resolution.clusters import Pair, in_force, pair
from khabar.resolution.model import is_rule

__all__ = ["Held", "Overruled", "consistent", "judgements_of", "not_undone", "outvoted", "reason_of", "taken_back"]

FEATURE = "decision"
"""`Reason.feature` of a judgement that follows from a decision; the score of the reason is 0."""


@dataclass(frozen=True, slots=True)
class Overruled:
    """A judgement of a person that cannot hold, and the later moments (`Judgement.when`) of those that stand in its
    way.
    """

    judgement: Judgement
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """People's judgements that hold together, and those that do not."""

    judgements: tuple[Judgement, ...] = ()
    overruled: tuple[Overruled, ...] = ()


# ------------------------------------------------------------------ from decisions to judgements


def not_undone(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that stand, without undoings, the oldest first. To undo an undoing restores what it undid."""
    every = sorted(decisions, key=lambda d: d.number)
    gone: set[int] = set()
    for decision in reversed(every):  # an undoing comes after what it undoes, so its own fate is known by now
        if decision.undoes is not None and decision.number not in gone:
            gone.add(decision.undoes)
    return [d for d in every if d.act != "undo" and d.number not in gone]


def taken_back(standing: Sequence[Decision]) -> dict[int, int]:
    """The numbers of merges that a later split parted along their seam, each with the number of the split.

    Such a merge says nothing any more, not even of what stood on one side of it: so the two cancel out exactly.
    """
    found: dict[int, int] = {}
    for later in standing:
        if later.verdict == "different":
            side_of = {party.key: i for i, side in enumerate(later.sides) for party in side}
            before = [d for d in standing if d.number < later.number and d.verdict == "same" and _parted(d, side_of)]
            if before:  # the last of them alone: what stood before it stands again
                found.setdefault(before[-1].number, later.number)
    return found


def _parted(decision: Decision, side_of: Mapping[str, int]) -> bool:
    """Whether each side of a decision stands within one side of another, and no two in the same."""
    fell = [{side_of.get(party.key) for party in side} for side in decision.sides]
    sides = [next(iter(one)) for one in fell if len(one) == 1]
    return len(sides) == len(fell) and None not in sides and len(set(sides)) == len(sides)


def judgements_of(decisions: Iterable[Decision], claims: Iterable[Claim]) -> list[Judgement]:
    """The judgements that follow from the decisions that stand, on claims (found by id, else by place) and on names.

    Where all sides are one, every two members are; where sides are apart or unsure, every member of one is from every
    member of the others. A side of which nothing is left says nothing.
    """
    standing = not_undone(decisions)
    places = _Places(claims, standing)
    back = taken_back(standing)
    found: list[Judgement] = []
    for decision in standing:
        if decision.number in back:
            continue
        sides = [places.members(side) for side in decision.sides]
        reason = (reason_of(decision),)
        for left, right in _pairs(decision.verdict, sides):
            found.append(Judgement(left, right, decision.verdict, decision.by, decision.at, 0.0, reason))
    return found


def reason_of(decision: Decision) -> Reason:
    """The decision in words, as the reason of every judgement that follows from it."""
    note = f": {decision.note}" if decision.note else ""
    return Reason(FEATURE, 0.0, f"Decision {decision.number} by {decision.by} ({decision.act}){note}")


def _pairs(verdict: str, sides: Sequence[Sequence[str]]) -> set[Pair]:
    """Pairs in sorted order; of members that two sides share by now nothing is said."""
    if verdict != "same":
        return {pair(a, b) for one, other in combinations(sides, 2) for a, b in product(one, other) if a != b}
    left = [side for side in sides if side]
    if len(left) < len(("one", "other")):
        return set()
    members = sorted({member for side in left for member in side})
    if len(members) > _ALL_PAIRS:
        return {pair(members[0], other) for other in members[1:]}
    return set(combinations(members, 2))


_ALL_PAIRS = 100  # members up to which each is tied to every other, so that what a later split leaves holds together


class _Places:
    """Finds the claims that decisions are about."""

    def __init__(self, claims: Iterable[Claim], decisions: Iterable[Decision]) -> None:
        asked = {party.document for d in decisions for side in d.sides for party in side}
        self._claims: set[str] = set()
        self._there: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            document = claim.passages[0].document
            if document in asked:
                self._claims.add(claim.id)
                self._there[document].append(claim)

    def members(self, side: Iterable[Party]) -> list[str]:
        """The ids and names of a side, sorted, without those that are found no more."""
        found = {key for party in side if (key := self._key(party)) is not None}
        return sorted(found)

    def _key(self, party: Party) -> str | None:
        if party.document is None or party.key in self._claims:
            return party.key
        near = [
            (min(passage.end, party.end) - max(passage.start, party.start), claim.id)
            for claim in self._there.get(party.document, ())
            if claim.kind == "event"
            for passage in claim.passages[:1]
        ]
        most = max((shared for shared, _ in near), default=0)
        best = [id_ for shared, id_ in near if shared == most]
        return best[0] if most > 0 and len(best) == 1 else None


# ------------------------------------------------------------------ from judgements to what can hold together


def consistent(judgements: Iterable[Judgement], known: Iterable[str] | None = None) -> Held:
    """The judgements of people that hold together, the latest first; those on things not `known` are left out.

    On one pair the later holds. "Same" does not hold where a later "different" stands between two members of what it
    would make one, nor "different" between two that later judgements make one.
    """
    there = None if known is None else set(known)
    people = [j for j in judgements if not is_rule(j) and (there is None or (j.left in there and j.right in there))]
    latest = in_force(people)
    overruled = [Overruled(j, (held.when,)) for j in people if (held := latest[pair(j.left, j.right)]) != j]
    kept: list[Judgement] = []
    groups = _Joined()
    for key, judgement in sorted(latest.items(), key=lambda e: (e[1].when, e[0]), reverse=True):
        against = groups.against(key, judgement.verdict)
        if against is None:
            groups.take(key, judgement)
            kept.append(judgement)
        else:
            overruled.append(Overruled(judgement, against))
    return Held(tuple(sorted(kept, key=_order)), tuple(sorted(overruled, key=lambda o: _order(o.judgement))))


def _order(judgement: Judgement) -> tuple[str, str, str, str, str]:
    return judgement.when, judgement.left, judgement.right, judgement.verdict, judgement.by


class _Joined:
    """What the judgements taken so far make one and keep apart."""

    def __init__(self) -> None:
        self._group: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._said: dict[str, list[tuple[str, str, str]]] = {}  # "different": own member, other member, when
        self._ties: dict[str, list[tuple[str, str]]] = {}  # "same": other member, when

    def group_of(self, item: str) -> str:
        """The name of the group of an item, any item."""
        return self._find(item)

    def _find(self, item: str) -> str:
        if item not in self._group:
            self._group[item] = item
            self._members[item] = [item]
            self._said[item] = []
            self._ties[item] = []
        return self._group[item]

    def against(self, key: Pair, verdict: str) -> tuple[str, ...] | None:
        """The moments of the judgements that forbid this one; None where nothing does."""
        left, right = map(self._find, key)
        if verdict == "different" and left == right:
            return self._chain(*key)
        if verdict == "same" and left != right:
            moments = {when for _, other, when in self._said[left] if self._group[other] == right}
            return tuple(sorted(moments)) if moments else None
        return None

    def take(self, key: Pair, judgement: Judgement) -> None:
        left, right = map(self._find, key)
        if judgement.verdict == "different":
            self._said[left].append((key[0], key[1], judgement.when))
            self._said[right].append((key[1], key[0], judgement.when))
        elif judgement.verdict == "same":
            self._ties[key[0]].append((key[1], judgement.when))
            self._ties[key[1]].append((key[0], judgement.when))
            if left == right:
                return
            small, large = sorted((left, right), key=lambda g: (len(self._members[g]) + len(self._said[g]), g))
            for member in self._members[small]:
                self._group[member] = large
            self._members[large] += self._members.pop(small)
            self._said[large] += self._said.pop(small)

    def _chain(self, start: str, end: str) -> tuple[str, ...]:
        """The moments of a shortest chain of "same" from one item to another of its group."""
        before: dict[str, tuple[str, str]] = {start: ("", "")}
        line = [start]
        for item in line:
            for other, when in sorted(self._ties[item]):
                if other not in before:
                    before[other] = item, when
                    line.append(other)
        moments: set[str] = set()
        while end != start:
            end, when = before[end]
            moments.add(when)
        return tuple(sorted(moments))


def outvoted(by_rule: Iterable[Judgement], people: Iterable[Judgement]) -> list[Judgement]:
    """The rules' judgements without those that a person's "same" answers.

    What a person called the same counts as one claim: another that the rules call the same as one member of it, and
    different from a second, is the same. So a merge holds for reports that come later.
    """
    rules = list(by_rule)
    core = _cores(people)
    if not core:
        return rules
    same: set[tuple[str, str]] = set()
    for judgement in rules:
        if judgement.verdict == "same":
            same |= _as_seen(judgement, core)
    return [j for j in rules if j.verdict != "different" or not _as_seen(j, core) & same]


def _as_seen(judgement: Judgement, core: Mapping[str, str]) -> set[tuple[str, str]]:
    """A pair with claims taken for the whole that people made of them; nothing for pairs without such a claim."""
    if judgement.left not in core and judgement.right not in core:
        return set()
    return {pair(core.get(judgement.left, judgement.left), core.get(judgement.right, judgement.right))}


def _cores(people: Iterable[Judgement]) -> dict[str, str]:
    """Each item that a person's "same" ties to others, and the least item it is tied to."""
    joined = _Joined()
    items: set[str] = set()
    for judgement in people:
        if judgement.verdict == "same":
            joined.take((judgement.left, judgement.right), judgement)
            items |= {judgement.left, judgement.right}
    groups: dict[str, set[str]] = defaultdict(set)
    for item in items:
        groups[joined.group_of(item)].add(item)
    return {item: min(members) for members in groups.values() for item in members}
