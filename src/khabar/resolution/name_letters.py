"""Letters made comparable: other scripts in Latin ones, accents folded. Invariant: what has no table stays as it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

__all__ = ["latin", "plain"]

_ARABIC_ARTICLE = re.compile(r"\bال(?=\w{3})")
_MARKS = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u200c-\u200f]")
_LATIN = 0x24F  # the last letter of Latin Extended-B


def latin(name: str, letters: Mapping[str, str]) -> tuple[str, bool]:
    """The name with letters of known scripts made Latin, and whether there were letters that are not Latin."""
    composed = _ARABIC_ARTICLE.sub("al ", unicodedata.normalize("NFKC", name))
    if composed.isascii():
        return composed, False
    written, foreign = [], False
    for letter in composed:
        small = letter.lower()
        latin = letters.get(small)
        if latin is None and len(base := unicodedata.normalize("NFD", small)) > 1:
            latin = letters.get(base[0]) if ord(base[0]) > _LATIN else None
        foreign = foreign or (letter.isalpha() and ord(letter) > _LATIN)
        written.append(letter if latin is None else latin.upper() if letter != small else latin)
    return "".join(written), foreign


def plain(text: str) -> str:
    """Small letters without accents; the vowel signs of Indic scripts, which are letters, are kept."""
    stroked = text.casefold().translate(_STROKES)
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", stroked)))


_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
