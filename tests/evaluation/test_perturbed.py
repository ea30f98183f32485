"""Writing a text otherwise keeps its words; what is random in it is repeatable."""

from __future__ import annotations

import re
import unicodedata

import pytest

from khabar.evaluation.perturbed import PERTURBATIONS

_TEXT = (
    "Bomber hits market in Würzburg\nBy A. Reporter\n\nA bomber killed nine people at a market on Monday, police said. "
    '"It was a terrible sight," the shopkeeper\'s brother told reporters – and nobody claimed it.\n\nThe government '
    "condemned the indiscriminate bombardment of neighbourhoods and announced consequences for everybody responsible "
    "for the attack.\n"
)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())


@pytest.mark.parametrize(
    "name", [n for n in PERTURBATIONS if n not in ("boilerplate around it", "words parted at line ends")]
)
@pytest.mark.parametrize("seed", range(5))
def test_the_words_stay(name: str, seed: int) -> None:
    assert _words(PERTURBATIONS[name](_TEXT, seed)) == _words(_TEXT)


@pytest.mark.parametrize("name", PERTURBATIONS)
def test_the_same_seed_gives_the_same_text(name: str) -> None:
    first, second = (PERTURBATIONS[name](_TEXT, 7) for _ in range(2))
    assert first == second


def test_words_are_parted_with_a_hyphen_and_nothing_else() -> None:
    parted = [PERTURBATIONS["words parted at line ends"](_TEXT, seed) for seed in range(8)]
    assert any(re.search(r"[a-z]-\n[a-z]", text) for text in parted)
    assert all(_words(re.sub(r"-\n", "", text)) == _words(_TEXT) for text in parted)


def test_notices_stand_around_the_text_and_not_in_it() -> None:
    text = PERTURBATIONS["boilerplate around it"](_TEXT, 1)
    assert _TEXT.strip() in text
    assert len(text) > len(_TEXT) + 20


def test_lines_are_no_longer_than_asked_and_short_ones_stay() -> None:
    text = PERTURBATIONS["hard line wrapping"](_TEXT, 3)
    assert max(map(len, text.split("\n"))) <= 100
    assert text.startswith("Bomber hits market in Würzburg\nBy A. Reporter\n\n")


def test_quotation_marks_open_and_close() -> None:
    curly = PERTURBATIONS["curly quotation marks"](_TEXT, 0)
    assert "“It was" in curly
    assert "sight,” the shopkeeper’s" in curly
    assert PERTURBATIONS["straight quotation marks"](curly, 0) == _TEXT.replace("–", "-")


def test_accents_are_parted_and_line_ends_doubled() -> None:
    assert "u\u0308rzburg" in PERTURBATIONS["decomposed accents"](_TEXT, 0)
    assert PERTURBATIONS["Windows line ends"](_TEXT, 0).count("\r\n") == _TEXT.count("\n")
    assert "\u00a0" in PERTURBATIONS["no-break spaces"](_TEXT, 0)
    assert "WÜRZBURG" in PERTURBATIONS["capital letters"](_TEXT, 0)
