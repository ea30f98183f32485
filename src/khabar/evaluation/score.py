"""Counting right, wrong and missed. Invariant: nothing to find and nothing found is no mistake, and has no score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from khabar.evaluation.model import Figure, Table

__all__ = ["Share", "Tally", "phenomena_table"]


@dataclass(slots=True)
class Tally:
    """Found and right, found and wrong, not found; adds up over documents (micro average)."""

    right: float = 0
    wrong: float = 0
    missed: float = 0

    def add(self, right: float = 0, wrong: float = 0, missed: float = 0) -> None:
        """Count some more."""
        self.right += right
        self.wrong += wrong
        self.missed += missed

    @property
    def precision(self) -> float:
        """Right among the found; 1 where nothing was found."""
        found = self.right + self.wrong
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Right among what is to be found; 1 where there is nothing to find."""
        gold = self.right + self.missed
        return self.right / gold if gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall: 2 right / (2 right + wrong + missed)."""
        every = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / every if every else 1.0

    def figure(self, name: str) -> Figure:
        """The F1 as a figure over the gold's cases, precision and recall in its note."""
        return Figure(name, self.f1, round(self.right + self.missed), f"P {self.precision:.2f}, R {self.recall:.2f}")


@dataclass(slots=True)
class Share:
    """How many of how many are right."""

    right: int = 0
    of: int = 0

    def add(self, right: bool) -> None:
        """Count one more case."""
        self.right += right
        self.of += 1

    @property
    def value(self) -> float:
        """The share; 1 where there was no case."""
        return self.right / self.of if self.of else 1.0

    def figure(self, name: str, note: str = "") -> Figure:
        """The share as a figure."""
        return Figure(name, self.value, self.of, note)


def phenomena_table(parts: Mapping[str, Share]) -> Table:
    """The phenomena with something wrong, the weakest first, and how many are all right: too few cases each for a
    floor, telling in a note.
    """
    weak = sorted((share.value, about, share) for about, share in parts.items() if share.right < share.of)
    rows = [(about, f"{share.right} of {share.of}") for _value, about, share in weak]
    whole = [share for share in parts.values() if share.right == share.of]
    if whole:
        rows.append((f"{len(whole)} others", f"all of {sum(share.of for share in whole)}"))
    return Table("By phenomenon", ("phenomenon", "right"), tuple(rows))
