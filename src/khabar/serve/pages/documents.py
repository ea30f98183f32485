"""Documents: what is archived, and the text of each; a document with its claims is `desk`."""

from __future__ import annotations

from typing import get_args

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse

from khabar.serve.filters import PAGE_SIZE, Pages, page_number
from khabar.serve.rendering import render
from khabar.serve.seat import base_of
from khabar.store.questions import DocumentFilter, DocumentState

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


@router.get("/documents/{key}/text")
def text(request: Request, key: str) -> PlainTextResponse:
    """The archived text to the letter: what all offsets refer to."""
    return PlainTextResponse(base_of(request).document(key).text)


@router.get("/claims/{key}")
def claim(request: Request, key: str) -> RedirectResponse:
    """A claim is shown where it stands in its document."""
    found = base_of(request).claim(key)
    return RedirectResponse(f"/documents/{found.passages[0].document}?claim={found.id}#e-{found.id}", status_code=303)
