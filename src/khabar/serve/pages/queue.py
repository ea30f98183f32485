"""The queue: what waits for a person, the most doubtful and weightiest first; the next report of it; who is at work."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from khabar.review.order import REASONS, weight_of
from khabar.serve.desk import form_of, path_within
from khabar.serve.desk_forms import first
from khabar.serve.evidence import sources_of
from khabar.serve.filters import PAGE_SIZE, Pages
from khabar.serve.queue_filters import QueueQuery
from khabar.serve.rendering import doubt_of, render
from khabar.serve.seat import base_of, user_of
from khabar.store.questions import ClaimFilter
from khabar.store.review_questions import AssignmentFilter

__all__ = ["router"]

router = APIRouter()

_YEAR = 365 * 24 * 3600


@router.get("/queue")
def queue(request: Request, asked: Annotated[QueueQuery, Query()]) -> HTMLResponse:
    """What waits: doubtful claims, pairs that may be one incident, contradictions."""
    base, user = base_of(request), user_of(request)
    claims_where = asked.claims(doubt_of(request), user)
    pairs_where, disputes_where = asked.pairs(), asked.contradictions()
    counts = {
        "claims": base.count(claims_where),
        "pairs": base.count(pairs_where),
        "contradictions": base.count(disputes_where),
    }
    claims = list(base.claims(claims_where)) if asked.what == "claims" else []
    states = {key: state for key, (state, _) in base.standings([c.id for c in claims]).items()}
    events = list(base.events(pairs_where)) if asked.what == "pairs" else []
    return render(
        request,
        "queue.html",
        asked=asked,
        counts=counts,
        claims=claims,
        weights={c.id: weight_of(c, states.get(c.id, "")) for c in claims},
        states=states,
        sources=sources_of(base, claims),
        events=events,
        others={e.id: [base.event(other) for other in e.unsure_with] for e in events},
        contradictions=list(base.contradictions(disputes_where)) if asked.what == "contradictions" else [],
        reasons=REASONS,
        assigned=base.assignments(AssignmentFilter(user=user, done=False)),
        pages=Pages(asked.page, counts[asked.what], PAGE_SIZE),
        values=asked.model_dump(exclude={"page"}),
    )


@router.get("/queue/next")
def following(request: Request, after: str = "") -> RedirectResponse:
    """The report with the weightiest doubtful claim; first those assigned to the coder, never the one just left."""
    base, user = base_of(request), user_of(request)
    besides = (after,) if after else ()
    for assigned in (user, None):
        where = ClaimFilter(doubtful=doubt_of(request), assigned=assigned, besides=besides, order="doubt", limit=1)
        for claim in base.claims(where):
            key = claim.passages[0].document
            note = f"?claim={claim.id}" + ("&done=The+report+before+is+done." if after else "")
            return RedirectResponse(f"/documents/{key}{note}#c-{claim.id}", status_code=303)
    return RedirectResponse("/queue?done=1", status_code=303)


@router.post("/coder")
async def coder(request: Request) -> RedirectResponse:
    """Work under another name: decisions are kept under it, and blind codings are kept apart by it."""
    fields = await form_of(request)
    name = first(fields, "name")
    if name.startswith("rule:") or not name.isprintable() or len(name) > 60:
        raise HTTPException(422, "Give a name of at most 60 letters that does not begin with rule:.")
    back = path_within(first(fields, "back") or "/queue")
    answer = RedirectResponse(back or "/queue", status_code=303)
    if name:
        answer.set_cookie(
            "coder", name, max_age=_YEAR, httponly=True, samesite="strict", secure=request.app.state.https
        )
    else:
        answer.delete_cookie("coder")
    return answer
