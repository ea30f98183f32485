"""Whether a report goes on about an incident told before."""

from __future__ import annotations

import pytest

FIRST = "Gunmen attacked an army base at Dakoro on 3 May 2018 and killed nine soldiers. "


@pytest.mark.parametrize(
    ("later", "claims"),
    [
        ("Thursday's attack wounded six soldiers.", 1),
        ("Hundreds of men stormed the camp, wounding six soldiers.", 1),
        ("Another attack wounded six soldiers in Zinder on 4 May 2018.", 2),
        ("Hundreds of men stormed a camp in Zinder on 4 May 2018, wounding six soldiers.", 2),
    ],
)
def test_definite_words_point_back_and_new_ones_do_not(events, later: str, claims: int) -> None:
    assert len(events(FIRST + later, "2018-05-05")) == claims


def test_he_who_was_told_of_goes_on(events) -> None:
    found = events(
        "A suicide bomber attacked a shrine in Quetta on 3 May 2018 and killed nine people. "
        "He threw a grenade and then detonated his vest."
    )
    assert len(found) == 1
    assert found[0].body.type == "suicide_bombing"


def test_some_of_them_are_those_told_of(events) -> None:
    [claim] = events(
        FIRST + "Two of them blew themselves up at the gate and the rest were shot by guards.", "2018-05-05"
    )
    assert claim.body.killed.best == 9
    assert claim.body.attackers_killed.best == 2


@pytest.mark.parametrize(
    ("later", "killed"),
    [
        ("A guard was shot dead as he ran.", [1]),
        ("A guard was shot dead in Zinder on 4 May 2018.", [None, 1]),
        ("A guard was shot dead by the army.", [None, 1]),
    ],
)
def test_a_harm_without_doer_belongs_to_what_was_just_told(events, later: str, killed: list[int | None]) -> None:
    found = events("Gunmen kidnapped nine pupils from a school at Dakoro on 3 May 2018. " + later, "2018-05-05")
    assert [c.body.killed and c.body.killed.best for c in found] == killed


def test_the_second_sentence_tells_how_and_when(events) -> None:
    [claim] = events(
        "The toll of a blast at a market in Gao rose to 31 on Friday. Two women detonated their vests on Wednesday.",
        "2018-05-05",
    )
    assert (claim.body.type, claim.body.killed.best, claim.when.latest) == ("suicide_bombing", 31, "2018-05-02")


def test_who_dies_later_of_it_changes_the_toll_and_not_the_day(events) -> None:
    found = events(FIRST + "One of the wounded died on Saturday, taking the toll to ten.", "2018-05-06")
    assert [(c.body.killed.best, c.when.latest) for c in found] == [(9, "2018-05-03"), (10, "2018-05-03")]


def test_hours_later_something_else_happens(events) -> None:
    found = events(
        "A bomb ripped through a church in Tanta on Sunday. Hours later a suicide bomber killed six people in Cairo.",
        "2018-05-10",
    )
    assert [c.body.type for c in found] == ["bombing", "suicide_bombing"]


def test_a_figure_of_earlier_gains_nothing(events) -> None:
    found = events(
        FIRST + "Officials had earlier put the number of dead at four. Some 20 others were being treated in hospital.",
        "2018-05-05",
    )
    assert [(c.body.killed.best, c.body.injured and c.body.injured.best) for c in found] == [(9, 20), (4, None)]


def test_a_report_with_another_toll_lends_its_day(events) -> None:
    found = events(
        "Boko Haram has claimed the attack on an army camp in Bosso, Niger, in which 71 soldiers died. "
        "Its spokesman said that fighters had struck the camp on 3 May 2018 and killed 100."
    )
    assert {c.when.earliest for c in found} == {"2018-05-03"}
    assert {c.body.killed.best for c in found if c.body.killed} == {71, 100}
