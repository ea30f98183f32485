"""Degrees to a drawing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.maps.drawing import path_of
from khabar.maps.projection import Box, box_of, fit
from maps.boxes import boxes

_boxes = boxes(west=(-179, 100), south=(-70, 40), wide=(0.1, 79), high=(0.1, 30))


@given(_boxes, st.floats(50, 2000), st.floats(50, 2000))
def test_all_of_a_box_is_in_the_drawing_with_north_up(box: Box, width: float, height: float) -> None:
    projection = fit(box, width, height)
    left, top = projection.point(box.west, box.north)
    right, bottom = projection.point(box.east, box.south)
    assert -0.01 <= left < right <= width + 0.01
    assert -0.01 <= top < bottom <= height + 0.01
    middle = projection.point((box.west + box.east) / 2, (box.south + box.north) / 2)
    assert middle == pytest.approx((width / 2, height / 2), abs=0.01)


def test_a_kilometre_east_is_as_long_as_one_north() -> None:
    projection = fit(Box(60, 59.5, 62, 60.5), 400, 400)
    east = projection.point(62, 60)[0] - projection.point(60, 60)[0]
    assert east == pytest.approx(projection.length(2 * 111.2 * 0.5), rel=0.01)  # cos 60° = ½


def test_a_ring_meets_a_box_by_its_own() -> None:
    ring = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 0.0))
    assert Box(3, 3, 9, 9).meets(ring)
    assert not Box(5, 0, 9, 9).meets(ring)
    assert box_of([]) is None


def test_a_path_is_cut_at_the_edge_of_the_picture() -> None:
    projection = fit(Box(0, -1, 2, 1), 100, 100)
    around = ((-50.0, -50.0), (50.0, -50.0), (50.0, 50.0), (-50.0, 50.0), (-50.0, -50.0))
    corners = path_of([around], projection).strip("MZ").split("L")
    numbers = [float(n) for corner in corners for n in corner.split()]
    assert min(numbers) >= -5
    assert max(numbers) <= 105
    assert path_of([((10.0, 10.0), (11.0, 10.0), (11.0, 11.0), (10.0, 10.0))], projection) == ""


@pytest.mark.parametrize("turn", range(4))
def test_a_ring_over_one_edge_is_cut_there_alone(turn: int) -> None:
    projection = fit(Box(0, -1, 2, 1), 100, 100)
    corners = [(-2.0, -0.5), (1.0, -0.5), (1.0, 0.5), (-2.0, 0.5)]
    for _ in range(turn):
        corners = [(1 - y, x - 1) for x, y in corners]
    cut = path_of([(*corners, corners[0])], projection).strip("MZ").split("L")
    numbers = [float(n) for corner in cut for n in corner.split()]
    assert len(set(cut)) == 4
    assert [n for n in numbers if not 0 <= n <= 100] == ([-4.0, -4.0] if turn in (0, 3) else [104.0, 104.0])
