"""Which language a text is in. Invariant: only English is coded; nothing is coded because nobody could tell."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Language", "detect_language"]

# The commonest English words that are not also common words of other languages in Latin script.
_ENGLISH_WORDS = """
    the of and to in that was were is are for with on by from at his their they said has have had which who this
    been after it as not he be will but
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")
_NOISE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SAMPLE = 30_000  # characters from the beginning, the middle and the end each
_ENGLISH_SHARE = 0.18  # of running words: English prose has 0.35 to 0.5, other languages under 0.1
_LONGEST_WORD = 25  # letters on average: no language has words so long
_SHORT = 12  # words: with fewer, statistics say nothing


@dataclass(frozen=True, slots=True)
class Language:
    """`code` is an ISO 639-1 code (None: cannot tell); `unread` the reason why the text is not coded, or None."""

    code: str | None
    unread: str | None


def detect_language(text: str, stated: str | None = None) -> Language:
    """The language of most of `text`; `stated` is what the document's metadata says, which is believed if not English.

    A mixed text with an English majority is English. A short text in plain Latin letters is read.
    """
    sample = _NOISE.sub(" ", _sample(text))
    words = _WORD.findall(sample.lower())
    if not words:
        return Language(None, "no text")
    if stated and stated.lower()[:2] not in ("en", "un"):
        return Language(stated.lower(), f"language: {stated.lower()}")
    letters = sum(map(len, words))
    if letters > _LONGEST_WORD * len(words):
        return Language(None, "language: unknown")  # a key, a hash, a picture as letters
    plain = sum(len(word) for word in words if max(word) < "\u0250") / letters
    english = sum(1 for word in words if word in _ENGLISH) / len(words)
    code, percent = _cld2(sample)
    if code == "en" and percent >= 50:
        return Language("en", None)
    if plain >= 0.5 and english >= _ENGLISH_SHARE and (code is None or percent < 50 or len(words) >= _SHORT):
        return Language("en", None)
    if plain >= 0.9 and len(words) < _SHORT and (code is None or percent < 50):
        return Language(None, None)
    return Language(code, f"language: {code or 'unknown'}")


def _sample(text: str) -> str:
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return " ".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))


def _cld2(sample: str) -> tuple[str | None, int]:
    """The commonest language by Compact Language Detector 2, and its percentage of the text; None if it cannot tell."""
    import pycld2

    try:
        # lower case: the detector knows few words in capitals, which old wire reports are written in
        reliable, _, guesses = pycld2.detect(sample.lower().encode("utf-8", "replace"))
    except pycld2.error:
        return None, 0
    _, code, percent, _ = guesses[0]
    return (None, 0) if code == "un" or not reliable else (str(code), int(percent))
