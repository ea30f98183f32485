"""The ground of a picture: found by an array, the same as by a look at every ring."""

from __future__ import annotations

import pytest
from hypothesis import given

from khabar.maps.drawing import area
from khabar.maps.ground import Ground, load_ground
from khabar.maps.projection import Box, fit
from khabar.maps.shapes import Area, load_shapes
from maps.boxes import boxes

_boxes = boxes(west=(-180, 175), south=(-90, 85), wide=(0, 360), high=(0, 180))


@pytest.fixture(scope="module")
def ground() -> Ground:
    return load_ground()


def _looked_at(ground: Ground, box: Box) -> list[tuple[str, tuple[object, ...]]]:
    met = [(one.id, tuple(ring for ring in one.rings if box.meets(ring))) for one in ground.areas]
    return [(key, rings) for key, rings in met if rings]


def test_every_country_stands_in_it_whole(ground: Ground) -> None:
    assert list(ground.areas) == list(load_shapes().countries())
    assert list(ground.near(Box(-181, -91, 181, 91))) == list(ground.areas)
    assert ground.boxes.shape == (sum(len(one.rings) for one in ground.areas), 4)


@given(_boxes)
def test_what_meets_a_box_is_what_a_look_at_every_ring_tells(box: Box) -> None:
    found = [(one.id, one.rings) for one in load_ground().near(box)]
    assert found == _looked_at(load_ground(), box)


def test_edges_that_touch_meet(ground: Ground) -> None:
    for west, south, east, north in ground.boxes[::97]:
        for box in (Box(east, south, east + 1, north), Box(west, north, east, north + 1)):
            assert [one.id for one in ground.near(box)] == [key for key, _ in _looked_at(ground, box)]


def test_a_picture_is_the_same_by_either_way(ground: Ground) -> None:
    projection = fit(Box(60, 24, 78, 37), 320, 240)
    apart = [area(one, "land", projection) for one in load_shapes().countries()]
    assert "".join(area(one, "land", projection) for one in ground.near(projection.box)) == "".join(apart)


def test_where_nothing_is_nothing_is_given(ground: Ground) -> None:
    assert list(ground.near(Box(-120, -50, -115, -45))) == []
    empty: tuple[Area, ...] = ()
    assert list(Ground(empty, ground.boxes[:0], ()).near(Box(-181, -91, 181, 91))) == []
