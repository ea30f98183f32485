"""Misspelt place names. Invariant: a name is only read as another where a locative or unit word marks it as a place,
its letters are nearly those of one place only, and that place lies in a country the document speaks of.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from khabar.reading.gazetteer import Gazetteer
from khabar.reading.gazetteer_rows import name_key
from khabar.reading.place_forms import FoundName, Words
from khabar.reading.place_modifiers import complete_name
from khabar.reading.place_words import PlaceWords

__all__ = ["find_misspelt"]

_SHORTEST = 6  # letters; in shorter names one letter makes another name


def find_misspelt(
    words: Words,
    found: Sequence[FoundName],
    taken: Sequence[tuple[int, int]],
    countries: Sequence[str],
    gazetteer: Gazetteer,
    lists: PlaceWords,
) -> list[FoundName]:
    """Names of one word which the gazetteer knows only under a slightly different spelling ("Nangahar")."""
    spans = sorted([*taken, *((n.mention_start, n.mention_end) for n in found)])
    ordinary = (lists.common, lists.given, lists.demonyms)
    names = []
    for i, form in enumerate(words.forms):
        if len(form) < _SHORTEST or not form[0].isupper() or form.isupper() or not form.isalpha():
            continue
        key = name_key(form)
        if gazetteer.longest(key) or any(k in known for known in ordinary for k in (key, key.removesuffix("s"))):
            continue
        start, end = words.starts[i], words.ends[i]
        if not _placed(words, i, lists) or any(a < end and start < b for a, b in spans):
            continue
        meant = _nearest(key, countries, gazetteer)
        if meant:
            candidates = tuple(c for c in gazetteer.candidates(meant) if c.country in countries)
            name = FoundName(start, end, i, i, meant, candidates, start, end)
            complete_name(words, name, lists)
            names.append(name)
    return names


def _placed(words: Words, i: int, lists: PlaceWords) -> bool:
    """Whether a locative stands before the word or a unit word after it, and no other name beside it."""
    text = words.text
    before = words.forms[i - 1].lower() if i and text[words.ends[i - 1] : words.starts[i]].isspace() else ""
    close = i + 1 < len(words.forms) and text[words.ends[i] : words.starts[i + 1]].isspace()
    after = words.forms[i + 1] if close else ""
    if after.lower() in lists.units:
        return True
    return before in lists.locative and not after[:1].isupper()


def _nearest(key: str, countries: Sequence[str], gazetteer: Gazetteer) -> str | None:
    """The one known name that one slip of the pen away (two in ten letters and more) from `key`, in the first country
    that has any; the first letter is taken to be right.
    """
    slips = 2 if len(key) >= 10 else 1
    for country in countries:
        names = [name for name in gazetteer.known_names(country) if name[0] == key[0]]
        near = process.extract(key, names, scorer=OSA.distance, score_cutoff=slips, limit=3)
        best = [str(name) for name, distance, _ in near if distance == near[0][1]]
        if len(best) == 1:
            return best[0]
    return None
