"""Reviews and what stands because of them, as JSON and rows. Invariant: proposal and acceptance stand side by side."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Protocol

from khabar.exchange import claim_from_json, claim_to_json
from khabar.export.words import claim_words
from khabar.records import Assignment, Claim, Review

__all__ = [
    "AGREEMENT_COLUMNS",
    "ASSIGNMENT_COLUMNS",
    "REVIEW_COLUMNS",
    "Agrees",
    "Stands",
    "agreement_row",
    "assignment_json",
    "entry_json",
    "review_json",
    "review_row",
]

AGREEMENT_COLUMNS = ("between", "value", "alpha", "level", "units", "f1", "both", "left", "right")
ASSIGNMENT_COLUMNS = ("number", "document", "user", "task", "batch", "sees_machine", "by", "at", "done_at")
REVIEW_COLUMNS = ("number", "at", "by", "decision", "undoes", "claim", "proposed", "accepted", "note", "document")


class Stands(Protocol):
    """An entry of the desk; `khabar.review.bench.Entry` is one."""

    @property
    def target(self) -> str:
        """The claim first proposed."""

    @property
    def state(self) -> str:
        """proposed, accepted, corrected, own, rejected or waiting."""

    @property
    def version(self) -> int:
        """The number of the last review of it."""

    @property
    def claim(self) -> Claim:
        """What stands."""

    @property
    def proposal(self) -> Claim:
        """What was proposed."""

    @property
    def review(self) -> Review | None:
        """The review that holds."""


def review_json(review: Review) -> dict[str, Any]:
    """A review as a JSON object, claims in the exchange format."""
    return {
        "number": review.number,
        "at": review.at,
        "by": review.user,
        "decision": review.decision,
        "claim": review.target,
        "document": review.document,
        "proposed": dict(review.proposed) if review.proposed is not None else None,
        "accepted": dict(review.accepted) if review.accepted is not None else None,
        "evidence": {slot: {"start": p.start, "end": p.end, "quote": p.quote} for slot, p in review.evidence},
        "undoes": review.undoes,
        "note": review.note,
        "coding": review.coding,
    }


def review_row(review: Review) -> dict[str, Any]:
    """A review with the columns of `REVIEW_COLUMNS`: claims in words."""
    said = review_json(review)
    words = {name: _words(said[name]) for name in ("proposed", "accepted")}
    return {column: {**said, **words}[column] for column in REVIEW_COLUMNS}


def entry_json(entry: Stands) -> dict[str, Any]:
    """What stands in one place of the desk, what was proposed, and who decided."""
    return {
        "target": entry.target,
        "state": entry.state,
        "version": entry.version,
        "claim": claim_to_json(entry.claim),
        "proposal": claim_to_json(entry.proposal),
        "review": review_json(entry.review) if entry.review is not None else None,
    }


def assignment_json(given: Assignment) -> dict[str, Any]:
    """An assignment as a JSON object."""
    return {**{f.name: getattr(given, f.name) for f in fields(given)}, "done_at": given.done_at or None}


class Agrees(Protocol):
    """The agreement in one value; `khabar.review.agreement.SlotAgreement` is one."""

    @property
    def slot(self) -> str:
        """The value."""

    @property
    def level(self) -> str:
        """nominal, ordinal, interval or ratio."""

    @property
    def alpha(self) -> float | None:
        """Krippendorff's alpha, None where it is not defined."""

    @property
    def f1(self) -> float:
        """The F1 of one side against the other."""

    @property
    def units(self) -> int:
        """Pairs that alpha was worked out over."""

    @property
    def both(self) -> int:
        """Pairs with the same value."""

    @property
    def left(self) -> int:
        """What only the first side says."""

    @property
    def right(self) -> int:
        """What only the second side says."""


def agreement_row(found: Agrees) -> dict[str, Any]:
    """The agreement in one value with the columns of `AGREEMENT_COLUMNS`, without those that name the sides."""
    alpha = None if found.alpha is None else round(found.alpha, 3)
    plain = {name: getattr(found, name) for name in ("level", "units", "both", "left", "right")}
    return {"value": found.slot, "alpha": alpha, "f1": round(found.f1, 3), **plain}


def _words(said: Any) -> str:
    return claim_words(claim_from_json(said)) if said is not None else ""
