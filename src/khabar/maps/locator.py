"""A small map of where an incident was. Invariant: it is drawn as closely as it is known, never closer: a point for a
town or site, a circle for a district, the outline of a province or country for what is only known to be inside.

    locator_svg([{"name": "Sindh", "country": "PK", "admin1": "Sindh", "precision": "adm1", …}])

gives SVG to be put into a page or a report, or "" where nothing can be drawn. Places are those of the exchange format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from khabar.maps import drawing
from khabar.maps.countries import country_name
from khabar.maps.ground import load_ground
from khabar.maps.projection import Box, Projection, box_of, fit
from khabar.maps.shapes import Area, Shapes, load_shapes
from khabar.store.place_rows import place_row

__all__ = ["DISTRICT_KM", "home_of", "locator_svg", "words_of"]

DISTRICT_KM = 40
"""The radius of a district whose towns nobody has listed."""
_FAR = 40.0  # degrees from a country's middle beyond which its parts overseas are left out of the picture
_COUNTRIES = 256  # whose pictures' ground is kept: all there are


def locator_svg(places: Sequence[Mapping[str, Any]], width: int = 320, height: int = 240) -> str:
    """The map of places of one country, or of the first of them: the others are in other pictures or none."""
    shapes = load_shapes()
    rows = [place_row(place) for place in places]
    rows = [row for row in rows if row["level"] != "region" and row["country"]]
    code = rows[0]["country"].upper() if rows else ""
    projection = _window(code, width, height)
    if projection is None:
        return ""
    rows = [row for row in rows if row["country"] == code]
    title = "; ".join(dict.fromkeys(words_of(row) for row in rows))
    return drawing.picture(width, height, title, _parts(rows, code, projection, shapes))


def words_of(row: Mapping[str, Any]) -> str:
    """Where a row of `event_places` says it was, in words that claim no more than it knows."""
    country = country_name(row["country"]) if row["country"] else ""
    province = row["admin1_name"] or ""
    match row["level"]:
        case "exact":
            return _listed(row["name"], province, country)
        case "near":
            return f"near {_listed(row['name'], province, country)}"
        case "adm2":
            return f"somewhere in {_listed(row['admin2_name'] or row['name'], province, country)}"
        case "adm1":
            return f"somewhere in {_listed(province or row['name'], country)}"
        case "country":
            return f"somewhere in {country}"
        case _:
            return f"somewhere in {row['name'] or 'a region'}"


def _listed(*names: str) -> str:
    return ", ".join(dict.fromkeys(name for name in names if name))


def home_of(country: Area) -> Box | None:
    """The box of a country without its parts overseas."""
    longitude, latitude = country.label
    near = [r for r in country.rings if abs(r[0][0] - longitude) < _FAR and abs(r[0][1] - latitude) < _FAR]
    return box_of(near)


@lru_cache(maxsize=_COUNTRIES)
def _window(code: str, width: int, height: int) -> Projection | None:
    """The projection that shows a country in a picture of that size; None where it has no outline."""
    country = load_shapes().country(code)
    box = None if country is None else home_of(country)
    return None if box is None else fit(box.wider(0.04, 0.5), width, height)


@lru_cache(maxsize=_COUNTRIES)
def _ground(code: str, look: str, projection: Projection) -> str:
    """What lies under the marks of a country's pictures, the same in all of them: its neighbours, the country in that
    look, its provinces. Of all countries it is 3 MB.
    """
    # a country lies upon its neighbours
    areas = sorted(load_ground().near(projection.box), key=lambda area: area.id == code)
    lands = [drawing.area(area, look if area.id == code else "land", projection) for area in areas]
    return "".join((*lands, *(drawing.area(unit, "province", projection) for unit in load_shapes().units_of(code))))


def _parts(rows: Sequence[Mapping[str, Any]], code: str, projection: Projection, shapes: Shapes) -> Iterator[str]:
    """From the ground up: neighbours, the country, its provinces, the one that is meant, circles, points."""
    whole = any(row["level"] == "country" for row in rows)
    yield _ground(code, "shown" if whole else "country", projection)
    for name in dict.fromkeys(row["admin1_name"] for row in rows):
        meant = shapes.unit(code, name)
        if meant is not None:
            yield drawing.area(meant, "shown", projection)
    for row in rows:
        yield _mark(row, projection, shapes)


def _mark(row: Mapping[str, Any], projection: Projection, shapes: Shapes) -> str:
    longitude, latitude = row["longitude"], row["latitude"]
    if longitude is None or latitude is None or row["level"] == "country":
        return ""
    if row["level"] in ("exact", "near"):
        return drawing.point(longitude, latitude, "point" if row["level"] == "exact" else "near", projection)
    if row["level"] == "adm1" and shapes.unit_id(row["country"], row["admin1_name"]) is not None:
        return ""
    kilometres = shapes.radius(row["gazetteer"]) or DISTRICT_KM
    return drawing.circle(longitude, latitude, kilometres, projection)
