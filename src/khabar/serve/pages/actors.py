"""Actors: who is named, and one actor with names, relations, statements and incidents."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from khabar.export.decisions import named_judgements
from khabar.serve.evidence import sources_of
from khabar.serve.filters import PAGE_SIZE, Pages, page_number
from khabar.serve.rendering import base_of, render
from khabar.store.questions import ActorFilter, ClaimFilter, ContradictionFilter, EventFilter

__all__ = ["router"]

router = APIRouter()


@router.get("/actors")
def actors(request: Request, text: str = "", kind: str = "", page: int = 1) -> HTMLResponse:
    """The actors that claims name, most claims first."""
    base = base_of(request)
    page = page_number(page)
    where = ActorFilter(
        kind=kind or None, text=text or None, min_claims=1, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE
    )
    return render(
        request,
        "actors.html",
        actors=list(base.actors(where)),
        pages=Pages(page, base.count(where), PAGE_SIZE),
        values={"text": text, "kind": kind},
    )


@router.get("/actors/{key:path}")
def actor(request: Request, key: str) -> HTMLResponse:
    """One actor: names with their sources, ties, presence, statements about it, incidents."""
    base = base_of(request)
    found = base.actor(key)
    claims = list(base.claims(ClaimFilter(actor=found.id, kinds=("relation", "presence", "statement"), limit=500)))
    ids = {link.actor for link in base.links([c.id for c in claims])}
    return render(
        request,
        "actor.html",
        actor=found,
        parent=base.actor(found.parent) if found.parent and found.parent in ids else None,
        by_kind={kind: [c for c in claims if c.kind == kind] for kind in ("relation", "presence", "statement")},
        sources=sources_of(base, claims),
        events=list(base.events(EventFilter(actor=found.id, order="newest", limit=200))),
        contradictions=list(base.contradictions(ContradictionFilter(subject=found.id))),
        judgements=named_judgements(base, found),
        may_decide=request.app.state.desk is not None,
    )
