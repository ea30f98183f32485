"""What a form suggests while a name is typed. Invariant: nothing is chosen for the coder; a name that is found nowhere
stays as it was typed, without an id.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from khabar.reading.actors import actors_by_id
from khabar.reading.gazetteer import Candidate, Gazetteer, open_gazetteer
from khabar.records import Actor, ActorRef, Place
from khabar.store.base import View
from khabar.store.questions import ActorFilter
from khabar.text import fold

__all__ = ["actors_named", "place_of", "places_named"]

_MOST = 12
_PRECISION = {"country": "country", "adm1": "adm1", "adm2": "adm2", "region": "region", "valley": "region"}


@lru_cache(maxsize=1)
def _gazetteer(cache: Path) -> Gazetteer:
    return open_gazetteer(cache)


def places_named(cache: Path, text: str) -> list[Place]:
    """Places of the gazetteer that are called so (case aside), the most populous first; at most a dozen."""
    gazetteer = _gazetteer(cache)
    words = " ".join(text.split())
    found: dict[int, Candidate] = {}
    for key in dict.fromkeys((words.lower(), fold(words))):
        found |= {c.id: c for c in gazetteer.candidates(key)}
    typed = fold(words)
    rank = {
        c.id: (c.alias, c.valid_to is not None, fold(c.name) != typed, -c.population, -c.fame, c.id)
        for c in found.values()
    }
    ranked = sorted(found.values(), key=lambda c: rank[c.id])
    return [place_of(gazetteer, candidate, text) for candidate in ranked[:_MOST]]


def place_of(gazetteer: Gazetteer, candidate: Candidate, text: str) -> Place:
    """A place of the gazetteer as a claim names it."""

    def named(unit: int | None) -> str | None:
        found = gazetteer.by_id(unit) if unit is not None else None
        return found.name if found is not None else None

    own = {"adm1": "admin1", "adm2": "admin2"}.get(candidate.kind)
    units = {"admin1": named(candidate.admin1), "admin2": named(candidate.admin2)}
    if own is not None:
        units[own] = candidate.name
    return Place(
        text=text,
        name=candidate.name,
        id=candidate.id,
        kind=candidate.kind,
        country=candidate.country,
        admin1=units["admin1"],
        admin2=units["admin2"],
        latitude=candidate.latitude,
        longitude=candidate.longitude,
        precision=_PRECISION.get(candidate.kind, "exact"),
    )


def actors_named(base: View, text: str) -> list[ActorRef]:
    """Actors with a name that begins so: those of the base first, then those of the dictionary; at most a dozen."""
    found: dict[str, ActorRef] = {}
    if not fold(text):
        return []
    for summary in base.actors(ActorFilter(text=text, limit=_MOST)):
        found[summary.actor.id] = _named(summary.actor, text)
    for actor in _listed(fold(text)):
        if len(found) >= _MOST:
            break
        found.setdefault(actor.id, _named(actor, text))
    return list(found.values())


def _listed(words: str) -> Iterator[Actor]:
    for actor in actors_by_id().values():
        if any(f" {fold(name.text)}".find(f" {words}") >= 0 for name in actor.names):
            yield actor


def _named(actor: Actor, text: str) -> ActorRef:
    listed = actor.id if actor.id in actors_by_id() else None
    return ActorRef(text, actor.names[0].text, listed, actor.kind)
