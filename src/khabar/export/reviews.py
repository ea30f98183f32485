"""Reviews and what stands because of them, as JSON and rows. Invariant: proposal and acceptance stand side by side."""

from __future__ import annotations

from typing import Any, Protocol

from khabar.exchange import claim_from_json, claim_to_json
from khabar.export.words import claim_words
from khabar.records import Claim, Review

__all__ = ["REVIEW_COLUMNS", "Stands", "entry_json", "review_json", "review_row"]

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


def _words(said: Any) -> str:
    return claim_words(claim_from_json(said)) if said is not None else ""
