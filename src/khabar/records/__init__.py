"""The nouns of Khabar. Invariant: every record is frozen and validated when made; nothing here computes or does I/O.

Offsets are 0-based code points of `Document.text`, end exclusive. Dates are ISO strings (`YYYY-MM-DD`), so that
records serialise as they are; an absent bound is None and means "the text leaves it open".
The claim format these records carry is described in `docs/claims.md`.
"""

from __future__ import annotations

from khabar.records.assembled import (
    Actor,
    ActorName,
    Contradiction,
    Derived,
    Event,
    Judgement,
    Reason,
    Reconciliation,
    Review,
    Side,
    Value,
)
from khabar.records.claims import (
    ActorRef,
    Attribution,
    Claim,
    ClaimBody,
    EventBody,
    Extractor,
    Place,
    Presence,
    Relation,
    Speaker,
    Statement,
    Target,
    Weapon,
)
from khabar.records.decisions import (
    Asked,
    Decision,
    Party,
)
from khabar.records.documents import (
    Document,
    Edit,
    Passage,
)
from khabar.records.measures import (
    Count,
    Interval,
    Quantity,
    When,
)
from khabar.records.vocabulary import (
    ACTOR_KINDS,
    ACTS,
    ATTRIBUTION_ROLES,
    ATTRIBUTION_STANCES,
    CLAIM_KINDS,
    CONTRADICTION_KINDS,
    DATE_PRECISIONS,
    GENRES,
    MODALITIES,
    NAME_KINDS,
    PLACE_PRECISIONS,
    PRESENCE_STATUSES,
    STANCES,
    STATEMENT_KINDS,
    VERDICTS,
    ClaimKind,
)

__all__ = [
    "ACTOR_KINDS",
    "ACTS",
    "ATTRIBUTION_ROLES",
    "ATTRIBUTION_STANCES",
    "CLAIM_KINDS",
    "CONTRADICTION_KINDS",
    "DATE_PRECISIONS",
    "GENRES",
    "MODALITIES",
    "NAME_KINDS",
    "PLACE_PRECISIONS",
    "PRESENCE_STATUSES",
    "STANCES",
    "STATEMENT_KINDS",
    "VERDICTS",
    "Actor",
    "ActorName",
    "ActorRef",
    "Asked",
    "Attribution",
    "Claim",
    "ClaimBody",
    "ClaimKind",
    "Contradiction",
    "Count",
    "Decision",
    "Derived",
    "Document",
    "Edit",
    "Event",
    "EventBody",
    "Extractor",
    "Interval",
    "Judgement",
    "Party",
    "Passage",
    "Place",
    "Presence",
    "Quantity",
    "Reason",
    "Reconciliation",
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
