"""Who is held responsible, as far as a report may tell. Invariant: the rule is that of the export profiles; whoever a
report does not name stands in none of its quotes about that incident.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from khabar.export.shapes.attributed import Attributed, attributed_in, names_of
from khabar.export.shapes.profiles import Profile
from khabar.records import Actor, Event
from khabar.store.base import View
from khabar.store.questions import ActorFilter, ClaimFilter
from khabar.text import fold

__all__ = ["Responsible"]


class Responsible:
    """Attributions of incidents, asked of the base once each.

    `origins` is how many independent origins must hold an actor responsible that claims nothing; with 0 everybody is
    named, and those too who are only said not to have done it.
    """

    def __init__(self, base: View, origins: int) -> None:
        self._base = base
        self._profile = Profile("report", "", origins)
        self._known: dict[str, Actor] | None = None
        self._told: dict[str, tuple[set[str], set[str]]] = {}

    def held(self, event: Event) -> list[Mapping[str, Any]]:
        """The attributions that may be told, each as the base states it."""
        named, _ = self._of(event)
        stated = [value.value for value in event.values.get("attributions", ())]
        return [said for said in stated if not self._profile.origins or _key(said) in named]

    def kept_back(self, event: Event) -> set[str]:
        """Every name, as the base and as the claims have it, of those who may not be named."""
        return self._of(event)[1]

    def _of(self, event: Event) -> tuple[set[str], set[str]]:
        """The keys of those who may be named, and the names of those who may not."""
        if event.id not in self._told:
            self._told[event.id] = self._parted(event)
        return self._told[event.id]

    def _parted(self, event: Event) -> tuple[set[str], set[str]]:
        stated = [value.value for value in event.values.get("attributions", ())]
        if not self._profile.origins or not stated:
            return set(), set()
        claims = {claim.id: claim for claim in self._base.claims(ClaimFilter(event=event.id))}
        everybody = attributed_in(event, claims, self._actors())
        named = {_key_of(who) for who in everybody if self._profile.lets(who)}
        back = {name for who in everybody if _key_of(who) not in named for name in names_of(who, claims)}
        held = {_key_of(who) for who in everybody}
        return named, back | {said["actor"] for said in stated if _key(said) not in held}

    def _actors(self) -> dict[str, Actor]:
        if self._known is None:
            self._known = {found.actor.id: found.actor for found in self._base.actors(ActorFilter())}
        return self._known


def _key(said: Mapping[str, Any]) -> str:
    return said["actor_id"] or fold(said["actor"])


def _key_of(who: Attributed) -> str:
    return who.id or fold(who.name)
