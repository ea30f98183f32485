"""Pieces of texts that show what was found. Invariant: marks lie inside the snippet, over words that were asked for."""

from __future__ import annotations

import re
from collections.abc import Callable

from khabar.store.words import tokens_of

__all__ = ["LONG", "Marks", "snippet_of", "windowed"]

LONG = 50_000
"""Characters from which on a text is not searched for its best piece: the first place of the first word is shown."""

_WORDS = 40
_BEFORE = 8  # words shown before the first one found

Marks = tuple[tuple[int, int], ...]


def windowed(snippet: str, word: str) -> tuple[str, Marks]:
    """A piece of a long text, and where it has the word as it was typed."""
    return snippet, tuple(found.span() for found in re.finditer(re.escape(word), snippet, re.IGNORECASE))


def snippet_of(text: str, finds: Callable[[str], str | None]) -> tuple[str, Marks]:
    """The piece of a text with the most different words that `finds` gives a stem for, and where they are."""
    tokens = list(tokens_of(text))
    found = [(n, stem) for n, token in enumerate(tokens) if (stem := finds(token.word)) is not None]
    best, most = 0, 0
    for n, (place, _) in enumerate(found):
        inside = {stem for at, stem in found[n : n + _WORDS] if at < place + _WORDS - _BEFORE}
        if len(inside) > most:
            best, most = max(0, place - _BEFORE), len(inside)
    last = min(len(tokens), best + _WORDS)
    start = tokens[best].start if best else 0
    end = tokens[last - 1].end if last < len(tokens) else len(text)
    before, after = (" … " if best else ""), (" … " if last < len(tokens) else "")
    shift = len(before) - start
    marks = tuple((tokens[n].start + shift, tokens[n].end + shift) for n, _ in found if best <= n < last)
    return f"{before}{text[start:end]}{after}", marks
