"""Comparing written names. Invariant: names that differ in a telling word are never alike, however close their letters.

General matchers give "Lashkar-e-Jhangvi" and "Lashkar-e-Taiba", or "Jamaat-ul-Ahrar" and "Hizb-ul-Ahrar", a high
score because most letters agree. Here every word must agree by itself, and what may differ is only what
transliteration leaves open: vowels, doubled letters and the particles of izafat and the article.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from khabar.text import fold

__all__ = ["alike", "contains", "describes", "is_acronym", "is_office", "key", "words"]

_PARTICLES = frozenset(
    ("e", "i", "al", "el", "ul", "ur", "us", "ut", "uz", "ud", "ad", "as", "ash", "at", "the", "of", "de")
)
_ARTICLES = frozenset(("the", "al", "el"))
_OF = frozenset(("of", "for"))
_VOWELS = frozenset("aeiouy")


def words(name: str) -> tuple[str, ...]:
    """The folded words of a name without particles; all its words where nothing else is left.

    The first word goes only if it is an article: "US army" is not "army".
    """
    every = fold(name).split()
    kept = (w for i, w in enumerate(every) if w not in (_PARTICLES if i else _ARTICLES))
    return tuple(kept) or tuple(every)


@lru_cache(maxsize=65536)
def key(name: str) -> tuple[str, ...]:
    """The consonants of each word: equal for spellings of one name ("Tehrik-i-Taliban", "Tehreek-e-Taliban")."""
    return tuple(_consonants(w) for w in words(name))


def alike(left: str, right: str, least: float = 60.0) -> bool:
    """Whether two names are spellings of one: equal keys, and every pair of words at least `least` % the same letters.

    Acronyms are never alike: one letter makes another group.
    """
    from rapidfuzz import fuzz

    if is_acronym(left) or is_acronym(right) or key(left) != key(right):
        return False
    if max(map(len, key(left)), default=0) < 3:
        return False
    return all(fuzz.ratio(x, y) >= least for x, y in zip(words(left), words(right), strict=True))


def contains(long: str, short: str) -> bool:
    """Whether all words of `short`, at least two, stand next to each other in `long`, in any spelling."""
    outer, inner = key(long), key(short)
    size = len(inner)
    return 2 <= size < len(outer) and any(outer[i : i + size] == inner for i in range(len(outer) - size + 1))


def describes(name: str) -> bool:
    """Whether words describe somebody ("gunmen", "the same cell") instead of naming them: not one capital letter.

    In scripts without capitals nothing is taken for a description.
    """
    return any(c.islower() for c in name) and not any(c.isupper() for c in name)


def is_acronym(name: str) -> bool:
    """Whether a name is written as an acronym: one word, most of it capitals ("LeJ", "TTP", "ISIS-K")."""
    letters = [c for c in name if c.isalpha()]
    if not letters or " " in name.strip() or len(letters) > 8:
        return False
    return sum(c.isupper() for c in letters) * 2 > len(letters)


def is_office(name: str) -> bool:
    """Whether words give a person's office ("Head of the Bureau", "leader of Jundullah") instead of a name."""
    return any(word in _OF for word in name.split()[1:])


def _consonants(word: str) -> str:
    kept = "a" if word[0] in _VOWELS else word[0]
    for before, letter in pairwise(word):
        if letter not in _VOWELS and letter != before:
            kept += letter
    return kept
