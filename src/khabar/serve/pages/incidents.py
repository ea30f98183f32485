"""Incidents: the list with its filters."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from khabar.charts.incidents import STANCES_DRAWN
from khabar.maps.countries import country_name
from khabar.resolution.values.rules import RULES
from khabar.serve.filters import PAGE_SIZE, IncidentQuery, Pages
from khabar.serve.rendering import render
from khabar.serve.seat import base_of
from khabar.serve.shown import rule_of, shown_by
from khabar.store.base import View
from khabar.store.questions import ActorFilter

__all__ = ["router"]

router = APIRouter()

_ACTORS = 200  # in the list to choose from


@router.get("/incidents")
def incidents(request: Request, asked: Annotated[IncidentQuery, Query()]) -> HTMLResponse:
    """The incidents a filter keeps, a page at a time."""
    base = base_of(request)
    where = asked.where(base)
    total = base.count(where)
    return render(
        request,
        "incidents.html",
        asked=asked,
        events=list(shown_by(request, asked.rule).events(base.events(where))),
        rule=rule_of(request, asked.rule),
        rules=RULES,
        types=[(t.key[0], t.events) for t in base.tallies(("type",), tolls=False) if t.key[0]],
        countries=sorted((country_name(t.key[0]), t.key[0], t.events) for t in base.tallies(("country",), tolls=False)),
        actors=_actors(base, asked.actor),
        stances=STANCES_DRAWN,
        narrowed=_narrowed(asked),
        pages=Pages(asked.page, total, PAGE_SIZE),
        values=asked.model_dump(exclude={"page"}),
    )


def _actors(base: View, asked: str) -> list[tuple[str, str]]:
    """Id and name of the actors that claims name most, and of the one asked for, by name."""
    found = {s.actor.id: s.actor.names[0].text for s in base.actors(ActorFilter(min_claims=1, limit=_ACTORS))}
    if asked:
        actor = base.actor(asked)
        found[actor.id] = actor.names[0].text
    return sorted(found.items(), key=lambda pair: pair[1].casefold())


def _narrowed(asked: IncidentQuery) -> list[tuple[str, str, str]]:
    """Filters that other pages set and the form has no field for: name, value, and the value in words."""
    words = {"no-year": "not known to the year", "no-month": "not known to the month", "none": "not stated"}
    names = ("within", "admin1", "admin2", "known", "at")
    return [(name, value, words.get(value, value)) for name in names if (value := str(getattr(asked, name)))]
