"""Records as rows and back. Invariant: what comes back equals what was given; columns beside `data` follow from it.

Values inside an `Event` are plain JSON, so lists and dictionaries there come back as lists and dictionaries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from khabar.exchange import claim_as_kept, claim_from_json
from khabar.records import (
    Actor,
    ActorName,
    ActorRef,
    Claim,
    Contradiction,
    Decision,
    Derived,
    Document,
    Edit,
    Event,
    EventBody,
    IndependentOrigin,
    Interval,
    Judgement,
    Party,
    Presence,
    Reason,
    Reconciliation,
    Relation,
    Side,
    Statement,
    Value,
)
from khabar.stakes import stakes_of
from khabar.text import content_id

__all__ = [
    "actor_from_row",
    "actor_row",
    "claim_from_row",
    "claim_row",
    "contradiction_from_row",
    "contradiction_row",
    "decision_from_row",
    "decision_row",
    "document_from_row",
    "document_row",
    "document_seal",
    "event_from_row",
    "event_row",
    "judgement_from_row",
    "judgement_row",
    "killed_in",
    "moment_after",
    "now",
]

_Fields = dict[str, Any]


def now() -> str:
    """This moment as ISO text in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def moment_after(last: str | None) -> str:
    """This moment to the microsecond; one microsecond after `last` where the clock stands still or went back."""
    moment = datetime.now(UTC)
    if last is not None:
        moment = max(moment, datetime.fromisoformat(last) + timedelta(microseconds=1))
    return moment.isoformat(timespec="microseconds")


# ------------------------------------------------------------------ documents


def document_row(document: Document) -> _Fields:
    """The row of `documents` for a document."""
    plain = ("id", "text", "file", "external_id", "title", "author", "publisher", "url", "language", "genre")
    row = {
        **{name: getattr(document, name) for name in (*plain, "published_by", "retrieved_at", "media_type", "unread")},
        "earliest": document.published.earliest,
        "latest": document.published.latest,
        "characters": len(document.text),
        "added_at": now(),
        "repairs": [[e.start, e.end, e.replacement, e.why] for e in document.repairs],
        "skipped": [list(span) for span in document.skipped],
    }
    return {**row, "seal": document_seal(row)}


def document_seal(row: Mapping[str, Any]) -> str:
    """A hash of what a row of `documents` says, but for its number and the moment it was added."""
    return content_id([row[name] for name in _SEALED], 64)


_SEALED = (
    "id", "file", "external_id", "title", "author", "publisher", "url", "language", "genre", "earliest", "latest",
    "published_by", "retrieved_at", "media_type", "unread", "characters", "repairs", "skipped", "text",
)  # fmt: skip


def document_from_row(row: Row[Any]) -> Document:
    """The document of a row of `documents`."""
    return Document(
        id=row.id,
        text=row.text,
        file=row.file,
        external_id=row.external_id,
        title=row.title,
        author=row.author,
        publisher=row.publisher,
        url=row.url,
        language=row.language,
        genre=row.genre,
        published=Interval(row.earliest, row.latest),
        published_by=row.published_by,
        retrieved_at=row.retrieved_at,
        media_type=row.media_type,
        repairs=tuple(Edit(*edit) for edit in row.repairs),
        skipped=tuple((start, end) for start, end in row.skipped),
        unread=row.unread,
    )


# ------------------------------------------------------------------ claims


def claim_row(claim: Claim) -> _Fields:
    """The row of `claims` for a claim."""
    data = claim_as_kept(claim)
    body = claim.body
    return {
        "id": claim.id,
        "document": claim.passages[0].document,
        "start": claim.passages[0].start,
        "kind": claim.kind,
        "type": _claim_type(claim),
        "stance": claim.stance,
        "modality": claim.modality,
        "aggregate": isinstance(body, EventBody) and body.aggregate is not None,
        "earliest": claim.when.earliest,
        "latest": claim.when.latest,
        "data": data,
        "words": _lines([*(p.quote for p in claim.passages), _claim_type(claim), *_names(claim)]),
        "confidence": claim.confidence,
        "least": min(claim.confidence, *(share for _slot, share in claim.slot_confidence), 1.0),
        "stakes": stakes_of(claim),
    }


