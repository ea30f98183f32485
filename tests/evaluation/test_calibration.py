"""Calibration error and bins against figures worked out by hand; no model is tried on what it was fitted on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from khabar.evaluation.calibration import Observation, bins_of, calibration_error, costs_of, fitted, tried


def test_the_error_is_the_mean_distance_of_said_and_found_weighted_by_cases() -> None:
    # Bin 0.9-1.0: said 0.95, found 1/2, two cases; bin 0.2-0.3: said 0.2, found 0, two cases; bin 0.5-0.6: exact.
    pairs = [(0.95, True), (0.95, False), (0.2, False), (0.2, False), (0.5, True), (0.5, False)]
    assert calibration_error(pairs) == pytest.approx((2 * 0.45 + 2 * 0.2 + 2 * 0.0) / 6)


def test_bins_hold_their_mean_share_and_leave_out_the_empty_ones() -> None:
    low, high = bins_of([(0.31, True), (0.39, False), (1.0, True)])
    assert (low.low, low.cases, low.found) == (0.3, 2, 0.5)
    assert low.said == pytest.approx(0.35)
    assert (high.low, high.high, high.cases, high.found) == (0.9, 1.0, 1, 1.0)


def test_a_threshold_costs_the_right_ones_below_it_and_gains_precision() -> None:
    none, some, all_ = costs_of([(0.9, True), (0.8, True), (0.7, False), (0.4, True), (0.3, False)], [0.0, 0.5, 1.0])
    assert (none.kept, none.precision, none.lost) == (5, 0.6, 0.0)
    assert some.kept == 3
    assert some.precision == pytest.approx(2 / 3)
    assert some.lost == pytest.approx(1 / 3)
    assert (all_.kept, all_.precision, all_.lost) == (0, 0.0, 1.0)


def test_no_case_has_no_error() -> None:
    assert calibration_error([]) == 0.0


def _cases(number: int, source: str = "s") -> list[Observation]:
    """Texts of two values each: one with a feature, right three times in four, one without, right once in four."""
    return [
        Observation(source, f"t{i}", "event.type", "type", {"own": 1.0} if own else {}, (i % 4 != 0) == own)
        for i in range(number)
        for own in (True, False)
    ]


def test_shares_of_texts_held_back_are_near_what_is_found() -> None:
    rated = tried(_cases(200))
    assert len(rated) == 400
    assert calibration_error([(share, case.right) for case, share in rated]) < 0.08
    own = [share for case, share in rated if case.features]
    other = [share for case, share in rated if not case.features]
    assert min(own) > 0.6 > 0.4 > max(other)


def test_a_text_is_rated_by_models_that_never_saw_it() -> None:
    """A model that belongs to one text alone is not there when that text is held back."""
    lonely = Observation("s", "only", "event.weapon", "weapon", {}, True)
    rated = tried([*_cases(40), lonely])
    assert all(case != lonely for case, _ in rated)


def test_made_up_cases_help_to_fit_and_are_never_rated() -> None:
    made = [replace(c, natural=False) for c in _cases(50, "made")]
    rated = tried([*made, *_cases(50)])
    assert {case.source for case, _ in rated} == {"s"}
    assert fitted(made)["event.type"].cases == 100


def test_few_cases_give_a_share_and_no_weights() -> None:
    model = fitted(_cases(10))["event.type"]
    assert not model.weights
    assert model.share({"own": 1.0}) == model.share({})
