"""The closed word lists of the claim format, and the two checks every record is made with."""

from __future__ import annotations

import re
from typing import Literal

from khabar.errors import RecordError

__all__ = [
    "ACTOR_KINDS",
    "ACTS",
    "ATTRIBUTION_ROLES",
    "ATTRIBUTION_STANCES",
    "CLAIM_KINDS",
    "CONTRADICTION_KINDS",
    "DATE_PRECISIONS",
    "GENRES",
    "ISO_DAY",
    "MODALITIES",
    "NAME_KINDS",
    "PLACE_PRECISIONS",
    "PRESENCE_STATUSES",
    "REVIEW_ACTS",
    "STANCES",
    "STATEMENT_KINDS",
    "TASKS",
    "VERDICTS",
    "ClaimKind",
    "need",
    "one_of",
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
CONTRADICTION_KINDS = (
    "toll",
    "date",
    "place",
    "attribution",
    "presence",
    "existence",
    "affiliation",
    "leadership",
    "death",
    "tie",
    "relation_date",
    "designation_date",
    "total",
)
VERDICTS = ("same", "different", "unsure")
ACTS = (*VERDICTS, "merge", "split", "undo")
REVIEW_ACTS = ("accept", "correct", "reject", "add", "undo")
TASKS = ("review", "coding", "adjudication")

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def need(condition: object, message: str) -> None:
    """Raise RecordError with `message` unless the condition holds."""
    if not condition:
        raise RecordError(message)


def one_of(value: str, allowed: tuple[str, ...], where: str) -> None:
    """Raise RecordError unless `value` is a word of the closed list."""
    if value not in allowed:  # the message is put together for those alone who need it: records are made by the million
        raise RecordError(f"{where}: {value!r} is not one of {', '.join(allowed)}")
