"""Records as lines for people. Invariant: every value shown stands with the passage it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from khabar.errors import NotFoundError, SettingsError
from khabar.export.decisions import compared_of, named_judgements
from khabar.export.doubts import percent
from khabar.export.words import bounds_words, claim_words, interval_words, one_line, reports_words, value_words
from khabar.records import Actor, Claim, Contradiction, Document, Event
from khabar.store.base import View
from khabar.store.questions import ClaimFilter, ContradictionFilter, DocumentState, DocumentSummary, EventFilter, Found

__all__ = [
    "DOCUMENT_COLUMNS",
    "INCIDENT_COLUMNS_SHOWN",
    "describe",
    "document_row",
    "document_state",
    "find",
    "text_of",
    "with_bounds",
]

DOCUMENT_COLUMNS = (
    "id",
    "file",
    "external_id",
    "title",
    "author",
    "publisher",
    "published",
    "published_by",
    "language",
    "genre",
    "state",
    "message",
    "characters",
    "claims",
)

INCIDENT_COLUMNS_SHOWN = (
    "id",
    "date_earliest",
    "date_latest",
    "type",
    "place",
    "country",
    "killed",
    "injured",
    "reports",
    "attributions",
)


def with_bounds(row: Mapping[str, Any]) -> dict[str, Any]:
    """An incident row with `killed` and `injured` as one readable cell each, and "3 (2 independent)" for reports."""
    shown = dict(row)
    reports, origins = row["reports"], row["origins"]
    shown["reports"] = f"{reports} ({origins} independent)" if origins != reports else str(reports)
    for name in ("killed", "injured"):
        shown[name] = bounds_words({b: row[f"{name}_{b}"] for b in ("low", "best", "high")})
    return shown


def document_state(text: str) -> DocumentState:
    """The state of that name; SettingsError lists the states."""
    for state in get_args(DocumentState):
        if state == text:
            return state  # type: ignore[no-any-return]
    raise SettingsError(f"there is no document state {text!r}.", f"Use one of {', '.join(get_args(DocumentState))}.")


def document_row(document: DocumentSummary) -> dict[str, Any]:
    """A document with the columns of `DOCUMENT_COLUMNS`."""
    row: dict[str, Any] = {name: getattr(document, name) for name in DOCUMENT_COLUMNS if name != "published"}
    row["published"] = interval_words(document.published.earliest, document.published.latest)
    return row


def find(base: View, key: str) -> Found:
    """The record of an id, its beginning, or an actor's name."""
    try:
        return base.find(key)
    except NotFoundError as problem:
        try:
            return Found("actor", base.actor(key))
        except NotFoundError:
            raise problem from None


def text_of(found: Found) -> str:
    """The archived text of a document; NotFoundError for anything else."""
    if isinstance(found.record, Document):
        return found.record.text
    raise NotFoundError(f"--text is for documents, this is a {found.kind}.", "Leave --text out.")


def describe(base: View, found: Found, *, why: bool = False) -> Iterator[str]:
    """Lines that tell a record and its evidence."""
    record = found.record
    if isinstance(record, Event):
        yield from _event(base, record, why=why)
    elif isinstance(record, Claim):
        yield from _claim(base, record)
    elif isinstance(record, Actor):
        yield from _actor(base, record, why=why)
    elif isinstance(record, Document):
        yield from _document(base, record)
    else:
        yield from _contradiction(base, record)


def _event(base: View, event: Event, *, why: bool) -> Iterator[str]:
    yield f"incident {event.id}: {event.derived['type'].value if 'type' in event.derived else '?'}"
    yield f"  {reports_words(event)}"
    for origin in event.corroboration:
        yield f"    {origin.name}"
        for reason in origin.why:
            yield f"      {reason}"
    for name, values in event.values.items():
        derived = event.derived.get(name)
        if derived is not None:
            yield f"  {name}: {value_words(derived.value)}  [{derived.rule}]"
        else:
            yield f"  {name}:"
        for value in values:
            told = f"; {', '.join(value.origins)}" if len(event.documents) > 1 else ""
            yield f"      {value_words(value.value)}  ({', '.join(value.claims)}{told})"
    yield "  evidence:"
    for claim in base.claims(ClaimFilter(event=event.id)):
        yield from _quotes(base, claim)
    for other in event.unsure_with:
        yield f"  perhaps the same as {other}"
    if why:
        yield from _reasons(base, event)


