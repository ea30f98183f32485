"""Names found again in a text, however they are spelled. Invariant: nothing here uses the reader's own spelling keys.

Two names are the same if they have the same words, articles left out, where a longer word may differ by one letter in
four (Mujahidin and Mujahideen, Haqqani and Hakani). It measures the reader, so it goes by edit distance and not by the
reader's rules.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

__all__ = ["Word", "among", "occurrences", "same_name", "spells", "stands_alone", "words_of"]

_WORD = re.compile(r"[^\W_]+(?:['’‘`ʼ][^\W\d_]+)*")
_APOSTROPHES = re.compile(r"['’‘`ʼ]")
_POSSESSIVE = re.compile(r"['’‘`]s\Z")
_ARTICLES = frozenset("the a an al el ul ud ur ad as ash at an ar az e i bin ben ibn".split())  # noqa: SIM905


class Word(NamedTuple):
    """A word of a text: its folded form, where it stands, and whether it is written with a capital."""

    key: str
    start: int
    end: int
    capital: bool


def words_of(text: str) -> list[Word]:
    """The words of a text without articles and particles; case, accents, apostrophes and possessive endings folded."""
    found = []
    for match in _WORD.finditer(text):
        bare = _POSSESSIVE.sub("", match.group())
        key = _folded(bare)
        if key and key not in _ARTICLES:
            found.append(Word(key, match.start(), match.start() + len(bare), any(c.isupper() for c in bare)))
    return found


def _folded(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", word))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 4:
        return False
    most = max(len(one), len(other)) // 4
    return int(Levenshtein.distance(one, other, score_cutoff=most)) <= most


def same_name(one: str, other: str) -> bool:
    """Whether two names have the same words in the same order, spellings apart."""
    left, right = words_of(one), words_of(other)
    return (
        bool(left) and len(left) == len(right) and all(_alike(a.key, b.key) for a, b in zip(left, right, strict=True))
    )


def among(name: str, other: str) -> bool:
    """Whether every word of `name` is a word of `other`: a short form, or another spelling, of it."""
    left, right = words_of(name), words_of(other)
    return bool(left) and all(any(_alike(a.key, b.key) for b in right) for a in left)


def spells(short: str, name: str) -> bool:
    """Whether the capitals of a short form come in order among the letters of a name, the first as its first."""
    letters = [c.casefold() for c in short if c.isupper()]
    whole = re.sub(r"^the\W", "", name, flags=re.IGNORECASE).casefold()
    return len(letters) > 1 and any(
        plain.startswith(letters[0]) and _in_order(letters, plain) for plain in (whole, whole.removeprefix("al-"))
    )


def _in_order(letters: Sequence[str], name: str) -> bool:
    rest = iter(name)
    return all(letter in rest for letter in letters)


def occurrences(name: str, text: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Offsets where the name stands in the text's words, each written with a capital where the name has one."""
    wanted = words_of(name)
    if not wanted:
        return
    for i in range(len(text) - len(wanted) + 1):
        here = text[i : i + len(wanted)]
        if all(_alike(a.key, b.key) and (b.capital or not a.capital) for a, b in zip(wanted, here, strict=True)):
            yield here[0].start, here[-1].end


def stands_alone(text: str, words: Sequence[Word], span: tuple[int, int]) -> bool:
    """Whether a stretch is a whole name: no capitalised word stands right before or after it, but for a blank, a hyphen
    or an article. A word that begins a sentence counts, so some whole names are taken for parts.
    """
    k = bisect_left(words, span[0], key=lambda w: w.start)
    after = next((w for w in words[k:] if w.start >= span[1]), None)
    before = words[k - 1] if k else None
    return not (
        (before is not None and before.capital and _joined(text[before.end : span[0]]))
        or (after is not None and after.capital and _joined(text[span[1] : after.start]))
    )


def _joined(between: str) -> bool:
    return re.fullmatch(r"[\s-]*(?:(?:al|el|ul|ud|bin|ben|ibn|e|i)[\s-]+)?", between, re.IGNORECASE) is not None
