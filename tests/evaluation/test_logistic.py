"""Fitted models say the shares of the cases they were fitted on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.evaluation.logistic import Example, fit


def _examples(right: int, wrong: int, **features: float) -> list[Example]:
    return [Example(features, True)] * right + [Example(features, False)] * wrong


def test_without_features_the_share_is_that_of_the_right_ones_less_some_caution() -> None:
    model = fit(_examples(80, 20))
    assert model.weights == {}
    assert model.share({}) == pytest.approx(0.8 * 0.94, abs=0.005)
    assert (model.cases, model.right) == (100, 80)


def test_a_feature_that_tells_moves_the_share_towards_what_was_found_with_it() -> None:
    model = fit([*_examples(900, 100, own=1.0), *_examples(500, 500)])
    assert model.share({"own": 1.0}) == pytest.approx(0.9 * 0.94, abs=0.01)
    assert model.share({}) == pytest.approx(0.5 * 0.94, abs=0.01)


def test_a_rare_feature_and_one_that_all_have_get_no_weight() -> None:
    model = fit([*_examples(50, 50, all=1.0), *_examples(3, 0, all=1.0, rare=1.0)])
    assert model.weights == {}


def test_a_case_of_little_weight_counts_little() -> None:
    heavy, light = [Example({}, True)] * 50, [Example({}, False, 0.1)] * 50
    assert fit([*heavy, *light]).share({}) > 0.8


def test_all_right_is_still_a_finite_model() -> None:
    model = fit(_examples(60, 0))
    assert 0.9 < model.share({}) <= 0.98


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=60))
def test_the_order_of_cases_does_not_matter(rows: list[tuple[bool, bool, bool]]) -> None:
    examples = [Example({"a": float(a), "b": float(b)}, right) for a, b, right in rows]
    one, other = fit(examples), fit(examples[::-1])
    assert one.weights.keys() == other.weights.keys()
    assert one.share({"a": 1.0}) == pytest.approx(other.share({"a": 1.0}), abs=0.01)
