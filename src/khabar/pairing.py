"""Pairing the things of two lists one to one. Invariant: no other pairing has a greater sum of likeness.

The assignment problem, by the shortest augmenting path (Jonker and Volgenant 1987); sizes here are tens, not thousands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from typing import TypeVar

__all__ = ["best_pairs"]

Left = TypeVar("Left")
Right = TypeVar("Right")


def best_pairs(
    left: Sequence[Left], right: Sequence[Right], likeness: Callable[[Left, Right], float]
) -> list[tuple[int, int]]:
    """Pairs of positions with the greatest sum of likeness; a pair of likeness 0 or less is left apart."""
    table = [[max(likeness(one, other), 0.0) for other in right] for one in left]
    turned = len(left) > len(right)
    rows = [list(column) for column in zip(*table, strict=True)] if turned else table
    return sorted((col, row) if turned else (row, col) for row, col in _assigned(rows) if rows[row][col] > 0)


def _assigned(gain: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """A column for each row (never more rows than columns), with the greatest sum."""
    if not gain:
        return []
    width = len(gain[0])
    row_price, column_price = [0.0] * (len(gain) + 1), [0.0] * (width + 1)
    owner = [0] * (width + 1)  # the row that has a column, counted from 1; 0 is none
    for row in range(1, len(gain) + 1):
        owner[0] = row
        before = _path(gain, owner, row_price, column_price)
        column = before[-1]
        while column:
            owner[column] = owner[before[column]]
            column = before[column]
    return [(owner[column] - 1, column - 1) for column in range(1, width + 1) if owner[column]]


def _path(
    gain: Sequence[Sequence[float]], owner: list[int], row_price: list[float], column_price: list[float]
) -> list[int]:
    """The column before each on the cheapest path from the new row to a free column, which stands last."""
    width = len(owner) - 1
    before, least, done = [0] * (width + 1), [inf] * (width + 1), [False] * (width + 1)
    column = 0
    while owner[column]:
        done[column] = True
        row = owner[column]
        for other in range(1, width + 1):
            cost = -gain[row - 1][other - 1] - row_price[row] - column_price[other]
            if not done[other] and cost < least[other]:
                least[other], before[other] = cost, column
        following = min((c for c in range(1, width + 1) if not done[c]), key=least.__getitem__)
        step = least[following]
        for other in range(width + 1):
            if done[other]:
                row_price[owner[other]] += step
                column_price[other] -= step
            else:
                least[other] -= step
        column = following
    return [*before, column]
