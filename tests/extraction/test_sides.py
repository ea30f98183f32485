"""Whose dead count where: victims and attackers apart, militants in an operation, both sides in a clash."""

from __future__ import annotations

import pytest


def test_what_was_thwarted_and_did_harm_was_done(events) -> None:
    [claim] = events("Ten people were killed during a thwarted attack on a school in Zhob on Monday.")
    assert (claim.modality, claim.body.killed.best) == ("actual", 10)
    [plot] = events("Police foiled an attack on a school in Zhob on Monday.")
    assert (plot.modality, plot.body.killed) == ("foiled", None)


def test_dead_by_the_thousand_are_a_total(events) -> None:
    [claim] = events("About 15,000 people have been killed as a result of political violence in Peru.")
    assert claim.body.aggregate == -1


@pytest.mark.parametrize(
    ("text", "killed", "attackers"),
    [
        ("Militants attacked a post in Zhob on Monday; a soldier and two militants were killed.", 1, 2),
        ("A soldier and 14 militants were killed in an army operation in Zhob on Monday.", 14, None),
        ("Five rebels and two troopers died in a gun battle in Zhob on Monday.", 7, None),
        ("A man who had stabbed two people in Zhob on Monday was shot dead by police.", None, 1),
        ("Troops repelled an attack on their base in Zhob on Monday and killed nine of the attackers.", None, 9),
        ("Police killed nine militants in two raids on hideouts in Zhob on Monday.", 9, None),
        ("Nine rebels were killed in a raid in Zhob on Monday.", 9, None),
        ("Three gunmen were killed in an attack on a church in Zhob on Monday.", None, 3),
        ("Aircraft bombed a cave in Zhob on Monday and killed six militants.", 6, None),
        ("Four militants died when two missiles hit their car in Zhob on Monday.", 4, None),
        ("Two militants were killed when their bomb exploded prematurely in Zhob on Monday.", None, 2),
        ("A man stabbed two shoppers to death in Zhob on Monday before an officer shot him.", 2, None),
        ("Two bombers blew themselves up in Zhob on Monday and the third was shot dead by troops.", None, 3),
    ],
)
def test_sides(events, text: str, killed: int | None, attackers: int | None) -> None:
    [claim] = events(text)
    told = [count and count.best for count in (claim.body.killed, claim.body.attackers_killed)]
    assert told == [killed, attackers]
