"""Where an incident is put on other people's maps. Invariant: coordinates are those of a place that a report names, or
the middle of several; how precise they are is never overstated.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from khabar.export.shapes.cases import Case
from khabar.text import fold

__all__ = ["ONE_POINT_KM", "Spot", "Spots", "coarser", "prio_grid", "spots_of", "well_known_text"]

_LEVELS = ("country", "region", "adm1", "adm2", "near", "exact")

ONE_POINT_KM = 10.0
"""Places nearer to each other than this are one point: a town is one, whatever its quarters are called."""

_AROUND_KM = 25.0  # UCDP: a known point within 25 km tells where an unknown one is
_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Spot:
    """One place with coordinates; `precision` is a word of the claim format, from exact to country,
    `text` what the source calls it.
    """

    name: str
    kind: str
    country: str | None
    admin1: str | None
    admin2: str | None
    latitude: float
    longitude: float
    precision: str
    geonames_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Spots:
    """Where an incident happened: several spots only where one claim names several; `claims` name them.

    `instead` are names of places that are on no map, for which a known one stands; `other` are places that other
    claims name; `joined` those that are one point with one of `spots`.
    """

    spots: tuple[Spot, ...]
    claims: tuple[str, ...]
    instead: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()


def spots_of(case: Case) -> Spots:
    """The spots of an incident; none where no place that is stated has coordinates."""
    shown: list[Mapping[str, Any]] = list(case.shown("places") or ())
    stated = {_key(v.value): v.claims for v in case.stated("places")}
    placed = [p for p in shown if _placed(p)]
    instead = tuple(p["name"] for p in shown if not _placed(p))
    if not placed:
        # The place that is meant is on no map: the narrowest one around it that is stated stands for it.
        wider = [v.value for v in case.stated("places") if _placed(v.value)]
        if not wider:
            return Spots((), (), instead)
        placed = [max(wider, key=lambda p: _LEVELS.index(p["precision"]))]
        if instead and placed[0]["precision"] == "exact":
            placed = [{**placed[0], "precision": "near"}]
    elif len(placed) > 1 and not _together([stated.get(_key(p), ()) for p in placed]):
        placed, instead = placed[:1], ()
    else:
        instead = ()
    kept, joined = _one_point(placed)
    claims = tuple(dict.fromkeys(c for p in kept for c in stated.get(_key(p), ())))
    named = {p["name"] for p in placed} | set(instead)
    other = tuple(dict.fromkeys(p["name"] for p in shown if p["name"] not in named))
    spots = tuple(_spot(_known(p, case), p) for p in kept)
    unnamed = tuple(s.text for s in spots if s.geonames_id is None and fold(s.name) != fold(s.text))
    return Spots(spots, claims, (*instead, *unnamed), other, joined)


def _known(place: Mapping[str, Any], case: Case) -> Mapping[str, Any]:
    """The place; one that no gazetteer has ("a crowded mosque") bears the name of the nearest stated town, else that of
    the unit around it, and is then known to that unit alone.
    """
    if place.get("geonames_id") is not None:
        return place
    known = [v.value for v in case.stated("places") if v.value.get("geonames_id") is not None and _placed(v.value)]
    near = min(((_kilometres(place, k), k["name"]) for k in known if k["kind"] == "city"), default=None)
    if near is not None and near[0] < _AROUND_KM:
        return {**place, "name": near[1], "kind": "city"}
    for level, unit in (("adm2", place.get("admin2")), ("adm1", place.get("admin1"))):
        if unit:
            precision = min(level, place["precision"], key=_LEVELS.index)
            return {**place, "name": unit, "kind": level, "precision": precision}
    return place


def _placed(place: Mapping[str, Any]) -> bool:
    return place.get("latitude") is not None and place.get("longitude") is not None


def _key(place: Mapping[str, Any]) -> tuple[Any, ...]:
    return (place.get("geonames_id") or place["name"], place.get("country"))


def _together(claims: Sequence[Sequence[str]]) -> bool:
    """Whether one claim names all of these places: then it happened in all of them; else reports disagree."""
    return bool(set(claims[0]).intersection(*claims[1:]))


def _one_point(places: list[Mapping[str, Any]]) -> tuple[list[Mapping[str, Any]], tuple[str, ...]]:
    """The places without those that lie within `ONE_POINT_KM` of an earlier one, and the names of these."""
    kept: list[Mapping[str, Any]] = []
    joined: list[str] = []
    for place in places:
        near = any(_kilometres(place, k) < ONE_POINT_KM for k in kept)
        if near:
            joined.append(place["name"])
        else:
            kept.append(place)
    return kept, tuple(joined)


def _kilometres(one: Mapping[str, Any], two: Mapping[str, Any]) -> float:
    """Great-circle distance (haversine)."""
    a, b = math.radians(one["latitude"]), math.radians(two["latitude"])
    across = math.radians(two["longitude"] - one["longitude"])
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, h)))


def _spot(place: Mapping[str, Any], said: Mapping[str, Any]) -> Spot:
    return Spot(
        name=place["name"],
        kind=place.get("kind") or "",
        country=place.get("country"),
        admin1=place.get("admin1"),
        admin2=place.get("admin2"),
        latitude=round(float(place["latitude"]), 6),
        longitude=round(float(place["longitude"]), 6),
        precision=place["precision"],
        geonames_id=place.get("geonames_id"),
        text=said.get("text") or said["name"],
    )


def coarser(spots: Sequence[Spot]) -> Spot:
    """One spot for several: the smallest unit that holds them all, at the middle of their points."""
    first = spots[0]
    same = {
        name: getattr(first, name) if len({getattr(s, name) for s in spots}) == 1 else None
        for name in ("country", "admin1", "admin2")
    }
    level = "adm2" if same["admin2"] else "adm1" if same["admin1"] else "country"
    return Spot(
        name=same["admin2"] or same["admin1"] or same["country"] or first.name,
        kind=level,
        country=same["country"] or first.country,
        admin1=same["admin1"],
        admin2=same["admin2"],
        latitude=round(sum(s.latitude for s in spots) / len(spots), 6),
        longitude=round(sum(s.longitude for s in spots) / len(spots), 6),
        precision=level,
    )


def prio_grid(latitude: float, longitude: float) -> int:
    """The id of the PRIO-GRID cell of half a degree that holds a point (Tollefsen, Strand and Buhaug 2012): cells are
    counted from 1 at the south-western corner, eastwards, then northwards.
    """
    row = min(359, math.floor((latitude + 90) * 2))
    column = min(719, math.floor((longitude + 180) * 2))
    return row * 720 + column + 1


def well_known_text(latitude: float, longitude: float) -> str:
    """The point as well-known text: longitude first."""
    return f"POINT ({longitude} {latitude})"
