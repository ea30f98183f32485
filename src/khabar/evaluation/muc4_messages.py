"""A message of MUC-4 as Khabar reads it. Invariant: nothing of the key is in it.

`reports` are the words that report events, by sentence and token, with the incident type that they tell of: one of the
template types, else the harm they tell of ("killed"), else "other".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from khabar.codebook.model import Codebook
from khabar.extraction.indexed import Indexed, index_reading
from khabar.extraction.triggers import find_hits
from khabar.reading.model import Reading
from khabar.records import Claim, EventBody

__all__ = ["EventClaim", "Message", "read_message", "scenes", "template_type"]

_TOLD = ("actual", "attempted")
_PRECISE = ("exact", "near", "adm2")


def template_type(event: str | None, book: Codebook) -> str:
    """The label, in lower case, of the nearest type above `event` that the codebook labels in capitals; else ''."""
    while event is not None and event in book.events:
        label = book.events[event].label
        if label.isupper():
            return label.lower()
        event = book.events[event].parent
    return ""


@dataclass(frozen=True, slots=True)
class EventClaim:
    """A claim of an event, the template type its type counts as ('' for none), and the sentences it stands in."""

    claim: Claim
    body: EventBody
    type: str
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it was read; see the module's description."""

    index: Indexed
    claims: tuple[EventClaim, ...]
    at: Mapping[int, Sequence[EventClaim]]
    reports: Mapping[tuple[int, int], str]


def read_message(reading: Reading, claims: Iterable[Claim], book: Codebook) -> Message:
    """The parts of a reading and of its claims that templates are made of."""
    index = index_reading(reading, book)
    spans = [reading.locate(s.start, s.end) for s in reading.sentences]
    events = []
    for claim in claims:
        if isinstance(claim.body, EventBody):
            inside = (
                n for n, s in enumerate(spans) if any(s.start < p.end and p.start < s.end for p in claim.passages)
            )
            events.append(EventClaim(claim, claim.body, template_type(claim.body.type, book), tuple(inside)))
    at: dict[int, list[EventClaim]] = {}
    for event in events:
        for number in event.sentences:
            at.setdefault(number, []).append(event)
    reports: dict[tuple[int, int], str] = {}
    for line in index.sentences:
        for hit in find_hits(line, book) if line.sentence.tokens else ():
            kind = hit.trigger.event if hit.trigger is not None else None
            reports[line.index, hit.token] = template_type(kind, book) or hit.effect or "other"
    return Message(index, tuple(events), at, reports)


def scenes(message: Message, kind: str) -> list[tuple[EventClaim, ...]]:
    """The claims of a template type, one group for each incident: claims are of one incident unless their days or their
    exact places differ.
    """
    found: list[list[EventClaim]] = []
    for event in message.claims:
        if event.type == kind and event.claim.modality in _TOLD and event.sentences:
            scene = next((s for s in found if not any(_apart(event, other) for other in s)), None)
            if scene is None:
                found.append([event])
            else:
                scene.append(event)
    return [tuple(scene) for scene in found]


def _apart(one: EventClaim, other: EventClaim) -> bool:
    first, second = one.claim.when, other.claim.when
    if first.latest and second.earliest and first.latest < second.earliest:
        return True
    if second.latest and first.earliest and second.latest < first.earliest:
        return True
    places, others = ({p.name for p in e.body.places if p.precision in _PRECISE} for e in (one, other))
    return bool(places and others) and not places & others
