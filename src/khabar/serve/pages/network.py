"""The network of groups in a period: a picture, laid out here, with the same in a table."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from khabar.analysis.strokes import STROKES
from khabar.serve.group_filters import NetworkQuery
from khabar.serve.groups import choices, relations_of, web_for
from khabar.serve.rendering import render
from khabar.serve.seat import base_of

__all__ = ["router"]

router = APIRouter()


@router.get("/network")
def network(request: Request, asked: Annotated[NetworkQuery, Query()]) -> HTMLResponse:
    """Groups and the ties of chosen types between them, of all groups or around one, in a period."""
    web = web_for(request, asked)
    relations = relations_of()
    drawn = {relations[e.said.type].drawn for e in web.made.edges}
    return render(
        request,
        "network.html",
        asked=asked,
        root=base_of(request).actor(asked.group) if asked.group else None,
        web=web,
        relations=relations,
        looks=STROKES,
        strokes=[STROKES[name] for name in STROKES if name in drawn],
        choices=choices(),
        values=asked.model_dump(),
    )
