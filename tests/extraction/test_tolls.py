from __future__ import annotations

import pytest

from khabar.extraction.indexed import index_reading
from khabar.extraction.tolls import read_tolls
from khabar.extraction.triggers import find_hits
from khabar.extraction.units import split_units


def tolls(read, book, text: str) -> list[tuple[str, bool, int | None, int | None, int | None]]:
    found = []
    for line in index_reading(read(text), book).sentences:
        for unit in split_units(line, find_hits(line, book), book):
            found += [(t.effect, t.attackers, t.count.low, t.count.best, t.count.high) for t in read_tolls(unit, book)]
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb killed nine people and injured 21.", [("killed", False, 9, 9, 9), ("injured", False, 21, 21, 21)]),
        ("At least 29 people died in the attack.", [("killed", False, 29, 29, None)]),
        (
            "The attack left 71 soldiers dead and 12 wounded.",
            [("killed", False, 71, 71, 71), ("injured", False, 12, 12, 12)],
        ),
        ("The blast claimed 13 lives.", [("killed", False, 13, 13, 13)]),
        ("The blast cost the lives of seven soldiers.", [("killed", False, 7, 7, 7)]),
        ("The death toll from the attack rose to 75.", [("killed", False, 75, 75, 75)]),
        ("The bombing killed 13 people, including six policemen.", [("killed", False, 13, 13, 13)]),
        ("Gunmen killed a police officer in Gao.", [("killed", False, 1, 1, 1)]),
        ("Rockets killed dozens of people in Aleppo.", [("killed", False, 24, None, None)]),
        ("All three attackers were killed in the raid.", [("killed", True, 3, 3, 3)]),
        ("Gunmen killed four teachers and two pupils in Gao.", [("killed", False, 6, 6, 6)]),
        ("Police arrested eight suspects after the attack.", [("arrested", True, 8, 8, 8)]),
        ("Militants abducted 14 villagers in Zamfara.", [("abducted", False, 14, 14, 14)]),
        ("Gunmen killed a couple and their four children.", [("killed", False, 6, 6, 6)]),
        ("Two nuns, four pupils and a cook were killed in the attack.", [("killed", False, 7, 7, 7)]),
        ("Six people, two nuns and four pupils, were killed in the attack.", [("killed", False, 6, 6, 6)]),
        ("The raiders killed 40 goats and two herders.", [("killed", False, 2, 2, 2)]),
        ("The attack left six people in hospital.", [("injured", False, 6, 6, 6)]),
        ("He killed himself and three others.", [("killed", False, 3, 3, 3), ("killed", True, 1, 1, 1)]),
        ("Guards killed both attackers.", [("killed", True, 2, 2, 2)]),
        ("Nine nuns were killed and 14 others wounded.", [("killed", False, 9, 9, 9), ("injured", False, 14, 14, 14)]),
        ("The attack injured a nun and three of her pupils.", [("injured", False, 4, 4, 4)]),
        ("Among the 30 killed in the attack were nine nuns.", [("killed", False, 30, 30, 30)]),
        ("Officials put at 40 the soldiers killed in the attack.", [("killed", False, 40, 40, 40)]),
    ],
)
def test_numbers_tied_to_harm_are_tolls(read, book, text: str, expected: list[tuple[str, bool, int, int, int]]) -> None:
    assert tolls(read, book, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The bombing came 12 days after the shooting.",
        "After the attack 80 patients were evacuated from the hospital.",
        "The shelling destroyed 40 houses in Taiz.",
        "The bomber, aged 23, attacked at 7:30.",
        "The attack left 60 people killed and wounded.",
        "The bomb was meant to kill hundreds.",
        "The attack would have killed 50 people.",
        "It is not known how many people were killed in the attack.",
        "Gunmen hijacked the 847 flight.",
        "The army admitted the loss of 12 villages after the attack.",
    ],
)
def test_other_numbers_are_not(read, book, text: str) -> None:
    assert [t for t in tolls(read, book, text) if t[3] not in (None, 1)] == []


def test_killed_or_wounded_gives_neither(read, book) -> None:
    assert tolls(read, book, "A bomber killed or wounded 50 men in Khewa.") == []


def test_a_breakdown_never_replaces_the_total(events) -> None:
    [claim] = events(
        "Nine people died when gunmen attacked a base in Gao on Monday. Two soldiers were among the dead. "
        "The attack also left more than 60 others hurt."
    )
    assert claim.body.killed.best == 9
    assert (claim.body.injured.low, claim.body.injured.best) == (60, 60)


def test_some_of_the_attackers_are_their_dead(events) -> None:
    [claim] = events(
        "Nine people died when gunmen attacked a base in Gao on Monday. Two of the attackers were shot dead."
    )
    assert claim.body.killed.best == 9
    assert claim.body.attackers_killed.best == 2


def test_a_bare_number_beside_a_word_of_harm(events) -> None:
    [claim] = events("A bomber killed 12 people at least and injured over 320 in a market in Lahore on Monday.")
    assert (claim.body.killed.best, claim.body.injured.low) == (12, 320)
