"""Claims and documents as JSON lines, the one exchange format. Invariant: `claim_from_json(claim_to_json(c)) == c`.

The shapes are those of `docs/claims.md`. Only the document's id, file and publication interval travel with a claim.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from khabar.errors import RecordError
from khabar.records import (
    ActorRef,
    Attribution,
    Claim,
    ClaimBody,
    Count,
    Document,
    EventBody,
    Extractor,
    Passage,
    Place,
    Presence,
    Quantity,
    Relation,
    Speaker,
    Statement,
    Target,
    Weapon,
    When,
)
from khabar.text import content_id

__all__ = [
    "body_from_json",
    "body_to_json",
    "claim_as_kept",
    "claim_from_json",
    "claim_id",
    "claim_line",
    "claim_to_json",
    "count_to_json",
    "place_from_json",
    "place_to_json",
    "when_to_json",
]

_COUNTS = ("killed", "injured", "arrested", "abducted", "attackers_killed")


def claim_to_json(claim: Claim, document: Document | None = None) -> dict[str, Any]:
    """A claim in the exchange shape; `document` adds file name, caller's id and publication interval."""
    about: dict[str, Any] = {"id": claim.passages[0].document}
    if document is not None:
        about["file"] = document.file
        if document.external_id is not None:
            about["external_id"] = document.external_id
        about["published"] = {"earliest": document.published.earliest, "latest": document.published.latest}
    data = {
        "id": claim.id,
        "kind": claim.kind,
        "document": about,
        "evidence": [{"start": p.start, "end": p.end, "quote": p.quote} for p in claim.passages],
        "speaker": _speaker_to_json(claim.speaker),
        "stance": claim.stance,
        "modality": claim.modality,
        "when": when_to_json(claim.when),
        "confidence": round(claim.confidence, 3),
        "extractor": {
            "name": claim.extractor.name,
            "version": claim.extractor.version,
            "codebook": claim.extractor.codebook,
        },
        claim.kind: body_to_json(claim.body),
    }
    if claim.slot_confidence:
        data["slot_confidence"] = {slot: round(share, 3) for slot, share in claim.slot_confidence}
    return data


def claim_as_kept(claim: Claim) -> dict[str, Any]:
    """A claim in the exchange shape with its confidences unrounded: as a store keeps it, and a review of it."""
    data = claim_to_json(claim)
    data["confidence"] = claim.confidence
    if claim.slot_confidence:
        data["slot_confidence"] = dict(claim.slot_confidence)
    return data


def claim_line(claim: Claim, document: Document | None = None) -> str:
    """One line of JSON, without a line end; keys in the order of the format description."""
    return json.dumps(claim_to_json(claim, document), ensure_ascii=False)


def claim_from_json(data: Mapping[str, Any]) -> Claim:
    """The claim of one JSON object; RecordError says what is wrong with it."""
    try:
        kind = data["kind"]
        extractor = data.get("extractor") or {}
        return Claim(
            id=data["id"],
            kind=kind,
            passages=tuple(Passage(data["document"]["id"], e["start"], e["end"], e["quote"]) for e in data["evidence"]),
            body=body_from_json(kind, data[kind]),
            extractor=Extractor(
                extractor.get("name", "unknown"), extractor.get("version", ""), extractor.get("codebook", "")
            ),
            speaker=_speaker_from_json(data.get("speaker")),
            stance=data["stance"],
            modality=data["modality"],
            when=_when_from_json(data.get("when")),
            confidence=data.get("confidence", 0.5),
            slot_confidence=tuple((data.get("slot_confidence") or {}).items()),
        )
    except (KeyError, TypeError, AttributeError) as problem:
        raise RecordError(f"not a claim: {problem!r}.", "See docs/claims.md for the shape of a claim.") from problem


def claim_id(claim: Claim) -> str:
    """The content id of a claim: a hash of document, passages, kind, body, speaker, stance, modality and date."""
    data = claim_to_json(claim)
    for key in ("id", "confidence", "slot_confidence", "extractor"):
        data.pop(key, None)
    return content_id(data)


def body_to_json(body: ClaimBody) -> dict[str, Any]:
    """The kind-specific object of a claim."""
    if isinstance(body, EventBody):
        return _event_to_json(body)
    if isinstance(body, Relation):
        return {"type": body.type, "subject": _actor_to_json(body.subject), "object": _actor_to_json(body.object)}
    if isinstance(body, Presence):
        return {
            "actor": _actor_to_json(body.actor),
            "place": place_to_json(body.place),
            "status": body.status,
            "degree": body.degree,
        }
    return {
        "kind": body.kind,
        "about": [_actor_to_json(a) for a in body.about],
        "quantity": _plain(body.quantity) if body.quantity else None,
    }


