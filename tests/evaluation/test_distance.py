from __future__ import annotations

import pytest

from khabar.evaluation.distance import km_between


def test_known_distances() -> None:
    assert km_between((0, 0), (0, 1)) == pytest.approx(111.2, abs=0.1)
    assert km_between((51.5, -0.1), (48.85, 2.35)) == pytest.approx(343, abs=3)
    assert km_between((0, 179.5), (0, -179.5)) == pytest.approx(111.2, abs=0.1)


def test_no_distance_without_a_point() -> None:
    assert km_between((None, 1), (0, 0)) is None
    assert km_between((0, 0), (0, None)) is None
