"""Where claims stand in their documents, ready to be shown. Invariant: a document's pieces joined give its text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from khabar.records import Claim, Document
from khabar.store.base import View

__all__ = ["Piece", "Source", "pieces_of", "sources_of"]


@dataclass(frozen=True, slots=True)
class Source:
    """A report as it is named beside a quote."""

    id: str
    name: str
    publisher: str | None
    published: str
    file: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a document: claims whose evidence covers it, those that begin here, whether it was skipped."""

    text: str
    claims: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    skipped: bool = False


def sources_of(base: View, claims: Iterable[Claim]) -> dict[str, Source]:
    """The reports in which the claims stand, by document id."""
    found: dict[str, Source] = {}
    for claim in claims:
        key = claim.passages[0].document
        if key not in found:
            document = base.document(key)
            published = document.published.latest or document.published.earliest or "undated"
            name = document.title or document.external_id or document.file
            found[key] = Source(key, name, document.publisher, published, document.file)
    return found


def pieces_of(document: Document, claims: Sequence[Claim]) -> list[Piece]:
    """The document cut wherever evidence or a skipped passage begins or ends."""
    spans = [(p.start, p.end, c.id) for c in claims for p in c.passages if p.document == document.id]
    cuts = {0, len(document.text)}
    for start, end, _ in spans:
        cuts |= {start, end}
    for start, end in document.skipped:
        cuts |= {start, end}
    edges = sorted(cut for cut in cuts if 0 <= cut <= len(document.text))
    spans.sort()
    seen: set[str] = set()
    pieces: list[Piece] = []
    for start, end in pairwise(edges):
        # dict keeps the order and drops a claim whose passages overlap each other
        inside = tuple(dict.fromkeys(key for s, e, key in spans if s <= start and end <= e))
        begins = tuple(key for key in inside if key not in seen)
        seen.update(begins)
        skipped = any(s <= start and end <= e for s, e in document.skipped)
        pieces.append(Piece(document.text[start:end], inside, begins, skipped))
    return pieces
