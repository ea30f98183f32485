"""A name as its words: letters made Latin, small words set aside, initials and numbers known. Invariant: the same text
gives the same form, and no word that could tell one name from another is dropped.

    "Dr. Khan, Hafiz Sa'eed" ──▶ hafiz saeed khan        "OAO Gazprom" ──▶ gazprom (stock company)

What the words mean (titles, legal forms, given names, letters of other scripts) stands in `name_words.yml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from khabar.resolution.name_letters import latin, plain
from khabar.resolution.name_lists import NameWords, load_name_words

__all__ = ["NameForm", "name_form"]

_APOSTROPHES = re.compile(r"['’‘`´ʼʿʾ]")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.[\s-]?){2,}(?:[^\W\d_]\b\.?)?")
_TWO_INITIALS = re.compile(r"\b([B-DF-HJ-NP-TV-Z])([B-DF-HJ-NP-TV-Z])\b")
_COMPOUND = re.compile(r"(?<!\w)(\w+)-(?=\w)")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)\Z")
# Signs of vowels stand inside the words of Indic and South-East Asian scripts.
_WORD = re.compile(r"(?:[^\W_]|[\u0900-\u0dff\u0e30-\u0e4e\u0eb0-\u0ecd\u102b-\u103e\u17b4-\u17d3])+(?:%\w+)?")
_ABD = re.compile(
    r"\b(abd|abdel|abdul|abdal|abdur|abdus|abdou)[\s-]+(?:(?:al|el|ul|ur|ar|as|us|ud|ad)[\s-]+)?(?=\w{3})"
)
_DIN = re.compile(r"(?<=\w{3})[\s-]*\b(?:al|ud|ad|ed|el|uddin)[\s-]+d[ie]{1,2}n\b")
_ARTICLE = re.compile(r"(?<=\w{4})(?:ul|oul)\Z")  # written with the word before it: Hizbul Mujahideen
_ULLAH = re.compile(r"\b(\w{3,})[\s-]+[ua]l[\s-]?l?ah\b")


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name ready to be compared.

    `words` are its words in order without particles, in small letters, Latin where the script is known; `optional` are
    those it may leave out without being another (titles, kinds of organisation); `fathers` those that follow "son of";
    `numbers` those it holds, in order; `legal` its legal forms; `acronym` the letters of a name of one short word in
    capitals; `foreign` whether it was written in another script; `solid` all its letters, particles too, in a row;
    `compound` the words that a hyphen ties to the next (Jean-Bosco).
    """

    text: str
    words: tuple[str, ...]
    optional: frozenset[str]
    fathers: frozenset[str]
    numbers: tuple[int, ...]
    legal: frozenset[str]
    acronym: str
    foreign: bool
    solid: str
    compound: frozenset[str]


@lru_cache(maxsize=65536)
def name_form(name: str, person: bool) -> NameForm:
    """The form of a name of a person or of a body (group, company, vessel)."""
    known = load_name_words()
    text, foreign = latin(name, known.letters)
    text = _turned(text) if person else text
    flat = plain(_abbreviated(_APOSTROPHES.sub("", text), person))
    if person:
        flat = _ULLAH.sub(r"\1ullah", _DIN.sub("uddin", _ABD.sub("abdul", flat)))
    every = _counted(_WORD.findall(flat.replace("&", " and ")), known)
    if not person:
        every = [_ARTICLE.sub("", word) for word in every[:-1]] + every[-1:]
        every = [part for word in every for part in known.written_out.get(word, word).split()]
    legal: set[str] = set()
    if not person:
        every, legal = _without_legal(every, known)
    elif len(every) > _FULL_NAME and every[-1] in _OF_COMPANIES:
        every = every[:-1]
    small = known.particles | (known.son_of if person else frozenset())
    nickname = len(every) == len(("Ben", "Netanyahu")) and every[0] in known.son_of
    words = tuple(every) if nickname else tuple(w for w in every if w not in small) or tuple(every)
    aside = known.titles if person else known.generic
    return NameForm(
        text=name,
        words=words,
        optional=frozenset(words) & aside,
        fathers=frozenset(w for before, w in pairwise(every) if person and before in known.son_of),
        numbers=tuple(int(w) for w in words if w.isdigit()),
        legal=frozenset(legal),
        acronym=_acronym(name),
        foreign=foreign,
        solid="".join(every),
        compound=frozenset(_COMPOUND.findall(flat)),
    )


_OF_COMPANIES = frozenset(("llc", "ltd", "inc", "gmbh", "sa", "plc"))  # no part of a person's name
_FULL_NAME = 2  # words


def _turned(text: str) -> str:
    """The name in speaking order: "Khan, Hafiz Saeed" is Hafiz Saeed Khan."""
    family, comma, given = text.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and given.strip() and "," not in given else text


def _abbreviated(text: str, person: bool) -> str:
    """Initials: of a body one word ("A.B.C." is abc), of a person a word each ("J.-C.", "JC")."""
    if not person:
        return _INITIALS.sub(lambda m: re.sub(r"[.\s-]", "", m.group()) + " ", text)
    text = text.replace(".", ". ")
    return text if text.isupper() else _TWO_INITIALS.sub(r"\1 \2", text)


def _counted(words: list[str], known: NameWords) -> list[str]:
    """Numbers in figures: "forty-four" is 44, "1st" and "first" are 1, "xii" is 12."""
    done: list[str] = []
    joining = False
    for word in words:
        ordinal = _ORDINAL.match(word)
        number = known.numbers.get(word, known.roman.get(word) if len(word) > 1 and done else None)
        if ordinal or number is not None:
            value = int(ordinal[1]) if ordinal else int(number or 0)
            if joining and value < _TEN:
                done[-1] = str(int(done[-1]) + value)
                joining = False
                continue
            done.append(str(value))
            joining = value >= 2 * _TEN and value % _TEN == 0
            continue
        if joining and word.isdigit() and int(word) < _TEN:
            done[-1] = str(int(done[-1]) + int(word))
        else:
            done.append(str(int(word)) if word.isdecimal() else word)
        joining = False
    return done


_TEN = 10


def _without_legal(words: list[str], known: NameWords) -> tuple[list[str], set[str]]:
    """The words without the legal forms at either end; at least one word stays."""
    found: set[str] = set()
    again = True
    while again:
        again = False
        for form, kind in known.legal_forms:
            size = len(form)
            if len(words) <= size or not (form[-1] == words[-1] or form[0] == words[0] or _is_long(form)):
                continue
            if _written(words[-size:], form):
                words = words[:-size]
            elif _written(words[:size], form):
                words = words[size:]
            else:
                continue
            found.add(kind)
            again = True
            break
    return words, found


def _written(words: list[str], form: tuple[str, ...]) -> bool:
    """Whether words are a legal form; one long enough may hold a slip."""
    if tuple(words) == form:
        return True
    return _is_long(form) and OSA.distance("".join(words), "".join(form), score_cutoff=1) <= 1


@lru_cache(maxsize=1024)
def _is_long(form: tuple[str, ...]) -> bool:
    return sum(map(len, form)) >= _LONG


_LONG = 10  # letters


def _acronym(name: str) -> str:
    """The small letters of a name that is one short word, mostly in capitals: LeJ, TTP, ISIS-K."""
    letters = [c for c in name if c.isalpha()]
    short = 1 < len(letters) <= _SHORT and " " not in name.strip()
    if not short or sum(c.isupper() for c in letters) * 2 <= len(letters):
        return ""
    return "".join(letters).casefold()


_SHORT = 8
