"""How sure a sentence is that somebody did it."""

from __future__ import annotations

import pytest

from khabar.extraction.certainty import failed, held_by, uncertain, unsaid
from khabar.extraction.indexed import IndexedSentence, index_reading


def first(line: IndexedSentence, lemma: str) -> int:
    return next(t.i for t in line.sentence.tokens if line.lemmas[t.i] == lemma)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("It is the conclusion of the panel that Hamas bombed the bus.", "blamed"),
        ("The suspicion that Hamas bombed the bus has grown.", "suspected"),
        ("He has little doubt that Hamas bombed the bus.", "suspected"),
        ("He rejected the allegation that Hamas bombed the bus.", None),
    ],
)
def test_a_noun_holds_the_charge(read_all, book, text: str, stance: str | None) -> None:
    [line] = index_reading(read_all(text), book).sentences
    charge = held_by(line, first(line, "bomb"), book)
    assert charge is not None
    assert charge.stance == stance


def test_a_main_clause_is_held_by_no_noun(read_all, book) -> None:
    [line] = index_reading(read_all("Hamas bombed the bus, the report said."), book).sentences
    assert held_by(line, first(line, "bomb"), book) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hamas may have been behind the bombing.", True),
        ("Hamas was probably behind the bombing.", True),
        ("They were suspected members of Hamas, which bombed the bus.", True),
        ("Hamas was behind the bombing.", False),
    ],
)
def test_hedges_make_it_uncertain(read_all, book, text: str, expected: bool) -> None:
    [line] = index_reading(read_all(text), book).sentences
    assert uncertain(line, first(line, "be"), book) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hamas has yet to claim the bombing.", True),
        ("Hamas declined to claim the bombing.", True),
        ("Hamas was quick to claim the bombing.", False),
    ],
)
def test_what_is_not_said(read_all, book, text: str, expected: bool) -> None:
    [line] = index_reading(read_all(text), book).sentences
    assert unsaid(line, first(line, "claim")) is expected


def test_a_reproach_is_no_blame_for_the_deed(read_all, book) -> None:
    [line] = index_reading(read_all("They blamed the police for failing to stop the bombing."), book).sentences
    assert failed(line, first(line, "blame"))
    [line] = index_reading(read_all("They blamed Hamas for the bombing of the bus."), book).sentences
    assert not failed(line, first(line, "blame"))
