"""Deaths as UCDP counts them: low, best and high, by side. Invariant: best is the sum of the four kinds of dead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from khabar.export.shapes import ucdp_losses as losses
from khabar.export.shapes.cases import Case
from khabar.export.shapes.keeping import Keeping
from khabar.export.shapes.numbers import Bounds, bounds_of, split_evenly
from khabar.export.shapes.ucdp_sides import Dyad

__all__ = ["Deaths", "any_death", "deaths_of", "shared", "without"]

_KINDS = ("a", "b", "civilians", "unknown")


@dataclass(frozen=True, slots=True)
class Deaths:
    """Best estimates by kind of dead, and the lowest and highest sum."""

    kinds: Mapping[str, int]
    low: int
    high: int
    claims: tuple[str, ...] = ()

    @property
    def best(self) -> int:
        """All of them."""
        return sum(self.kinds.values())


def any_death(case: Case) -> bool:
    """Whether low, best or high of some count has a death."""
    counts = (bounds_of(case.shown(name)) for name in ("killed", "attackers_killed"))
    return any(n for count in counts if count for n in (count.low, count.best, count.high))


def deaths_of(case: Case, dyad: Dyad, keeping: Keeping) -> Deaths:
    """The deaths of an incident, put to the sides of its dyad."""
    kinds = dict.fromkeys(_KINDS, 0)
    low = high = 0
    claims: tuple[str, ...] = ()
    for name, kind in (("killed", dyad.killed), ("attackers_killed", dyad.attackers)):
        count = bounds_of(case.shown(name))
        if count is None:
            continue
        if kind is None:
            if count.best or count.low or count.high:
                keeping.lose(losses.ATTACKERS, count.words, "deaths_a", case.resting(name))
            continue
        best = _best(count, case, name, keeping)
        kinds[kind] += best
        low += count.low if count.low is not None else 0
        high += count.high if count.high is not None else best
        claims += case.resting(name)
    return Deaths(kinds, low, high, tuple(dict.fromkeys(claims)))


def _best(count: Bounds, case: Case, name: str, keeping: Keeping) -> int:
    best = count.best if count.best is not None else count.low or 0
    if count.best is None:
        keeping.lose(losses.NO_BEST, f"{count.words} → {best}", "best", case.resting(name))
    if count.high is None:
        keeping.lose(losses.NO_HIGH, f"{count.words} → {best}", "high", case.resting(name))
    return best


def shared(deaths: Deaths, places: int) -> list[Deaths]:
    """The deaths dealt out to places one after the other, so that neither a sum nor a kind differs by more than one."""
    lows, highs = split_evenly(deaths.low, places), split_evenly(deaths.high, places)
    dealt: list[dict[str, int]] = [{} for _ in range(places)]
    first = 0  # the place whose turn it is
    for kind, number in deaths.kinds.items():
        for turn, part in enumerate(split_evenly(number, places)):
            dealt[(first + turn) % places][kind] = part
        first += number
    return [Deaths(kinds, lows[n], highs[n], deaths.claims) for n, kinds in enumerate(dealt)]


def without(deaths: Deaths, inside: Deaths) -> Deaths:
    """The deaths of a total without those of incidents inside it; the kinds give way in their order, none below 0. As
    in UCDP's codebook `high` may then be lower than `best`.
    """
    rest = inside.best
    kinds = {}
    for kind in reversed(_KINDS):
        taken = min(rest, deaths.kinds[kind])
        kinds[kind] = deaths.kinds[kind] - taken
        rest -= taken
    ordered = {kind: kinds[kind] for kind in _KINDS}
    return Deaths(ordered, max(0, deaths.low - inside.low), max(0, deaths.high - inside.high), deaths.claims)
