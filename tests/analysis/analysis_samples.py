"""Invented groups and what is said of them, for the tests of this room."""

from __future__ import annotations

from khabar.codebook.load import load_codebook
from khabar.exchange import claim_id
from khabar.records import Actor, ActorName, ActorRef, Claim, Extractor, Passage, Relation, Speaker, When

__all__ = ["RELATIONS", "actor", "links_of", "said"]

RELATIONS = load_codebook().relations


def actor(key: str, kind: str = "organization", **more: object) -> Actor:
    return Actor(key, kind, (ActorName(key.title()),), **more)  # type: ignore[arg-type]


def said(type_: str, subject: str, object_: str, when: str = "", **more: object) -> Claim:
    """A claim of a tie; `when` is "2014-10-01 2014-10-31" with "-" for an open bound, "" for no date."""
    first, _, last = when.partition(" ")
    speaker = more.pop("by", None)
    number = more.pop("number", 0)
    interval = When(*(None if part in ("", "-") else part for part in (first, last or first)))
    quote = f"{subject} {type_} {object_} {number}"
    fields: dict[str, object] = {
        "id": "-",
        "kind": "relation",
        "passages": (Passage("d" * 64, 0, len(quote), quote),),
        "body": Relation(type_, ActorRef(subject, subject, subject), ActorRef(object_, object_, object_)),
        "extractor": Extractor("test", "1", "political-violence@1"),
        "speaker": Speaker(str(speaker)) if speaker else None,
        "when": interval,
        **more,
    }
    made = Claim(**fields)  # type: ignore[arg-type]
    return Claim(**{name: getattr(made, name) for name in Claim.__slots__} | {"id": claim_id(made)})


def links_of(*claims: Claim) -> dict[tuple[str, str], str]:
    """Each side is the actor of its name."""
    found = {}
    for claim in claims:
        assert isinstance(claim.body, Relation)
        found[claim.id, "subject"] = str(claim.body.subject.id)
        found[claim.id, "object"] = str(claim.body.object.id)
    return found
