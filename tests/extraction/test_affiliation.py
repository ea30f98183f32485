"""Whose people somebody are, and whom a noun for a group stands for."""

from __future__ import annotations

import pytest

from khabar.extraction.affiliation import belonging, listed, written_name
from khabar.extraction.indexed import IndexedSentence, index_reading


def head_of(line: IndexedSentence, word: str) -> int:
    return next(t.i for t in line.sentence.tokens if t.text == word)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Fighters from Boko Haram attacked Bosso on Monday.", "Fighters", [("Boko Haram", False)]),
        ("Men belonging to Hamas attacked a post in Sderot on Monday.", "Men", [("Hamas", False)]),
        ("Militants linked to Boko Haram attacked Bosso on Monday.", "Militants", [("Boko Haram", False)]),
        ("Militants thought to belong to Hamas attacked Sderot on Monday.", "Militants", [("Hamas", True)]),
        ("Men from Kaduna attacked Bosso on Monday.", "Men", []),
    ],
)
def test_people_belong_to_groups(read_all, book, text: str, word: str, expected: list[tuple[str, bool]]) -> None:
    [line] = index_reading(read_all(text), book).sentences
    ties = belonging(line, head_of(line, word), book)
    assert [(tie.group.name, tie.doubted) for tie in ties] == expected


def test_a_list_is_summed_up_by_its_noun(read_all, book) -> None:
    text = "Two groups claimed the blast: Hamas and Hezbollah."
    [line] = index_reading(read_all(text), book).sentences
    assert [m.name for m in listed(line, head_of(line, "groups"))] == ["Hamas", "Hezbollah"]
    assert listed(line, head_of(line, "blast")) == []


def test_a_place_or_a_single_word_is_no_written_name(read_all, book) -> None:
    [line] = index_reading(read_all("Lahore claimed victory."), book).sentences
    assert written_name(line, 0) is None
