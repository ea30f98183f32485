"""The first page: what the base holds, what is new, what waits for a person, and incidents counted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from khabar.serve.charting import charts_of
from khabar.serve.rendering import doubt_of, render
from khabar.serve.seat import base_of
from khabar.store.questions import ClaimFilter, ContradictionFilter, DocumentFilter, EventFilter

__all__ = ["router"]

router = APIRouter()


class OverviewQuery(BaseModel):
    """Which time the chart of periods shows."""

    span: str = Field("", pattern=r"^(\d{4}|all)?$", description="A year, all, or nothing: the last sixty months.")


@router.get("/")
def overview(request: Request, asked: Annotated[OverviewQuery, Query()]) -> HTMLResponse:
    """Figures, the last runs, what needs a decision, charts, the incidents with most dead, and what was not read."""
    base = base_of(request)
    numbers = base.overview()
    return render(
        request,
        "overview.html",
        overview=numbers,
        runs=base.runs(limit=3),
        waiting=base.count(ClaimFilter(doubtful=doubt_of(request))),
        span=asked.span,
        charts=charts_of(base, numbers.rule, asked.span) if numbers.events else None,
        deadliest=list(base.events(EventFilter(order="killed", limit=8))),
        contradictions=list(base.contradictions(ContradictionFilter(limit=6))),
        unread=list(base.document_list(DocumentFilter(states=("unread", "failed"), limit=20))),
        problems=base.problems(),
    )
