"""Names found again in a text, against cases worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.evaluation.names import among, occurrences, same_name, spells, stands_alone, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Harakat al-Mujahidin", "Harakat Mujahideen"),
        ("JAISH AL-SABIRIN", "Jaish as-Sabirin"),
        ("Sa'id Jan", "Said Jan"),
        ("Commander Ömer", "commander Omer"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Abu Omar", "Abu Umar Saleh"), ("HUM", "HUJ"), ("Ansar al-Bahr", "Ansar al-Nahr al-Kabir"), ("", "")],
)
def test_names_apart(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_short_forms_are_among_the_words() -> None:
    assert among("Hapilun", "Isnilon Totoni Hapilon")
    assert not among("Totoni Salahudin", "Isnilon Totoni Hapilon")


def test_initials_in_order() -> None:
    assert spells("AQX", "Al-Qasim of Xyland")
    assert spells("AAS", "the Ansar al-Sahra")
    assert not spells("XAQ", "Al-Qasim of Xyland")
    assert not spells("Q", "Qasim")


def test_occurrences_are_written_with_capitals() -> None:
    text = "Karim let the Let fighters go; LeT denied it."
    found = [text[s:e] for s, e in occurrences("LET", words_of(text))]
    assert found == ["Let", "LeT"]


def test_a_part_of_a_longer_name_does_not_stand_alone() -> None:
    text = "They met Abu Mohammed al-Zubayr, and later abu Nasr."
    words = words_of(text)
    [part] = occurrences("Abu Mohammed", words)
    [whole] = occurrences("Abu Mohammed al-Zubayr", words)
    assert not stands_alone(text, words, part)
    assert stands_alone(text, words, whole)


@given(st.text(alphabet="ABCdef '-", max_size=20))
def test_every_name_is_itself_and_among_itself(name: str) -> None:
    assert same_name(name, name) == bool(words_of(name))
    assert among(name, name) == bool(words_of(name))
