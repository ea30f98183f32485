"""What the syntax of a sentence answers: dictionary forms of auxiliaries, passives, modals."""

from __future__ import annotations

import pytest

from khabar.reading.clauses import is_passive, modals
from khabar.reading.model import Sentence
from khabar.reading.syntax import Parser, split_sentences


def _parsed(text: str) -> Sentence:
    sentences = split_sentences(text)
    Parser().parse(text, sentences, lambda _sentence: True)
    return sentences[0]


def _verb(sentence: Sentence, lemma: str) -> int:
    return next(t.i for t in sentence.tokens if t.lemma == lemma and t.pos == "VERB")


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("The rebels had burned the bridge.", "burn", ["have"]),
        ("Two guards were hurt.", "hurt", ["be"]),
        ("They won't attack the town.", "attack", ["will"]),
        ("The mayor has been shot.", "shoot", ["have", "be"]),
        ("It did not explode.", "explode", ["do"]),
        ("The minister said he'd resign.", "resign", ["would"]),
    ],
)
def test_auxiliaries_have_their_dictionary_forms(text: str, verb: str, expected: list[str]) -> None:
    sentence = _parsed(text)
    assert modals(sentence, _verb(sentence, verb)) == expected


def test_a_perfect_is_no_passive() -> None:
    active = _parsed("Raiders who have burned the bridge fled.")
    assert not is_passive(active, _verb(active, "burn"))
    passive = _parsed("The bridge burned by raiders fell.")
    assert is_passive(passive, _verb(passive, "burn"))
