"""The nouns of Khabar. Invariant: every record is frozen and validated when made; nothing here computes or does I/O.

Offsets are 0-based code points of `Document.text`, end exclusive. Dates are ISO strings (`YYYY-MM-DD`), so that
records serialise as they are; an absent bound is None and means "the text leaves it open".
The claim format these records carry is described in `docs/claims.md`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from khabar.errors import RecordError

__all__ = [
    "Actor",
    "ActorName",
    "ActorRef",
    "Attribution",
    "Claim",
    "ClaimBody",
    "Contradiction",
    "Count",
    "Derived",
    "Document",
    "Edit",
    "Event",
    "EventBody",
    "Extractor",
    "Interval",
    "Judgement",
    "Passage",
    "Place",
    "Presence",
    "Quantity",
    "Reason",
    "Relation",
    "Review",
    "Side",
    "Speaker",
    "Statement",
    "Target",
    "Value",
    "Weapon",
    "When",
]

ClaimKind = Literal["event", "relation", "presence", "statement"]
CLAIM_KINDS = ("event", "relation", "presence", "statement")
STANCES = ("asserted", "claimed", "denied", "blamed", "suspected", "hedged")
MODALITIES = ("actual", "attempted", "planned", "foiled", "predicted", "hypothetical", "negated")
DATE_PRECISIONS = ("day", "week", "month", "quarter", "year", "range", "unknown")
PLACE_PRECISIONS = ("exact", "near", "adm2", "adm1", "region", "country")
ATTRIBUTION_STANCES = ("asserted", "claimed", "blamed", "suspected", "denied")
ATTRIBUTION_ROLES = ("perpetrator", "executor", "funder", "claimant", "planner")
PRESENCE_STATUSES = ("present", "absent", "denied", "claimed", "hedged")
STATEMENT_KINDS = (
    "denial_of_presence",
    "assertion_of_presence",
    "estimate",
    "assessment",
    "forecast",
    "warning",
    "recommendation",
    "accusation",
)
ACTOR_KINDS = ("organization", "person", "state", "agency")
NAME_KINDS = ("name", "alias", "acronym", "former", "transliteration")
GENRES = ("news", "analysis", "op-ed", "list", "release")
VERDICTS = ("same", "different", "unsure")

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def _need(condition: object, message: str) -> None:
    if not condition:
        raise RecordError(message)


def _one_of(value: str, allowed: tuple[str, ...], where: str) -> None:
    _need(value in allowed, f"{where}: {value!r} is not one of {', '.join(allowed)}")


# ------------------------------------------------------------------ time and number


@dataclass(frozen=True, slots=True)
class Interval:
    """The first and the last possible day; None is an open bound."""

    earliest: str | None = None
    latest: str | None = None

    def __post_init__(self) -> None:
        for bound in (self.earliest, self.latest):
            _need(bound is None or _ISO_DAY.match(bound), f"not an ISO day: {bound!r}")
        _need(
            not (self.earliest and self.latest) or self.earliest <= self.latest,  # type: ignore[operator]
            f"interval runs backwards: {self.earliest} to {self.latest}",
        )


@dataclass(frozen=True, slots=True)
class When:
    """When something happened, as tight as the text allows, with the words that said so."""

    earliest: str | None = None
    latest: str | None = None
    precision: str = "unknown"
    text: str | None = None

    def __post_init__(self) -> None:
        Interval(self.earliest, self.latest)
        _one_of(self.precision, DATE_PRECISIONS, "when.precision")


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people as bounds: "at least 29" is low 29, best 29, high None; "dozens" low 24, best None."""

    low: int | None
    best: int | None
    high: int | None
    text: str = ""

    def __post_init__(self) -> None:
        known = [n for n in (self.low, self.best, self.high) if n is not None]
        _need(known, "a count needs at least one of low, best and high")
        _need(known == sorted(known), f"count bounds out of order: {self.low}, {self.best}, {self.high}")
        _need(known[0] >= 0, "a count is not negative")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated number of anything: what is counted (`unit`) and of whom (`population`)."""

    low: float | None
    best: float | None
    high: float | None
    unit: str = ""
    population: str = ""


# ------------------------------------------------------------------ documents


@dataclass(frozen=True, slots=True)
class Edit:
    """One repair: `Document.text[start:end]` is read as `replacement`, because `why`."""

    start: int
    end: int
    replacement: str
    why: str


@dataclass(frozen=True, slots=True)
class Document:
    """An archived report.

    `text` is what offsets refer to: the decoded file for plain text, the extracted text for everything else.
    Readers read `text` with `repairs` applied and `skipped` spans (boilerplate) left out; see `khabar.text.Repaired`.
    `published_by` says how the publication interval was found: operator, metadata, text, file, or open.
    `unread` is None or the reason why the document is archived but never coded (language, empty text).
    """

    id: str
    text: str
    file: str = ""
    external_id: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    genre: str = "news"
    published: Interval = field(default_factory=Interval)
    published_by: str = "open"
    retrieved_at: str | None = None
    media_type: str = "text/plain"
    repairs: tuple[Edit, ...] = ()
    skipped: tuple[tuple[int, int], ...] = ()
    unread: str | None = None

    def __post_init__(self) -> None:
        _need(self.id, "a document needs an id")
        _one_of(self.genre, GENRES, "document.genre")


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters of one document; `quote` is kept beside the offsets so that a claim can be checked on its own."""

    document: str
    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        _need(0 <= self.start < self.end, f"passage offsets out of order: {self.start}, {self.end}")
        _need(len(self.quote) == self.end - self.start, "a quote is as long as its passage")


