"""Names in spans known to be places. Invariant: a name lies inside its span, and is the most of it that is known.

The whole span is looked up first; then without words of direction ("North Oxford") and of sites ("Kabul airport"); then
its weightiest part, where that part says more than a common word would ("University of Chicago", not "Bank").
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

from khabar.reading.gazetteer import Candidate, Gazetteer
from khabar.reading.gazetteer_rows import name_key
from khabar.reading.place_forms import FoundName, Words
from khabar.reading.place_modifiers import complete_name
from khabar.reading.place_words import PlaceWords

__all__ = ["names_at"]

_WELL_KNOWN = 100_000  # inhabitants from which a town may be named by a part of a longer name of something else


def names_at(
    words: Words, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer, lists: PlaceWords
) -> list[FoundName | None]:
    """What is known of the name in each given span; None where the gazetteer knows no part of it that tells a place."""
    names: list[FoundName | None] = []
    for start, end in spans:
        inside = range(max(0, words.index_at(start)), words.index_at(end - 1) + 1)
        held = [i for i in inside if words.ends[i] > start]
        found = _whole(words, held, gazetteer, lists) or _part(words, held, gazetteer, lists)
        if found:
            complete_name(words, found, lists)
        names.append(found)
    return names


def _whole(words: Words, held: Sequence[int], gazetteer: Gazetteer, lists: PlaceWords) -> FoundName | None:
    """The span as a name, else without its last words of sites and units, else without its first ones of direction."""
    forms = [words.forms[i].lower() for i in held]
    first = 0
    while first < len(held):
        last = len(held)
        while last > first and any(form not in lists.directions for form in forms[first:last]):
            found = _known(words, held[first:last], gazetteer, lists)
            if found:
                return found
            if forms[last - 1] not in lists.sites and forms[last - 1] not in lists.units:
                break
            last -= 1
        if forms[first] not in lists.directions and forms[first] != "the":
            break
        first += 1
    return None


def _part(words: Words, held: Sequence[int], gazetteer: Gazetteer, lists: PlaceWords) -> FoundName | None:
    """The weightiest known part of the span; a little-known place only where all the rest are words of sites."""
    best: tuple[float, FoundName] | None = None
    for k in range(len(held)):
        for count in range(len(held) - k, 0, -1):
            part = held[k : k + count]
            if all(_says_nothing(words.forms[i], lists) for i in part):
                continue
            found = _known(words, part, gazetteer, lists)
            if found is None:
                continue
            rest = [i for i in held if i not in part]
            weight = _weight(found.candidates)
            if weight < log10(_WELL_KNOWN) and not all(_says_nothing(words.forms[i], lists) for i in rest):
                continue
            weight += count + (0.5 if k and words.forms[part[0] - 1].lower() == "of" else 0.0)
            if best is None or weight > best[0]:
                best = (weight, found)
    return best[1] if best else None


def _says_nothing(form: str, lists: PlaceWords) -> bool:
    """Whether the word alone names no place: small, ordinary, or one of sites, units and directions."""
    low = form.lower()
    if not form[0].isupper() or low in lists.links:
        return True
    known = low in lists.demonyms or low in lists.regional
    return not known and any(low in few for few in (lists.common, lists.sites, lists.units, lists.directions))


def _weight(candidates: Sequence[Candidate]) -> float:
    """How well known the best of them is: a country most, a unit as the hundred thousand it has at least."""
    most = 0.0
    for c in candidates:
        standing = {"country": 9.0, "region": 8.0, "adm1": 7.0}.get(c.kind, log10(c.population + 1))
        most = max(most, standing - c.alias)
    return most


def _known(words: Words, part: Sequence[int], gazetteer: Gazetteer, lists: PlaceWords) -> FoundName | None:
    """The name made of these words: an acronym, a people, an abbreviated state, or any name of the gazetteer."""
    start, end = words.starts[part[0]], words.ends[part[-1]]
    form = words.text[start:end]
    key = name_key(form)
    low = " ".join(words.forms[i].lower() for i in part)
    meant = _people(low, gazetteer, lists)
    if meant:
        return FoundName(start, end, part[0], part[-1], low, meant, start, end)
    short = form.replace(".", "").replace(" ", "")
    for exact in (f"={short}", f"=,{form}.", f"=,{form}", f"=,{short}"):
        if form[:1].isupper() and (candidates := gazetteer.candidates(exact)):
            return FoundName(start, end, part[0], part[-1], exact, candidates, start, end)
    candidates = gazetteer.candidates(key)
    return FoundName(start, end, part[0], part[-1], key, candidates, start, end) if candidates else None


def _people(low: str, gazetteer: Gazetteer, lists: PlaceWords) -> tuple[Candidate, ...]:
    """The place a people or an adjective belongs to: "Iraqi", "South Korean", "Sicilian"."""
    iso, region = lists.demonyms.get(low), lists.regional.get(low)
    if region:
        known = gazetteer.candidates(name_key(region))
        return tuple(c for c in known if iso in (None, c.country)) or known
    nation = gazetteer.country(iso) if iso else None
    return (nation,) if nation else ()
