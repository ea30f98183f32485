"""The map: incidents where they are known to be, and no closer; the table beneath says the same in numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from khabar.maps.areas import areas_svg
from khabar.maps.countries import country_name
from khabar.maps.shapes import shapes_file
from khabar.serve.filters import IncidentQuery
from khabar.serve.kept import kept
from khabar.serve.mapped import areas_of, list_address
from khabar.serve.rendering import render
from khabar.serve.seat import base_of
from khabar.store.place_rows import NOWHERE, PLACE_LEVELS
from khabar.store.questions import ActorFilter, EventFilter

__all__ = ["router"]

router = APIRouter()

_SHOWN = 150  # rows of the table; the CSV twin has all


@router.get("/map")
def the_map(request: Request, asked: Annotated[IncidentQuery, Query()]) -> HTMLResponse:
    """The map of the incidents that a filter keeps."""
    base = base_of(request)
    where = asked.where(base)
    totals = kept(base, ("totals", where), lambda: base.place_totals(where))
    areas = areas_of(totals)
    values = asked.model_dump(exclude={"page", "order"})
    placed = any((asked.country, asked.admin1, asked.admin2, asked.at, asked.known))
    _, version = shapes_file()

    def counted(what: EventFilter) -> int:
        return kept(base, ("count", what), lambda: base.count(what))

    def address(country: str, admin1: str | None, level: str | None = None) -> str:
        return list_address(values, country, admin1, level)

    names = {tally.key[0]: country_name(tally.key[0]) for tally in base.tallies(("country",), tolls=False)}
    return render(
        request,
        "map.html",
        asked=asked,
        values=values,
        total=counted(where),
        unplaced=0 if placed else counted(replace(where, known=NOWHERE)),
        regions=0 if asked.known else counted(replace(where, known="region")),
        areas=areas[:_SHOWN],
        more=len(areas) - _SHOWN,
        levels=[level for level in PLACE_LEVELS if any(level in area.levels for area in areas)],
        picture=kept(base, ("picture", tuple(sorted(values.items()))), lambda: areas_svg(totals, address)),
        address=address,
        shapes=f"/api/map/shapes?v={version}",
        types=[tally.key[0] for tally in base.tallies(("type",), tolls=False) if tally.key[0]],
        countries=sorted(names.items(), key=lambda pair: pair[1]),
        actors=list(base.actors(ActorFilter(min_claims=1, limit=200))),
    )
