"""Areas with their numbers of incidents, for the map's table and its CSV twin. Invariant: each number is what the list
of incidents has under the address beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from khabar.maps.countries import country_name
from khabar.serve.rendering import query
from khabar.store.place_rows import PLACE_LEVELS
from khabar.store.placing import PlaceTotal

__all__ = ["AREA_COLUMNS", "AreaCounts", "area_row", "areas_of", "list_address"]

AREA_COLUMNS = ("country", "country_name", "admin1", "incidents", *(f"known_{level}" for level in PLACE_LEVELS))


@dataclass(frozen=True, slots=True)
class AreaCounts:
    """A country (`admin1` None) or province: incidents in it, and how many of them are known to each level."""

    country: str
    country_name: str
    admin1: str | None
    incidents: int
    levels: Mapping[str, int]


def areas_of(totals: Iterable[PlaceTotal]) -> list[AreaCounts]:
    """Countries, the one with most incidents first, each followed by its provinces, most first."""
    counts: dict[tuple[str, str | None], dict[str | None, int]] = {}
    for total in totals:
        counts.setdefault((total.country, total.admin1), {})[total.level] = total.events
    rows = [
        AreaCounts(
            country,
            country_name(country),
            admin1,
            levels.get(None, 0),
            {level: levels[level] for level in PLACE_LEVELS if levels.get(level)},
        )
        for (country, admin1), levels in counts.items()
    ]
    size = {row.country: row.incidents for row in rows if row.admin1 is None}
    rows.sort(key=lambda r: (-size[r.country], r.country, r.admin1 is not None, -r.incidents, r.admin1 or ""))
    return rows


def area_row(area: AreaCounts) -> dict[str, Any]:
    """The area as a row of AREA_COLUMNS."""
    row: dict[str, Any] = {name: getattr(area, name) for name in ("country", "country_name", "admin1", "incidents")}
    return {**row, **{f"known_{level}": area.levels.get(level, 0) for level in PLACE_LEVELS}}


def list_address(values: Mapping[str, Any], country: str, admin1: str | None, level: str | None = None) -> str:
    """Where the incidents of an area, known to `level` or any, are listed under the same filter."""
    narrower = {"country": country, "admin1": admin1 or values.get("admin1"), "known": level or values.get("known")}
    return f"/incidents?{query(values, **narrower)}"
