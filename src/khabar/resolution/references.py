"""The actors that claims name. Invariant: what only describes somebody ("gunmen") is no actor."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.records import ACTOR_KINDS, ActorRef, Claim, EventBody, Presence, Relation, Statement
from khabar.resolution import names

__all__ = ["references"]


def references(claim: Claim) -> Iterator[tuple[str, ActorRef]]:
    """Each actor named in the body of a claim, with its role there.

    Left out are those only described ("gunmen"), and what stands in a tie but is no actor (an incident, a place).
    """
    for role, ref in _slots(claim):
        if ref.kind in ACTOR_KINDS and (ref.id is not None or not names.describes(ref.name)):
            yield role, ref


def _slots(claim: Claim) -> Iterator[tuple[str, ActorRef]]:
    body = claim.body
    if isinstance(body, Relation):
        yield "subject", body.subject
        yield "object", body.object
    elif isinstance(body, Presence):
        yield "actor", body.actor
    elif isinstance(body, EventBody):
        for i, attribution in enumerate(body.attributions):
            yield f"attribution:{i}", attribution.actor
    elif isinstance(body, Statement):
        for i, ref in enumerate(body.about):
            yield f"about:{i}", ref