def body_from_json(kind: str, data: Mapping[str, Any]) -> ClaimBody:
    """The inverse of `body_to_json` for a claim of `kind`."""
    if kind == "event":
        return _event_from_json(data)
    if kind == "relation":
        return Relation(data["type"], _actor_from_json(data["subject"]), _actor_from_json(data["object"]))
    if kind == "presence":
        return Presence(
            _actor_from_json(data["actor"]), place_from_json(data["place"]), data["status"], data.get("degree")
        )
    if kind == "statement":
        quantity = data.get("quantity")
        return Statement(
            data["kind"],
            tuple(_actor_from_json(a) for a in data.get("about") or ()),
            Quantity(**quantity) if quantity else None,
        )
    raise RecordError(f"unknown claim kind {kind!r}.")


def when_to_json(when: When) -> dict[str, Any] | None:
    """A date interval with its precision and words; None where the text says nothing about time."""
    if when == When():
        return None
    return {"earliest": when.earliest, "latest": when.latest, "precision": when.precision, "text": when.text}


def place_to_json(place: Place) -> dict[str, Any]:
    """A place in the exchange shape, where the gazetteer id is called `geonames_id`."""
    data = _plain(place)
    number = data.pop("id")
    return {"text": data.pop("text"), "name": data.pop("name"), "geonames_id": number, **data}


def count_to_json(count: Count | None) -> dict[str, Any] | None:
    """A count as low, best, high and the words; None stays None."""
    return _plain(count) if count else None


def _plain(record: Any) -> dict[str, Any]:
    return {f.name: getattr(record, f.name) for f in fields(record)}


def _actor_to_json(actor: ActorRef) -> dict[str, Any]:
    return {"text": actor.text, "name": actor.name, "id": actor.id, "kind": actor.kind}


def _actor_from_json(data: Mapping[str, Any]) -> ActorRef:
    return ActorRef(
        text=data.get("text") or data["name"],
        name=data.get("name") or data["text"],
        id=data.get("id"),
        kind=data.get("kind", "organization"),
    )


def place_from_json(data: Mapping[str, Any]) -> Place:
    """The place of `place_to_json`."""
    known = {f.name for f in fields(Place)} - {"id"}
    return Place(id=data.get("geonames_id"), **{k: v for k, v in data.items() if k in known})


def _speaker_to_json(speaker: Speaker | None) -> dict[str, Any] | None:
    return _plain(speaker) if speaker else None


def _speaker_from_json(data: Mapping[str, Any] | None) -> Speaker | None:
    return Speaker(data["name"], data.get("actor"), data.get("role"), data.get("via")) if data else None


def _when_from_json(data: Mapping[str, Any] | None) -> When:
    if not data:
        return When()
    return When(data.get("earliest"), data.get("latest"), data.get("precision", "unknown"), data.get("text"))


def _event_to_json(body: EventBody) -> dict[str, Any]:
    data: dict[str, Any] = {
        "type": body.type,
        "subtype": body.subtype,
        "aggregate": None if body.aggregate is None else {"count": body.aggregate if body.aggregate >= 0 else None},
        "places": [place_to_json(p) for p in body.places],
        "attributions": [
            {
                "actor": _actor_to_json(a.actor),
                "stance": a.stance,
                "role": a.role,
                "by": {"name": a.by} if a.by else None,
                "channel": a.channel,
            }
            for a in body.attributions
        ],
        "targets": [{"text": t.text, "class": t.category} for t in body.targets],
        "weapon": {"text": body.weapon.text, "class": body.weapon.category} if body.weapon else None,
    }
    for key in _COUNTS:
        data[key] = count_to_json(getattr(body, key))
    return data


def _event_from_json(data: Mapping[str, Any]) -> EventBody:
    aggregate = data.get("aggregate")
    count = None
    if aggregate is not None:
        count = aggregate.get("count")
        count = -1 if count is None else count
    weapon = data.get("weapon")
    return EventBody(
        type=data["type"],
        subtype=data.get("subtype"),
        aggregate=count,
        places=tuple(place_from_json(p) for p in data.get("places") or ()),
        attributions=tuple(_attribution_from_json(a) for a in data.get("attributions") or ()),
        targets=tuple(Target(t["text"], t.get("class")) for t in data.get("targets") or ()),
        weapon=Weapon(weapon["text"], weapon.get("class")) if weapon else None,
        **{key: Count(**data[key]) if data.get(key) else None for key in _COUNTS},
    )


def _attribution_from_json(data: Mapping[str, Any]) -> Attribution:
    by = data.get("by")
    return Attribution(
        actor=_actor_from_json(data["actor"]),
        stance=data["stance"],
        role=data.get("role", "perpetrator"),
        by=by["name"] if by else None,
        channel=data.get("channel"),
    )
