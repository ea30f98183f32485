"""Counts as the map draws them."""

from __future__ import annotations

from khabar.maps.gathering import PLACE_COLUMNS, gather, month_number
from khabar.maps.shapes import load_shapes
from khabar.store.placing import PlacedCount, Site

SITES = [
    Site("a", "exact", "Karachi", "PK", "Sindh", "Karachi", 1174872, 24.86, 67.01),
    Site("b", "adm1", "Sindh", "PK", "Sindh", None, 1164807, 26.3, 68.5),
    Site("c", "adm1", "Garissa", "KE", "Garissa", None, 197742, -0.45, 39.65),
    Site("d", "adm2", "Pulwama", "IN", "Jammu and Kashmir", "Pulwama", None, 33.9, 74.9),
    Site("e", "country", "Pakistan", "PK", None, None, 1168579, 30.0, 70.0),
    Site("f", "region", "Kashmir", None, None, None, None, 34.3, 75.5),
]


def test_each_site_is_drawn_at_its_level_and_no_closer() -> None:
    rows = [dict(zip(PLACE_COLUMNS, row, strict=True)) for row in gather(SITES, [], load_shapes())["places"]]
    town, province, without, district, country, region = rows
    assert (town["latitude"], town["shape"], town["radius_km"]) == (24.86, None, None)
    assert (province["shape"], province["radius_km"]) == (1164807, None)
    assert without["shape"] is None
    assert without["radius_km"] > 5
    assert district["radius_km"] > 5
    assert (country["shape"], country["latitude"], country["name"]) == ("PK", None, "Pakistan")
    assert (region["shape"], region["latitude"], region["radius_km"]) == (None, None, None)


def test_counts_are_columns_of_months() -> None:
    rows = [PlacedCount("b", "2016-10", "2016-10", 3), PlacedCount("a", None, "2017-01", 1)]
    assert gather(SITES, rows, load_shapes())["counts"] == {
        "place": [1, 0],
        "from": [24201, None],
        "to": [24201, 24204],
        "incidents": [3, 1],
    }
    assert month_number("2016-10") == 2016 * 12 + 9
