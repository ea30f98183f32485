"""Who keeps a name in what leaves the base. Invariant: a private person's name leaves only on the operator's word.

Leaders, spokespeople, officials and listed persons are of public record and keep their names; victims, witnesses and
people merely accused or arrested get a pseudonym, the same one everywhere in a base.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from khabar.codebook.model import RelationType
from khabar.records import Actor, Claim, Relation
from khabar.store.base import View
from khabar.store.questions import ActorFilter, ClaimFilter
from khabar.text import content_id, fold

__all__ = ["Pseudonyms", "private_names", "pseudonyms_of"]


class Pseudonyms:
    """Replaces the given names wherever they stand as whole words, also inside quotes."""

    def __init__(self, names: Iterable[str]) -> None:
        # Longest first, so that "Ali Khan" is not left as "person-… Khan".
        self._names = sorted({n for n in names if n}, key=lambda n: (-len(n), n))
        self._pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, self._names)) + r")(?!\w)")

    def __len__(self) -> int:
        return len(self._names)

    def applied(self, value: Any) -> Any:
        """The JSON-like value with every private name replaced; numbers and ids stay."""
        if not self._names:
            return value
        if isinstance(value, str):
            return self._pattern.sub(lambda found: pseudonym(found.group()), value)
        if isinstance(value, Mapping):
            return {key: self.applied(inner) for key, inner in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.applied(inner) for inner in value]
        return value


def pseudonyms_of(base: View, relations: Mapping[str, RelationType], doubt: float) -> Pseudonyms:
    """The pseudonyms for everything that leaves a base; `relations` are the codebook's, which name the public roles.

    A claim below the confidence `doubt` makes nobody public.
    """
    public = {name: kind.public for name, kind in relations.items()}
    people = (summary.actor for summary in base.actors(ActorFilter(kind="person")))
    return Pseudonyms(private_names(people, base.claims(ClaimFilter(coded=doubt)), public))


def pseudonym(name: str) -> str:
    """A stable stand-in for a name; the same person named twice stays one person."""
    return f"person-{content_id(fold(name), 6)}"


def private_names(people: Iterable[Actor], claims: Iterable[Claim], public: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The names of persons who hold no public role.

    `public` gives for a relation type the sides ("subject", "object") whose role is public. Persons with an id of a
    public list, and those who speak for an office, are public too.
    """
    known = set(_public_names(claims, public))
    names: set[str] = set()
    for actor in people:
        if actor.kind != "person" or actor.external_ids:
            continue
        own = [name.text for name in actor.names]
        if not any(fold(name) in known for name in own):
            names.update(own)
    return names


def _public_names(claims: Iterable[Claim], public: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    for claim in claims:
        if claim.speaker is not None and (claim.speaker.role or claim.speaker.actor):
            yield fold(claim.speaker.name)
        if isinstance(claim.body, Relation):
            for side in public.get(claim.body.type, ()):
                actor = getattr(claim.body, side)
                yield fold(actor.name)
                yield fold(actor.text)
