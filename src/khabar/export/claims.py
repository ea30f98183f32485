"""A claim as one flat row for spreadsheets; the JSON shape is `khabar.exchange`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from khabar.export.words import claim_words
from khabar.records import Claim, Document
from khabar.store.base import View

__all__ = ["CLAIM_COLUMNS", "claim_row", "with_documents"]

CLAIM_COLUMNS = (
    "id",
    "kind",
    "says",
    "speaker",
    "stance",
    "modality",
    "date_earliest",
    "date_latest",
    "quote",
    "start",
    "end",
    "document",
    "file",
    "confidence",
    "value_confidence",
    "extractor",
    "codebook",
)


def claim_row(claim: Claim, document: Document | None = None) -> dict[str, Any]:
    """The claim with the columns of `CLAIM_COLUMNS`; the first passage stands for the evidence."""
    passage = claim.passages[0]
    return {
        "id": claim.id,
        "kind": claim.kind,
        "says": claim_words(claim),
        "speaker": claim.speaker.name if claim.speaker else None,
        "stance": claim.stance,
        "modality": claim.modality,
        "date_earliest": claim.when.earliest,
        "date_latest": claim.when.latest,
        "quote": passage.quote,
        "start": passage.start,
        "end": passage.end,
        "document": passage.document,
        "file": document.file if document else None,
        "confidence": round(claim.confidence, 3),
        "value_confidence": "; ".join(f"{slot} {share:.2f}" for slot, share in claim.slot_confidence),
        "extractor": f"{claim.extractor.name} {claim.extractor.version}",
        "codebook": claim.extractor.codebook,
    }


def with_documents(base: View, found: Iterable[Claim]) -> Iterator[tuple[Claim, Document]]:
    """Each claim with its document; claims come document by document, so one is held at a time."""
    held: Document | None = None
    for claim in found:
        if held is None or held.id != claim.passages[0].document:
            held = base.document(claim.passages[0].document)
        yield claim, held
