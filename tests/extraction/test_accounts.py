"""Forces that tell of their own deeds."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police said three suspects had been arrested in Swat on 3 May 2018.", {("police", "claimed")}),
        ("A witness said three suspects had been arrested in Swat on 3 May 2018.", set()),
        ("Police said a bomb had killed three people in Swat on 3 May 2018.", set()),
    ],
)
def test_who_arrested_goes_without_saying(events, text: str, expected: set[tuple[str, str]]) -> None:
    [claim] = events(text)
    assert {(a.actor.name.lower(), a.stance) for a in claim.body.attributions} == expected
