"""Counts of incidents as a map draws them. Invariant: every count stands at the place and level at which it is known;
what cannot be drawn is told, not moved somewhere else.

Two tables of columns, so that fifty thousand incidents stay a megabyte: `places`, each drawn once, and `counts`, how
many incidents are known to be there and between which months they lie.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from khabar.maps.countries import country_name
from khabar.maps.locator import DISTRICT_KM
from khabar.maps.shapes import Shapes
from khabar.store.placing import PlacedCount, Site

__all__ = ["PLACE_COLUMNS", "gather", "month_number"]

PLACE_COLUMNS = (
    "level",
    "name",
    "country",
    "admin1",
    "admin2",
    "shape",
    "latitude",
    "longitude",
    "radius_km",
)
"""`shape` is the id of the outline that is drawn (a country's code, a province's GeoNames id), `radius_km` that of the
circle where a unit has none. A place with neither, and without coordinates, is listed but not drawn.
"""

_PROVINCE_KM = 80  # the radius of a province of which neither outline nor towns are known


def gather(sites: Iterable[Site], rows: Iterable[PlacedCount], shapes: Shapes) -> dict[str, Any]:
    """`places` and `counts` of these rows. Months count from January of the year 0; None is an open bound."""
    places = {site.id: _place(site, shapes) for site in sites}
    numbers = {key: number for number, key in enumerate(places)}
    months: dict[str | None, int | None] = _Months()
    at, first, last, incidents = [], [], [], []
    for row in rows:
        at.append(numbers[row.site])
        first.append(months[row.earliest])
        last.append(months[row.latest])
        incidents.append(row.events)
    return {
        "place_columns": list(PLACE_COLUMNS),
        "places": list(places.values()),
        "counts": {"place": at, "from": first, "to": last, "incidents": incidents},
    }


class _Months(dict[str | None, int | None]):
    """Numbers of months, each worked out once."""

    def __missing__(self, month: str | None) -> int | None:
        self[month] = month_number(month)
        return self[month]


def month_number(month: str | None) -> int | None:
    """2016-10 as months since January of the year 0."""
    return None if month is None else int(month[:4]) * 12 + int(month[5:7]) - 1


def _place(site: Site, shapes: Shapes) -> list[Any]:
    shape: str | int | None = None
    radius = None
    name = site.name
    if site.level == "country":
        name = country_name(site.country or "")
        shape = site.country if shapes.country(site.country) is not None else None
    elif site.level == "adm1":
        name = site.admin1 or site.name
        shape = shapes.unit_id(site.country, name)
        radius = None if shape else shapes.radius(site.gazetteer) or _PROVINCE_KM
    elif site.level == "adm2":
        name = site.admin2 or site.name
        radius = shapes.radius(site.gazetteer) or DISTRICT_KM
    drawn_at = [site.latitude, site.longitude] if site.level not in ("country", "region") else [None, None]
    admin2 = site.admin2 if site.level != "adm1" else None
    return [site.level, name, site.country, site.admin1, admin2, shape, *drawn_at, radius]
