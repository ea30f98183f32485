from __future__ import annotations

import pytest

from documents.files import STORY
from khabar.documents.language import detect_language

URDU = "پولیس نے بتایا کہ شہر میں ایک دھماکے سے نو افراد ہلاک ہو گئے اور کسی گروہ نے ذمہ داری قبول نہیں کی۔"
GERMAN = (
    "Bei einem Anschlag in der Stadt sind nach Angaben der Polizei neun Menschen getötet worden, niemand bekannte sich."
)
FRENCH = (
    "Neuf personnes ont été tuées dans un attentat à la voiture piégée, a déclaré la police, qui accuse un groupe armé."
)


@pytest.mark.parametrize(
    "text", [STORY, STORY.upper(), "Bomb blast in Quetta", "KABUL - Two killed.", STORY + "\n" + URDU]
)
def test_english_is_read(text: str) -> None:
    assert detect_language(text).unread is None


@pytest.mark.parametrize(("text", "code"), [(URDU, "ur"), (GERMAN, "de"), (FRENCH, "fr"), (URDU * 9 + STORY, "ur")])
def test_other_languages_are_named_and_not_read(text: str, code: str) -> None:
    language = detect_language(text)
    assert (language.code, language.unread) == (code, f"language: {code}")


@pytest.mark.parametrize("text", ["", " \n\t", "12.3 --- 45", "\x00\ud800"])
def test_nothing_to_read_is_no_text(text: str) -> None:
    assert detect_language(text).unread == "no text"


def test_a_key_or_picture_as_letters_is_not_read() -> None:
    assert detect_language("QWxhZGRpbjpvcGVuIHNlc2FtZQ" * 40).unread == "language: unknown"


def test_another_language_in_the_metadata_is_believed_and_english_is_checked() -> None:
    assert detect_language(STORY, "ur").unread == "language: ur"
    assert detect_language(URDU, "en").unread == "language: ur"