def claim_from_row(row: Row[Any]) -> Claim:
    """The claim of a row of `claims`."""
    return claim_from_json(row.data)


def _claim_type(claim: Claim) -> str:
    body = claim.body
    if isinstance(body, Presence):
        return body.status
    return body.kind if isinstance(body, Statement) else body.type


def _names(claim: Claim) -> Iterator[str]:
    """Canonical names of actors and places: what the quote may only call "the group" or "the valley"."""
    body = claim.body
    actors: tuple[ActorRef, ...]
    if isinstance(body, EventBody):
        actors = tuple(attribution.actor for attribution in body.attributions)
        for place in body.places:
            yield from (place.name, place.admin1 or "")
    elif isinstance(body, Relation):
        actors = (body.subject, body.object)
    elif isinstance(body, Presence):
        actors = (body.actor,)
        yield body.place.name
    else:
        actors = body.about
    for actor in actors:
        yield actor.name
    if claim.speaker is not None:
        yield claim.speaker.name


def _lines(words: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(w.replace("_", " ") for w in words if w))


# ------------------------------------------------------------------ actors


def actor_row(actor: Actor) -> _Fields:
    """The row of `actors` for an actor."""
    data = {
        "names": [[n.text, n.kind, n.script, n.source] for n in actor.names],
        "parent": actor.parent,
        "country": actor.country,
        "external_ids": [list(pair) for pair in actor.external_ids],
        "valid": [actor.valid.earliest, actor.valid.latest],
    }
    country = actor.country.upper()[:2] if actor.country else None
    return {"id": actor.id, "kind": actor.kind, "name": actor.names[0].text, "data": data, "country": country}


def actor_from_row(row: Row[Any]) -> Actor:
    """The actor of a row of `actors`."""
    data = row.data
    return Actor(
        id=row.id,
        kind=row.kind,
        names=tuple(ActorName(*name) for name in data["names"]),
        parent=data["parent"],
        country=data["country"],
        external_ids=tuple((scheme, number) for scheme, number in data["external_ids"]),
        valid=Interval(*data["valid"]),
    )


# ------------------------------------------------------------------ events


def event_row(event: Event, words: Iterable[str]) -> _Fields:
    """The row of `events` for an incident; `words` are what search finds it by beside its type."""
    when = _derived(event, "when")
    when = when if isinstance(when, Mapping) else {}
    kind = _text(_derived(event, "type"))
    data = {
        "claims": list(event.claims),
        "documents": list(event.documents),
        "values": {f: [_value_to_json(v) for v in vs] for f, vs in event.values.items()},
        "derived": {f: {"value": d.value, "rule": d.rule} for f, d in event.derived.items()},
        "origins": event.origins,
        "unsure_with": list(event.unsure_with),
        "corroboration": [[o.name, list(o.claims), list(o.documents), list(o.why)] for o in event.corroboration],
    }
    return {
        "id": event.id,
        "type": kind,
        "modality": _text(_derived(event, "modality")) or "actual",
        "earliest": when.get("earliest"),
        "latest": when.get("latest"),
        "killed": _number_of(_derived(event, "killed")),
        **_bounds_of([_derived(event, "killed"), *(v.value for v in event.values.get("killed", ()))]),
        "unsure": len(event.unsure_with),
        "data": data,
        "words": _lines([kind, *words]),
    }


def killed_in(event: Event) -> int:
    """The number of dead that an incident is compared by; -1 where none is known."""
    number = _number_of(_derived(event, "killed"))
    return -1 if number is None else number


def event_from_row(row: Row[Any]) -> Event:
    """The incident of a row of `events`."""
    data = row.data
    return Event(
        id=row.id,
        claims=tuple(data["claims"]),
        documents=tuple(data["documents"]),
        values={f: tuple(_value_from_json(v) for v in vs) for f, vs in data["values"].items()},
        derived={f: Derived(d["value"], d["rule"]) for f, d in data["derived"].items()},
        origins=data["origins"],
        unsure_with=tuple(data["unsure_with"]),
        corroboration=tuple(
            IndependentOrigin(name, tuple(claims), tuple(documents), tuple(why))
            for name, claims, documents, why in data.get("corroboration", ())  # absent until the first run after 0.1
        ),
    )


