"""The timeline: incidents and events of groups as intervals, by year and by month."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from khabar.maps.countries import country_name
from khabar.serve.groups import relations_of
from khabar.serve.rendering import render
from khabar.serve.seat import base_of
from khabar.serve.timeline_filters import TimelineQuery, drawn_for

__all__ = ["router"]

router = APIRouter()


@router.get("/timeline")
def timeline(request: Request, asked: Annotated[TimelineQuery, Query()]) -> HTMLResponse:
    """What happened in a year or a month, or in all years; each line is as long as its date is open."""
    base = base_of(request)
    return render(
        request,
        "timeline.html",
        asked=asked,
        drawn=drawn_for(base, asked, dict(relations_of())),
        actor=base.actor(asked.actor) if asked.actor else None,
        types=[t.key[0] for t in base.tallies(("type",), tolls=False) if t.key[0]],
        countries=sorted((country_name(t.key[0]), t.key[0]) for t in base.tallies(("country",), tolls=False)),
        values=asked.model_dump(exclude={"span"}),
    )
