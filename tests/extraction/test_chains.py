from __future__ import annotations

from collections.abc import Callable

import pytest

from khabar.extraction.chains import said_by, shown_by
from khabar.extraction.indexed import index_reading
from khabar.extraction.ties import Voice
from khabar.records import Speaker, When

NOBODY = Voice(None, "asserted", "actual", When())


@pytest.fixture(scope="session")
def line(read_all, book) -> Callable[..., object]:
    return lambda text: index_reading(read_all(text), book).sentences[0]


def at(line, word: str) -> int:
    return next(t.i for t in line.sentence.tokens if t.text == word)


@pytest.mark.parametrize(
    ("text", "verb", "speaker"),
    [
        ("The embassy warned of attacks by al-Shabaab.", "warned", "embassy"),
        ("Al-Shabaab was accused of it by two diplomats.", "accused", "two diplomats"),
        ("It warned of attacks by al-Shabaab.", "warned", None),
    ],
)
def test_the_subject_or_by_phrase_of_a_verb_of_saying_speaks(line, text: str, verb: str, speaker: str | None) -> None:
    sentence = line(text)
    voice = said_by(sentence, at(sentence, verb), NOBODY, text)
    assert (voice.speaker.name if voice.speaker else None) == speaker


def test_who_had_the_word_before_is_the_chain(line) -> None:
    text = "An aide said that the governor denied the presence of al-Shabaab in Kenya."
    sentence = line(text)
    aide = Voice(Speaker("aide"), "asserted", "actual", When())
    voice = said_by(sentence, at(sentence, "denied"), aide, text)
    assert voice.speaker == Speaker("governor", "governor", None, "aide")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Police data indicate that al-Shabaab has grown.", "Police data"),
        ("The attacks indicate that al-Shabaab has grown.", None),
    ],
)
def test_a_source_shows_it_a_fact_does_not(line, text: str, speaker: str | None) -> None:
    sentence = line(text)
    voice = shown_by(sentence, at(sentence, "grown"), NOBODY, text)
    assert (voice.speaker.name if voice.speaker else None) == speaker
