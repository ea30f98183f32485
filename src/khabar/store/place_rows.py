"""Places of incidents as rows. Invariant: `level` says how closely a place can be drawn on a map, and never claims more
than the source: a place without coordinates is only known to its province or country.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from khabar.records import Event
from khabar.text import fold

__all__ = ["NOWHERE", "PLACE_LEVELS", "event_places_of", "level_of", "place_row", "place_rows"]

PLACE_LEVELS = ("exact", "near", "adm2", "adm1", "country", "region")
"""From the closest to the widest. exact: the town or site; near: beside it; adm2, adm1: somewhere in that district or
province; country: somewhere in it; region: somewhere in a region, sea or valley whose bounds nobody has drawn.
"""

NOWHERE = "none"
"""What `EventFilter.known` is for incidents without a place."""

_DIGITS = 4  # of a degree: ten metres, far closer than any town is known


def event_places_of(event: Event) -> Iterator[dict[str, Any]]:
    """The rows of `event_places` for an incident: its derived places, each as closely as it is known, each once."""
    derived = {name: event.derived[name].value for name in ("places", "when") if name in event.derived}
    for row in place_rows(derived.get("places"), derived.get("when")):
        yield {"event": event.id, **row}


def place_rows(places: Any, when: Any) -> list[dict[str, Any]]:
    """The rows of derived places and date as an incident keeps them, without the incident's id; one for each site."""
    interval = when if isinstance(when, Mapping) else {}
    months = {
        "first_month": _month(interval.get("earliest")),
        "last_month": _month(interval.get("latest")),
    }
    found = [place_row(place) for place in ([places] if isinstance(places, Mapping) else places or ())]
    return [{**row, **months} for row in {row["site"]: row for row in reversed(found)}.values()][::-1]


def _month(day: str | None) -> str | None:
    return None if day is None else day[:7]


def place_row(place: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of one derived place."""
    level = level_of(place)
    name = str(place.get("name") or place.get("text") or "")
    province = place.get("admin1") or (name if place.get("precision") == "adm1" else None)
    district = place.get("admin2") or (name if place.get("precision") == "adm2" else None)
    country = place.get("country")
    latitude, longitude = (
        None if d is None else round(d, _DIGITS) for d in (place.get("latitude"), place.get("longitude"))
    )
    bare = "/".join(part for part in (country, fold(province or ""), fold(name)) if part)
    spot = f"{latitude},{longitude}" if latitude is not None and longitude is not None else bare
    site = {"country": country, "adm1": f"{country}/{fold(province or '')}"}.get(level, spot)
    return {
        "site": f"{level}:{site}",
        "country": country,
        "admin1": fold(province) if province else None,
        "admin2": fold(district) if district else None,
        "level": level,
        "name": name,
        "admin1_name": province,
        "admin2_name": district,
        "gazetteer": place.get("geonames_id") if latitude is not None else None,
        "latitude": latitude,
        "longitude": longitude,
    }


def level_of(place: Mapping[str, Any]) -> str:
    """How closely a place in the exchange format can be drawn; one of PLACE_LEVELS."""
    precision = place.get("precision")
    sited = place.get("latitude") is not None and place.get("longitude") is not None
    if precision in ("exact", "near", "adm2") and sited:
        return str(precision)
    if precision in ("exact", "near", "adm2", "adm1") and place.get("country"):
        return "adm1" if place.get("admin1") or precision == "adm1" else "country"
    return "country" if precision == "country" and place.get("country") else "region"
