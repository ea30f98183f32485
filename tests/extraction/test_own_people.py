"""The people of whoever speaks, and what he says his deed was for."""

from __future__ import annotations

import pytest

from khabar.extraction.indexed import IndexedSentence, index_reading
from khabar.extraction.own_people import is_own_man, of_speaker, presented
from khabar.extraction.reasons import accounts_for, is_answer


def first(line: IndexedSentence, lemma: str) -> int:
    return next(t.i for t in line.sentence.tokens if line.lemmas[t.i] == lemma)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hamas said the bomber was one of its fighters.", True),
        ("Hamas said the bomber was one of its own.", True),
        ("Hamas said the bomber was a student.", False),
        ("Hamas said the driver was one of its fighters.", False),
    ],
)
def test_the_attacker_is_ones_own_man(read_all, book, text: str, expected: bool) -> None:
    [line] = index_reading(read_all(text), book).sentences
    assert is_own_man(line, first(line, "be"), book) is expected


@pytest.mark.parametrize(
    ("text", "lemma", "expected"),
    [
        ("Hamas praised its men for the bombing.", "praise", True),
        ("Hamas released pictures of the bomber.", "release", True),
        ("Hamas released pictures of the parade.", "release", False),
        ("Hamas praised the mayor for the bombing inquiry.", "praise", False),
    ],
)
def test_attackers_are_presented(read_all, book, text: str, lemma: str, expected: bool) -> None:
    [line] = index_reading(read_all(text), book).sentences
    assert presented(line, first(line, lemma), book) is expected


def test_the_doer_is_the_speaker_or_his_people(read_all, book) -> None:
    [line] = index_reading(read_all("Hamas said its men had bombed the bus."), book).sentences
    assert of_speaker(line, first(line, "bomb"))
    [line] = index_reading(read_all("Hamas said settlers had bombed the bus."), book).sentences
    assert not of_speaker(line, first(line, "bomb"))


def test_reasons_are_accounts_of_the_deed(read_all, book) -> None:
    [line] = index_reading(read_all("Hamas said it was in retaliation for the raid on the bus."), book).sentences
    assert is_answer(line, first(line, "be"))
    [line] = index_reading(read_all("Hamas said it had aimed at the barracks near the bus."), book).sentences
    assert accounts_for(line, first(line, "aim"))
    assert not is_answer(line, first(line, "aim"))
