"""Whether a claim of an incident, and each value in it, is what a coder wrote. Invariant: what the coder left open is
not judged.

Coders of different projects write different things down; `Incident` is what their rows have in common. A claim is held
against the incident it is most like, by the characters it points at, its type, toll, place and day; a claim like none
of them is wrong where the coder listed every incident.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from khabar.reading.actors import actors_by_id
from khabar.records import ActorRef, Claim, Count, EventBody, Place
from khabar.text import fold

__all__ = ["Incident", "Names", "Span", "Verdicts", "best_incident", "event_verdicts", "is_named", "overlap"]

Span = tuple[int, int]
Names = frozenset[str]
"""The names under which a coder knows an actor."""

Verdicts = dict[str, bool]
"""Slot ("claim", "type", "when" …) to right or wrong."""

_TOLLS = ("killed", "injured", "attackers_killed")
_ENOUGH = 3.0  # likeness from which a claim is taken to mean an incident


@dataclass(frozen=True, slots=True)
class Incident:
    """A coder's incident. `types`: any of them is right; () is not judged. `when`, `attributions`: None is not judged.

    `slack` is how many days the claim's interval may be wider than the coder's; `tolls` holds the tolls the coder
    looked for, None where there is none; a doubtful one is neither right nor wrong. Of the places of a claim the first
    that the gazetteer knows is judged; a date without words is only that of the report, and not judged.
    """

    spans: tuple[Span, ...] = ()
    types: tuple[str, ...] = ()
    when: tuple[str | None, str | None] | None = None
    slack: int = 1
    places: tuple[str, ...] = ()
    tolls: Mapping[str, tuple[int | None, int | None, int | None] | None] = field(default_factory=dict)
    attributions: tuple[tuple[Names, tuple[str, ...]], ...] | None = None
    total: bool = False
    doubtful: bool = False


def best_incident(claim: Claim, incidents: Sequence[Incident]) -> Incident | None:
    """The incident that a claim most likely means, or None."""
    ranked = sorted(((_likeness(claim, incident), -i) for i, incident in enumerate(incidents)), reverse=True)
    if not ranked or ranked[0][0] < _ENOUGH:
        return None
    return incidents[-ranked[0][1]]


def event_verdicts(claim: Claim, incident: Incident) -> Verdicts:
    """Right or wrong for the claim and each of its values that can be judged."""
    body = claim.body
    if not isinstance(body, EventBody) or incident.doubtful:
        return {}
    typed = not incident.types or body.type in incident.types
    found: Verdicts = {"claim": typed and incident.total == (body.aggregate is not None)}
    if incident.types:
        found["type"] = typed
    if incident.when is not None and claim.when.text is not None:
        found["when"] = _dated(claim, incident)
    if incident.places and body.places:
        located = next((p for p in body.places if p.id is not None), body.places[0])
        found["places"] = _placed(located, incident)
    for name, wanted in incident.tolls.items():
        count = getattr(body, name)
        if count is not None:
            found[name] = wanted is not None and _counted(count, wanted)
    if incident.attributions is not None:
        for number, a in enumerate(body.attributions):
            found[f"attribution:{number}"] = any(
                is_named(a.actor, names) and (not stances or a.stance in stances)
                for names, stances in incident.attributions
            )
    return found


def _likeness(claim: Claim, incident: Incident) -> float:
    body = claim.body
    if not isinstance(body, EventBody):
        return 0.0
    here = max((overlap((p.start, p.end), s) for p in claim.passages[:1] for s in incident.spans), default=0.0)
    if incident.spans and here == 0.0 and len(claim.passages) > 1:
        here = max(overlap((p.start, p.end), s) for p in claim.passages for s in incident.spans) / 2
    score = 3.0 * min(1.0, 2 * here)
    score += body.type in incident.types
    score += any(_placed(place, incident) for place in body.places)
    for name in _TOLLS:
        wanted, count = incident.tolls.get(name), getattr(body, name)
        if wanted is not None and count is not None:
            score += 2.0 if _counted(count, wanted) else -0.5
    if incident.when is not None and claim.when.text is not None:
        score += 1.0 if _dated(claim, incident) else -0.5
    return score + 0.5 * ((body.aggregate is not None) == incident.total)


def overlap(one: Span, other: Span) -> float:
    """The share of the shorter span that both cover."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0.0, shared / max(1, min(one[1] - one[0], other[1] - other[0])))


# ------------------------------------------------------------------ values


def _dated(claim: Claim, incident: Incident) -> bool:
    """The intervals share a day, within a day, and the claim's is hardly wider; open where the coder's is open."""
    earliest, latest = incident.when or (None, None)
    one, other = (claim.when.earliest, claim.when.latest), (earliest, latest)
    if _apart(one[0], other[1]) > 1 or _apart(other[0], one[1]) > 1:
        return False
    return _width(one) <= _width(other) + incident.slack


def _apart(start: str | None, end: str | None) -> int:
    """Days by which an interval that begins at `start` lies after one that ends at `end`."""
    return (date.fromisoformat(start) - date.fromisoformat(end)).days if start and end else 0


def _width(interval: tuple[str | None, str | None]) -> float:
    start, end = interval
    return _apart(end, start) if start and end else float("inf")


def _placed(place: Place, incident: Incident) -> bool:
    return any(_within(g, n) or _within(n, g) for g in incident.places for n in (place.text, place.name))


def _within(one: str, other: str) -> bool:
    return bool(fold(one)) and f" {fold(one)} " in f" {fold(other)} "


def _counted(count: Count, wanted: tuple[int | None, int | None, int | None]) -> bool:
    """The number given (or where there is none, the lower bound) is one of the coder's three."""
    number = count.best if count.best is not None else count.low if count.low is not None else count.high
    return number in [n for n in wanted if n is not None]


def is_named(actor: ActorRef, names: Names) -> bool:
    """Whether an actor bears one of the names: by its words, its name, or a name the dictionary has for it."""
    known = actors_by_id().get(actor.id or "")
    own = {_key(n) for n in (actor.text, actor.name, *((n.text for n in known.names) if known is not None else ()))}
    if own & {_key(n) for n in names}:
        return True
    return any(_within(name, words) for name in names for words in (actor.text, actor.name))


def _key(name: str) -> str:
    words = fold(name).split()
    return "".join(words[1:] if words[:1] in (["the"], ["a"], ["an"]) else words)
