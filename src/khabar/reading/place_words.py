"""Words that tell place names from other names. Invariant: every list is data, read once and never changed.

The lists lie under `data/places`: common English words, given names, demonyms with their country, and in `words.txt`
titles, saying verbs, locative words and the unit words with the kinds of place they call for.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from khabar.errors import ReadingError

__all__ = ["PlaceWords", "place_words"]


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The word lists.

    `common` lower-case English words; `given` names of people; `demonyms` adjective or people to ISO country;
    `regional` the same for regions and towns, some within a country that `demonyms` names; `titles`
    and `saying` words beside people; `locative` and `weak_locative` words before places; `links` small words inside
    names; `shown` unit words shown as part of a name they precede; `units` unit word to the kinds it calls for;
    `not_places` names that the gazetteer has but news use for other things.
    """

    common: frozenset[str]
    given: frozenset[str]
    demonyms: dict[str, str]
    regional: dict[str, str]
    titles: frozenset[str]
    saying: frozenset[str]
    locative: frozenset[str]
    weak_locative: frozenset[str]
    links: frozenset[str]
    shown: frozenset[str]
    units: dict[str, tuple[str, ...]]
    sites: frozenset[str]
    directions: frozenset[str]
    not_places: frozenset[str]


@lru_cache(maxsize=1)
def place_words() -> PlaceWords:
    """The word lists shipped with the package; ReadingError where one is missing."""
    try:
        rows = list(csv.DictReader(_text("demonyms.csv").splitlines()))
        demonyms = {word: row["country"] for row in rows if row["country"] for word in _spaced(row["words"])}
        regional = {word: row["region"] for row in rows if row["region"] for word in _spaced(row["words"])}
        lists = _sections(_text("words.txt"))
        units = {word: tuple(name.split()[1:]) for name in lists if name.startswith("unit ") for word in lists[name]}
        return PlaceWords(
            common=_words(_text("common_words.txt")),
            given=_words(_text("given_names.txt")),
            demonyms=demonyms,
            regional=regional,
            titles=frozenset(lists["titles"]),
            saying=frozenset(lists["saying"]),
            locative=frozenset(lists["locative"]),
            weak_locative=frozenset(lists["weak_locative"]),
            links=frozenset(lists["links"]),
            shown=frozenset(lists["shown"]),
            units=units,
            sites=frozenset(lists["sites"]),
            directions=frozenset(lists["directions"]),
            not_places=frozenset(_spaced(" ".join(lists["not_places"]))),
        )
    except (OSError, KeyError) as problem:
        raise ReadingError(
            f"a word list of the place finder is missing ({problem}).", "Install khabar again."
        ) from problem


def _text(name: str) -> str:
    return (files("khabar.reading") / "data" / "places" / name).read_text(encoding="utf-8")


def _words(text: str) -> frozenset[str]:
    return frozenset(w for line in text.splitlines() if not line.startswith("#") for w in line.split())


def _spaced(words: str) -> list[str]:
    """The words of a list; those of one name are joined by low lines."""
    return [word.replace("_", " ") for word in words.split()]


def _sections(text: str) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line[0].isspace():
            lists[name] += line.split()
        else:
            name = line.rstrip(": ")
            lists[name] = []
    return lists
