"""Verdicts on many pairs, as columns. Invariant: pairs are sorted, the smaller row first, each pair once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from khabar.resolution.columns import Ints

__all__ = ["DIFFERENT", "OPEN", "SAME", "UNSURE", "VERDICTS", "Judged"]

OPEN, SAME, UNSURE, DIFFERENT = 0, 1, 2, 3

VERDICTS = ("", "same", "unsure", "different")
"""The words for the numbers of verdicts; nothing where too little is said."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Verdicts on pairs of rows of a table, with the sums of weights they rest on."""

    left: Ints
    right: Ints
    verdicts: NDArray[np.uint8]
    sums: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.left)

    def chosen(self, which: NDArray[np.bool_]) -> Judged:
        """Some of the pairs."""
        return Judged(self.left[which], self.right[which], self.verdicts[which], self.sums[which])
