"""The ledger beside contradictions: positions over time, and totals with what the base explains of them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from khabar.resolution.positions import POSITION_KINDS
from khabar.serve.evidence import sources_of
from khabar.serve.filters import PAGE_SIZE, Pages
from khabar.serve.ledger_answers import positions_for, totals_for
from khabar.serve.ledger_filters import PositionQuery, TotalQuery
from khabar.serve.rendering import render
from khabar.serve.seat import base_of
from khabar.store.questions import ClaimFilter

__all__ = ["router"]

router = APIRouter()


@router.get("/positions")
def positions(request: Request, asked: Annotated[PositionQuery, Query()]) -> HTMLResponse:
    """What speakers said over time, where it changed, each step with its passages."""
    base = base_of(request)
    found = asked.kept(positions_for(base))
    shown = found[(asked.page - 1) * PAGE_SIZE : asked.page * PAGE_SIZE]
    ids = tuple(dict.fromkeys(key for p in shown for step in p.steps for key in step.claims))
    claims = {claim.id: claim for claim in base.claims(ClaimFilter(ids=ids))} if ids else {}
    return render(
        request,
        "positions.html",
        positions=shown,
        claims=claims,
        sources=sources_of(base, claims.values()),
        kinds=POSITION_KINDS,
        pages=Pages(asked.page, len(found), PAGE_SIZE),
        values=asked.model_dump(exclude={"page"}),
    )


@router.get("/totals")
def totals(request: Request, asked: Annotated[TotalQuery, Query()]) -> HTMLResponse:
    """Totals that reports give, the passage of each, and the incidents that fall into its scope."""
    base = base_of(request)
    every = totals_for(base)
    found = asked.kept(every.found)
    shown = found[(asked.page - 1) * PAGE_SIZE : asked.page * PAGE_SIZE]
    return render(
        request,
        "totals.html",
        totals=shown,
        series=asked.kept_series(every.series) if asked.page == 1 else (),
        claims=every.claims,
        events=every.events,
        sources=sources_of(base, [every.claims[t.claim] for t in shown]),
        pages=Pages(asked.page, len(found), PAGE_SIZE),
        values=asked.model_dump(exclude={"page"}),
    )
