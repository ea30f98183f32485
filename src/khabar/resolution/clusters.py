"""From judgements to clusters. Invariant: the clusters are a pure function of the set of judgements, in any order.

People come first: what a person called the same is joined, what a person called different is never joined. Then the
rules' "same" judgements are followed from the most certain down, unless a "different" one stands between any two
members. Of two decisions of people on one pair the later one (`Judgement.when`) holds; an "unsure" of a person
silences the rules on that pair.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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


def cluster(items: Iterable[str], held: Mapping[Pair, Judgement]) -> list[tuple[str, ...]]:
    """The items in groups, each sorted, the list sorted; judgements on unknown items are passed over.

    `held` is what `in_force` gives.
    """
    groups = _Groups(items)
    for key, judgement in held.items():
        if judgement.verdict == "different":
            groups.keep_apart(*key)
    joins = [(key, judgement) for key, judgement in held.items() if judgement.verdict == "same"]
    for by_rule in (False, True):
        chosen = [(key, judgement) for key, judgement in joins if is_rule(judgement) == by_rule]
        if by_rule:
            chosen.sort(key=lambda entry: (-entry[1].score, entry[0]))
        else:
            chosen.sort(key=lambda entry: entry[0])
            chosen.sort(key=lambda entry: entry[1].when, reverse=True)
        for key, judgement in chosen:
            groups.join(*key, only_against_people=not is_rule(judgement), held=held)
    return groups.listed()


def _rank(judgement: Judgement) -> tuple[bool, str, str, float, str]:
    return (not is_rule(judgement), judgement.when, judgement.verdict, judgement.score, judgement.by)


class _Groups:
    """Union-find that remembers which items must stay apart."""

    def __init__(self, items: Iterable[str]) -> None:
        self._group = {item: item for item in items}
        self._members = {item: [item] for item in self._group}
        self._apart: dict[str, set[str]] = {}

    def keep_apart(self, left: str, right: str) -> None:
        if left in self._group and right in self._group:
            self._apart.setdefault(left, set()).add(right)
            self._apart.setdefault(right, set()).add(left)

    def join(self, left: str, right: str, *, only_against_people: bool, held: Mapping[Pair, Judgement]) -> None:
        """Join the groups of two items unless some judgement keeps members of them apart.

        A person's "same" (`only_against_people`) is stopped by a person's "different" alone.
        """
        if left not in self._group or right not in self._group:
            return
        small, large = sorted((self._group[left], self._group[right]), key=lambda g: (len(self._members[g]), g))
        if small == large:
            return
        into = set(self._members[large])
        for member in self._members[small]:
            for other in self._apart.get(member, set()) & into:
                if not (only_against_people and is_rule(held[pair(member, other)])):
                    return
        for member in self._members[small]:
            self._group[member] = large
        self._members[large] += self._members.pop(small)

    def listed(self) -> list[tuple[str, ...]]:
        return sorted(tuple(sorted(members)) for members in self._members.values())
