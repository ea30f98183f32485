"""Search across incidents, actors, reports and claims, with the found words marked in their surroundings."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from khabar.serve.filters import PAGE_SIZE
from khabar.serve.finding import cut, found_for, marked
from khabar.serve.rendering import render
from khabar.serve.seat import base_of
from khabar.serve.text_filters import SearchQuery
from khabar.store.fulltext import COMMON

__all__ = ["router"]

router = APIRouter()


@router.get("/search")
def search(request: Request, asked: Annotated[SearchQuery, Query()]) -> HTMLResponse:
    """What has all the words: the first few of every kind, or a page of one."""
    found = found_for(base_of(request), asked, PAGE_SIZE)
    return render(
        request,
        "search.html",
        asked=asked,
        found=found,
        hits=[(hit, cut(hit)) for hit in found.documents],
        quotes=[(claim, marked(claim.passages[0].quote, asked.text)) for claim in found.claims],
        common=COMMON,
        values=asked.model_dump(exclude={"page"}),
    )
