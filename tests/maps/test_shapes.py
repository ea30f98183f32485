"""Outlines: what is in the files, how it is found, and that it lies where it should."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise

import pytest

from khabar.maps.projection import box_of
from khabar.maps.shapes import Area, Shapes, load_shapes, shapes_file

SPECK = 12  # corners of an island so small that simplifying moves it off its middle


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return load_shapes()


def _inside(area: Area, longitude: float, latitude: float) -> bool:
    """By the even-odd rule, as it is drawn."""
    odd = False
    for ring in area.rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > latitude) != (y2 > latitude) and longitude < x1 + (latitude - y1) / (y2 - y1) * (x2 - x1):
                odd = not odd
    return odd


def test_every_outline_is_closed_lies_on_the_globe_and_has_its_label_inside(shapes: Shapes) -> None:
    areas = [*shapes.countries(), *(unit for country in shapes.countries() for unit in shapes.units_of(country.id))]
    assert len(areas) > 3000
    for area in areas:
        assert area.rings
        for ring in area.rings:
            assert ring[0] == pytest.approx(ring[-1])
            assert all(-180.01 <= x <= 180.01 and -90 <= y <= 90 for x, y in ring)
        if len(area.rings[0]) > SPECK:
            assert _inside(area, *area.label), area.name


def test_every_unit_belongs_to_a_country_with_an_outline(shapes: Shapes) -> None:
    for shape in shapes.topology["objects"]["units"]["geometries"]:
        facts = shape["properties"]
        assert shapes.country(facts["country"]) is not None
        assert isinstance(shape["id"], int)
        assert shapes.unit_id(facts["country"], facts["name"]) is not None
    ids = [shape["id"] for shape in shapes.topology["objects"]["units"]["geometries"]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("country", "name", "longitude", "latitude"),
    [
        ("PK", "Sindh", 67.01, 24.95),
        ("pk", "sindh province", 68.85, 27.7),
        ("AF", "Nangarhar", 70.45, 34.43),
        ("NG", "Borno", 13.15, 11.83),
        ("CO", "Antioquia", -75.57, 6.25),
        ("PS", "Gaza Strip", 34.45, 31.5),
        ("PK", "Federally Administered Tribal Areas", 70.1, 33.0),
    ],
)
def test_a_province_holds_its_towns(shapes: Shapes, country: str, name: str, longitude: float, latitude: float) -> None:
    unit = shapes.unit(country, name)
    assert unit is not None
    assert _inside(unit, longitude, latitude)
    whole = shapes.country(country)
    assert whole is not None
    assert _inside(whole, longitude, latitude)


def test_what_has_no_outline_is_not_given_anothers(shapes: Shapes) -> None:
    assert shapes.unit("PK", "Atlantis") is None
    assert shapes.unit("XX", "Sindh") is None
    assert shapes.unit(None, "Sindh") is None
    assert shapes.unit("KE", "Garissa") is None  # the source has the provinces that counties replaced
    assert shapes.country("XX") is None


def test_units_without_outline_tell_how_wide_they_are(shapes: Shapes) -> None:
    assert len(shapes.radii) > 10_000
    assert all(5 <= radius < 2500 for radius in shapes.radii.values())
    assert shapes.radius(None) is None
    drawn = {shape["id"] for shape in shapes.topology["objects"]["units"]["geometries"]}
    assert not drawn & shapes.radii.keys()


def test_provinces_lie_in_the_box_of_their_country(shapes: Shapes) -> None:
    for code in ("PK", "AF", "IN", "NG", "SY", "IQ", "YE", "SO"):
        country = shapes.country(code)
        assert country is not None
        whole = box_of(country.rings)
        assert whole is not None
        for unit in shapes.units_of(code):
            box = box_of(unit.rings)
            assert box is not None
            assert whole.west - 0.05 <= box.west <= box.east <= whole.east + 0.05
            assert whole.south - 0.05 <= box.south <= box.north <= whole.north + 0.05


def test_what_browsers_get_is_the_same_file(shapes: Shapes) -> None:
    body, version = shapes_file()
    assert json.loads(gzip.decompress(body)) == shapes.topology
    assert len(version) == 12
    assert len(body) < 600_000
