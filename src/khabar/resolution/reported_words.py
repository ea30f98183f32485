"""What words of a report tell its incident from others. Invariant: words that any report may have tell nothing.

People are called in many ways ("troops", "personnel"), so their names are compared by the kind of people; a site is
known by the name it bears ("Shah Noorani"), not by what it is ("shrine"). The lists stand in `reported_words.yml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import yaml

from khabar.text import fold

__all__ = ["is_kind_of_site", "kinds_of_people", "may_fight", "stem", "telling_words", "wider_means"]

_FILE = Path(__file__).with_name("reported_words.yml")
_LONGEST = 24  # words kept of one passage, the first in order; long passages tell much beside the incident


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists of the file: kinds of people by word, words for sites, means by their kinds, those who fight
    each other, words of any report.
    """

    kinds: Mapping[str, tuple[str, ...]]
    sites: frozenset[str]
    means: Mapping[str, str]
    sides: tuple[frozenset[str], frozenset[str]]
    any_report: frozenset[str]


@cache
def _lists() -> _Lists:
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    kinds = {word: (kind,) for kind, words in data["kinds"].items() for word in words.split()}
    kinds |= dict.fromkeys(data["soldiers_or_police"].split(), ("soldiers", "police"))
    forces, rebels = (frozenset(side.split()) for side in data["two_sides"])
    return _Lists(
        kinds, frozenset(data["sites"].split()), data["means"], (forces, rebels), frozenset(data["any_report"].split())
    )


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A folded word without its plural ending: "cadets" meets "cadet"."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


def is_kind_of_site(word: str) -> bool:
    """Whether a folded word says what a site is ("shrine") and is no name of it."""
    return stem(word) in _lists().sites


def kinds_of_people(words: Iterable[str]) -> frozenset[str]:
    """The kinds of people that words (stems) name; words for nobody in particular name none."""
    kinds = _lists().kinds
    return frozenset(kind for word in words for kind in kinds.get(word, ()))


def may_fight(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether what was hit, by its classes, may be two sides of one fight: of soldiers and militants either died."""
    forces, rebels = _lists().sides
    return bool((one & forces and other & rebels) or (one & rebels and other & forces))


def wider_means(means: Iterable[str]) -> frozenset[str]:
    """What means may also be called, less exactly: a suicide bomb is an explosive."""
    wider = _lists().means
    return frozenset(wider[each] for each in means if each in wider)


def telling_words(text: str, leave_out: Iterable[str] = ()) -> frozenset[str]:
    """The words of a passage that few other reports have, as stems; `leave_out` are folded words told elsewhere."""
    without = {"", *map(stem, leave_out)}
    return frozenset([w for w in dict.fromkeys(map(_telling, fold(text).split())) if w not in without][:_LONGEST])


@lru_cache(maxsize=65536)
def _telling(word: str) -> str:
    """The stem of a folded word; '' for numbers, short words and those of any report."""
    found = stem(word) if len(word) > 2 and not word.isdigit() else ""
    return "" if found in _lists().any_report else found
