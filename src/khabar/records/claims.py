"""The atom: somebody says something, with a stance, in these characters of this archived text."""

from __future__ import annotations

from dataclasses import dataclass, field

from khabar.records.documents import Passage
from khabar.records.measures import Count, Quantity, When
from khabar.records.vocabulary import (
    ATTRIBUTION_ROLES,
    ATTRIBUTION_STANCES,
    CLAIM_KINDS,
    MODALITIES,
    PLACE_PRECISIONS,
    PRESENCE_STATUSES,
    STANCES,
    STATEMENT_KINDS,
    ClaimKind,
    need,
    one_of,
)

__all__ = [
    "ActorRef",
    "Attribution",
    "Claim",
    "ClaimBody",
    "EventBody",
    "Extractor",
    "Place",
    "Presence",
    "Relation",
    "Speaker",
    "Statement",
    "Target",
    "Weapon",
]


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
        one_of(self.precision, PLACE_PRECISIONS, "place.precision")


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
        one_of(self.stance, ATTRIBUTION_STANCES, "attribution.stance")
        one_of(self.role, ATTRIBUTION_ROLES, "attribution.role")


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
        one_of(self.status, PRESENCE_STATUSES, "presence.status")


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody says about the conflict beyond incidents and ties."""

    kind: str
    about: tuple[ActorRef, ...] = ()
    quantity: Quantity | None = None

    def __post_init__(self) -> None:
        one_of(self.kind, STATEMENT_KINDS, "statement.kind")


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
    `confidence` is the share of claims like this one that are right, `slot_confidence` the same for single values
    ("type", "when", "killed", "attribution:0" …); a value without one was not measured.
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
    slot_confidence: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        one_of(self.kind, CLAIM_KINDS, "claim.kind")
        one_of(self.stance, STANCES, "claim.stance")
        one_of(self.modality, MODALITIES, "claim.modality")
        need(self.passages, "no evidence, no claim")
        for share in (self.confidence, *(share for _slot, share in self.slot_confidence)):
            need(0.0 <= share <= 1.0, f"confidence is between 0 and 1, not {share}")
