"""A small map of where an incident was. Invariant: it is drawn as closely as it is known, never closer: a point for a
town or site, a circle for a district, the outline of a province or country for what is only known to be inside.

    locator_svg([{"name": "Sindh", "country": "PK", "admin1": "Sindh", "precision": "adm1", …}])

gives SVG to be put into a page or a report, or "" where nothing can be drawn. Places are those of the exchange format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from khabar.maps import drawing
from khabar.maps.projection import Box, Projection, box_of, fit
from khabar.maps.shapes import Area, Shapes, load_shapes
from khabar.store.place_rows import place_row

__all__ = ["DISTRICT_KM", "home_of", "locator_svg", "words_of"]

DISTRICT_KM = 40
"""The radius of a district whose towns nobody has listed."""
_FAR = 40.0  # degrees from a country's middle beyond which its parts overseas are left out of the picture


def locator_svg(places: Sequence[Mapping[str, Any]], width: int = 320, height: int = 240) -> str:
    """The map of places of one country, or of the first of them: the others are in other pictures or none."""
    shapes = load_shapes()
    rows = [place_row(place) for place in places]
    rows = [row for row in rows if row["level"] != "region" and row["country"]]
    country = shapes.country(rows[0]["country"]) if rows else None
    if country is None:
        return ""
    rows = [row for row in rows if row["country"] == country.id]
    box = home_of(country)
    if box is None:
        return ""
    projection = fit(box.wider(0.04, 0.5), width, height)
    title = "; ".join(dict.fromkeys(words_of(row, shapes) for row in rows))
    return drawing.picture(width, height, title, _parts(rows, country, projection, shapes))


def words_of(row: Mapping[str, Any], shapes: Shapes) -> str:
    """Where a row of `event_places` says it was, in words that claim no more than it knows."""
    country = shapes.country_name(row["country"]) if row["country"] else ""
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


def _parts(rows: Sequence[Mapping[str, Any]], country: Area, projection: Projection, shapes: Shapes) -> Iterator[str]:
    """From the ground up: neighbours, the country, its provinces, the one that is meant, circles, points."""
    whole = any(row["level"] == "country" for row in rows)
    for other in shapes.countries():
        if other.id != country.id:
            yield drawing.area(other, "land", projection)
    yield drawing.area(country, "shown" if whole else "country", projection)
    for unit in shapes.units_of(country.id):
        yield drawing.area(unit, "province", projection)
    for name in dict.fromkeys(row["admin1_name"] for row in rows):
        meant = shapes.unit(country.id, name)
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