def _value_to_json(value: Value) -> _Fields:
    return {"value": value.value, "claims": list(value.claims), "origins": list(value.origins)}


def _value_from_json(data: Mapping[str, Any]) -> Value:
    return Value(data["value"], tuple(data["claims"]), tuple(data.get("origins", ())))


def _derived(event: Event, name: str) -> Any:
    derived = event.derived.get(name)
    return derived.value if derived is not None else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number_of(count: Any) -> int | None:
    """The number to compare by: best, or the lower bound; None where the upper bound alone is known."""
    if isinstance(count, Mapping):
        best = count.get("best")
        return count.get("low") if best is None else best
    return count if isinstance(count, int) else None


def _bounds_of(stated: Iterable[Any]) -> _Fields:
    """The lowest and the highest number among counts, and whether a count reaches beyond the highest: "at least 70"."""
    low: int | None = None
    high: int | None = None
    reaches = False
    for count in (value for value in stated if isinstance(value, Mapping)):
        ends = [n for n in (count.get("low"), count.get("best"), count.get("high")) if n is not None]
        if not ends:
            continue
        first = 0 if count.get("low") is None and count.get("best") is None else min(ends)  # at most so many
        low = first if low is None else min(low, first)
        if high is None or max(ends) >= high:
            reaches = count.get("high") is None or (reaches and max(ends) == high)
            high = max(ends)
    return {"killed_low": low, "killed_high": high, "killed_open": None if high is None else reaches}


# ------------------------------------------------------------------ judgements, decisions, contradictions


def judgement_row(judgement: Judgement) -> _Fields:
    """The row of `judgements` for a judgement."""
    return {
        "left": judgement.left,
        "right": judgement.right,
        "verdict": judgement.verdict,
        "by": judgement.by,
        "by_rule": judgement.by.startswith("rule:"),
        "at": judgement.when,
        "score": judgement.score,
        "reasons": [[r.feature, r.score, r.words] for r in judgement.reasons],
    }


def judgement_from_row(row: Row[Any]) -> Judgement:
    """The judgement of a row of `judgements`."""
    reasons = tuple(Reason(*reason) for reason in row.reasons)
    return Judgement(row.left, row.right, row.verdict, row.by, row.at, row.score, reasons)


def decision_row(decision: Decision) -> _Fields:
    """The row of `decisions` for a decision, without its number and moment."""
    sides = [[[p.key, p.document, p.start, p.end] for p in side] for side in decision.sides]
    plain = ("by", "act", "undoes", "note")
    return {**{name: getattr(decision, name) for name in plain}, "sides": sides}


def decision_from_row(row: Row[Any]) -> Decision:
    """The decision of a row of `decisions`."""
    sides = tuple(tuple(Party(*party) for party in side) for side in row.sides)
    return Decision(row.act, row.by, sides, row.note, row.undoes, row.number, row.at)


def contradiction_row(contradiction: Contradiction) -> _Fields:
    """The row of `contradictions` for a contradiction."""
    data = {
        "sides": [[side.says, list(side.claims)] for side in contradiction.sides],
        "note": contradiction.note,
        "reconcilers": [[r.name, r.words] for r in contradiction.reconcilers],
    }
    return {
        "id": contradiction.id,
        "kind": contradiction.kind,
        "subject": contradiction.subject,
        "title": contradiction.title,
        "data": data,
    }


def contradiction_from_row(row: Row[Any]) -> Contradiction:
    """The contradiction of a row of `contradictions`."""
    sides = tuple(Side(says, tuple(claims)) for says, claims in row.data["sides"])
    reconcilers = tuple(Reconciliation(name, words) for name, words in row.data.get("reconcilers", ()))
    return Contradiction(row.id, row.kind, row.subject, row.title, sides, row.data["note"], reconcilers)
