"""Krippendorff's alpha: how far coders agree beyond chance. Invariant: 1 is full agreement, 0 what chance would give.

After K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), whose worked examples are the tests: observed
and expected disagreement over pairs of values within units, weighted by a difference that suits the level of the
values. Units with fewer than two values say nothing; where all values are the same, alpha is not defined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import permutations
from typing import Any, Literal

__all__ = ["Level", "alpha"]

Level = Literal["nominal", "ordinal", "interval", "ratio"]
"""What may be compared: names alone, their order, their distance, or their proportion."""


def alpha(units: Sequence[Sequence[Any]], level: Level = "nominal") -> float | None:
    """Alpha over units, each with the values that coders gave it (a missing value is left out); None where there is no
    variation to agree on, or nothing was coded twice. Values of other levels than nominal are numbers.
    """
    paired = [unit for unit in units if len(unit) > 1]
    counts = Counter(value for unit in paired for value in unit)
    total = sum(counts.values())
    if len(counts) < len(("one", "other")):
        return None
    differ = _difference(level, counts)
    observed = sum(
        differ(one, other) / (len(unit) - 1) for unit in paired for one, other in permutations(unit, 2) if one != other
    )
    expected = sum(counts[a] * counts[b] * differ(a, b) for a, b in permutations(counts, 2)) / (total - 1)
    return 1.0 - observed / expected if expected else None


def _difference(level: Level, counts: Mapping[Hashable, int]) -> Callable[[Any, Any], float]:
    """The squared difference of two values."""
    if level == "nominal":
        return lambda a, b: float(a != b)
    if level == "interval":
        return lambda a, b: float(a - b) ** 2
    if level == "ratio":
        return lambda a, b: ((a - b) / (a + b)) ** 2 if a + b else 0.0
    ranked: list[Any] = sorted(counts)
    below: dict[Any, float] = {}
    seen = 0
    for value in ranked:
        below[value] = seen + counts[value] / 2  # the middle of its rank
        seen += counts[value]
    return lambda a, b: (below[a] - below[b]) ** 2
