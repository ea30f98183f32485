"""Writing places down. Invariant: what a modifier or a unit word leaves open makes the place coarser, never finer."""

from __future__ import annotations

from dataclasses import replace

from khabar.reading.gazetteer import Candidate, Gazetteer
from khabar.reading.model import PlaceMention
from khabar.reading.place_choice import PlaceContext
from khabar.reading.place_forms import FoundName
from khabar.records import Place

__all__ = ["PARTLY", "mention_of", "place_of"]

_PRECISION = {
    "country": "country", "adm1": "adm1", "adm2": "adm2", "city": "exact", "site": "exact", "valley": "near",
    "area": "near",
}  # fmt: skip
PARTLY = {
    "country": "region",
    "adm1": "adm1",
    "adm2": "adm2",
    "city": "near",
    "site": "near",
    "valley": "near",
    "area": "near",
}


def mention_of(text: str, name: FoundName, c: Candidate, gazetteer: Gazetteer, context: PlaceContext) -> PlaceMention:
    """The mention of a name whose place is chosen, modifiers and unit word taken into its span and precision."""
    span = text[name.mention_start : name.mention_end]
    place = place_of(span, c, gazetteer, context)
    if name.modifier == "border" or (name.modifier == "near" and c.kind == "country"):
        # a border belongs to both sides, and what is near a country is not in it
        place = replace(place, kind="border", name=f"{c.name} border", country=None, precision="region")
    elif name.modifier == "near":
        place = replace(place, precision="near" if c.kind in ("city", "valley") else PARTLY.get(c.kind, "region"))
    elif name.modifier == "part":
        place = replace(place, precision=PARTLY.get(c.kind, "region"))
    elif name.kinds[:1] == ("adm2",) and c.kind == "city":
        place = _as_unit(place, c, gazetteer)
    return PlaceMention(name.mention_start, name.mention_end, span, place, c.capital and not name.modifier)


def _as_unit(place: Place, town: Candidate, gazetteer: Gazetteer) -> Place:
    """The district around a town which the text names as a district but the gazetteer only as a town."""
    unit = gazetteer.by_id(town.admin2) if town.admin2 is not None else None
    if unit is None:
        return replace(place, kind="adm2", precision="adm2")
    return replace(place, kind="adm2", precision="adm2", id=unit.id, name=unit.name)


def place_of(span: str, c: Candidate, gazetteer: Gazetteer, context: PlaceContext) -> Place:
    """The record of a place under the text `span`, in the units of the day the document was published."""
    second = gazetteer.by_id(c.admin2) if c.admin2 is not None else None
    first_id = c.admin1
    if second and context.published and (former := gazetteer.former(second.id, context.published)):
        second, first_id = former, former.admin1
    first = gazetteer.by_id(first_id) if first_id is not None else None
    return Place(
        text=span,
        name=c.name,
        id=c.id,
        kind=c.kind,
        country=c.country,
        admin1=c.name if c.kind == "adm1" else first.name if first else None,
        admin2=c.name if c.kind == "adm2" else second.name if second else None,
        latitude=c.latitude,
        longitude=c.longitude,
        precision=_PRECISION.get(c.kind, "region"),
    )
