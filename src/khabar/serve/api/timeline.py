"""The timeline as JSON and CSV. What a CSV file takes out of the base names no private person."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from khabar.serve.groups import csv_of, relations_of
from khabar.serve.seat import base_of
from khabar.serve.timeline_filters import TimelineQuery, drawn_for

__all__ = ["router"]

router = APIRouter(prefix="/api", tags=["read"])

_COLUMNS = ("kind", "type", "earliest", "latest", "words", "killed", "note", "href")


@router.get("/timeline", summary="Incidents and events of groups in a year or month, by date")
def timeline(request: Request, asked: Annotated[TimelineQuery, Query()]) -> dict[str, Any]:
    """`incidents` counts all that may lie in the span; `entries` are the first 200 of them, and events of groups."""
    drawn = drawn_for(base_of(request), asked, dict(relations_of()))
    if drawn is None:
        return {"first": None, "last": None, "incidents": 0, "entries": []}
    entries = [asdict(line.entry) for line in drawn.lines]
    return {"first": drawn.axis.first, "last": drawn.axis.last, "incidents": drawn.incidents, "entries": entries}


@router.get("/timeline.csv", summary="The same as CSV")
def timeline_csv(request: Request, asked: Annotated[TimelineQuery, Query()]) -> StreamingResponse:
    """One row an entry; private persons are pseudonymised."""
    drawn = drawn_for(base_of(request), asked, dict(relations_of()))
    rows = [asdict(line.entry) for line in drawn.lines] if drawn is not None else []
    return csv_of(request, rows, _COLUMNS, "timeline")