def _reasons(base: View, event: Event) -> Iterator[str]:
    yield "  why these reports are one incident, and others are not:"
    files: dict[str, str] = {}
    for compared in compared_of(base, event):
        judgement = compared.judgement
        when = f" on {judgement.when[:10]}" if judgement.when else ""
        yield f"    {judgement.verdict}, {judgement.score:+.2f}, by {judgement.by}{when}"
        for claim, other in zip(compared.claims, compared.events, strict=True):
            key = claim.passages[0].document
            file = files.setdefault(key, base.document(key).file)
            where = "" if other == event.id else f" [incident {other}]" if other else " [no incident]"
            yield f"      {claim.id}{where} {file}: “{_cut(claim.passages[0].quote)}”"
        for reason in judgement.reasons:
            yield f"      {reason.score:+.2f} {reason.words}"


def _cut(quote: str) -> str:
    """The beginning of a quote, enough to know it by."""
    text = one_line(quote)
    return text if len(text) <= _KNOWN_BY else f"{text[:_KNOWN_BY].rstrip()} …"


_KNOWN_BY = 90  # characters


def _claim(base: View, claim: Claim) -> Iterator[str]:
    yield f"claim {claim.id}: {claim_words(claim)}"
    who = claim.speaker.name if claim.speaker else "the document"
    via = f" via {claim.speaker.via}" if claim.speaker and claim.speaker.via else ""
    yield f"  says {who}{via}; {claim.stance}, {claim.modality}"
    day = interval_words(claim.when.earliest, claim.when.latest)
    yield f"  when {day} ({claim.when.text or 'no date in the text'})"
    values = "; ".join(f"{slot} {percent(share)}" for slot, share in claim.slot_confidence)
    yield f"  confidence {percent(claim.confidence)}{f' ({values})' if values else ''}"
    yield from _quotes(base, claim)
    for event in base.events(EventFilter(claim=claim.id)):
        yield f"  part of incident {event.id}"


def _actor(base: View, actor: Actor, *, why: bool) -> Iterator[str]:
    yield f"actor {actor.id}: {actor.names[0].text} ({actor.kind})"
    for name in actor.names[1:]:
        yield f"  {name.kind}: {name.text}{'  [' + name.source + ']' if name.source else ''}"
    if actor.parent:
        yield f"  part of {actor.parent}"
    for scheme, number in actor.external_ids:
        yield f"  {scheme}: {number}"
    if why:
        yield "  why these names are one actor, and others are not:"
        for judgement in named_judgements(base, actor):
            yield f"    {judgement.verdict}: {judgement.left} – {judgement.right}, by {judgement.by}"
            for reason in judgement.reasons:
                yield f"      {reason.words}"
    for claim in base.claims(ClaimFilter(actor=actor.id)):
        yield from _quotes(base, claim)


def _document(base: View, document: Document) -> Iterator[str]:
    yield f"document {document.id}"
    yield f"  {document.title or '(no title)'}"
    for name in ("file", "external_id", "author", "publisher", "url", "language", "genre", "unread"):
        if getattr(document, name):
            yield f"  {name.replace('_', ' ')}: {getattr(document, name)}"
    yield (
        f"  published: {interval_words(document.published.earliest, document.published.latest)} "
        f"(from {document.published_by})"
    )
    repairs, skipped = len(document.repairs), len(document.skipped)
    yield f"  {len(document.text)} characters, {repairs} repairs, {skipped} passages skipped"
    for claim in base.claims(ClaimFilter(document=document.id)):
        yield f"  {claim.id} {claim_words(claim)}"
        yield f"      “{one_line(claim.passages[0].quote)}”"


def _contradiction(base: View, contradiction: Contradiction) -> Iterator[str]:
    yield f"contradiction {contradiction.id} ({contradiction.kind}): {contradiction.title}"
    for side in contradiction.sides:
        yield f"  {side.says}"
        for key in side.claims:
            yield from _quotes(base, base.claim(key))
    for reconciler in contradiction.reconcilers:
        yield f"  {reconciler.name.replace('_', ' ')}: {reconciler.words}"
    if contradiction.note:
        yield f"  {contradiction.note}"
    for other in base.contradictions(ContradictionFilter(subject=contradiction.subject)):
        if other.id != contradiction.id:
            yield f"  see also {other.id}: {other.title}"


def _quotes(base: View, claim: Claim) -> Iterator[str]:
    document = base.document(claim.passages[0].document)
    yield f"    {claim.id} {claim_words(claim)}"
    for passage in claim.passages:
        yield f"      “{one_line(passage.quote)}”  {document.file}:{passage.start}-{passage.end}"
