"""Mentions as columns: equal parts are kept once, and the order of mentions does not matter."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from khabar.resolution.columns import FAR, Dictionary, distinct, tabulate
from khabar.resolution.mentions import Mention, mention
from resolution.make import HERAT, KABUL, TYPES, event

MENTIONS = [
    mention(event("a", "bombing", KABUL, "2020-05-12", killed=7), TYPES, {}),
    mention(event("b", "bombing", KABUL, None, killed=7), TYPES, {}),
    mention(event("c", "raid", HERAT, "2020-05-13"), TYPES, {}),
]


@given(st.permutations(MENTIONS))
def test_the_order_of_mentions_does_not_matter(mentions: list[Mention]) -> None:
    table, other = tabulate(MENTIONS), tabulate(mentions)
    assert table.claims == other.claims == sorted(m.claim for m in MENTIONS)
    for row in range(len(table)):
        assert [table.part(name, row) for name in table.parts] == [other.part(name, row) for name in other.parts]
        assert [days[row] for days in table.days.values()] == [days[row] for days in other.days.values()]


def test_a_claim_that_comes_twice_has_one_row() -> None:
    assert len(tabulate([*MENTIONS, MENTIONS[0]])) == len(MENTIONS)


def test_equal_parts_are_one_number_and_nothing_said_is_number_nought() -> None:
    table = tabulate(MENTIONS)
    row = {claim: number for number, claim in enumerate(table.claims)}
    a, b, c = (row[m.claim] for m in MENTIONS)
    for name in ("places", "deaths"):
        assert table.parts[name].numbers[a] == table.parts[name].numbers[b]
    assert table.parts["places"].numbers[a] != table.parts["places"].numbers[c]
    assert table.parts["deaths"].numbers[c] == 0
    assert table.part("deaths", c) is None


def test_open_days_are_far_away() -> None:
    table = tabulate(MENTIONS)
    b = table.claims.index(MENTIONS[1].claim)
    assert (table.days["first"][b], table.days["last"][b], table.days["told"][b]) == (-FAR, FAR, FAR)


def test_no_mentions_make_an_empty_table() -> None:
    assert len(tabulate([])) == 0


def test_a_dictionary_numbers_values_as_they_come() -> None:
    numbers = Dictionary()
    assert [numbers.number(v) for v in ("x", None, "y", "x")] == [1, 0, 2, 1]
    assert numbers.values == [None, "x", "y"]


@given(st.lists(st.integers(-50, 50)))
def test_distinct_is_what_a_set_is(numbers: list[int]) -> None:
    assert distinct(np.array(numbers, np.int64)).tolist() == sorted(set(numbers))
