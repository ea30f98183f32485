"""Documents: what is archived, and one document with its evidence highlighted."""

from __future__ import annotations

from typing import get_args

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse

from khabar.serve.evidence import pieces_of
from khabar.serve.filters import PAGE_SIZE, Pages, page_number
from khabar.serve.rendering import base_of, render
from khabar.store.questions import ClaimFilter, DocumentFilter, DocumentState, EventFilter

__all__ = ["router"]

router = APIRouter()


@router.get("/documents")
def documents(request: Request, text: str = "", state: str = "", page: int = 1) -> HTMLResponse:
    """The archived documents, with why some are not read."""
    base = base_of(request)
    page = page_number(page)
    states: tuple[DocumentState, ...] = tuple(s for s in get_args(DocumentState) if s == state)
    where = DocumentFilter(states=states, text=text or None, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
    return render(
        request,
        "documents.html",
        documents=list(base.document_list(where)),
        pages=Pages(page, base.count(where), PAGE_SIZE),
        values={"text": text, "state": state},
        states=get_args(DocumentState),
    )


@router.get("/documents/{key}")
def document(request: Request, key: str, claim: str = "", start: int = 0, end: int = 0) -> HTMLResponse:
    """One document; the evidence of `claim` and the words at `start:end` stand out, all other evidence is marked."""
    base = base_of(request)
    found = base.document(key)
    claims = sorted(base.claims(ClaimFilter(document=found.id)), key=lambda c: (c.passages[0].start, c.id))
    event_of = {}
    for event in base.events(EventFilter(document=found.id)):
        for member in event.claims:
            event_of[member] = event.id
    return render(
        request,
        "document.html",
        document=found,
        pieces=pieces_of(found, claims, (max(0, start), max(0, end))),
        claims=claims,
        focus=claim,
        event_of=event_of,
        origins=base.origins(found.id),
        copies=[group for group in base.copies() if found.id in group],
    )


@router.get("/documents/{key}/text")
def text(request: Request, key: str) -> PlainTextResponse:
    """The archived text to the letter: what all offsets refer to."""
    return PlainTextResponse(base_of(request).document(key).text)


@router.get("/claims/{key}")
def claim(request: Request, key: str) -> RedirectResponse:
    """A claim is shown where it stands in its document."""
    found = base_of(request).claim(key)
    return RedirectResponse(f"/documents/{found.passages[0].document}?claim={found.id}#e-{found.id}", status_code=303)
