"""Distances on the globe, for scoring places. Invariant: no distance where a coordinate is unknown."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

__all__ = ["NEAR_KM", "km_between"]

NEAR_KM = 161.0  # a hundred miles: the customary bound of "right" in geocoding (Acc@161)
Point = tuple[float | None, float | None]


def km_between(one: Point, other: Point) -> float | None:
    """Great-circle distance in kilometres of two points given as (latitude, longitude) in degrees."""
    (south, west), (north, east) = one, other
    if south is None or west is None or north is None or east is None:
        return None
    phi, psi = radians(south), radians(north)
    half = sin((psi - phi) / 2) ** 2 + cos(phi) * cos(psi) * sin(radians(east - west) / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(half)))
