"""What people decided: the journal, and the forms that add to it. All of it works without script."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse

from khabar.export.reviews import review_row
from khabar.records import Decision
from khabar.serve.desk import asked_by_form, decided, path_within
from khabar.serve.filters import PAGE_SIZE, Pages, page_number
from khabar.serve.rendering import render
from khabar.serve.seat import base_of, seat_of
from khabar.standing import undone
from khabar.store.base import View
from khabar.store.questions import EventFilter
from khabar.store.review_questions import ReviewFilter

__all__ = ["router"]

router = APIRouter()


@router.get("/decisions")
def decisions(request: Request, page: int = 1) -> HTMLResponse:
    """The journal about incidents and actors, and the last decisions about claims; the latest first."""
    desk = seat_of(request).desk
    entries = list(reversed(desk.journal())) if desk is not None else []
    page = page_number(page)
    start = (page - 1) * PAGE_SIZE
    reviews = list(base_of(request).reviews(ReviewFilter(limit=PAGE_SIZE)))
    gone = undone(reviews)
    return render(
        request,
        "decisions.html",
        reviews=[(review_row(review), review.number in gone) for review in reversed(reviews)],
        entries=entries[start : start + PAGE_SIZE],
        pages=Pages(page, len(entries), PAGE_SIZE),
    )


@router.post("/decisions")
async def decide(request: Request) -> RedirectResponse:
    """Make a decision, and go `back`, else on to the incident that holds what it is about."""
    asked, fields = await asked_by_form(request)
    decision = await run_in_threadpool(decided, request, asked)
    back = path_within((fields.get("back") or [""])[0])
    if back is None:
        back = await run_in_threadpool(_after, base_of(request), decision)
    return RedirectResponse(back, status_code=303)


def _after(base: View, decision: Decision) -> str:
    for side in decision.sides:
        for party in side:
            if party.document is not None:
                for event in base.events(EventFilter(claim=party.key)):
                    return f"/incidents/{event.id}#decide"
    return "/decisions"
