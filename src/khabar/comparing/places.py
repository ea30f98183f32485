"""Places of a data set in the gazetteer, so that equal places have equal ids. Invariant: a place keeps its own
coordinates and words; a name that no gazetteer place near it bears stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from khabar.reading.gazetteer import Candidate, Gazetteer
from khabar.reading.gazetteer_rows import name_key, without_unit
from khabar.records import Place
from khabar.resolution.mentions import POINT, spot
from khabar.resolution.nearness import kilometres

__all__ = ["located"]

_NEAR = 25.0  # km from the coordinates given within which a place of the name is the place
_UNITS = {"adm1": "adm1", "adm2": "adm2", "country": "country"}


def located(place: Place, gazetteer: Gazetteer) -> Place:
    """The place with the gazetteer's id and the gazetteer's names of the units it lies in, as far as it has them."""
    admin1 = _unit(place.admin1, "adm1", place, gazetteer)
    admin2 = _unit(place.admin2, "adm2", place, gazetteer)
    found = replace(
        place,
        admin1=admin1.name if admin1 else place.admin1,
        admin2=admin2.name if admin2 else place.admin2,
    )
    kind = _UNITS.get(place.precision)
    if kind is not None:
        country = gazetteer.country(place.country) if place.country else None
        unit = {"adm1": admin1, "adm2": admin2, "country": country}[kind]
        return replace(found, id=unit.id, name=unit.name, kind=kind) if unit else found
    if spot(place).level < POINT:
        return found  # a part of a unit: no name of the gazetteer is surely it
    here = _nearest(place, gazetteer)
    if here is None:
        return found
    own = gazetteer.by_id(here.admin2) if here.admin2 else None
    return replace(
        found, id=here.id, name=here.name, kind=here.kind, admin2=found.admin2 or (own.name if own else None)
    )


def _unit(name: str | None, kind: str, place: Place, gazetteer: Gazetteer) -> Candidate | None:
    """The unit of a name in the place's country; None where several bear it."""
    if not name:
        return None
    for key in (name_key(name), *without_unit(name)):
        found = {c.id: c for c in gazetteer.candidates(key) if c.kind == kind and c.country == place.country}
        if len(found) == 1:
            return next(iter(found.values()))
    return None


def _nearest(place: Place, gazetteer: Gazetteer) -> Candidate | None:
    """The nearest place that bears the name and is no unit."""
    if place.latitude is None or place.longitude is None:
        return None
    here = spot(place)
    near = []
    for key in _names(place.name):
        for c in gazetteer.candidates(key):
            if c.kind in _UNITS or (place.country and c.country != place.country):
                continue
            there = spot(Place(c.name, c.name, c.id, c.kind, c.country, latitude=c.latitude, longitude=c.longitude))
            distance = kilometres(here, there)
            if distance is not None and distance <= _NEAR:
                near.append((c.alias, distance, -c.population, c.id, c))
    return min(near)[-1] if near else None


def _names(name: str) -> Iterator[str]:
    """The name, and the name without the last word: data sets add what a place is ("Karachi town")."""
    yield name_key(name)
    words = name_key(name).split()
    if len(words) > 1:
        yield " ".join(words[:-1])
