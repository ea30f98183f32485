"""The small map of an incident: never closer than what is known."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from khabar.maps.locator import locator_svg, words_of
from khabar.store.place_rows import place_row

TOWN: dict[str, Any] = {
    "name": "Hyderabad",
    "country": "PK",
    "admin1": "Sindh",
    "admin2": "Hyderabad District",
    "geonames_id": 1176734,
    "latitude": 25.39,
    "longitude": 68.37,
}
SVG = "{http://www.w3.org/2000/svg}"


def _drawn(*places: dict[str, Any]) -> dict[str, int]:
    picture = ET.fromstring(locator_svg(places))  # noqa: S314 (our own markup)
    classes = [e.get("class", "") for e in picture.iter() if e.tag != f"{SVG}svg"]
    return {name: classes.count(f"map-{name}") for name in ("point", "near", "extent", "shown")}


@pytest.mark.parametrize(
    ("precision", "drawn", "words"),
    [
        ("exact", {"point": 1, "near": 0, "extent": 0, "shown": 1}, "Hyderabad, Sindh, Pakistan"),
        ("near", {"point": 0, "near": 1, "extent": 0, "shown": 1}, "near Hyderabad, Sindh, Pakistan"),
        ("adm2", {"point": 0, "near": 0, "extent": 1, "shown": 1}, "somewhere in Hyderabad District, Sindh, Pakistan"),
        ("adm1", {"point": 0, "near": 0, "extent": 0, "shown": 1}, "somewhere in Sindh, Pakistan"),
    ],
)
def test_a_place_is_drawn_as_closely_as_it_is_known(precision: str, drawn: dict[str, int], words: str) -> None:
    place = {**TOWN, "precision": precision}
    assert _drawn(place) == drawn
    assert words_of(place_row(place)) == words
    assert f"<title>{words}</title>" in locator_svg([place])


def test_a_country_is_shown_whole_and_its_middle_is_no_place() -> None:
    place = {"name": "Pakistan", "country": "PK", "latitude": 30.0, "longitude": 70.0, "precision": "country"}
    assert _drawn(place) == {"point": 0, "near": 0, "extent": 0, "shown": 1}
    assert words_of(place_row(place)) == "somewhere in Pakistan"


def test_a_town_without_coordinates_is_only_known_to_its_province() -> None:
    place = {**TOWN, "latitude": None, "longitude": None, "precision": "exact"}
    assert _drawn(place) == {"point": 0, "near": 0, "extent": 0, "shown": 1}


def test_a_province_without_outline_is_a_circle() -> None:
    place = {"name": "Garissa", "country": "KE", "admin1": "Garissa", "latitude": -0.45, "longitude": 39.65}
    assert _drawn({**place, "precision": "adm1"}) == {"point": 0, "near": 0, "extent": 1, "shown": 0}


def test_regions_and_unknown_countries_are_not_drawn() -> None:
    assert locator_svg([]) == ""
    assert locator_svg([{"name": "the borderlands", "precision": "region", "latitude": 30.0, "longitude": 70.0}]) == ""
    assert locator_svg([{"name": "Nowhere", "country": "XX", "precision": "country"}]) == ""


def test_names_are_escaped() -> None:
    place = {**TOWN, "name": "<b>&", "precision": "exact"}
    assert "<b>" not in locator_svg([place])


def test_pictures_of_one_country_share_their_ground_and_nothing_else() -> None:
    hyderabad = {**TOWN, "precision": "exact"}
    whole = {"name": "Pakistan", "country": "PK", "precision": "country"}
    first = locator_svg([hyderabad])
    assert "map-country" not in locator_svg([whole])
    assert "map-country" in first
    assert 'viewBox="0 0 160 120"' in locator_svg([hyderabad], 160, 120)
    assert locator_svg([hyderabad]) == first