# ------------------------------------------------------------------ claims


@dataclass(frozen=True, slots=True)
class ActorRef:
    """An actor as a claim names it: the words, the canonical name, and the dictionary or corpus id if known."""

    text: str
    name: str
    id: str | None = None
    kind: str = "organization"


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the text names it and the gazetteer knows it; `id` is a GeoNames id or one of our supplement."""

    text: str
    name: str
    id: int | None = None
    kind: str = ""
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: str = "exact"

    def __post_init__(self) -> None:
        _one_of(self.precision, PLACE_PRECISIONS, "place.precision")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it. `actor` is the actor they speak for; `via` the chain ("the minister, according to state TV")."""

    name: str
    actor: str | None = None
    role: str | None = None
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to have done it, with what stance, in what role, by whom and through which channel."""

    actor: ActorRef
    stance: str
    role: str = "perpetrator"
    by: str | None = None
    channel: str | None = None

    def __post_init__(self) -> None:
        _one_of(self.stance, ATTRIBUTION_STANCES, "attribution.stance")
        _one_of(self.role, ATTRIBUTION_ROLES, "attribution.role")


@dataclass(frozen=True, slots=True)
class Target:
    """Who or what was attacked, in the text's words, with a class of the codebook."""

    text: str
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Weapon:
    """The means, in the text's words, with a class of the codebook."""

    text: str
    category: str | None = None


