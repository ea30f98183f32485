"""Scores of clusterings, counted by hand, and what holds of any."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.evaluation.cluster_score import b_cubed, clustering_of, pairwise

# The truth is {a, b, c} and {d, e}; found are {a, b}, {c, d} and e alone.
TRUTH = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2}
FOUND = {"a": "x", "b": "x", "c": "y", "d": "y"}

_LABELS = st.dictionaries(st.integers(0, 30), st.integers(0, 5), max_size=20)


def test_pairs_are_counted_as_by_hand() -> None:
    tally = pairwise(TRUTH, FOUND)
    assert (tally.right, tally.wrong, tally.missed) == (1, 1, 3)  # ab; cd; ac, bc, de
    assert tally.f1 == pytest.approx(2 / 6)


def test_pairs_about_an_item_are_counted_as_by_hand() -> None:
    tally = pairwise(TRUTH, FOUND, lambda item: item in "cd")
    assert (tally.right, tally.wrong, tally.missed) == (0, 1, 3)  # cd; ac, bc, de


def test_b_cubed_is_as_by_hand() -> None:
    score = b_cubed(TRUTH, FOUND)
    # precision: a, b 1; c, d 1/2; e 1. recall: a, b 2/3; c 1/3; d, e 1/2.
    assert score.precision == pytest.approx(4 / 5)
    assert score.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2) / 5)
    assert score.size == 5
    assert b_cubed(TRUTH, FOUND, lambda item: item == "c").precision == pytest.approx(1 / 2)


def test_an_item_in_no_group_is_alone() -> None:
    found = clustering_of([["a", "b"], ["c"]], ["a", "b", "c", "d", "e"])
    assert found["a"] == found["b"]
    assert len(set(found.values())) == 4


def test_nothing_to_put_together_is_no_mistake() -> None:
    assert pairwise({}, {}).f1 == 1
    assert b_cubed({"a": 1}, {}).f1 == 1


@given(_LABELS)
def test_the_truth_itself_is_without_fault(truth: dict[int, int]) -> None:
    assert pairwise(truth, truth).f1 == 1
    assert not truth or b_cubed(truth, truth).f1 == pytest.approx(1)


@given(_LABELS, st.randoms())
def test_pairs_are_those_of_a_plain_count(truth: dict[int, int], draw: object) -> None:
    found = {item: draw.randint(0, 3) for item in truth}  # type: ignore[attr-defined]
    pairs = [(a, b) for a in truth for b in truth if a < b]
    right = sum(truth[a] == truth[b] and found[a] == found[b] for a, b in pairs)
    wrong = sum(truth[a] != truth[b] and found[a] == found[b] for a, b in pairs)
    missed = sum(truth[a] == truth[b] and found[a] != found[b] for a, b in pairs)
    tally = pairwise(truth, found)
    assert (tally.right, tally.wrong, tally.missed) == (right, wrong, missed)
