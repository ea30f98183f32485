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


def test_a_report_with_another_toll_lends_its_day(events) -> None:
    found = events(
        "Boko Haram has claimed the attack on an army camp in Bosso, Niger, in which 71 soldiers died. "
        "Its spokesman said that fighters had struck the camp on 3 May 2018 and killed 100."
    )
    assert {c.when.earliest for c in found} == {"2018-05-03"}
    assert {c.body.killed.best for c in found if c.body.killed} == {71, 100}
