"""Contradictions: both sides of each, with their passages, side by side."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from khabar.records import Claim, Contradiction
from khabar.serve.evidence import sources_of
from khabar.serve.filters import PAGE_SIZE, Pages, page_number
from khabar.serve.rendering import base_of, render
from khabar.store.base import View
from khabar.store.questions import ClaimFilter, ContradictionFilter

__all__ = ["router"]

router = APIRouter()

KINDS = ("toll", "date", "place", "attribution", "presence", "relation_date", "leadership")


@router.get("/contradictions")
def contradictions(request: Request, kind: str = "", page: int = 1) -> HTMLResponse:
    """Where sources disagree, each with what both sides say and where."""
    base = base_of(request)
    page = page_number(page)
    where = ContradictionFilter(kind=kind or None, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
    found = list(base.contradictions(where))
    claims = _claims(base, found)
    return render(
        request,
        "contradictions.html",
        contradictions=found,
        claims=claims,
        sources=sources_of(base, claims.values()),
        kinds=KINDS,
        pages=Pages(page, base.count(where), PAGE_SIZE),
        values={"kind": kind},
    )


def _claims(base: View, found: list[Contradiction]) -> dict[str, Claim]:
    ids = tuple(dict.fromkeys(key for c in found for side in c.sides for key in side.claims))
    return {claim.id: claim for claim in base.claims(ClaimFilter(ids=ids))} if ids else {}
