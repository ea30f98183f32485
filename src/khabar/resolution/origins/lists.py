"""The agencies and offices that corroboration knows, read once. Invariant: the lists are data, in `agencies.yml` and
`offices.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from khabar.text import fold

__all__ = ["SourceLists", "load_source_lists"]


@dataclass(frozen=True, slots=True)
class SourceLists:
    """The lists as look-up tables.

    `agency` gives the agency of a folded name, `written` of a name as it is written, which `credited` finds; `office`
    the office of folded words and `offices` finds such words in a folded text, the longest that fit; `unnamed` are
    words for people whom nobody could find again, `articles` what stands before them, `no_place` words before an office
    that are no place, `part_of_names` those after which it is none ("Liberation Army").
    """

    agency: Mapping[str, str]
    written: Mapping[str, str]
    credited: re.Pattern[str]
    office: Mapping[str, str]
    offices: re.Pattern[str]
    unnamed: frozenset[str]
    articles: frozenset[str]
    no_place: frozenset[str]
    part_of_names: frozenset[str]


@lru_cache(maxsize=1)
def load_source_lists() -> SourceLists:
    """The lists of agencies, offices and words for the unnamed."""
    here = Path(__file__)
    agencies: dict[str, list[str]] = yaml.safe_load(here.with_name("agencies.yml").read_text(encoding="utf-8"))
    told: dict[str, Any] = yaml.safe_load(here.with_name("offices.yml").read_text(encoding="utf-8"))
    written = {name: agency for agency, others in agencies.items() for name in (agency, *others)}
    office = {fold(w): name for name, words in told["offices"].items() for w in words.split(",")}
    return SourceLists(
        agency={fold(name): agency for name, agency in written.items()},
        written=written,
        credited=_any_of(written),
        office=office,
        offices=_any_of(office),
        unnamed=frozenset(told["unnamed"].split()),
        articles=frozenset(told["articles"].split()),
        no_place=frozenset(told["no_place"].split()),
        part_of_names=frozenset(told["part_of_names"].split()),
    )


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern of whole words, the longest first."""
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)")
