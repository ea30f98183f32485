"""The API: the same records as the pages, as JSON. Shapes are those of `docs/claims.md`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from khabar.codebook.load import load_codebook
from khabar.exchange import claim_to_json
from khabar.export.claims import with_documents
from khabar.export.conduct import pseudonyms_of
from khabar.export.incidents import INCIDENT_COLUMNS, incident_json, incident_row
from khabar.export.tables import csv_lines
from khabar.records import Event
from khabar.serve.filters import IncidentQuery, RuleQuery
from khabar.serve.rendering import doubt_of
from khabar.serve.seat import base_of
from khabar.serve.shown import rule_of, shown_by
from khabar.store.base import View
from khabar.store.questions import ClaimFilter, DocumentFilter

__all__ = ["router"]

router = APIRouter(prefix="/api", tags=["read"])

_MANY = 500  # reports in one question


def _files(base: View, events: list[Event]) -> dict[str, tuple[str | None, str]]:
    """Of the reports of these incidents the caller's id and the file; their texts are not read."""
    keys = sorted({key for event in events for key in event.documents})
    parts = (tuple(keys[start : start + _MANY]) for start in range(0, len(keys), _MANY))
    return {d.id: (d.external_id, d.file) for ids in parts for d in base.document_list(DocumentFilter(ids=ids))}


@router.get("/incidents", summary="Incidents that a filter keeps, a page at a time")
def incidents(request: Request, asked: Annotated[IncidentQuery, Query()]) -> dict[str, Any]:
    """`total` counts all that the filter keeps; `incidents` holds one page of 50, with values shown by `rule`."""
    base = base_of(request)
    where = asked.where(base)
    events = list(shown_by(request, asked.rule).events(base.events(where)))
    files = _files(base, events)
    rule = rule_of(request, asked.rule)
    return {
        "total": base.count(where),
        "page": asked.page,
        "rule": rule,
        "incidents": [incident_json(e, files) for e in events],
    }


@router.get("/incidents.csv", summary="All incidents that a filter keeps, as CSV")
def incidents_csv(request: Request, asked: Annotated[IncidentQuery, Query()]) -> StreamingResponse:
    """The derived values of the incidents that the filter keeps; private persons are pseudonymised."""
    base = base_of(request)
    found = base.events(replace(asked.where(base), limit=None, offset=0))
    events = list(shown_by(request, asked.rule).events(found))
    files = _files(base, events)
    pseudonyms = pseudonyms_of(base, load_codebook().relations, doubt_of(request))
    rows = (pseudonyms.applied(incident_row(event, files)) for event in events)
    lines: Iterator[str] = (f"{line}\n" for line in csv_lines(rows, INCIDENT_COLUMNS))
    headers = {"Content-Disposition": 'attachment; filename="incidents.csv"'}
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/incidents/{key}", summary="One incident with every stated value and its claims")
def incident(request: Request, key: str, asked: Annotated[RuleQuery, Query()]) -> dict[str, Any]:
    """The incident and its claims with their evidence."""
    base = base_of(request)
    event = shown_by(request, asked.rule).event(base.event(key))
    claims = base.claims(ClaimFilter(event=event.id))
    evidence = [claim_to_json(claim, document) for claim, document in with_documents(base, claims)]
    return {**incident_json(event, _files(base, [event])), "evidence": evidence}


@router.get("/claims/{key}", summary="One claim")
def claim(request: Request, key: str) -> dict[str, Any]:
    """The claim with its evidence and document."""
    base = base_of(request)
    found = base.claim(key)
    return claim_to_json(found, base.document(found.passages[0].document))


@router.get("/overview", summary="What the base holds, in numbers")
def overview(request: Request) -> dict[str, Any]:
    """Counts of documents, claims by kind, incidents, actors and contradictions."""
    numbers = base_of(request).overview()
    names = ("documents", "read", "pending", "failed", "unread", "events", "actors", "contradictions", "problems")
    return {**{name: getattr(numbers, name) for name in names}, "claims": dict(numbers.claims)}
