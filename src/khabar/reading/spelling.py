"""Spellings of one name made equal. Invariant: a key never depends on context; equal keys mean "may be the same word".

Names of armed groups reach English through Arabic, Urdu, Pashto, Persian, Turkish and Russian, each transliterated in
several ways: Tehrik-i-Taliban and Tehreek-e-Taliban, Jama'at and Jamaat, Khorasan and Khurasan, Mohammed and Muhammad.
`word_key` folds what these ways differ in; `plain` folds only case, accents and apostrophes. Single words are compared
by `plain`, runs of words by `word_key`, so that "dish" is never Daesh.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["APOSTROPHES", "HYPHENED", "PARTICLE", "WORD", "glued_keys", "name_keys", "plain", "word_key"]

APOSTROPHES = "'’‘`´ʼʿʾ"
PARTICLE = "~"  # the key of a linking particle: the izafat of "Tehrik-i-Taliban", the article of "al-Qaeda"

WORD = re.compile(rf"(?:[A-Z]\.){{2,}}|[^\W_]+(?:[{APOSTROPHES}][^\W\d_]+)*")

_PARTICLES = frozenset({"i", "e", "ul", "al", "el", "ur", "ud", "az", "il", "o", "yi"})
# Particles that are English words too, and count as particles only before a hyphen: "Ansar as-Sunna", "at-Tawhid".
HYPHENED = frozenset({"as", "ash", "an", "ar", "ad", "at", "us", "un", "ut"})
_STRIP = re.compile(rf"[{APOSTROPHES}.]")
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]\Z")

_RULES = (
    (re.compile(r"m[ou]h[ae]mm?[ae]d"), "muhamad"),
    (re.compile(r"ahm[ae]d"), "ahmad"),
    (re.compile(r"ee|ie"), "i"),
    (re.compile(r"oo|ou"), "u"),
    (re.compile(r"ae|ai|ay|ei|ey"), "i"),
    (re.compile(r"[ey]"), "i"),
    (re.compile(r"o"), "u"),
    (re.compile(r"q"), "k"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=[aiu])h\Z"), ""),
)


def plain(word: str) -> str:
    """Case, accents, apostrophes, full stops and a possessive ending folded away."""
    word = _STRIP.sub("", _POSSESSIVE.sub("", word))
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return word.casefold()


@lru_cache(maxsize=50_000)
def word_key(word: str, *, hyphened: bool = False) -> str:
    """The key under which spellings of one word meet; `hyphened` says that a hyphen follows the word."""
    key = plain(word)
    if key in _PARTICLES or (hyphened and key in HYPHENED):
        return PARTICLE
    if len(key) < 4 or not key.isalpha():
        return key
    for pattern, replacement in _RULES:
        key = pattern.sub(replacement, key)
    return key


def name_keys(name: str) -> tuple[str, ...]:
    """The keys of the words of a name, in order."""
    found = list(WORD.finditer(name))
    return tuple(word_key(m.group(), hyphened=name[m.end() : m.end() + 1] == "-") for m in found)


def glued_keys(name: str) -> tuple[str, ...]:
    """The keys where the article is written with the word before it ("Hizbul Mujahideen"); () where there is none."""
    glued = re.sub(r"(?<=[A-Za-z])[- ](ul|ud|ur)[- ](?=[A-Z])", r"\1 ", name)
    return name_keys(glued) if glued != name else ()
