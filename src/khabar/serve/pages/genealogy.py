"""The genealogy of groups: a picture over time, drawn here, with the same in a table; and one tie with its sources."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from khabar.analysis.picture import picture
from khabar.analysis.strokes import STROKES
from khabar.errors import NotFoundError
from khabar.serve.evidence import sources_of
from khabar.serve.group_filters import GenealogyQuery
from khabar.serve.groups import ask_of, choices, family_for, relations_of
from khabar.serve.rendering import render
from khabar.serve.seat import base_of

__all__ = ["router"]

router = APIRouter()


@router.get("/genealogy")
def genealogy(request: Request, asked: Annotated[GenealogyQuery, Query()]) -> HTMLResponse:
    """Groups as lanes and ties between them, of all groups or of the family of one; with `at` the state on a day."""
    family = family_for(request, asked)
    base = base_of(request)
    drawn = family.made.drawn
    return render(
        request,
        "genealogy.html",
        asked=asked,
        root=base.actor(asked.group) if asked.group else None,
        family=family,
        sheet=picture(family.made),
        strokes=[STROKES[name] for name in STROKES if any(d.stroke.name == name for d in drawn)],
        relations=relations_of(),
        choices=choices(),
        held={d.tie.id: d.held_at(asked.day) for d in drawn} if asked.day else {},
        values=asked.model_dump(),
    )


@router.get("/ties")
def tie(request: Request, type: str, subject: str, object: str) -> HTMLResponse:  # noqa: A002 - words of the address
    """One tie: who says so, where, for when; who denies it; and what ended it."""
    ask = ask_of(request)
    found = ask.tie(type, subject, object)
    if found is None:
        raise NotFoundError(f"No claim says that {subject} {type} {object}.", "/genealogy lists the ties there are.")
    return render(
        request,
        "tie.html",
        tie=found,
        kind=relations_of().get(found.type),
        actors=ask.actors(found.sides),
        sources=sources_of(base_of(request), [*found.claims, *found.ended_by]),
    )
