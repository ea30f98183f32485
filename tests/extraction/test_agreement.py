"""Whether two reports can be of one incident."""

from __future__ import annotations

import pytest

FIRST = "Gunmen attacked a school at Dakoro on 3 May 2018 and killed nine people. "


@pytest.mark.parametrize(
    ("later", "claims"),
    [
        ("The attack wounded six people.", 1),
        ("Jihadists said on Saturday that they had carried out the attack at Dakoro.", 1),
        ("The attack killed 12 people, a teacher said.", 2),
        ("The attack in Zinder killed nine people.", 2),
        ("The attack on 1 March 2017 wounded six people.", 2),
        ("The bombing wounded six people in Lagos.", 2),
    ],
)
def test_what_speaks_against_one_incident(events, later: str, claims: int) -> None:
    assert len(events(FIRST + later, "2018-05-05")) == claims
