"""Incidents by place. Invariant: `level` never claims more than is known (see `khabar.store.place_rows`)."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PlaceTotal", "PlacedCount", "Site"]


@dataclass(frozen=True, slots=True)
class Site:
    """What a map draws once: at the levels adm1 and country a whole unit, at every other what lies at one point.

    `latitude` and `longitude` (WGS84 degrees) are those that the gazetteer gives for it, None where it gives none;
    `gazetteer` is its id there; `admin1` and `admin2` are names.
    """

    id: str
    level: str
    name: str
    country: str | None
    admin1: str | None
    admin2: str | None
    gazetteer: int | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class PlacedCount:
    """How many incidents at a site may lie in the months `earliest` to `latest` (2016-10; None is an open bound)."""

    site: str
    earliest: str | None
    latest: str | None
    events: int


@dataclass(frozen=True, slots=True)
class PlaceTotal:
    """How many incidents are in a country (`admin1` None) or province, at one level or (`level` None) at any."""

    country: str
    admin1: str | None
    level: str | None
    events: int
