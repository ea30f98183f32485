"""The words that name comparison knows, and how words sound. Invariant: the lists are data, in `name_words.yml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from khabar.reading.spelling import word_key
from khabar.resolution.name_letters import latin, plain

__all__ = ["NameWords", "known_word", "load_name_words", "sound"]


@dataclass(frozen=True, slots=True)
class NameWords:
    """The word lists of name comparison; see `name_words.yml`."""

    titles: frozenset[str]
    particles: frozenset[str]
    son_of: frozenset[str]
    honouring: frozenset[str]
    kunya: frozenset[str]
    generic: frozenset[str]
    legal_forms: tuple[tuple[tuple[str, ...], str], ...]
    nicknames: Mapping[str, frozenset[int]]
    common: frozenset[str]
    numbers: Mapping[str, int]
    roman: Mapping[str, int]
    letters: Mapping[str, str]
    close_words: Mapping[str, str]
    close_sounds: Mapping[str, str]
    written_out: Mapping[str, str]
    beginnings: tuple[str, ...]
    endings: tuple[str, ...]


@lru_cache(maxsize=1)
def load_name_words() -> NameWords:
    """The word lists, read once."""
    path = Path(__file__).with_name("name_words.yml")
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    nicknames: dict[str, set[int]] = {}
    for k, names in enumerate(data["nicknames"]):
        for name in names:
            nicknames.setdefault(name, set()).add(k)
    pairs = (pair.partition("=") for table in data["scripts"].values() for pair in table.split())
    letters = {letter: latin for letter, _, latin in pairs}
    forms = [
        (tuple(plain(latin(str(w), letters)[0]).split()), kind)
        for kind, written in data["legal_forms"].items()
        for w in written
    ]
    close_words = {s: word for word, written in data["close_words"].items() for s in written.split()}
    sounds: dict[str, set[str]] = {}
    for spelled, word in close_words.items():
        sounds.setdefault(_heard(spelled), set()).add(word)
    return NameWords(
        titles=frozenset(data["titles"].split()),
        particles=frozenset(data["particles"].split()),
        son_of=frozenset(data["son_of"].split()),
        honouring=frozenset(data["honouring"].split()),
        kunya=frozenset(data["kunya"].split()),
        generic=frozenset(data["generic"].split()),
        legal_forms=tuple(sorted(forms, key=lambda form: -len(form[0]))),
        nicknames={name: frozenset(groups) for name, groups in nicknames.items()},
        common=frozenset(data["common"].split()),
        numbers=data["numbers"],
        roman={numeral: k for k, numeral in enumerate(data["roman"], 1)},
        letters=letters,
        written_out=data["written_out"],
        beginnings=tuple(data["shared_beginnings"].split()),
        endings=tuple(data["shared_endings"].split()),
        close_words=close_words,
        close_sounds={heard: next(iter(meant)) for heard, meant in sounds.items() if len(meant) == 1},
    )


def known_word(word: str) -> str | None:
    """The word of the list of close words that a word spells; None for any other."""
    known = load_name_words()
    return known.close_words.get(word) or known.close_sounds.get(_heard(word))


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A word as it sounds, roughly: equal for the ways in which one name is transliterated."""
    return known_word(word) or _heard(word)


@lru_cache(maxsize=65536)
def _heard(word: str) -> str:
    for old, new in _SOUNDS:
        word = old.sub(new, word)
    return word_key(word)


_SOUNDS = tuple(
    (re.compile(old), new)
    for old, new in (
        (r"ph", "f"),
        (r"tsch|tch|tsj", "ch"),
        (r"sch|sj", "sh"),
        (r"dzh|dj|zh", "j"),
        (r"kh|ck", "k"),
        (r"gh", "g"),
        (r"th", "t"),
        (r"x", "ks"),
        (r"c(?=[eiy])", "s"),
        (r"c(?!h)", "k"),
        (r"w", "v"),
        (r"(?<=[oei])ff\Z", "v"),
        (r"q", "k"),
        (r"(.)\1+", r"\1"),
        (r"(?:ij|yj|iy|yy|ej)\Z", "i"),
        (r"z", "s"),
    )
)
