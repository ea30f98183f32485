"""The first page: what the base holds and where sources disagree."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from khabar.serve.rendering import base_of, doubt_of, render
from khabar.store.questions import ClaimFilter, ContradictionFilter, DocumentFilter, EventFilter

__all__ = ["router"]

router = APIRouter()


@router.get("/")
def overview(request: Request) -> HTMLResponse:
    """Figures, the incidents with most dead, the contradictions, and what was not read."""
    base = base_of(request)
    return render(
        request,
        "overview.html",
        overview=base.overview(),
        waiting=base.count(ClaimFilter(doubtful=doubt_of(request))),
        deadliest=list(base.events(EventFilter(order="killed", limit=8))),
        contradictions=list(base.contradictions(ContradictionFilter(limit=8))),
        unread=list(base.document_list(DocumentFilter(states=("unread", "failed"), limit=20))),
        problems=base.problems(),
    )
