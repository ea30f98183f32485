"""Ties between actors of a base, as graphs and entity formats need them. Invariant: one tie a relation type and pair of
actors, with every claim that states or denies it; a symmetric one has no direction.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from khabar.export.shapes.material import Material
from khabar.records import Actor, Claim, Relation
from khabar.store.questions import ActorFilter, ClaimFilter

__all__ = ["Tie", "ties_of"]


@dataclass(frozen=True, slots=True)
class Tie:
    """One kind of tie between two actors, and the claims on it."""

    type: str
    subject: Actor
    object: Actor
    claims: tuple[Claim, ...]

    @property
    def earliest(self) -> str | None:
        """The first day that some claim names."""
        return min((c.when.earliest for c in self.claims if c.when.earliest), default=None)

    @property
    def latest(self) -> str | None:
        """The last day that some claim names which also says from when."""
        return max((c.when.latest for c in self.claims if c.when.latest and c.when.earliest), default=None)

    @property
    def stances(self) -> tuple[str, ...]:
        """How it is said, each stance once."""
        return tuple(sorted({c.stance for c in self.claims}))

    @property
    def denied(self) -> int:
        """How many claims deny it."""
        return sum(c.stance == "denied" or c.modality == "negated" for c in self.claims)

    @property
    def documents(self) -> tuple[str, ...]:
        """The reports it is told in."""
        return tuple(dict.fromkeys(c.passages[0].document for c in self.claims))


def ties_of(material: Material) -> Iterator[Tie]:
    """Every tie of the base, in the order of type and actors."""
    actors = {summary.actor.id: summary.actor for summary in material.base.actors(ActorFilter())}
    claims = {c.id: c for c in material.base.claims(ClaimFilter(kinds=("relation",)))}
    ends: dict[str, dict[str, str]] = {}
    for link in material.base.links(list(claims)):
        ends.setdefault(link.claim, {})[link.role] = link.actor
    found: dict[tuple[str, str, str], list[Claim]] = {}
    for key, claim in claims.items():
        sides, body = ends.get(key, {}), claim.body
        if not isinstance(body, Relation) or not {"subject", "object"} <= sides.keys():
            continue
        one, two = sides["subject"], sides["object"]
        kind = material.book.relations.get(body.type)
        if kind is not None and kind.symmetric:
            one, two = sorted((one, two))
        if one != two and one in actors and two in actors:
            found.setdefault((body.type, one, two), []).append(claim)
    for (type_, one, two), said in sorted(found.items()):
        yield Tie(type_, actors[one], actors[two], tuple(said))
