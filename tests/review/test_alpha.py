"""Krippendorff's alpha against the worked examples of Krippendorff (2011), and against its laws."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.review.alpha import Level, alpha

# Computing Krippendorff's Alpha-Reliability, section C: four observers, twelve units, missing values as None.
_FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]


def _units(rows: list[list[object]]) -> list[list[object]]:
    return [[value for value in column if value is not None] for column in zip(*rows, strict=True)]


@pytest.mark.parametrize(
    ("level", "value"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_the_published_example_at_every_level(level: Level, value: float) -> None:
    assert alpha(_units(_FOUR), level) == pytest.approx(value, abs=0.0006)  # type: ignore[arg-type]


def test_the_published_examples_of_two_observers() -> None:
    binary = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
    assert alpha(_units(binary)) == pytest.approx(0.095, abs=0.0006)  # type: ignore[arg-type]
    names = [list("aabbdcccedda"), [*list("babbbcccedd"), "d"]]
    assert alpha(_units(names)) == pytest.approx(0.692, abs=0.0006)  # type: ignore[arg-type]


def test_by_hand() -> None:
    """Two units, (1, 1) and (1, 2): observed 2 of 4 values differ in pairs, expected 2·3·1 / 3 = 2, so 1 - 2/2."""
    assert alpha([[1, 1], [1, 2]]) == pytest.approx(0.0)
    assert alpha([[1, 1], [2, 2]]) == 1.0
    assert alpha([[1, 2], [2, 1]]) == pytest.approx(-0.5)  # observed 4, expected 8/3


@pytest.mark.parametrize("units", [[], [[1]], [[1, 1], [1, 1]], [[1], [2]]])
def test_without_variation_or_pairs_it_is_not_defined(units: list[list[int]]) -> None:
    assert alpha(units) is None


_UNITS = st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=3), max_size=8)


@given(units=_UNITS, level=st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
def test_it_is_at_most_one_and_knows_no_order_of_coders_or_units(units: list[list[int]], level: Level) -> None:
    value = alpha(units, level)
    if value is None:
        return
    assert value <= 1.0
    turned = [unit[::-1] for unit in units][::-1]
    assert alpha(turned, level) == pytest.approx(value)
    same = all(len(set(unit)) == 1 for unit in units if len(unit) > 1)
    assert (value == 1.0) == same


def test_names_may_be_renamed() -> None:
    units = [["a", "b"], ["a", "a"], ["c", "b"], ["b", "b"]]
    for names in permutations("abc"):
        renamed = [[names["abc".index(v)] for v in unit] for unit in units]
        assert alpha(renamed) == pytest.approx(alpha(units) or 0.0)
