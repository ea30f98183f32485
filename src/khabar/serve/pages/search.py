"""Full-text search over documents, with the found words marked in their surroundings."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from khabar.serve.rendering import base_of, render
from khabar.store.questions import EventFilter, Hit

__all__ = ["router"]

router = APIRouter()

LIMIT = 30


@router.get("/search")
def search(request: Request, text: str = "") -> HTMLResponse:
    """Incidents and documents in which all the words occur."""
    base = base_of(request)
    text = text[:300].strip()
    return render(
        request,
        "search.html",
        text=text,
        hits=[(hit, _cut(hit)) for hit in base.search(text, limit=LIMIT)] if text else [],
        events=list(base.events(EventFilter(text=text, limit=LIMIT, order="newest"))) if text else [],
    )


def _cut(hit: Hit) -> list[tuple[str, bool]]:
    """The snippet as (text, found word or not)."""
    parts: list[tuple[str, bool]] = []
    done = 0
    for start, end in hit.marks:
        parts += [(hit.snippet[done:start], False), (hit.snippet[start:end], True)]
        done = end
    return [*parts, (hit.snippet[done:], False)]
