"""Which number of people is shown. Invariant: numbers go before words, and every bound shown was stated.

Before any rule chooses, figures are made comparable: "dozens" gives way where somebody gives a number, a headline's
"more than 170" to the 173 of its own report, and a toll with the attackers counted in is taken for the one without
where both, and the number of attackers, are stated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from typing import Any

from khabar.records import Derived, Value
from khabar.resolution.values.choices import ONLY, latest, majority
from khabar.resolution.values.voices import Voices

__all__ = [
    "SPECIFIC",
    "highest",
    "low_best_high",
    "lowest_supported",
    "majority_number",
    "newest_number",
    "without_attackers",
]

SPECIFIC = "most specific"
SUPPORTED = "lowest that two origins state"
LOWEST_STATED = "lowest that an origin states"
RANGE = "lowest, majority's and highest of independent origins"

_SHARPER = 1.1  # times a lower bound up to which a number of the same report tells the same toll more sharply
_ENOUGH = 2  # origins that make a figure well supported

Figure = Mapping[str, Any]
"""A count in the shape of the claim format."""


def majority_number(stated: Sequence[Value], voices: Voices) -> Derived:
    """The number most independent origins state, else the most recent report's, else the lowest."""
    sharp = _comparable(stated, voices)
    if len(sharp) == 1 < len(_numbers(stated)):
        return Derived(sharp[0].value, SPECIFIC)
    return majority(sharp, voices, _span)


def lowest_supported(stated: Sequence[Value], voices: Voices) -> Derived:
    """The lowest number that at least two independent origins state, else the lowest that one does."""
    sharp = _comparable(stated, voices)
    if len(sharp) == 1:
        return Derived(sharp[0].value, ONLY if len(_numbers(stated)) == 1 else SPECIFIC)
    votes = voices.votes(sharp)
    pool = [v for v, n, _ in votes if n >= _ENOUGH]
    chosen = min(pool or [v for v, n, _ in votes if n], key=lambda v: (point(v.value), _span(v.value)))
    return Derived(chosen.value, SUPPORTED if pool else LOWEST_STATED)


def newest_number(stated: Sequence[Value], voices: Voices) -> Derived:
    """The number of the newest report."""
    sharp = _comparable(stated, voices)
    if len(sharp) == 1 < len(_numbers(stated)):
        return Derived(sharp[0].value, SPECIFIC)
    return latest(sharp, voices, _span)


def low_best_high(stated: Sequence[Value], voices: Voices) -> Derived:
    """The lowest and the highest number an origin states, and between them the majority's."""
    sharp = _comparable(stated, voices)
    best = majority_number(stated, voices)
    told = [v.value for v, n, _ in voices.votes(sharp) if n] if len(sharp) > 1 else [sharp[0].value]
    low, high = min(map(_lowest, told)), max(map(highest, told))
    if len(told) == 1 or (low == high and _lowest(best.value) == low):
        return best
    return Derived({"low": low, "best": point(best.value), "high": high, "text": ""}, RANGE)


def without_attackers(stated: Sequence[Value], attackers: Sequence[Value]) -> list[Value]:
    """Numbers killed, a figure that counts the attackers in joined to the one that does not.

    66 is taken for 61 where 61 is stated as well and five attackers are said to have died, and where the claims that
    say 66 give the attackers no number of their own.
    """
    dead = {v.value["best"] for v in attackers if _exact(v.value)}
    apart = {c for v in attackers for c in v.claims}
    exact = {v.value["best"]: v for v in stated if _exact(v.value)}
    taken: dict[int, list[Value]] = {}
    for number, value in exact.items():
        plain = [number - n for n in dead if n and number - n in exact and number - n not in taken]
        if len(plain) == 1 and not apart.intersection(value.claims):
            taken.setdefault(plain[0], []).append(value)
    inside = {v.value["best"] for values in taken.values() for v in values}
    kept = [v for v in stated if not (_exact(v.value) and v.value["best"] in inside)]
    return [
        Value(v.value, tuple(c for part in (v, *taken[v.value["best"]]) for c in part.claims))
        if _exact(v.value) and v.value["best"] in taken
        else v
        for v in kept
    ]


def point(figure: Figure) -> int:
    """One number for a count: its best value, else its lowest, else its highest."""
    return int(next(n for n in (figure["best"], figure["low"], figure["high"]) if n is not None))


def _lowest(figure: Figure) -> int:
    return int(next(n for n in (figure["low"], figure["best"], figure["high"]) if n is not None))


def highest(figure: Figure) -> int:
    """The highest number a count names: what lies above an open bound nobody states."""
    return int(next(n for n in (figure["high"], figure["best"], figure["low"]) if n is not None))


def _exact(figure: Figure) -> bool:
    return figure["best"] is not None and figure["low"] == figure["best"] == figure["high"]


def _span(figure: Figure) -> tuple[float, float]:
    """Lowest and highest number a count allows: "at least 29" is 29 to infinity, "up to 10" is 0 to 10."""
    exact = figure["best"] if figure["low"] is None and figure["high"] is None else None
    low = figure["low"] if figure["low"] is not None else (exact or 0)
    return float(low), float(figure["high"]) if figure["high"] is not None else inf if exact is None else float(exact)


def _numbers(stated: Sequence[Value]) -> list[Value]:
    return [v for v in stated if v.value["best"] is not None]


def _comparable(stated: Sequence[Value], voices: Voices) -> list[Value]:
    numbers = _numbers(stated)
    sharp = [v for v in numbers if not any(_sharpens(other, v, voices) for other in numbers)]
    return sharp or numbers or list(stated)


def _sharpens(one: Value, other: Value, voices: Voices) -> bool:
    """Whether a number is a little above the lower bound that the same report gives elsewhere."""
    low, best = other.value["low"], one.value["best"]
    if low is None or other.value["high"] is not None or not low < best <= low * _SHARPER:
        return False
    return bool({voices.document(c) for c in one.claims} & {voices.document(c) for c in other.claims})