@dataclass(frozen=True, slots=True)
class EventBody:
    """An incident, or with `aggregate` a total with a scope ("nine attacks in 2016"), which is never an incident.

    `aggregate` is the number of incidents summed up, or None for an incident; -1 where the text gives no number.
    `attackers_killed` is counted apart from `killed`, which holds victims (or, in operations, the militants).
    """

    type: str
    subtype: str | None = None
    aggregate: int | None = None
    places: tuple[Place, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    targets: tuple[Target, ...] = ()
    weapon: Weapon | None = None
    killed: Count | None = None
    injured: Count | None = None
    arrested: Count | None = None
    abducted: Count | None = None
    attackers_killed: Count | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A dated tie between two actors; the direction of each type is in the codebook."""

    type: str
    subject: ActorRef
    object: ActorRef


@dataclass(frozen=True, slots=True)
class Presence:
    """An actor said to be, or not to be, in a place; `degree` in the text's words ("strongholds", "cells")."""

    actor: ActorRef
    place: Place
    status: str
    degree: str | None = None

    def __post_init__(self) -> None:
        _one_of(self.status, PRESENCE_STATUSES, "presence.status")


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody says about the conflict beyond incidents and ties."""

    kind: str
    about: tuple[ActorRef, ...] = ()
    quantity: Quantity | None = None

    def __post_init__(self) -> None:
        _one_of(self.kind, STATEMENT_KINDS, "statement.kind")


ClaimBody = EventBody | Relation | Presence | Statement


@dataclass(frozen=True, slots=True)
class Extractor:
    """Which program, in which version, under which codebook, made a claim."""

    name: str
    version: str
    codebook: str


@dataclass(frozen=True, slots=True)
class Claim:
    """The atom: somebody (`speaker`, None is the document) says `body`, with a stance, in these passages.

    `id` is a hash of content (not of extractor or confidence), so the same reading of the same text is one claim.
    """

    id: str
    kind: ClaimKind
    passages: tuple[Passage, ...]
    body: ClaimBody
    extractor: Extractor
    speaker: Speaker | None = None
    stance: str = "asserted"
    modality: str = "actual"
    when: When = field(default_factory=When)
    confidence: float = 0.5

    def __post_init__(self) -> None:
        _one_of(self.kind, CLAIM_KINDS, "claim.kind")
        _one_of(self.stance, STANCES, "claim.stance")
        _one_of(self.modality, MODALITIES, "claim.modality")
        _need(self.passages, "no evidence, no claim")
        _need(0.0 <= self.confidence <= 1.0, f"confidence is between 0 and 1, not {self.confidence}")


# ------------------------------------------------------------------ actors and events


@dataclass(frozen=True, slots=True)
class ActorName:
    """One name of an actor, with what kind of name it is and where it is known from."""

    text: str
    kind: str = "name"
    script: str = "Latn"
    source: str = ""

    def __post_init__(self) -> None:
        _one_of(self.kind, NAME_KINDS, "actor name kind")


@dataclass(frozen=True, slots=True)
class Actor:
    """An organised group, agency, state or person of public record; `names[0]` is the name shown."""

    id: str
    kind: str
    names: tuple[ActorName, ...]
    parent: str | None = None
    country: str | None = None
    external_ids: tuple[tuple[str, str], ...] = ()
    valid: Interval = field(default_factory=Interval)

    def __post_init__(self) -> None:
        _one_of(self.kind, ACTOR_KINDS, "actor.kind")
        _need(self.names, f"actor {self.id} needs a name")


@dataclass(frozen=True, slots=True)
class Value:
    """One stated value of one field of an event, and the claims that state it."""

    value: Any
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """The value shown for a field, and the named rule that chose it among the stated ones."""

    value: Any
    rule: str


@dataclass(frozen=True, slots=True)
class Event:
    """An incident assembled from claims: every stated value is kept, the shown one is derived by a named rule.

    Field names: type, when, places, targets, weapon, killed, injured, arrested, abducted, attackers_killed,
    modality, attributions. Values are plain JSON in the shape of the claim format.
    """

    id: str
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    values: dict[str, tuple[Value, ...]]
    derived: dict[str, Derived]
    origins: int = 1
    unsure_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two things were (not) judged the same: a feature's name, its value from -1 to 1, and words for people."""

    feature: str
    score: float
    words: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """left and right (claim ids, or actor names) are the same, different, or unsure; by a rule or a user; why."""

    left: str
    right: str
    verdict: str
    by: str
    when: str
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        _one_of(self.verdict, VERDICTS, "judgement.verdict")
        _need(self.left != self.right, "a judgement is about two things")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a contradiction: what is said, by which claims."""

    says: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Claims that cannot all hold as they stand. `kind`: toll, date, place, attribution, presence,
    relation_date, leadership.

    `subject` is the event id, actor id or relation key they are about; `note` says what would reconcile them.
    """

    id: str
    kind: str
    subject: str
    title: str
    sides: tuple[Side, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A person's decision about a claim or an event; proposal and acceptance are kept side by side."""

    target: str
    proposed: Any
    accepted: Any
    decision: str
    user: str
    at: str
    note: str = ""
