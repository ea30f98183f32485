"""Counting, against figures worked out by hand."""

from __future__ import annotations

import pytest

from khabar.evaluation.model import Figure
from khabar.evaluation.score import Share, Tally


def test_tally_by_hand() -> None:
    tally = Tally()
    tally.add(right=3, wrong=1)
    tally.add(missed=2)
    assert tally.precision == pytest.approx(0.75)
    assert tally.recall == pytest.approx(0.6)
    assert tally.f1 == pytest.approx(2 / 3)
    assert tally.figure("x").size == 5


def test_nothing_to_find_and_nothing_found() -> None:
    assert (Tally().precision, Tally().recall, Tally().f1) == (1.0, 1.0, 1.0)
    assert Tally(wrong=2).f1 == 0.0
    assert Tally(missed=2).f1 == 0.0


def test_share_by_hand() -> None:
    share = Share()
    for right in (True, True, False):
        share.add(right)
    assert share.figure("y") == Figure("y", pytest.approx(2 / 3), 3)


def test_floors_of_shares_and_of_counts() -> None:
    assert Figure("f1", 0.85, 10).meets(0.85)
    assert not Figure("f1", 0.8499, 10).meets(0.85)
    assert Figure("ungrounded", 0, 10, count=True).meets(0)
    assert not Figure("ungrounded", 1, 10, count=True).meets(0)
