"""What is doubtful in a claim, in words and as rows of the review queue. Invariant: a doubtful value is marked, never
taken away; a claim below the threshold is not coded, but shown with its passage.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from khabar.exchange import claim_to_json
from khabar.export.claims import claim_row
from khabar.records import Claim, Document, EventBody

__all__ = ["QUEUE_COLUMNS", "doubt_words", "doubtful_values", "percent", "queue_json", "queue_row", "share_of"]

QUEUE_COLUMNS = (
    "id",
    "kind",
    "says",
    "doubtful",
    "confidence",
    "coded",
    "quote",
    "start",
    "end",
    "document",
    "file",
)

_WORDS = {"when": "date", "places": "place", "attackers_killed": "attackers killed", "kind": "kind of statement"}


def percent(share: float) -> str:
    """A share as people read it: "88 %"."""
    return f"{100 * share:.0f} %"


def doubtful_values(claim: Claim, doubt: float) -> list[tuple[str, float]]:
    """The values whose confidence lies below the threshold, the least sure first, each in words with its share."""
    low = sorted((share, slot) for slot, share in claim.slot_confidence if share < doubt)
    return [(_words(claim, slot), share) for share, slot in low]


def doubt_words(claim: Claim, doubt: float) -> str:
    """What is doubtful, in a line: "the claim (43 %); place (48 %)"; empty where nothing is."""
    whole = [("the claim", claim.confidence)] if claim.confidence < doubt else []
    return "; ".join(f"{name} ({percent(share)})" for name, share in [*whole, *doubtful_values(claim, doubt)])


def share_of(claim: Claim, field: str, value: Any) -> float | None:
    """How sure a claim is of the value it gives a field of its incident; None where that was not measured."""
    shares = dict(claim.slot_confidence)
    if field != "attributions":
        return shares.get(field)
    stated = claim.body.attributions if isinstance(claim.body, EventBody) else ()
    asked = (value.get("actor"), value.get("stance")) if isinstance(value, Mapping) else (None, None)
    same = [i for i, a in enumerate(stated) if a.stance == asked[1] and asked[0] in (a.actor.name, a.actor.text)]
    same = same or [i for i, a in enumerate(stated) if a.stance == asked[1]]  # the name shown may be the corpus's
    return shares.get(f"attribution:{same[0]}") if len(same) == 1 else None


def queue_row(claim: Claim, document: Document, doubt: float) -> dict[str, Any]:
    """The claim with the columns of `QUEUE_COLUMNS`."""
    coded = "yes" if claim.confidence >= doubt else "no"
    row = {**claim_row(claim, document), "doubtful": doubt_words(claim, doubt), "coded": coded}
    return {column: row[column] for column in QUEUE_COLUMNS}


def queue_json(claim: Claim, document: Document, doubt: float) -> dict[str, Any]:
    """The claim in the exchange shape, with what is doubtful in words and whether it is coded all the same."""
    coded = claim.confidence >= doubt
    return {**claim_to_json(claim, document), "doubtful": doubt_words(claim, doubt), "coded": coded}


def _words(claim: Claim, slot: str) -> str:
    name, _, number = slot.partition(":")
    if name == "attribution" and isinstance(claim.body, EventBody):
        return f"attribution to {claim.body.attributions[int(number)].actor.name}"
    return _WORDS.get(name, name)
