"""Nobody died or was hurt: zero where nobody is left out, nothing where some are."""

from __future__ import annotations

import pytest

from khabar.extraction.indexed import index_reading
from khabar.extraction.spared import spared
from khabar.extraction.triggers import find_hits
from khabar.extraction.units import split_units


def harms(read, book, text: str) -> list[tuple[str, str]]:
    index = index_reading(read(text), book)
    return [
        (none.effect, index.reading.text[none.span[0] : none.span[1]])
        for line in index.sentences
        for unit in split_units(line, find_hits(line, book), book)
        for none in spared(unit, book)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nobody was killed when a bomb exploded in Ghent.", [("killed", "Nobody")]),
        ("A shell hit the school in Sirte, but no one was hurt.", [("injured", "no one")]),
        (
            "A shell hit the school in Sirte; no one was killed or injured.",
            [("killed", "no one"), ("injured", "no one")],
        ),
        ("The attack in Sirte caused no deaths or injuries.", [("killed", "no deaths"), ("injured", "no deaths")]),
        (
            "There were no casualties in the attack on the post.",
            [("killed", "no casualties"), ("injured", "no casualties")],
        ),
        ("Gunmen attacked the post without killing anyone.", [("killed", "anyone")]),
        ("A bomb exploded in Sirte without causing any deaths.", [("killed", "any deaths")]),
    ],
)
def test_nobody(read, book, text: str, expected: list[tuple[str, str]]) -> None:
    assert harms(read, book, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "No civilians were killed in the raid on the camp.",
        "There were no military casualties in the attack.",
        "There were no reports of casualties after the attack.",
        "No fewer than nine guards were killed in the attack.",
        "None of the attackers was killed when they attacked the post.",
        "Nobody claimed the attack that killed nine people.",
    ],
)
def test_somebody_may_have_been(read, book, text: str) -> None:
    assert harms(read, book, text) == []


def test_a_bare_nobody_is_no_event(events) -> None:
    assert events("Nobody was killed in Ghent on Monday.") == []


def test_nobody_belongs_to_the_event_told_before(events) -> None:
    [claim] = events("A bomb exploded outside a bank in Athens on Monday. No one was killed.")
    assert claim.modality == "actual"
    assert (claim.body.killed.low, claim.body.killed.high) == (0, 0)
    assert claim.body.killed.text == "No one"
