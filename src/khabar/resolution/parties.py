"""Who is meant in claims: actors by role, with family, name, kind and country. Invariant: it looks up and joins nobody.

Resolution makes it of `Identities`; what is asked of a base later makes it of the links and actors kept there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from khabar.records import Actor, Claim
from khabar.resolution import names
from khabar.resolution.actors import Identities
from khabar.text import fold

__all__ = ["Parties", "families_of", "names_somebody", "parties_from", "parties_of", "plain_name"]


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Who speaks in an office of a state or group speaks for it.
_OFFICES = _listed(
    "administration army authorities authority cabinet government govt military minister ministers ministry office "
    "official officials police premier presidency president spokesman spokesperson spokeswoman state"
)
_PORTFOLIOS = _listed("chief defence defense foreign home information interior justice prime senior")
_OWNED = re.compile(r"(?P<whose>[A-Z][^'’]*)['’]s? (?P<office>[a-z][a-z ]*)")
_HELD = re.compile(r"(?:[Tt]he )?(?P<office>[A-Za-z][a-z ]{0,80}?) of (?P<whose>(?:the )?[A-Z][^,]*)")


@dataclass(frozen=True, slots=True)
class Parties:
    """Look-ups by actor id, but `actor_of`, which is by claim id and role; `family` is the outermost parent."""

    actor_of: Mapping[tuple[str, str], str]
    family: Mapping[str, str]
    names: Mapping[str, str]
    kinds: Mapping[str, str]
    countries: Mapping[str, str]

    def house(self, actor: str) -> str:
        """The outermost parent of an actor; a group without one is its own."""
        return self.family.get(actor, actor)

    def name(self, actor: str) -> str:
        """The name shown; the id of an actor nobody named."""
        return self.names.get(actor, actor)

    def ends(self, claim: Claim) -> tuple[str | None, str | None]:
        """Subject and object of a relation claim."""
        return self.actor_of.get((claim.id, "subject")), self.actor_of.get((claim.id, "object"))

    def is_person(self, actor: str | None) -> bool:
        """Whether the actor is a person."""
        return actor is not None and self.kinds.get(actor) == "person"

    def is_named_person(self, actor: str) -> bool:
        """Whether the actor is a person with a name: "the leader of the group" is whoever leads it."""
        return self.is_person(actor) and not names.is_office(self.name(actor))

    def voice(self, claim: Claim) -> tuple[str, str] | None:
        """Who says a claim, as a key and a name; None for the report's own voice, the unnamed and private persons.

        A state, its government, ministries and spokesmen are one voice, and so are a group and its spokesman. A person
        has a voice in an office or for a group alone.
        """
        speaker = claim.speaker
        if speaker is None:
            return None
        known = self.actor_of.get((claim.id, "speaker"))
        name = self.name(known) if known is not None else speaker.actor or speaker.name
        if known is None and not names_somebody(name):
            return None
        speaks_for_others = speaker.role or (speaker.actor and fold(speaker.actor) != fold(speaker.name))
        if self.is_person(known) and not speaks_for_others:
            return None
        return plain_name(name), name


def names_somebody(name: str) -> bool:
    """Whether another report that names it so means the same one: not "he", "police", "a minister", "Home Minister"."""
    if plain_name(name) != fold(name).removeprefix("the "):
        return True  # an office of a named state or group
    words = fold(name).removeprefix("the ").split()
    first = name.removeprefix("the ").removeprefix("The ").partition(" ")[0]
    return any(c.isupper() for c in first) and not set(words) <= _OFFICES | _PORTFOLIOS and not names.describes(name)


def plain_name(name: str) -> str:
    """A name folded; a state's or group's own name where its government, a ministry or a spokesman is named."""
    for found in (_OWNED.fullmatch(name.strip()), _HELD.fullmatch(name.strip())):
        if found and _OFFICES & set(fold(found["office"]).split()):
            return fold(found["whose"]).removeprefix("the ")
    return fold(name).removeprefix("the ")


def parties_from(actors: Iterable[Actor], actor_of: Mapping[tuple[str, str], str]) -> Parties:
    """The parties of a base: its actors, with those of the dictionary that they belong to, and its links."""
    every = {a.id: a for a in actors}
    return Parties(
        actor_of,
        families_of(every.values()),
        {a.id: a.names[0].text for a in every.values()},
        {a.id: a.kind for a in every.values()},
        {a.id: a.country for a in every.values() if a.country},
    )


def parties_of(identities: Identities) -> Parties:
    """The parties of the actors that resolution found."""
    return Parties(
        identities.actor_of,
        identities.family,
        identities.name,
        {a.id: a.kind for a in identities.actors},
        {a.id: a.country for a in identities.actors if a.country},
    )


def families_of(actors: Iterable[Actor]) -> dict[str, str]:
    """The outermost parent of each actor, following `Actor.parent` as far as it is known; a circle ends the walk."""
    parents = {a.id: a.parent for a in actors if a.parent}
    found = {}
    for actor in parents:
        walk = [actor]
        while (above := parents.get(walk[-1])) is not None and above not in walk:
            walk.append(above)
        found[actor] = walk[-1]
    return found
