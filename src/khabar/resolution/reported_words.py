"""What words of a report tell its incident from others. Invariant: words that any report may have tell nothing.

People are called in many ways ("troops", "personnel"), so their names are compared by the kind of people; a site is
known by the name it bears ("Shah Noorani"), not by what it is ("shrine"). The lists stand in `reported_words.yml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from khabar.text import fold

__all__ = ["is_kind_of_site", "kinds_of_people", "stem", "telling_words"]

_FILE = Path(__file__).with_name("reported_words.yml")
_LONGEST = 24  # words kept of one passage, the first in order; long passages tell much beside the incident


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists of the file: kinds of people by word, words for sites, words of any report."""

    kinds: Mapping[str, tuple[str, ...]]
    sites: frozenset[str]
    any_report: frozenset[str]


@cache
def _lists() -> _Lists:
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    kinds = {word: (kind,) for kind, words in data["kinds"].items() for word in words.split()}
    kinds |= dict.fromkeys(data["soldiers_or_police"].split(), ("soldiers", "police"))
    return _Lists(kinds, frozenset(data["sites"].split()), frozenset(data["any_report"].split()))


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


def telling_words(text: str, leave_out: Iterable[str] = ()) -> frozenset[str]:
    """The words of a passage that few other reports have, as stems; `leave_out` are folded words told elsewhere."""
    without, common = {stem(word) for word in leave_out}, _lists().any_report
    words = dict.fromkeys(stem(w) for w in fold(text).split() if len(w) > 2 and not w.isdigit())
    return frozenset([w for w in words if w not in common and w not in without][:_LONGEST])
