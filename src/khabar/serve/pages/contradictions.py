"""Contradictions: both sides of each, with their passages, side by side."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from khabar.records import CONTRADICTION_KINDS, Claim, Contradiction
from khabar.resolution.ledger import RECONCILERS
from khabar.serve.evidence import sources_of
from khabar.serve.filters import PAGE_SIZE, Pages
from khabar.serve.ledger_filters import ContradictionQuery
from khabar.serve.rendering import render
from khabar.serve.seat import base_of
from khabar.store.base import View
from khabar.store.questions import ClaimFilter

__all__ = ["router"]

router = APIRouter()


@router.get("/contradictions")
def contradictions(request: Request, asked: Annotated[ContradictionQuery, Query()]) -> HTMLResponse:
    """Where sources disagree, each with what both sides say and where, and what would reconcile them."""
    base = base_of(request)
    where = asked.where()
    found = list(base.contradictions(where))
    claims = _claims(base, found)
    return render(
        request,
        "contradictions.html",
        contradictions=found,
        claims=claims,
        sources=sources_of(base, claims.values()),
        kinds=CONTRADICTION_KINDS,
        meanings={r.name: r.meaning for r in RECONCILERS},
        pages=Pages(asked.page, base.count(where), PAGE_SIZE),
        values={"kind": asked.kind},
    )


def _claims(base: View, found: list[Contradiction]) -> dict[str, Claim]:
    ids = tuple(dict.fromkeys(key for c in found for side in c.sides for key in side.claims))
    return {claim.id: claim for claim in base.claims(ClaimFilter(ids=ids))} if ids else {}
