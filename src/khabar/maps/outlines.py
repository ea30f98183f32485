"""Areas as GeoJSON geometries (RFC 7946). Invariant: outer rings run counterclockwise, holes clockwise, every ring is
closed, and a place is given no closer than it is known.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any

from khabar.maps.locator import DISTRICT_KM
from khabar.maps.shapes import Area, Ring, load_shapes

__all__ = ["geometry_of", "outline_of"]

_CORNERS = 48  # of a circle
_KM = 111.32  # of a degree of latitude
_DIGITS = 4


def outline_of(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """The area that a row of `event_places` is known to lie in: the outline of its country or province, a circle for a
    district; None where no outline or point is known.
    """
    shapes = load_shapes()
    if row["level"] == "country":
        country = shapes.country(row["country"])
        return None if country is None else geometry_of(country)
    province = shapes.unit(row["country"], row["admin1_name"])
    if row["level"] == "adm1" and province is not None:
        return geometry_of(province)
    if row["level"] in ("adm1", "adm2") and row["latitude"] is not None:
        return _circle(row["longitude"], row["latitude"], shapes.radius(row["gazetteer"]) or DISTRICT_KM)
    if row["level"] == "adm2" and province is not None:
        return geometry_of(province)
    return None


def geometry_of(area: Area) -> dict[str, Any]:
    """The outline of an area: a ring that lies in another one is a hole in it; specks with no inside are left out."""
    rings = [ring for ring in area.rings if len(set(ring)) > 2]
    holders = [next((k for k, outer in enumerate(rings) if k != n and _inside(ring[0], outer)), None)
               for n, ring in enumerate(rings)]  # fmt: skip
    polygons = {n: [_turned(ring, left=True)] for n, ring in enumerate(rings) if holders[n] is None}
    for n, holder in enumerate(holders):
        if holder in polygons:
            polygons[holder].append(_turned(rings[n], left=False))
    return {"type": "MultiPolygon", "coordinates": list(polygons.values())}


def _turned(ring: Ring, *, left: bool) -> list[list[float]]:
    """The ring closed, in the direction asked for."""
    points = ring if ring[0] == ring[-1] else (*ring, ring[0])
    turns_left = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(points)) > 0
    ordered: Sequence[tuple[float, float]] = points if turns_left == left else points[::-1]
    return [[round(x, _DIGITS), round(y, _DIGITS)] for x, y in ordered]


def _inside(point: tuple[float, float], ring: Ring) -> bool:
    """Whether a point lies in a ring (even–odd rule)."""
    x, y = point
    found = False
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            found = not found
    return found


def _circle(longitude: float, latitude: float, kilometres: float) -> dict[str, Any]:
    high = kilometres / _KM
    wide = high / max(0.05, math.cos(math.radians(latitude)))
    corners = [
        [round(longitude + wide * math.cos(a), _DIGITS), round(latitude + high * math.sin(a), _DIGITS)]
        for a in (2 * math.pi * k / _CORNERS for k in range(_CORNERS))
    ]
    return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}
