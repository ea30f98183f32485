"""Texts all in capitals: which words are names, and that nothing but case changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.reading.actors import ActorDictionary
from khabar.reading.gazetteer import Gazetteer, open_gazetteer
from khabar.reading.reader import EnglishReader
from khabar.reading.syntax import english_word
from khabar.reading.truecase import in_capitals, true_cased
from khabar.records import Document
from khabar.settings import load_settings

PADDING = " THE REPORT GIVES NO FURTHER DETAILS OF WHAT HAPPENED."


@pytest.mark.parametrize(
    "newspaper",
    [
        "Two peasants were kidnapped by guerrillas near San Miguel on Tuesday.",
        "Mayor Carlos Pizarro Leon said that the bus had been burned in Lima.",
        "The Northern Liberation Movement [NLM] denied it; NLM members did not.",
        "A .38-caliber pistol, two 60-mm mortars and an AK-47 were found in the car.",
        "On 6th street, a 15-year-old girl was hurt, the U.S. Embassy said.",
        "The shot was fired on 4 May 90; it may have hit a Peruvian soldier.",
        "The FMLN and Shining Path attacked the same eastern region.",
        "Machineguns and submachineguns were used by narcotraffickers.",
        "Grant Dawlish rode with Angel Villanueva to Colon department.",
        "A bomb wrecked the country's largest bank; its owner, Bernardo Ossa, left.",
    ],
)
def test_capitals_are_read_as_a_newspaper_prints_them(newspaper: str, gazetteer: Gazetteer) -> None:
    text = newspaper.upper()
    known = ActorDictionary.load().lexicon.scan(text)
    names = [(o.start, o.end, any(n.text.isupper() for n in o.names)) for o in known]
    assert true_cased(text, gazetteer, english_word, names) == newspaper


def test_a_speaker_in_brackets_is_no_acronym(gazetteer: Gazetteer) -> None:
    text = "QUITO, 3 MAY 90 (EFE) -- [TEXT] A BOMB WENT OFF.\n\n   [SALCEDO] WE SAW NOTHING.\n\n   SALCEDO LEFT."
    said = true_cased(text, gazetteer, english_word)
    assert "[Salcedo] We saw nothing." in said
    assert said.startswith("Quito, 3 May 90 (EFE) -- [Text] A bomb went off.")


@pytest.mark.parametrize(
    "text", ["", "NATO", "Five died in Quito, said the ELN.", "FIVE DIED. Nobody knows who did it or why."]
)
def test_a_text_with_small_letters_or_of_few_words_stays(text: str, gazetteer: Gazetteer) -> None:
    assert true_cased(text, gazetteer, english_word) == text


@given(st.text(alphabet="ABCDEZÉßİ'’-. [](\n19", min_size=30, max_size=200))
def test_nothing_but_case_changes(text: str) -> None:
    gazetteer = open_gazetteer(load_settings().cache)
    said = true_cased(text + PADDING, gazetteer, english_word)
    assert len(said) == len(text + PADDING)
    assert said.upper() == (text + PADDING).upper()


def test_a_message_in_capitals_is_in_capitals() -> None:
    assert in_capitals(PADDING)
    assert not in_capitals(PADDING.lower())


class _Everything:
    def matters(self, text: str) -> bool:
        return bool(text)

    def matters_with_actor(self, text: str) -> bool:
        return bool(text)


def test_a_reading_of_capitals_quotes_capitals(gazetteer: Gazetteer) -> None:
    text = "GUNMEN KILLED TWO TEACHERS IN QUITO ON MONDAY." + PADDING
    reading = EnglishReader(gazetteer).read(Document("shouted", text), _Everything())
    [place] = reading.places
    assert place.text == "Quito"
    assert reading.locate(place.start, place.end).quote == "QUITO"
