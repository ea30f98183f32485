"""How far two codings of the same reports agree, value by value. Invariant: symmetric; nobody is taken for the truth.

Claims of both codings are paired one to one by passage and content. Alpha is worked out over the pairs; F1 also counts
what only one of both found. Of a value that is a name, to leave it empty is an answer; of a number it is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from khabar.pairing import best_pairs
from khabar.records import (
    PLACE_PRECISIONS,
    ActorRef,
    Claim,
    Count,
    EventBody,
    Place,
    Presence,
    Relation,
    Statement,
)
from khabar.review.alpha import Level, alpha
from khabar.text import fold

__all__ = ["SLOTS", "SlotAgreement", "agreement_of", "likeness", "paired", "slots_of"]

SLOTS: dict[str, Level] = {
    "type": "nominal",
    "stance": "nominal",
    "modality": "nominal",
    "speaker": "nominal",
    "date": "interval",
    "place": "nominal",
    "country": "nominal",
    "place precision": "ordinal",
    "attribution": "nominal",
    "attribution stance": "nominal",
    "target": "nominal",
    "weapon": "nominal",
    "killed": "ratio",
    "injured": "ratio",
    "attackers killed": "ratio",
    "arrested": "ratio",
    "abducted": "ratio",
    "subject": "nominal",
    "object": "nominal",
    "quantity": "ratio",
}
"""The values compared, and the level at which alpha compares them."""


@dataclass(frozen=True, slots=True)
class SlotAgreement:
    """How far two codings agree in one value. `both` counts pairs with the same value, `left` and `right` what only one
    of both says; `units` are the pairs that alpha was worked out over, None where it is not defined.
    """

    slot: str
    level: Level
    alpha: float | None
    units: int
    both: int
    left: int
    right: int

    @property
    def f1(self) -> float:
        """2 both / (2 both + left + right); 1 where neither says anything."""
        every = 2 * self.both + self.left + self.right
        return 2 * self.both / every if every else 1.0


def agreement_of(pairs: Iterable[tuple[Sequence[Claim], Sequence[Claim]]]) -> list[SlotAgreement]:
    """The agreement of two codings over reports, each with the claims of both; the first line is that of whole claims,
    the others are values in the order of `SLOTS`, without those that nobody gave.
    """
    units: dict[str, list[list[Any]]] = {slot: [] for slot in SLOTS}
    tally: dict[str, list[int]] = {slot: [0, 0, 0] for slot in ("claim", *SLOTS)}
    for left, right in pairs:
        told = ([slots_of(c) for c in left], [slots_of(c) for c in right])
        matches = paired(left, right)
        _count(tally["claim"], len(matches), len(left) - len(matches), len(right) - len(matches))
        for i, j in matches:
            one, other = told[0][i], told[1][j]
            for slot in SLOTS:
                _compare(one.get(slot), other.get(slot), units[slot], tally[slot])
        for side, place, done in ((told[0], 1, {i for i, _ in matches}), (told[1], 2, {j for _, j in matches})):
            for number, values in enumerate(side):
                for slot in values if number not in done else ():
                    tally[slot][place] += 1
    found = [SlotAgreement("claim", "nominal", None, 0, *tally["claim"])]
    for slot, level in SLOTS.items():
        said = [unit for unit in units[slot] if any(value is not None for value in unit)]
        clean = said if level == "nominal" else [[v for v in unit if v is not None] for unit in said]
        usable = [[_EMPTY if v is None else v for v in unit] for unit in clean if len(unit) > 1]
        if any(tally[slot]):
            found.append(SlotAgreement(slot, level, alpha(usable, level), len(usable), *tally[slot]))
    return found


_EMPTY = "—"


def _compare(one: Any, other: Any, units: list[list[Any]], tally: list[int]) -> None:
    if one is None and other is None:
        return
    units.append([one, other])
    _count(tally, int(one == other), int(one is not None and one != other), int(other is not None and one != other))


def _count(tally: list[int], both: int, left: int, right: int) -> None:
    for place, number in enumerate((both, left, right)):
        tally[place] += number


def paired(left: Sequence[Claim], right: Sequence[Claim]) -> list[tuple[int, int]]:
    """The claims of two codings of one report that mean the same thing, as pairs of positions."""
    return best_pairs(left, right, likeness)


def likeness(one: Claim, other: Claim) -> float:
    """How much two claims of a report look like the same one; 0 where they are of other kinds, or share neither passage
    nor two values.
    """
    if one.kind != other.kind:
        return 0.0
    if one.id == other.id:
        return 100.0
    a, b = slots_of(one), slots_of(other)
    same = sum(bool(a.get(slot) == value) for slot, value in b.items() if slot not in ("stance", "modality"))
    shared: float = max(_shared(one, other), 0.0)
    if shared <= 0 and same < _ENOUGH:
        return 0.0
    return 2.0 * shared + 0.5 * float(same)


_ENOUGH = 2  # values that make two claims the same thing though they stand in other passages


def _shared(one: Claim, other: Claim) -> float:
    """The greatest part of a passage that another covers."""
    parts: list[float] = [
        (min(p.end, q.end) - max(p.start, q.start)) / min(p.end - p.start, q.end - q.start)
        for p in one.passages
        for q in other.passages
        if p.document == q.document
    ]
    return max(parts, default=0.0)


def slots_of(claim: Claim) -> dict[str, Any]:
    """The values of a claim that are compared; those that are not said are not there."""
    found: dict[str, Any] = {
        "stance": claim.stance,
        "modality": claim.modality,
        "speaker": fold(claim.speaker.name) if claim.speaker else None,
        "date": _day(claim.when.earliest or claim.when.latest),
    }
    body = claim.body
    if isinstance(body, EventBody):
        found |= _event(body)
    elif isinstance(body, Relation):
        found |= {"type": body.type, "subject": _actor(body.subject), "object": _actor(body.object)}
    elif isinstance(body, Presence):
        found |= {"type": body.status, "subject": _actor(body.actor), **_place(body.place)}
    elif isinstance(body, Statement):
        number = body.quantity.best if body.quantity else None
        found |= {"type": body.kind, "quantity": number, "subject": _actor(body.about[0]) if body.about else None}
    return {slot: value for slot, value in found.items() if value is not None}


def _event(body: EventBody) -> dict[str, Any]:
    first = body.attributions[0] if body.attributions else None
    counts = ("killed", "injured", "attackers_killed", "arrested", "abducted")
    return {
        "type": body.type,
        **(_place(body.places[0]) if body.places else {}),
        "attribution": _actor(first.actor) if first else None,
        "attribution stance": first.stance if first else None,
        "target": body.targets[0].category or fold(body.targets[0].text) if body.targets else None,
        "weapon": body.weapon.category or fold(body.weapon.text) if body.weapon else None,
        **{name.replace("_", " "): _number(getattr(body, name)) for name in counts},
    }


def _place(place: Place) -> dict[str, Any]:
    precision = PLACE_PRECISIONS.index(place.precision)
    return {"place": place.id or fold(place.name), "country": place.country, "place precision": precision}


def _actor(actor: ActorRef) -> str:
    return actor.id or fold(actor.name)


def _number(count: Count | None) -> int | None:
    return None if count is None else next(n for n in (count.best, count.low, count.high) if n is not None)


def _day(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None
