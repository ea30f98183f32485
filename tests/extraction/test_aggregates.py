"""What is one incident and what is a total, where the plural alone does not tell."""

from __future__ import annotations

import pytest

from khabar.evaluation.system import GoldText, System
from khabar.records import EventBody
from khabar.settings import load_settings


def totals(text: str) -> list[tuple[bool, int | None]]:
    """Of each event claim of a text published on 13 March 2004: whether it is a total, and how many died."""
    [(_, claims)] = System(load_settings()).extract([GoldText(text, "report.txt", "2004-03-13")])
    bodies = [claim.body for claim in claims if isinstance(claim.body, EventBody)]
    return [(b.aggregate is not None, b.killed.best if b.killed else None) for b in bodies]


@pytest.mark.parametrize(
    "text",
    [
        "Nobody has yet claimed Thursday's bombings in Jos.",
        "A note sent to a paper in Lagos has claimed Thursday's market bombings in Jos in the name of the group.",
        "Police hold nine men over Wednesday's shootings in Herat.",
    ],
)
def test_attacks_that_bear_the_name_of_a_day_are_one_incident(text: str) -> None:
    assert [total for total, _ in totals(text)] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "The minister condemned last month's bombings in Jos.",
        "The minister condemned Thursday's bombings in Jos and Kano.",
        "Several bombings shook Jos in 2003.",
    ],
)
def test_attacks_of_months_or_of_two_towns_are_a_total(text: str) -> None:
    assert [total for total, _ in totals(text)] == [True]


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        (
            "The number of people who died in Thursday's attack on the barracks in Jos has risen to 31, doctors said.",
            31,
        ),
        ("The number of worshippers who died in Thursday's bombing in Jos has climbed to 88, officials said.", 88),
        ("The number of people killed in Thursday's bombing in Jos reached 19.", 19),
    ],
)
def test_the_number_of_those_who_died_is_the_toll(text: str, killed: int) -> None:
    assert totals(text) == [(False, killed)]


def test_how_many_bombs_is_not_how_many_attacks() -> None:
    assert totals("The group claimed two car bombs against a hotel in Jos on Monday.") == [(False, None)]
    assert totals("The group claimed two car bombs against hotels in Jos in 2003.") == [(True, None)]
