"""How well items are put together, against the truth. Invariant: neither the order of items nor the names of clusters
matter.

Pairwise: of the pairs put together, how many belong together (precision), and of the pairs that belong together, how
many are put together (recall). B³ (Bagga and Baldwin 1998): for each item the share of its cluster that is of its
event, and the share of its event that is in its cluster; the means over items.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from khabar.evaluation.model import Figure
from khabar.evaluation.score import Tally

__all__ = ["Clustering", "b_cubed", "clustering_of", "pairwise"]

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Clustering:
    """Precision and recall of a clustering, and the number of cases they were counted over."""

    precision: float
    recall: float
    size: int

    @property
    def f1(self) -> float:
        """Their harmonic mean; 0 where both are 0."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def figure(self, name: str) -> Figure:
        """The F1 as a figure, precision and recall in its note."""
        return Figure(name, self.f1, self.size, f"P {self.precision:.3f}, R {self.recall:.3f}")


def clustering_of(groups: Iterable[Iterable[Item]], items: Iterable[Item]) -> dict[Item, Hashable]:
    """The cluster of each of the items, by number; an item in no group is a cluster of its own."""
    found: dict[Item, Hashable] = {}
    for number, group in enumerate(groups):
        for item in group:
            found[item] = number
    return {item: found.get(item, ("alone", item)) for item in items}


def pairwise(
    truth: Mapping[Item, Hashable], found: Mapping[Item, Hashable], about: Callable[[Item], bool] | None = None
) -> Tally:
    """Pairs of items: together in both, only in `found`, only in `truth`. An item missing from `found` is alone.

    With `about`, only pairs with at least one such item count.
    """
    every = _Sizes(truth, found, None)
    rest = _Sizes(truth, found, lambda item: not about(item)) if about is not None else None
    both, in_found, in_truth = (
        sum(_pairs(n) for n in whole.values()) - (sum(_pairs(n) for n in part.values()) if part else 0)
        for whole, part in (
            (every.both, rest.both if rest else None),
            (every.found, rest.found if rest else None),
            (every.truth, rest.truth if rest else None),
        )
    )
    return Tally(both, in_found - both, in_truth - both)


def b_cubed(
    truth: Mapping[Item, Hashable], found: Mapping[Item, Hashable], about: Callable[[Item], bool] | None = None
) -> Clustering:
    """B³ over the items of `truth`, or over those that `about` chooses; their clusters are taken whole."""
    sizes = _Sizes(truth, found, None)
    precision = recall = 0.0
    chosen = [item for item in truth if about is None or about(item)]
    for item in chosen:
        of, there = truth[item], found.get(item, ("alone", item))
        shared = sizes.both[of, there]
        precision += shared / sizes.found[there]
        recall += shared / sizes.truth[of]
    count = max(1, len(chosen))
    return Clustering(precision / count, recall / count, len(chosen))


class _Sizes(Generic[Item]):
    """How many items each event, each cluster, and each meeting of the two has."""

    def __init__(
        self,
        truth: Mapping[Item, Hashable],
        found: Mapping[Item, Hashable],
        among: Callable[[Item], bool] | None,
    ) -> None:
        items = [item for item in truth if among is None or among(item)]
        there = {item: found.get(item, ("alone", item)) for item in items}
        self.truth = Counter(truth[item] for item in items)
        self.found = Counter(there.values())
        self.both = Counter((truth[item], there[item]) for item in items)


def _pairs(count: int) -> int:
    return count * (count - 1) // 2
