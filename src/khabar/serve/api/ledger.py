"""The ledger as JSON and CSV: contradictions, positions, totals. Shapes are those of `docs/assembled.md`.

What a CSV file takes out of the base names no private person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from khabar.codebook.load import load_codebook
from khabar.errors import NotFoundError
from khabar.export.conduct import pseudonyms_of
from khabar.export.contradictions import CONTRADICTION_COLUMNS, contradiction_json, contradiction_row, with_claims
from khabar.export.tables import csv_lines
from khabar.ledger import (
    POSITION_COLUMNS,
    TOTAL_COLUMNS,
    position_json,
    position_row,
    series_json,
    total_json,
    total_row,
)
from khabar.records import Contradiction
from khabar.serve.filters import PAGE_SIZE
from khabar.serve.ledger_answers import positions_for, totals_for
from khabar.serve.ledger_filters import ContradictionQuery, PositionQuery, TotalQuery
from khabar.serve.rendering import doubt_of
from khabar.serve.seat import base_of

__all__ = ["router"]

router = APIRouter(prefix="/api", tags=["ledger"])


@router.get("/contradictions", summary="Where sources disagree, a page at a time")
def contradictions(request: Request, asked: Annotated[ContradictionQuery, Query()]) -> dict[str, Any]:
    """`total` counts all of the kind; each side has its claims with their passages."""
    base = base_of(request)
    where = asked.where()
    found = [contradiction_json(c, claims) for c, claims in with_claims(base, base.contradictions(where))]
    return {"total": base.count(where), "page": asked.page, "contradictions": found}


@router.get("/contradictions.csv", summary="All contradictions of a kind, as CSV")
def contradictions_csv(request: Request, asked: Annotated[ContradictionQuery, Query()]) -> StreamingResponse:
    """One row a contradiction, its sides parted by " | "; private persons are pseudonymised."""
    base = base_of(request)
    pairs = with_claims(base, base.contradictions(asked.where(everything=True)))
    return _csv(request, (contradiction_row(c, claims) for c, claims in pairs), CONTRADICTION_COLUMNS, "contradictions")


@router.get("/contradictions/{key}", summary="One contradiction with every claim of every side")
def contradiction(request: Request, key: str) -> dict[str, Any]:
    """The contradiction of an id, or of the beginning of one."""
    base = base_of(request)
    record = base.find(key).record
    if not isinstance(record, Contradiction):
        raise NotFoundError(f"{key} is no contradiction.", "/api/contradictions lists them.")
    return next(contradiction_json(c, claims) for c, claims in with_claims(base, [record]))


@router.get("/positions", summary="What speakers said over time, where it changed")
def positions(request: Request, asked: Annotated[PositionQuery, Query()]) -> dict[str, Any]:
    """`total` counts all that the filter keeps; `positions` holds one page of 50."""
    found = asked.kept(positions_for(base_of(request)))
    shown = found[(asked.page - 1) * PAGE_SIZE : asked.page * PAGE_SIZE]
    return {"total": len(found), "page": asked.page, "positions": [position_json(p) for p in shown]}


@router.get("/positions.csv", summary="All positions that changed, as CSV")
def positions_csv(request: Request, asked: Annotated[PositionQuery, Query()]) -> StreamingResponse:
    """One row a position, its steps parted by " | "; private persons are pseudonymised."""
    found = asked.kept(positions_for(base_of(request)))
    return _csv(request, map(position_row, found), POSITION_COLUMNS, "positions")


@router.get("/totals", summary="Totals with what the base explains of them, a page at a time")
def totals(request: Request, asked: Annotated[TotalQuery, Query()]) -> dict[str, Any]:
    """`total` counts all that the filter keeps; `series` are totals of one origin, period by period."""
    every = totals_for(base_of(request))
    found = asked.kept(every.found)
    shown = found[(asked.page - 1) * PAGE_SIZE : asked.page * PAGE_SIZE]
    series = [series_json(s) for s in asked.kept_series(every.series)]
    return {"total": len(found), "page": asked.page, "totals": [total_json(t) for t in shown], "series": series}


@router.get("/totals.csv", summary="All totals with what the base explains of them, as CSV")
def totals_csv(request: Request, asked: Annotated[TotalQuery, Query()]) -> StreamingResponse:
    """One row a total; private persons are pseudonymised."""
    found = asked.kept(totals_for(base_of(request)).found)
    return _csv(request, map(total_row, found), TOTAL_COLUMNS, "totals")


def _csv(request: Request, rows: Iterable[Mapping[str, Any]], columns: Sequence[str], name: str) -> StreamingResponse:
    pseudonyms = pseudonyms_of(base_of(request), load_codebook().relations, doubt_of(request))
    lines = (f"{line}\n" for line in csv_lines((pseudonyms.applied(row) for row in rows), columns))
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)
