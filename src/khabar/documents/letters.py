"""Repairs of letters: those that are written otherwise than dictionaries have them, and those that only look like them.

Invariant: a letter of another alphabet is read as the Latin one it looks like only inside a word that is Latin beside
it; a word wholly in another alphabet is left alone, whatever it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from khabar.records import Edit
from khabar.text import TWINS

__all__ = ["LIGATURES", "STYLED", "accents", "ligatures", "look_alikes", "styled"]

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}

STYLED = frozenset(map(chr, [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)])) | frozenset(
    map(chr, range(0x1D400, 0x1D800))
)
"""Letters and digits in the shapes of print: wide, bold, slanted."""

_ACCENTED = re.compile("[^\\W\\d_][\u0300-\u036f]+")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_STYLED = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff]+")
_LATIN = "A-Za-z\u00c0-\u024f"
_LOOKS_LATIN = re.compile(f"[{_LATIN}{''.join(TWINS)}]+")
_WORD = re.compile(r"[^\W\d_]+")
_OTHER = re.compile(f"[{''.join(TWINS)}]+")


def accents(text: str) -> Iterator[Edit]:
    """Letters whose accents follow as characters of their own, which no dictionary has, as one character."""
    for match in _ACCENTED.finditer(text):
        whole = normalize("NFC", match.group())
        if whole != match.group():
            yield Edit(match.start(), match.end(), whole, "accent")


def ligatures(text: str) -> Iterator[Edit]:
    """Printed ligatures (ﬁ, ﬂ), which no dictionary knows."""
    for match in _LIGATURE.finditer(text):
        yield Edit(match.start(), match.end(), LIGATURES[match.group()], "ligature")


def look_alikes(text: str) -> Iterator[Edit]:
    """Cyrillic and Greek letters in Latin words, by slip or so that nobody finds the name."""
    for word in _WORD.finditer(text):
        if _LOOKS_LATIN.fullmatch(word.group()) and not _OTHER.fullmatch(word.group()):
            for match in _OTHER.finditer(word.group()):
                begin = word.start() + match.start()
                twins = "".join(TWINS[letter] for letter in match.group())
                yield Edit(begin, begin + len(twins), twins, "look-alike letter")


def styled(text: str) -> Iterator[Edit]:
    """Words in the wide, bold or slanted letters that messengers offer, as plain ones."""
    for match in _STYLED.finditer(text):
        plain = normalize("NFKC", match.group())
        if plain != match.group():
            yield Edit(match.start(), match.end(), plain, "styled letter")
