"""From judgements to clusters. Invariant: the clusters are a pure function of the set of judgements, in any order.

People come first: what a person called the same is joined, what a person called different is never joined. Then the
rules join: the two groups first whose reports fit best on average, and so on down, as long as the average speaks for
joining and no "different" stands between any two members. Of two reports the two mentions count that fit best: a report
that gives two tolls, or comes back to an incident in few words, is no second report that fits worse. Of two decisions
of people on one pair the later one (`Judgement.when`) holds; an "unsure" of a person silences the rules on that pair.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from heapq import heapify, heappop, heappush
from math import fsum

from khabar.records import Judgement
from khabar.resolution.model import is_rule

__all__ = ["Pair", "cluster", "in_force", "pair"]

Pair = tuple[str, str]


def pair(left: str, right: str) -> Pair:
    """The two ids in sorted order: the key under which judgements on them are kept."""
    return (left, right) if left < right else (right, left)


def in_force(judgements: Iterable[Judgement]) -> dict[Pair, Judgement]:
    """The judgement that holds for each pair: a person's before a rule's, the later before the earlier."""
    held: dict[Pair, Judgement] = {}
    for judgement in judgements:
        key = pair(judgement.left, judgement.right)
        other = held.get(key)
        if other is None or _rank(judgement) > _rank(other):
            held[key] = judgement
    return held


def cluster(
    items: Iterable[str],
    held: Mapping[Pair, Judgement],
    enough: float = 0.0,
    reports: Mapping[str, Hashable] | None = None,
) -> list[tuple[str, ...]]:
    """The items in groups, each sorted, the list sorted; judgements on unknown items are passed over.

    `held` is what `in_force` gives; `enough` is the score from which a rule's judgement speaks for joining; `reports`
    the report of each item (None: each is one of its own).
    """
    groups = _Groups(items)
    for key, judgement in held.items():
        if judgement.verdict == "different":
            groups.keep_apart(*key)
    decided = [(key, j) for key, j in held.items() if j.verdict == "same" and not is_rule(j)]
    decided.sort(key=lambda entry: entry[0])
    decided.sort(key=lambda entry: entry[1].when, reverse=True)
    for key, _ in decided:
        groups.join(*key, held)
    links = _Links(groups, reports or {})
    for key, judgement in sorted(held.items()):
        if is_rule(judgement) and judgement.verdict != "different":
            links.add(key, judgement.score - enough, judgement.verdict == "same")
    links.follow()
    return groups.listed()


def _rank(judgement: Judgement) -> tuple[bool, str, str, float, str]:
    return (not is_rule(judgement), judgement.when, judgement.verdict, judgement.score, judgement.by)


class _Groups:
    """Union-find that remembers which items must stay apart."""

    def __init__(self, items: Iterable[str]) -> None:
        self.of = {item: item for item in items}
        self.members = {item: [item] for item in self.of}
        self._apart: dict[str, set[str]] = {}

    def keep_apart(self, left: str, right: str) -> None:
        if left in self.of and right in self.of:
            self._apart.setdefault(left, set()).add(right)
            self._apart.setdefault(right, set()).add(left)

    def barred(self, small: str, large: str, held: Mapping[Pair, Judgement] | None = None) -> bool:
        """Whether a "different" stands between members of two groups; with `held`, only a person's counts."""
        into = set(self.members[large])
        for member in self.members[small]:
            for other in self._apart.get(member, set()) & into:
                if held is None or not is_rule(held[pair(member, other)]):
                    return True
        return False

    def join(self, left: str, right: str, held: Mapping[Pair, Judgement]) -> None:
        """Join the groups of two items that a person called the same, unless a person keeps members of them apart."""
        if left in self.of and right in self.of:
            small, large = self.by_size(self.of[left], self.of[right])
            if small != large and not self.barred(small, large, held):
                self.merge(small, large)

    def by_size(self, one: str, other: str) -> tuple[str, str]:
        """Two groups, the smaller first."""
        small, large = sorted((one, other), key=lambda g: (len(self.members[g]), g))
        return small, large

    def merge(self, small: str, large: str) -> None:
        for member in self.members[small]:
            self.of[member] = large
        self.members[large] += self.members.pop(small)

    def listed(self) -> list[tuple[str, ...]]:
        return sorted(tuple(sorted(members)) for members in self.members.values())


_Link = tuple[dict[frozenset[Hashable], float], Pair]


class _Links:
    """How well groups fit: for every two groups with judgements between them, the best score of each two of their
    reports, and the first of the pairs, by which ties are broken.

    Only a "same" counts for joining, so that two groups that fit have parts that fit: what is joined does not depend on
    which of its parts a person has joined before.
    """

    def __init__(self, groups: _Groups, reports: Mapping[str, Hashable]) -> None:
        self._groups = groups
        self._reports = reports
        self._between: dict[str, dict[str, _Link]] = {name: {} for name in groups.members}

    def add(self, key: Pair, score: float, same: bool) -> None:
        """Count the score of a rule's judgement on two items."""
        if key[0] in self._groups.of and key[1] in self._groups.of:
            left, right = self._groups.of[key[0]], self._groups.of[key[1]]
            if left != right:
                reports = frozenset(self._reports.get(item, item) for item in key)
                self._count(left, right, ({reports: max(score, 0.0) if same else min(score, _DOUBT)}, key))

    def follow(self) -> None:
        """Join the two groups that fit best, until none fit."""
        pairs = {(min(a, b), max(a, b)) for a, others in self._between.items() for b in others}
        offers = [offer for a, b in pairs if (offer := self._offer(a, b)) is not None]
        heapify(offers)
        while offers:
            offer = heappop(offers)
            left, right = offer[2:]
            if right not in self._between.get(left, ()) or self._offer(left, right) != offer:
                continue  # one of them has grown since
            small, large = self._groups.by_size(left, right)
            if not self._groups.barred(small, large):
                self._merge(small, large)
                fresh = (self._offer(*sorted((large, other))) for other in self._between[large])
                for each in fresh:
                    if each is not None:
                        heappush(offers, each)

    def _offer(self, left: str, right: str) -> tuple[float, Pair, str, str] | None:
        """What joining two groups is worth on average, the best first; None where it is worth nothing."""
        scores, first = self._between[left][right]
        total = fsum(scores.values())  # exact, so that the order of reports does not matter
        return None if total < 0 else (-round(total / len(scores), 6), first, left, right)

    def _count(self, left: str, right: str, more: _Link) -> None:
        scores, first = self._between[left].get(right, ({}, more[1]))
        best = {**scores, **{r: max(score, scores.get(r, score)) for r, score in more[0].items()}}
        self._between[left][right] = self._between[right][left] = (best, min(first, more[1]))

    def _merge(self, small: str, large: str) -> None:
        self._groups.merge(small, large)
        for other, link in self._between.pop(small).items():
            del self._between[other][small]
            if other != large:
                self._count(large, other, link)


_DOUBT = -0.001  # the most that a pair which is not the same can count
