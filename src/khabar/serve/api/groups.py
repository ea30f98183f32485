"""Actors, their ties, genealogy and network as JSON and CSV: the twins of the pages about groups."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from khabar.analysis.rows import (
    EDGE_COLUMNS,
    TIE_COLUMNS,
    edge_row,
    genealogy_json,
    network_json,
    tie_json,
    tie_row,
)
from khabar.comparing.lists import designations_of
from khabar.errors import NotFoundError
from khabar.export.actors import ACTOR_COLUMNS, actor_json, actor_row
from khabar.serve.group_filters import ActorQuery, GenealogyQuery, NetworkQuery
from khabar.serve.groups import ask_of, csv_of, family_for, web_for
from khabar.serve.portrait import portrait_json, portrait_of
from khabar.serve.seat import base_of

__all__ = ["router"]

router = APIRouter(prefix="/api", tags=["groups"])


@router.get("/actors", summary="Actors that claims name, a page at a time")
def actors(request: Request, asked: Annotated[ActorQuery, Query()]) -> dict[str, Any]:
    """`total` counts all that the filter keeps; `actors` is a page of 50: groups most named first, persons by name."""
    base, where = base_of(request), asked.where()
    return {"total": base.count(where), "page": asked.page, "actors": [actor_json(s) for s in base.actors(where)]}


@router.get("/actors.csv", summary="All actors that a filter keeps, as CSV")
def actors_csv(request: Request, asked: Annotated[ActorQuery, Query()]) -> StreamingResponse:
    """One row an actor, its names parted by " | "; private persons are pseudonymised."""
    found = base_of(request).actors(asked.where(everything=True))
    return csv_of(request, map(actor_row, found), ACTOR_COLUMNS, "actors")


@router.get("/actors/{key:path}", summary="One actor: names, leaders, ties, incidents, presence, what is said of it")
def actor(request: Request, key: str) -> dict[str, Any]:
    """The actor of an id or name, with the first of each list and how many there are of it."""
    portrait = portrait_of(request, key)
    listed = designations_of(base_of(request), portrait.actor)
    return {**portrait_json(portrait), "listings": [{**asdict(x.entry), "version": x.version.version} for x in listed]}


@router.get("/ties", summary="One tie between two actors, with every claim that says or denies it")
def tie(request: Request, type: str, subject: str, object: str) -> dict[str, Any]:  # noqa: A002 - words of the address
    """`began` and `ended` are intervals; `ended` is null where no claim says that it ended."""
    ask = ask_of(request)
    found = ask.tie(type, subject, object)
    if found is None:
        raise NotFoundError(
            f"No claim says that {subject} {type} {object}.", "/api/genealogy lists the ties there are."
        )
    return tie_json(found, ask.actors(found.sides))


@router.get("/genealogy", summary="The genealogy of groups: lanes and the ties between them")
def genealogy(request: Request, asked: Annotated[GenealogyQuery, Query()]) -> dict[str, Any]:
    """With `at` each lane and tie says whether it is there on that day: yes, perhaps or no."""
    family = family_for(request, asked)
    return {**genealogy_json(family.made, family.actors, asked.day), "groups_left_out": family.beyond}


@router.get("/genealogy.csv", summary="The ties of a genealogy, as CSV")
def genealogy_csv(request: Request, asked: Annotated[GenealogyQuery, Query()]) -> StreamingResponse:
    """One row a tie; with `at` those alone that held, or perhaps held, on that day."""
    family = family_for(request, asked)
    kept = (d.tie for d in family.made.drawn if asked.day is None or d.held_at(asked.day) != "no")
    return csv_of(request, (tie_row(t, family.actors) for t in kept), TIE_COLUMNS, "genealogy")


@router.get("/network", summary="The network of groups in a period")
def network(request: Request, asked: Annotated[NetworkQuery, Query()]) -> dict[str, Any]:
    """Groups with the number of incidents attributed to them, and what claims say ties them."""
    web = web_for(request, asked)
    return {**network_json(web.made), "groups_left_out": web.beyond}


@router.get("/network.csv", summary="The ties of a network, as CSV")
def network_csv(request: Request, asked: Annotated[NetworkQuery, Query()]) -> StreamingResponse:
    """One row a tie of one type between two groups."""
    return csv_of(request, map(edge_row, web_for(request, asked).made.edges), EDGE_COLUMNS, "network")
