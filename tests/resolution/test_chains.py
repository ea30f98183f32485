"""Verdicts become groups: chains of "same", what speaks against, silence, people, and any order."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.records import Judgement
from khabar.resolution.chains import components, gather
from khabar.resolution.columns import Column, Table
from khabar.resolution.verdicts import DIFFERENT, LIKELY, OPEN, SAME, UNSURE, Judged

ENOUGH = 5.0
CLAIMS = ["a", "b", "c", "d"]

Row = tuple[str, str, int, float, bool]


def judged(*rows: Row, claims: list[str] = CLAIMS) -> Judged:
    """Verdicts on pairs of claims, each with its sum and whether anything speaks against it."""
    place = {claim: number for number, claim in enumerate(claims)}
    told = sorted((*sorted((place[a], place[b])), verdict, score, opposed) for a, b, verdict, score, opposed in rows)
    columns = list(zip(*told, strict=True)) if told else [()] * 5
    kinds = (np.int64, np.int64, np.uint8, np.float32, np.bool_)
    return Judged(*(np.array(column, kind) for column, kind in zip(columns, kinds, strict=True)))


def table(claims: list[str] = CLAIMS, reports: str = "") -> Table:
    """Claims as a table of which only the reports matter: one letter each, else each claim has a report of its own."""
    documents = [reports.index(r) for r in reports] if reports else range(len(claims))
    column = Column(np.array(documents, np.int32), [])
    return Table(claims, {}, {}, {}, {"document": column})


def groups(*rows: Row, reports: str = "") -> list[str]:
    return ["".join(group) for group in gather(table(reports=reports), judged(*rows), enough=ENOUGH)]


def test_claims_that_nothing_connects_stay_alone() -> None:
    assert groups() == ["a", "b", "c", "d"]
    assert groups(("a", "b", UNSURE, 4.5, False), ("c", "d", DIFFERENT, -3.0, True)) == ["a", "b", "c", "d"]


def test_a_chain_in_which_nothing_is_asked_is_a_group() -> None:
    assert groups(("a", "b", SAME, 6.0, False), ("b", "c", SAME, 6.0, False)) == ["abc", "d"]


def test_a_difference_within_a_chain_cuts_it_where_it_fits_worst() -> None:
    rows: tuple[Row, ...] = (
        ("a", "b", SAME, 9.0, False),
        ("b", "c", SAME, 6.0, False),
        ("a", "c", DIFFERENT, -2.0, True),
    )
    assert groups(*rows) == ["ab", "c", "d"]


def test_what_is_left_open_does_not_speak_against_joining() -> None:
    """A lean mention that agrees with one report of three joins it, though it says too little to tell of the others."""
    chain: tuple[Row, ...] = (("a", "b", SAME, 9.0, False), ("a", "c", SAME, 9.0, False), ("b", "c", SAME, 9.0, False))
    lean: tuple[Row, ...] = (("a", "d", SAME, 5.5, False), ("b", "d", OPEN, 2.0, False), ("c", "d", OPEN, 2.0, False))
    assert groups(*chain, *lean) == ["abcd"]


def test_what_was_found_to_speak_against_does() -> None:
    chain: tuple[Row, ...] = (("a", "b", SAME, 9.0, False), ("a", "c", SAME, 9.0, False), ("b", "c", SAME, 9.0, False))
    odd: tuple[Row, ...] = (("a", "d", SAME, 5.5, False), ("b", "d", UNSURE, 4.3, True), ("c", "d", OPEN, 2.0, True))
    assert groups(*chain, *odd) == ["abc", "d"]


def test_a_question_counts_no_more_than_its_limit() -> None:
    """However low the sum of a pair that a rule asks about, a pair that fits better by more than one carries it."""
    rows: tuple[Row, ...] = (
        ("a", "b", SAME, 9.0, False),
        ("a", "c", SAME, 6.5, False),
        ("b", "c", UNSURE, -9.0, True),
    )
    assert groups(*rows) == ["abc", "d"]


def test_of_a_report_that_gives_two_tolls_the_one_that_fits_counts() -> None:
    """The officer and the hospital of one report give two tolls; another report that gives the second is of it."""
    rows: tuple[Row, ...] = (
        ("a", "b", SAME, 12.0, False),
        ("a", "c", UNSURE, 3.9, True),
        ("b", "c", SAME, 5.3, True),
    )
    assert groups(*rows) == ["ab", "c", "d"]
    assert groups(*rows, reports="rrst") == ["abc", "d"]


def test_a_single_report_joins_the_incident_it_likely_tells_of_if_there_is_but_one() -> None:
    one: tuple[Row, ...] = (("a", "b", SAME, 9.0, False), ("a", "c", LIKELY, 4.5, False), ("b", "c", OPEN, 3.0, False))
    assert groups(*one) == ["abc", "d"]
    assert groups(*one, ("c", "d", UNSURE, 4.3, True)) == ["ab", "c", "d"], "another fits as well"
    assert groups(*one, ("c", "d", OPEN, 1.0, True)) == ["abc", "d"], "another fits much less"
    assert groups(*one[:2], ("b", "c", UNSURE, 4.3, True)) == ["ab", "c", "d"], "something speaks against it"
    assert groups(*one[:2], ("b", "c", DIFFERENT, 0.3, True)) == ["ab", "c", "d"]


def test_two_incidents_of_several_reports_are_not_joined_for_being_likely_one() -> None:
    rows: tuple[Row, ...] = (("a", "b", SAME, 9.0, False), ("c", "d", SAME, 9.0, False), ("a", "c", LIKELY, 4.9, False))
    assert groups(*rows) == ["ab", "cd"]
    assert groups(*rows, reports="rstt") == ["abcd"], "one report that tells of it twice is one report"


@pytest.mark.parametrize("verdict", ["different", "unsure"])
def test_what_people_say_stands_above_what_is_likely(verdict: str) -> None:
    said = Judgement("a", "b", verdict, "mina", "2026-01-01")
    assert ["".join(g) for g in gather(table(), judged(("a", "b", LIKELY, 4.5, False)), [said], ENOUGH)] == CLAIMS


@pytest.mark.parametrize(("verdict", "expected"), [("same", ["abc", "d"]), ("different", ["a", "bc", "d"])])
def test_people_stand_above_rules(verdict: str, expected: list[str]) -> None:
    said = Judgement("a", "b", verdict, "mina", "2026-01-01")
    rules = judged(("a", "b", SAME if verdict == "different" else OPEN, 6.0, False), ("b", "c", SAME, 6.0, False))
    assert ["".join(g) for g in gather(table(), rules, [said], ENOUGH)] == expected


def test_people_who_speak_of_other_claims_are_passed_over() -> None:
    said = Judgement("a", "z", "same", "mina", "2026-01-01")
    assert gather(table(), judged(), [said], ENOUGH) == [("a",), ("b",), ("c",), ("d",)]


def test_components_are_named_by_their_smallest_row() -> None:
    left, right = np.array([4, 2, 1]), np.array([3, 4, 5])
    assert components(6, left, right).tolist() == [0, 1, 2, 2, 2, 1]


NAMES = [f"c{number}" for number in range(7)]
pairs = [(a, b) for i, a in enumerate(NAMES) for b in NAMES[i + 1 :]]
verdicts = st.sampled_from([None, OPEN, SAME, UNSURE, DIFFERENT, LIKELY])


@given(st.lists(st.tuples(verdicts, st.integers(-20, 60), st.booleans()), min_size=len(pairs), max_size=len(pairs)))
@settings(max_examples=80, deadline=None)
def test_groups_part_the_claims_keep_differences_apart_and_do_not_depend_on_order(
    drawn: list[tuple[int | None, int, bool]],
) -> None:
    rows = [
        (a, b, verdict, score / 10 + (5 if verdict == SAME else 0), opposed)
        for (a, b), (verdict, score, opposed) in zip(pairs, drawn, strict=True)
        if verdict is not None
    ]
    found = gather(table(NAMES), judged(*rows, claims=NAMES), enough=ENOUGH)
    assert sorted(claim for group in found for claim in group) == NAMES
    together = {claim: number for number, group in enumerate(found) for claim in group}
    assert all(together[a] != together[b] for a, b, verdict, _, _ in rows if verdict == DIFFERENT)
    shuffled = rows[:]
    Random(1).shuffle(shuffled)
    assert gather(table(NAMES), judged(*shuffled, claims=NAMES), enough=ENOUGH) == found
