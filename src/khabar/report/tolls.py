"""Sums over incidents. Invariant: a sum adds the values shown by the rule; its bounds add the lowest and the highest
number that a source states of each incident; totals that reports give are in no sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from khabar.records import Event
from khabar.report.model import Number

__all__ = ["Toll", "best_of", "summed", "toll_words"]


@dataclass(frozen=True, slots=True)
class Toll:
    """A sum of people over incidents: `stated` of the incidents have a number, `open` of these may have more than the
    highest that is stated. `incidents` are those with a number above zero.
    """

    best: int = 0
    low: int = 0
    high: int = 0
    stated: int = 0
    open: int = 0
    incidents: tuple[str, ...] = ()


def summed(events: Iterable[Event], field: str) -> Toll:
    """The people of a field ("killed", "injured", "attackers_killed" …) over incidents."""
    best = low = high = stated = upwards = 0
    counted: list[str] = []
    for event in events:
        said = [value.value for value in event.values.get(field, ()) if value.value]
        shown = best_of(event, field)
        if shown is None and not said:
            continue
        lows = [n for n in (_least(v) for v in said) if n is not None]
        highs = [n for n in (_most(v) for v in said) if n is not None]
        least = min([*lows, *([] if shown is None else [shown])], default=0)
        most = max([*highs, *([] if shown is None else [shown])], default=least)
        stated += 1
        best += least if shown is None else shown
        low, high = low + least, high + most
        upwards += any(v.get("high") is None for v in said)
        if most:
            counted.append(event.id)
    return Toll(best, low, high, stated, upwards, tuple(counted))


def best_of(event: Event, field: str) -> int | None:
    """The number shown: the best one, else the lower bound; None where nobody gives either."""
    shown = event.derived[field].value if field in event.derived else None
    if not shown:
        return None
    number: int | None = shown.get("best") if shown.get("best") is not None else shown.get("low")
    return number


def toll_words(toll: Toll) -> Number:
    """As it stands in a table or sentence: "95 (89–97)", with "or more" where a source leaves it open upwards."""
    if not toll.stated:
        return Number("–")
    words = str(toll.best)
    if toll.low != toll.high:
        words += f" ({toll.low}–{toll.high})"
    return Number(words + (" or more" if toll.open else ""), toll.incidents)


def _least(value: Mapping[str, Any]) -> int | None:
    number: int | None = value.get("low") if value.get("low") is not None else value.get("best")
    return number


def _most(value: Mapping[str, Any]) -> int | None:
    found = [n for n in (value.get("high"), value.get("best"), value.get("low")) if n is not None]
    return found[0] if found else None
