"""Attackers told by name, and victims who must not be taken for them."""

from __future__ import annotations

import pytest


def named(claims) -> set[tuple[str, str]]:
    return {(a.actor.name, a.stance) for c in claims for a in c.body.attributions}


FIRST = "A gunman killed three people at a market in Graz on 3 May 2018. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FIRST + "He was Peter Huber, 41, a clerk.", {("Peter Huber", "asserted")}),
        (FIRST + "Police identified him as Peter Huber, 41.", {("Peter Huber", "blamed")}),
        (FIRST + "The gunman, Peter Huber, 41, fled.", {("Peter Huber", "asserted")}),
        ("A man stabbed two people in Graz on 3 May 2018: Peter Huber, 41.", {("Peter Huber", "asserted")}),
        ("A gunman killed a mayor in Graz on 3 May 2018. The victim was Peter Huber, 41.", set()),
        ("A bomb killed a mayor in Graz on 3 May 2018. He was Peter Huber, 41.", set()),
    ],
)
def test_only_attackers_are_named(events, text: str, expected: set[tuple[str, str]]) -> None:
    assert named(events(text)) == expected
