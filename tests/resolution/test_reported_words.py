"""Words that tell: the kind of people, the name of a site, and what few reports say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.resolution.reported_words import is_kind_of_site, kinds_of_people, stem, telling_words


@pytest.mark.parametrize(
    ("word", "expected"),
    [("cadets", "cadet"), ("bodies", "body"), ("churches", "church"), ("police", "police"), ("bus", "bus")],
)
def test_stems_lose_the_plural(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_soldiers_are_soldiers_in_any_word_and_personnel_may_be_either() -> None:
    assert kinds_of_people(["soldier"]) == kinds_of_people(["troop"])
    assert not kinds_of_people(["soldier"]) & kinds_of_people(["policeman"])
    assert kinds_of_people(["personnel"]) > kinds_of_people(["policeman"])
    assert not kinds_of_people(["people", "others", "twelve"])


def test_a_kind_of_site_is_no_name_of_it() -> None:
    assert is_kind_of_site("shrine")
    assert is_kind_of_site("mosques")
    assert not is_kind_of_site("noorani")


def test_words_of_any_report_tell_nothing() -> None:
    assert not telling_words("At least 12 people were killed in a suicide bombing on Thursday, officials said.")
    assert telling_words("A lorry ran into the carnival on Harbour Row", leave_out=["harbour"]) == {
        "ran", "carnival", "row",
    }  # fmt: skip


@given(st.text(max_size=200))
def test_any_text_gives_folded_words_of_itself(text: str) -> None:
    found = telling_words(text)
    assert len(found) <= 24
    assert all(word == word.lower() and not word.isdigit() for word in found)
