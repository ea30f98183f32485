"""Names of places that the gazetteer lacks, put where the text around them plays. Invariant: the answer is a place that
the text itself names, never a finer one, and says so: it has no id, and the precision of an area around that place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from khabar.reading.gazetteer import Candidate, Gazetteer
from khabar.reading.model import PlaceMention
from khabar.reading.place_choice import Choice, PlaceContext
from khabar.reading.place_features import nearness
from khabar.reading.place_forms import FoundName
from khabar.reading.place_mentions import PARTLY, place_of

__all__ = ["far_fetched", "place_around"]

_REACH = 300  # characters: a place named nearer than this is likely to hold the unknown one
_LITTLE = 50_000  # inhabitants


def far_fetched(name: FoundName, c: Candidate, choice: Choice) -> bool:
    """Whether `c` is a little place in a country that the document, which is clearly about others, never speaks of."""
    evidence = choice.evidence
    own = evidence.by_name.get(name.key, Counter())
    rest = evidence.total - sum(weight for what, weight in own.items() if isinstance(what, str))
    little = c.kind in ("city", "adm2", "area", "site") and c.population < _LITTLE
    if not little or name.inside or rest < 1.0 or evidence.share(c.country, name.key) > 0.02:
        return False
    return nearness(c, name.key, evidence)[0] < 0.2


def place_around(
    text: str,
    span: tuple[int, int],
    located: Sequence[tuple[FoundName, Candidate]],
    gazetteer: Gazetteer,
    context: PlaceContext,
) -> PlaceMention | None:
    """The area around the place that the text names nearest to `span`; None where it names none.

    Towns and units count before countries, those of the same paragraph before the one most often named.
    """
    start, end = span
    inner = [(n, c) for n, c in located if c.kind not in ("country", "region")]
    opening, closing = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    near = [
        (min(abs(n.start - end), abs(start - n.end)), k)
        for k, (n, _) in enumerate(inner)
        if n.start >= opening and (closing < 0 or n.end <= closing)
    ]
    if near and min(near)[0] < _REACH:
        holder = inner[min(near)[1]][1]
    else:
        named = inner or [(n, c) for n, c in located if c.kind == "country"]
        if not named:
            return None
        counts = Counter(c.id for _, c in named)
        often = max(counts, key=lambda number: counts[number])
        holder = next(c for _, c in named if c.id == often)
    words = text[start:end]
    place = place_of(words, holder, gazetteer, context)
    precision = PARTLY.get(holder.kind, "near")
    return PlaceMention(start, end, words, replace(place, id=None, name=words, kind="area", precision=precision))
