"""Search, reports and statements as JSON and CSV. What a CSV file takes out of the base names no private person, and no
file holds the text of a report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from khabar.exchange import claim_to_json
from khabar.export.claims import CLAIM_COLUMNS, claim_row, with_documents
from khabar.export.words import claim_words
from khabar.resolution.wording import event_words
from khabar.serve.filters import PAGE_SIZE
from khabar.serve.finding import Found, found_for
from khabar.serve.groups import csv_of
from khabar.serve.seat import base_of
from khabar.serve.text_filters import DocumentQuery, SearchQuery, StatementQuery
from khabar.store.questions import DocumentSummary
from khabar.text import file_name

__all__ = ["router"]

router = APIRouter(prefix="/api", tags=["read"])

_FOUND = ("kind", "id", "words", "snippet")
_DOCUMENT = (
    "id", "title", "author", "publisher", "published_earliest", "published_latest", "published_by", "language", "genre",
    "state", "message", "characters", "claims", "file", "external_id", "url",
)  # fmt: skip


@router.get("/search", summary="Incidents, actors, reports and claims that have all the words")
def search(request: Request, asked: Annotated[SearchQuery, Query()]) -> dict[str, Any]:
    """The first few of each kind, or one page of 50 of the `kind` asked for; `more` names the kinds that go on."""
    found = found_for(base_of(request), asked, PAGE_SIZE)
    rows = list(_found_rows(found))
    return {"text": asked.text, "page": asked.page, "more": sorted(found.more), "found": rows}


@router.get("/search.csv", summary="The same as CSV")
def search_csv(request: Request, asked: Annotated[SearchQuery, Query()]) -> StreamingResponse:
    """One row a record; private persons are pseudonymised."""
    return csv_of(request, _found_rows(found_for(base_of(request), asked, PAGE_SIZE)), _FOUND, "search")


@router.get("/documents", summary="Reports that a filter keeps, a page at a time")
def documents(request: Request, asked: Annotated[DocumentQuery, Query()]) -> dict[str, Any]:
    """`total` counts all; `documents` holds one page of 50, without their texts."""
    base, where = base_of(request), asked.where()
    return {
        "total": base.count(where),
        "page": asked.page,
        "documents": [_document(d) for d in base.document_list(where)],
    }


@router.get("/documents.csv", summary="All reports that a filter keeps, as CSV")
def documents_csv(request: Request, asked: Annotated[DocumentQuery, Query()]) -> StreamingResponse:
    """One row a report, without its text."""
    rows = map(_document, base_of(request).document_list(asked.where(everything=True)))
    return csv_of(request, rows, _DOCUMENT, "documents")


@router.get("/statements", summary="Statements that a filter keeps, a page at a time")
def statements(request: Request, asked: Annotated[StatementQuery, Query()]) -> dict[str, Any]:
    """`total` counts all; `statements` holds one page of 50, with their evidence."""
    base = base_of(request)
    where = asked.where(base)
    found = [claim_to_json(claim, document) for claim, document in with_documents(base, base.claims(where))]
    return {"total": base.count(where), "page": asked.page, "statements": found}


@router.get("/statements.csv", summary="All statements that a filter keeps, as CSV")
def statements_csv(request: Request, asked: Annotated[StatementQuery, Query()]) -> StreamingResponse:
    """One row a statement; private persons are pseudonymised."""
    base = base_of(request)
    pairs = with_documents(base, base.claims(asked.where(base, everything=True)))
    return csv_of(request, (claim_row(claim, document) for claim, document in pairs), CLAIM_COLUMNS, "statements")


def _found_rows(found: Found) -> Iterator[dict[str, Any]]:
    for summary in found.actors:
        names = ", ".join(name.text for name in summary.actor.names[1:5])
        yield {"kind": "actor", "id": summary.actor.id, "words": summary.actor.names[0].text, "snippet": names}
    for event in found.incidents:
        words = event_words(event) if "type" in event.derived else "incident"
        yield {"kind": "incident", "id": event.id, "words": words, "snippet": ""}
    for hit in found.documents:
        yield {
            "kind": "document",
            "id": hit.document,
            "words": hit.title or file_name(hit.file),
            "snippet": hit.snippet,
        }
    for claim in found.claims:
        yield {"kind": "claim", "id": claim.id, "words": claim_words(claim), "snippet": claim.passages[0].quote}


def _document(document: DocumentSummary) -> dict[str, Any]:
    row = asdict(document)
    published = row.pop("published")
    row |= {"published_earliest": published["earliest"], "published_latest": published["latest"]}
    return {name: row[name] for name in _DOCUMENT}
