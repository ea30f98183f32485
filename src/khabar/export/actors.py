"""Actors as rows and JSON objects."""

from __future__ import annotations

from typing import Any

from khabar.records import Actor
from khabar.store.questions import ActorSummary

__all__ = ["ACTOR_COLUMNS", "actor_json", "actor_row", "names_json"]

ACTOR_COLUMNS = (
    "id", "kind", "name", "other_names", "country", "parent", "valid_from", "valid_until", "external_ids", "claims",
    "incidents",
)  # fmt: skip


def actor_row(found: ActorSummary) -> dict[str, Any]:
    """An actor with the columns of `ACTOR_COLUMNS`; names and ids are parted by " | "."""
    actor = found.actor
    return {
        "id": actor.id,
        "kind": actor.kind,
        "name": actor.names[0].text,
        "other_names": " | ".join(name.text for name in actor.names[1:]),
        "country": actor.country,
        "parent": actor.parent,
        "valid_from": actor.valid.earliest,
        "valid_until": actor.valid.latest,
        "external_ids": " | ".join(f"{scheme} {number}" for scheme, number in actor.external_ids),
        "claims": found.claims,
        "incidents": found.events,
    }


def actor_json(found: ActorSummary) -> dict[str, Any]:
    """An actor as a JSON object, with how many claims mean it and how many incidents these belong to."""
    return {**names_json(found.actor), "claims": found.claims, "incidents": found.events}


def names_json(actor: Actor) -> dict[str, Any]:
    """What an actor is called, where it belongs, and its ids elsewhere."""
    return {
        "id": actor.id,
        "kind": actor.kind,
        "name": actor.names[0].text,
        "names": [{"text": n.text, "kind": n.kind, "script": n.script, "source": n.source} for n in actor.names],
        "country": actor.country,
        "parent": actor.parent,
        "valid": {"earliest": actor.valid.earliest, "latest": actor.valid.latest},
        "external_ids": [{"scheme": scheme, "id": number} for scheme, number in actor.external_ids],
    }
