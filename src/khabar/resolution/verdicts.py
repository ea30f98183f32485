"""Verdicts on many pairs, as columns. Invariant: pairs are sorted, the smaller row first, each pair once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from khabar.resolution.columns import Ints

__all__ = ["DIFFERENT", "LIKELY", "OPEN", "SAME", "UNSURE", "VERDICTS", "Judged"]

OPEN, SAME, UNSURE, DIFFERENT, LIKELY = 0, 1, 2, 3, 4

VERDICTS = ("", "same", "unsure", "different", "unsure")
"""The words for the numbers of verdicts; nothing where too little is said. What is likely is a question, too, which the
other claims of the base may answer (`chains`)."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Verdicts on pairs of rows of a table, with the sums of weights they rest on, and whether what was found speaks
    against one incident. Of a pair that is different the sum may be missing (below all others): then it was not needed.
    """

    left: Ints
    right: Ints
    verdicts: NDArray[np.uint8]
    sums: NDArray[np.float32]
    opposed: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.left)

    def chosen(self, which: NDArray[np.bool_] | Ints) -> Judged:
        """Some of the pairs, in the order in which they are given."""
        return Judged(*(column[which] for column in self.columns()))

    def columns(self) -> tuple[NDArray[Any], ...]:
        """All columns, in the order in which they are given."""
        return self.left, self.right, self.verdicts, self.sums, self.opposed
