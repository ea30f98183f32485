"""The review queue: claims too doubtful to be coded, and coded ones with a doubtful value, each with its passage."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from khabar.serve.evidence import sources_of
from khabar.serve.filters import PAGE_SIZE, Pages, page_number
from khabar.serve.rendering import base_of, doubt_of, render
from khabar.store.questions import ClaimFilter

__all__ = ["router"]

router = APIRouter()


@router.get("/queue")
def queue(request: Request, page: int = 1) -> HTMLResponse:
    """What waits for a person, document by document."""
    base = base_of(request)
    page = page_number(page)
    where = ClaimFilter(doubtful=doubt_of(request), limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
    claims = list(base.claims(where))
    return render(
        request,
        "queue.html",
        claims=claims,
        sources=sources_of(base, claims),
        pages=Pages(page, base.count(where), PAGE_SIZE),
    )
