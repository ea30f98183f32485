"""Nouns and pronouns that stand for a group."""

from __future__ import annotations

import pytest

from khabar.extraction.indexed import IndexedSentence, index_reading
from khabar.extraction.standins import described_group, group_meant, leading, speaks_for


def head_of(line: IndexedSentence, word: str) -> int:
    return next(t.i for t in line.sentence.tokens if t.text == word)


def test_the_group_is_the_one_spoken_of_last(read_all, book) -> None:
    index = index_reading(
        read_all("Hamas bombed a bus in Haifa. Officials fear the same outfit will strike again."), book
    )
    line = index.sentence(1)
    assert [m.name for m in group_meant(line, head_of(line, "outfit"), index)] == ["Hamas"]


def test_the_group_of_two_is_nobody(read_all, book) -> None:
    index = index_reading(
        read_all("Hamas and Hezbollah met in Beirut. Officials fear the same outfit will strike."), book
    )
    line = index.sentence(1)
    assert group_meant(line, head_of(line, "outfit"), index) == []


def test_the_whole_of_a_part_is_left_out(read_all, book) -> None:
    [line] = index_reading(
        read_all("The Jamaat-ul-Ahrar faction of the Pakistani Taliban claimed the blast."), book
    ).sentences
    assert [m.name for m in leading(line, line.actors)] == ["Jamaat-ul-Ahrar"]


@pytest.mark.parametrize(
    ("later", "word", "expected"),
    [
        ("Officials fear the militants will strike again.", "militants", ["Hamas"]),
        ("Officials fear militants will strike again.", "militants", []),
        ("Officials fear that this organisation will strike again.", "organisation", ["Hamas"]),
    ],
)
def test_definite_fighters_are_those_of_the_group(read_all, book, later: str, word: str, expected: list[str]) -> None:
    index = index_reading(read_all(f"Hamas bombed a bus in Haifa. {later}"), book)
    line = index.sentence(1)
    assert [m.name for m in group_meant(line, head_of(line, word), index)] == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Police blamed Kurdish separatists for the bombing.", "separatists", "Kurdish separatists"),
        ("Police blamed a local criminal gang for the bombing.", "gang", "local criminal gang"),
        ("Police blamed militants for the bombing.", "militants", None),
        ("Police blamed unknown militants for the bombing.", "militants", None),
        ("Police blamed the separatists for the bombing.", "separatists", None),
    ],
)
def test_a_group_without_a_name_needs_a_word_of_its_own(read_all, book, text: str, word: str, expected: str) -> None:
    [line] = index_reading(read_all(text), book).sentences
    found = described_group(line, head_of(line, word))
    assert (found.text if found is not None else None) == expected


def test_a_spokesman_speaks_for_his_owner(read_all, book) -> None:
    [line] = index_reading(read_all("The rebels' spokesman claimed the bombing of the barracks."), book).sentences
    assert [line.lemmas[h] for h in speaks_for(line, head_of(line, "spokesman"))] == ["rebel"]
    assert speaks_for(line, head_of(line, "barracks")) == []
