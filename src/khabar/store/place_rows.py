"""Places of incidents as rows. Invariant: `level` says how closely a place can be drawn on a map, and never claims more
than the source: a place without coordinates is only known to its province or country.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from khabar.records import Event
from khabar.text import fold

__all__ = ["NOWHERE", "PLACE_LEVELS", "event_places_of", "level_of", "place_row"]

PLACE_LEVELS = ("exact", "near", "adm2", "adm1", "country", "region")
"""From the closest to the widest. exact: the town or site; near: beside it; adm2, adm1: somewhere in that district or
province; country: somewhere in it; region: somewhere in a region, sea or valley whose bounds nobody has drawn.
"""

NOWHERE = "none"
"""What `EventFilter.known` is for incidents without a place."""

_DIGITS = 4  # of a degree: ten metres, far closer than any town is known


def event_places_of(event: Event) -> Iterator[dict[str, Any]]:
    """The rows of `event_places` for an incident: its derived places, each as closely as it is known."""
    derived = event.derived.get("places")
    places = derived.value if derived is not None else None
    for place in [places] if isinstance(places, Mapping) else places or ():
        yield {"event": event.id, **place_row(place)}


def place_row(place: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of one derived place."""
    level = level_of(place)
    name = str(place.get("name") or place.get("text") or "")
    province = place.get("admin1") or (name if place.get("precision") == "adm1" else None)
    district = place.get("admin2") or (name if place.get("precision") == "adm2" else None)
    latitude, longitude = place.get("latitude"), place.get("longitude")
    return {
        "country": place.get("country"),
        "admin1": fold(province) if province else None,
        "admin2": fold(district) if district else None,
        "level": level,
        "name": name,
        "admin1_name": province,
        "admin2_name": district,
        "gazetteer": place.get("geonames_id"),
        "latitude": None if latitude is None else round(latitude, _DIGITS),
        "longitude": None if longitude is None else round(longitude, _DIGITS),
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
