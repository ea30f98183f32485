"""Ways to choose among stated values. Invariant: what is chosen was stated, or is an interval whose ends were; the way
is named in `Derived.rule`.

Every function takes the stated values of one field and the voices of the incident; a rule (`rules`) is a set of them.
Each origin has one vote (`voices`); values nobody votes for are kept, not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from khabar.records import Derived, Value
from khabar.resolution.values.voices import Voices

__all__ = ["ALL", "FIRST", "LOWEST", "MAJORITY", "ONLY", "RECENT", "Choose", "Key", "all_stated", "latest", "majority"]

ONLY = "only value"
MAJORITY = "majority of independent origins"
RECENT = "most recent report"
LOWEST = "lowest"
FIRST = "first stated"
ALL = "all stated"

Choose = Callable[[Sequence[Value], Voices], Derived]
"""How a rule chooses the value of a field."""

Key = Callable[[Any], Any]
"""The order of values where votes and days leave several."""


def all_stated(stated: Sequence[Value], _voices: Voices) -> Derived:
    """All values: nothing is chosen."""
    return Derived([v.value for v in stated], ALL)


def majority(stated: Sequence[Value], voices: Voices, order: Key | None = None) -> Derived:
    """What most independent origins state, else the most recent report, else the lowest.

    `order` orders values for "lowest"; without it, the order of the text decides.
    """
    if len(stated) == 1:
        return Derived(stated[0].value, ONLY)
    votes = voices.votes(stated)
    most = max(n for _, n, _ in votes)
    best = [(v, day) for v, n, day in votes if n == most]
    if len(best) == 1:
        return Derived(best[0][0].value, MAJORITY if sum(n for _, n, _ in votes) > 1 else _of_one(stated, voices))
    return _newest(best, order)


def latest(stated: Sequence[Value], voices: Voices, order: Key | None = None) -> Derived:
    """What the newest report states; where no report has a day, what most independent origins state."""
    if len(stated) == 1:
        return Derived(stated[0].value, ONLY)
    told = [(v, day) for v, n, day in voices.votes(stated) if n]
    if not any(day for _, day in told):
        return majority(stated, voices, order)
    return _newest(told, order)


def _of_one(stated: Sequence[Value], voices: Voices) -> str:
    """How the one origin that speaks has its value: from its latest report, or from the beginning of its only one."""
    days = {voices.day[c] for v in stated for c in v.claims}
    return RECENT if len(days) > 1 else FIRST


def _newest(told: Sequence[tuple[Value, str]], order: Key | None) -> Derived:
    recent = [v for v, day in told if day == max(day for _, day in told)]
    if len(recent) == 1:
        return Derived(recent[0].value, RECENT if len(told) > 1 else FIRST)
    if order is None:
        return Derived(recent[0].value, FIRST)
    return Derived(min(recent, key=lambda v: order(v.value)).value, LOWEST)
