"""What a count allows. Invariant: bounds are bounds; "at least 29" is 29 to infinity and does not exclude 31."""

from __future__ import annotations

from math import inf

from khabar.records import Count

__all__ = ["Triple", "bounds", "bounds_of", "point_of", "triple"]

Triple = tuple[int | None, int | None, int | None]
"""Low, best and high of a count."""


def triple(count: Count | None) -> Triple | None:
    """A count without its words."""
    return None if count is None else (count.low, count.best, count.high)


def bounds(count: Count) -> tuple[float, float]:
    """Lowest and highest number a count allows: "at least 29" is 29 to infinity, "up to 10" is 0 to 10."""
    return bounds_of((count.low, count.best, count.high))


def bounds_of(count: Triple) -> tuple[float, float]:
    """The same, of a count without its words."""
    low, best, high = count
    exact = best if low is None and high is None else None
    lowest = low if low is not None else (exact or 0)
    return float(lowest), float(high) if high is not None else (float(exact) if exact is not None else inf)


def point_of(count: Triple) -> int:
    """One number for a count: its best value, else its lowest, else its highest."""
    low, best, high = count
    for number in (best, low, high):
        if number is not None:
            return number
    raise ValueError("a count without a number")
