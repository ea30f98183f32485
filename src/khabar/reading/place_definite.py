"""Definite mentions ("the country", "the city", "the Afghan capital"). Invariant: each stands for a place of its kind
named before it, or for the capital of the country that it names or that was named before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import exp

from khabar.reading.gazetteer import Candidate, Gazetteer
from khabar.reading.model import PlaceMention
from khabar.reading.place_choice import PlaceContext
from khabar.reading.place_mentions import PARTLY, place_of
from khabar.reading.place_words import place_words

__all__ = ["add_definite"]

_DEFINITE = re.compile(
    r"\bthe[ \t\u00a0\n]+(?P<what>country|province|governorate|city|town|village|district|agency|valley)\b"
    r"(?!['’‘]?[ \t\u00a0\n]+(?:of|council|police|government|centre|center|hall)\b)",
    re.IGNORECASE,
)
_DEFINITE_PART = re.compile(
    r"(?<![\w-])(?:the[ \n])?(?:far[- ])?(?:north|south|east|west|centre|center)(?:-?(?:east|west))?(?:ern)?"
    r"(?:[ \n]parts?)?[ \n]of[ \n]\Z",
    re.IGNORECASE,
)
# "the Afghan capital", "the country's capital", "the capital"; not "the provincial capital" nor "the capital of Texas".
_CAPITAL = re.compile(
    r"\bthe[ \t\u00a0\n]+(?:(?P<people>[A-Z][a-z]+(?:[ ][A-Z][a-z]+)?)[ \n]|country['’]s[ \n])?capital(?:[ \n]city)?\b"
    r"(?![ \n]+(?:of|investment|inflow|flow|market|punishment|gain|city[ \n]of)|,?[ ]+[A-Z])",
)
_KINDS = {
    "country": ("country",), "province": ("adm1",), "governorate": ("adm1",), "city": ("city",), "town": ("city",),
    "village": ("city",), "district": ("adm2",), "agency": ("adm2",), "valley": ("valley",),
}  # fmt: skip
_SIZES = {"city": (20_000, 1 << 40), "town": (0, 500_000), "village": (0, 50_000)}  # inhabitants, least and most


def add_definite(
    text: str,
    located: Sequence[tuple[PlaceMention, Candidate]],
    peoples: list[tuple[int, Candidate]],
    taken: Sequence[tuple[int, int]],
    gazetteer: Gazetteer,
    context: PlaceContext,
) -> list[PlaceMention]:
    """Add "the country", "the province" and the like, each as the last place of its kind before it, and capitals that
    are not named ("the Afghan capital").
    """
    mentions = [m for m, _ in located]
    spans = sorted([*taken, *((m.start, m.end) for m in mentions)])
    seen = sorted([*((m.end, c) for m, c in located if m.place.kind != "border"), *peoples], key=lambda p: p[0])
    added = []
    shares = Counter(c.id for _, c in seen)
    k = 0
    for match in _DEFINITE.finditer(text):
        while k < len(seen) and seen[k][0] <= match.start():
            k += 1
        start, end = match.span()
        fitting = [p for p in seen[:k] if _is_such(p[1], match["what"].lower())]
        found = _salient(fitting, shares, start, text.rfind("\n\n", 0, start))
        if found is None or any(a < end and start < b for a, b in spans):
            continue
        part = _DEFINITE_PART.search(text[max(0, start - 40) : start])
        if part:
            start -= part.end() - part.start()
        place = place_of(text[start:end], found, gazetteer, context)
        if part:
            place = replace(place, precision=PARTLY.get(found.kind, "region"))
        added.append(PlaceMention(start, end, text[start:end], place))
    for start, end, capital in _capitals(text, seen, gazetteer):
        if not any(a < end and start < b for a, b in spans):
            place = place_of(text[start:end], capital, gazetteer, context)
            added.append(PlaceMention(start, end, text[start:end], place))
    return sorted([*mentions, *added], key=lambda m: m.start)


def _capitals(
    text: str, seen: Sequence[tuple[int, Candidate]], gazetteer: Gazetteer
) -> Iterator[tuple[int, int, Candidate]]:
    """Capitals that are not named: that of the people beside the word, else that of the country spoken of last, unless
    a province was named after it, whose own capital may be meant.
    """
    demonyms = place_words().demonyms
    for match in _CAPITAL.finditer(text):
        people = match["people"]
        if people:
            country = demonyms.get(people.lower())
        else:
            last = next((c for at, c in reversed(seen) if at <= match.start() and c.kind in ("country", "adm1")), None)
            country = last.country if last and last.kind == "country" else None
        capital = gazetteer.capital_of(country) if country else None
        if capital:
            yield match.start(), match.end(), capital


def _is_such(c: Candidate, what: str) -> bool:
    """Whether "the city", "the village" and so on can mean this place; a village is no great city, nor the reverse."""
    least, most = _SIZES.get(what, (0, 1 << 40))
    return c.kind in _KINDS[what] and (c.population == 0 or least <= c.population <= most)


def _salient(
    before: Sequence[tuple[int, Candidate]], shares: Counter[int], at: int, paragraph: int
) -> Candidate | None:
    """The place a definite mention at offset `at` most likely takes up: named near before it, in the same paragraph
    (which begins at `paragraph`), and often in the text.
    """
    if not before:
        return None
    weights: Counter[int] = Counter()
    for offset, c in before[-20:]:
        weights[c.id] += exp((offset - at) / 400.0) * (3.0 if offset >= paragraph else 1.0)  # type: ignore[assignment]
    total = sum(shares[c] for c in weights)
    best = max(weights, key=lambda number: weights[number] + 0.8 * shares[number] / total)
    return next(c for _, c in reversed(before) if c.id == best)
