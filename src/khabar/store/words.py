"""Words of texts and of what people type to find them. Invariant: a text and a question are taken apart alike.

It is the way of SQLite's unicode61: a word is a run of letters and digits, without case and accents. Where a database
brings no such index, words are told apart here and only stemmed there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["MAX_TERMS", "PART", "Term", "Token", "parts_of", "terms_of", "tokens_of", "words_of"]

MAX_TERMS = 32
"""Words or phrases of a question; a longer one costs time and finds nothing."""

PART = 256
"""Words of a text that are indexed together: PostgreSQL keeps no more places of one word than these."""

_PHRASE = 32  # words by which parts overlap, so that a phrase up to this length lies whole in one of them
_LONGEST = 500  # characters of a word that count
_ACCENT = "\u0300-\u036f"
_ACCENTS = re.compile(f"[{_ACCENT}]")
_TOKEN = re.compile(f"[^\\W_][^\\W_{_ACCENT}]*(?:[{_ACCENT}]+[^\\W_]*)*")
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')


class Token(NamedTuple):
    """A word in a text: as it is compared, and where it stands. A text has thousands of them."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must follow each other; with `open` the last one need only begin so."""

    words: tuple[str, ...]
    open: bool = False


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared."""
    if text.isascii():  # as most are: folded as a whole, which is far quicker
        return [word[:_LONGEST] for word in _TOKEN.findall(text.lower())]
    return [_folded(word) for word in _TOKEN.findall(text)]


def tokens_of(text: str) -> Iterator[Token]:
    """The words of a text with their places."""
    if text.isascii():
        for found in _TOKEN.finditer(text.lower()):
            yield Token(found.group()[:_LONGEST], *found.span())
        return
    for found in _TOKEN.finditer(text):
        yield Token(_folded(found.group()), *found.span())


def parts_of(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """The parts in which the words of a text are indexed; each begins with the last words of the one before."""
    for start in range(0, max(1, len(words) - _PHRASE), PART - _PHRASE):
        if part := words[start : start + PART]:
            yield part


def terms_of(text: str) -> list[Term]:
    """What a person typed: all words, "phrases" as a whole, `word*` by its beginning. A phrase too long for a part
    becomes several that overlap by a word.
    """
    found: dict[Term, None] = {}
    for phrase, word in _TERM.findall(text):
        words = words_of(phrase or word)
        step = _PHRASE - 1
        for start in range(0, max(1, len(words) - 1), step):
            piece = tuple(words[start : start + _PHRASE])
            if piece:
                last = start + _PHRASE >= len(words)
                found[Term(piece, word.endswith("*") and last)] = None
        if len(found) >= MAX_TERMS:
            break
    return list(found)[:MAX_TERMS]


def _folded(word: str) -> str:
    word = word[:_LONGEST].lower()
    return word if word.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFD", word))
