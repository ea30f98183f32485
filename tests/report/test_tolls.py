from __future__ import annotations

from khabar.report.tolls import summed, toll_words
from told_incidents import incident


def test_a_sum_adds_what_is_shown_between_the_lowest_and_highest_stated() -> None:
    events = [incident("a", killed=[61, 59, 66]), incident("b", killed=[10])]
    toll = summed(events, "killed")
    assert (toll.low, toll.best, toll.high, toll.stated, toll.open) == (69, 71, 76, 2, 0)
    assert toll_words(toll).words == "71 (69–76)"
    assert toll_words(toll).incidents == ("e-a", "e-b")


def test_at_least_leaves_a_sum_open_upwards() -> None:
    toll = summed([incident("a", killed=(29, 29, None))], "killed")
    assert toll_words(toll).words == "29 or more"


def test_dozens_count_as_their_lower_bound() -> None:
    toll = summed([incident("a", injured=(24, None, None))], "injured")
    assert (toll.best, toll.low, toll_words(toll).words) == (24, 24, "24 or more")


def test_nothing_said_is_no_zero() -> None:
    assert toll_words(summed([incident("a")], "killed")).words == "–"
    nobody = summed([incident("a", killed=0)], "killed")
    assert (toll_words(nobody).words, nobody.incidents) == ("0", ())
