"""Actors: who is named, and one actor with names, leaders, ties, incidents, presence and what is said of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from khabar.comparing.lists import designations_of
from khabar.errors import NotFoundError
from khabar.records import ACTOR_KINDS, Actor
from khabar.serve.evidence import sources_of
from khabar.serve.filters import PAGE_SIZE, Pages, page_number
from khabar.serve.group_filters import ActorQuery
from khabar.serve.portrait import LISTS, listed_of, portrait_of
from khabar.serve.rendering import render
from khabar.serve.seat import base_of, may_decide

__all__ = ["router"]

router = APIRouter()


@router.get("/actors")
def actors(request: Request, asked: Annotated[ActorQuery, Query()]) -> HTMLResponse:
    """The actors that claims name, most claims first."""
    base, where = base_of(request), asked.where()
    return render(
        request,
        "actors.html",
        actors=list(base.actors(where)),
        kinds=ACTOR_KINDS,
        pages=Pages(asked.page, base.count(where), PAGE_SIZE),
        values=asked.model_dump(exclude={"page"}),
    )


@router.get("/actors/{key:path}")
def actor(request: Request, key: str, show: str = "", page: int = 1) -> HTMLResponse:
    """One actor; with `show` one list of it (incidents by stance, presence, statements), a page at a time."""
    base = base_of(request)
    if show:
        return _list(request, base.actor(key), show, page_number(page))
    portrait = portrait_of(request, key)
    return render(
        request,
        "actor.html",
        actor=portrait.actor,
        portrait=portrait,
        listings=designations_of(base, portrait.actor),
        actors=portrait.actors,
        kinds=portrait.kinds,
        sources=sources_of(base, portrait.shown()),
        may_decide=may_decide(request),
    )


def _list(request: Request, actor: Actor, show: str, page: int) -> HTMLResponse:
    if show not in LISTS:
        raise NotFoundError(f"There is no list {show!r} of an actor.", f"Use one of {', '.join(LISTS)}.")
    listed = listed_of(request, actor, show, page)
    return render(
        request,
        "actor_list.html",
        actor=actor,
        listed=listed,
        sources=sources_of(base_of(request), listed.claims),
        pages=Pages(page, listed.total, PAGE_SIZE),
        values={"show": show},
    )
