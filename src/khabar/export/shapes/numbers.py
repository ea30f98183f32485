"""Counts of people as single numbers. Invariant: a bound becomes a number only by a rule that has a name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from khabar.export.words import bounds_words

__all__ = ["ROUGH", "Bounds", "Single", "bounds_of", "conservative", "split_evenly"]

ROUGH: Mapping[str, int] = {"tens": 10, "dozens": 12, "hundreds": 100}
"""Words without a number, and the number that ACLED puts for each (ACLED, frequently asked questions)."""

UNKNOWN_NUMBER = 3
"""ACLED's number for deaths that are reported without any, outside of wars."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Bounds:
    """A count with what is known: None where nothing is."""

    low: int | None
    best: int | None
    high: int | None
    text: str = ""

    @property
    def words(self) -> str:
        """In words, as everywhere: "59–61", "24 or more"."""
        return bounds_words({"low": self.low, "best": self.best, "high": self.high})

    @property
    def exact(self) -> bool:
        """One number, no more and no less."""
        return self.low == self.best == self.high and self.best is not None


@dataclass(frozen=True, slots=True)
class Single:
    """The number put for a count; `how` tells the narrowing, None where there was none: "dozens → 12"."""

    value: int
    how: str | None = None


def bounds_of(count: Mapping[str, Any] | None) -> Bounds | None:
    """The bounds of a count in the claim format."""
    if count is None:
        return None
    return Bounds(count.get("low"), count.get("best"), count.get("high"), count.get("text") or "")


def conservative(count: Bounds) -> Single:
    """One number by ACLED's rules: the number reported; for words without one what `ROUGH` says; else the lower bound;
    where there is none the number for unknown counts, never above the upper bound.
    """
    if count.best is not None:
        return Single(count.best, None if count.exact else f"{count.words} → {count.best}")
    rough = next((w for w in _WORD.findall(count.text.lower()) if w in ROUGH), None)
    if rough is not None:
        return Single(ROUGH[rough], f"{rough} → {ROUGH[rough]}")
    if count.low is not None:
        return Single(count.low, f"{count.words} → {count.low}")
    number = UNKNOWN_NUMBER if count.high is None else min(UNKNOWN_NUMBER, count.high)
    return Single(number, f"{count.words or 'no number'} → {number}")


def split_evenly(number: int, parts: int) -> list[int]:
    """A number in `parts` whole numbers that differ by one at most, the larger ones first; their sum is the number."""
    share, rest = divmod(number, parts)
    return [share + (i < rest) for i in range(parts)]
