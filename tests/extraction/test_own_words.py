"""Blame that turns out to be the words of the accused."""

from __future__ import annotations

import pytest

from khabar.records import EventBody

FIRST = "A car bomb killed nine people in Mogadishu on Monday. "


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A caller said al-Shabaab had planted it.", {("al-Shabaab", "claimed")}),
        ("A witness said al-Shabaab had planted it.", {("al-Shabaab", "blamed")}),
        ("The bombing was the work of its Amniyat unit, al-Shabaab said.", {("al-Shabaab", "claimed")}),
        ("Al-Shabaab said that one of its fighters, Abdi Nur, had done it.", {("al-Shabaab", "claimed")}),
        ("The governor said that a fighter, Abdi Nur, had done it.", {("Abdi Nur", "blamed")}),
    ],
)
def test_whose_words_they_are(events, sentence: str, expected: set[tuple[str, str]]) -> None:
    [claim] = events(FIRST + sentence)
    assert isinstance(claim.body, EventBody)
    assert {(a.actor.name, a.stance) for a in claim.body.attributions} == expected
