"""Claims made by hand, for tests that need no reader. Invariant: evidence is named by its words, never by offsets."""

from __future__ import annotations

from typing import Any

from khabar.records import Claim, ClaimBody, EventBody, Extractor, Passage, Presence, Relation, Statement

__all__ = ["HAND", "bare_claim", "claim_in"]

HAND = Extractor("hand", "1", "none")
_KINDS: dict[type[ClaimBody], Any] = {
    EventBody: "event",
    Relation: "relation",
    Presence: "presence",
    Statement: "statement",
}


def claim_in(text: str, quote: str, body: ClaimBody, document: str = "d", **rest: Any) -> Claim:
    """A claim whose evidence is the first `quote` in `text`; `rest` are fields of the claim, its id "c" if none."""
    start = text.index(quote)
    return bare_claim(body, Passage(document, start, start + len(quote), quote), **rest)


def bare_claim(body: ClaimBody, passage: Passage | None = None, **rest: Any) -> Claim:
    """A claim of which only what it says matters: its evidence is a letter, unless a passage is given."""
    fields = {"id": "c", "extractor": HAND, **rest}
    return Claim(kind=_KINDS[type(body)], passages=(passage or Passage("d", 0, 1, "x"),), body=body, **fields)
