"""Which type, date and places are shown. Invariant: places and types were stated; a date was stated, or lies between
days that were.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from khabar.exchange import when_to_json
from khabar.records import Derived, Value, When
from khabar.resolution.values.choices import ONLY, RECENT, majority
from khabar.resolution.values.stating import key_of_place
from khabar.resolution.values.tolls import SPECIFIC
from khabar.resolution.values.voices import Voices

__all__ = [
    "agreed_days",
    "all_days",
    "narrowest_type",
    "newest_places",
    "precise_places",
    "supported_places",
    "widest_type",
]

WIDEST = "widest type of the family"
OVERLAP = "days all dates allow"
HULL = "from the first to the last day stated"
PRECISE = "most precise places"
SUPPORTED = "most precise places that two origins name"

_LEVELS = ("country", "region", "adm1", "adm2", "near", "exact")
_ENOUGH = 2  # origins that make a place well supported


def narrowest_type(stated: Sequence[Value], voices: Voices) -> Derived:
    """The most specific type of the family that most origins name; a general type only where there is no other."""
    family, lines = _family(stated, voices)
    if len(family) == 1:
        return Derived(family[0].value, ONLY if len(stated) == 1 else SPECIFIC)
    lowest = [v for v in family if all(other in lines[v.value] for other in lines)]
    if lowest:
        return Derived(lowest[0].value, SPECIFIC)
    return majority(family, voices, lambda v: (-len(lines[v]), v))


def widest_type(stated: Sequence[Value], voices: Voices) -> Derived:
    """The widest stated type of the family that most origins name: a bombing, where some say a suicide bombing."""
    family, lines = _family(stated, voices)
    if len(stated) == 1:
        return Derived(stated[0].value, ONLY)
    highest = [v for v in family if all(v.value in line for line in lines.values())]
    if highest:
        return Derived(highest[0].value, WIDEST)
    return majority(family, voices, lambda v: (len(lines[v]), v))


def _family(stated: Sequence[Value], voices: Voices) -> tuple[list[Value], dict[str, tuple[str, ...]]]:
    """The stated types of the family that most origins name, and the line of ancestors of each."""
    types = voices.types
    telling = [v for v in stated if v.value not in types.general] or list(stated)
    families: defaultdict[str, list[Value]] = defaultdict(list)
    for value in telling:
        families[types.lineage(value.value)[-1]].append(value)
    weight = {f: voices.origins(c for v in vs for c in v.claims) for f, vs in families.items()}
    family = families[min(families, key=lambda f: (-weight[f], f))]
    return family, {v.value: types.lineage(v.value) for v in family}


def agreed_days(stated: Sequence[Value], voices: Voices) -> Derived:
    """The days that all stated intervals allow; where there are none, the interval of most origins."""
    return _common_days(stated) or majority(stated, voices, lambda v: v["earliest"] or v["latest"])


def all_days(stated: Sequence[Value], voices: Voices) -> Derived:
    """The days that all stated intervals allow; where there are none, from the first to the last day stated."""
    agreed = _common_days(stated)
    if agreed is not None:
        return agreed
    told = [v.value for v, n, _ in voices.votes(stated) if n]
    if len(told) == 1:
        return majority(stated, voices)
    first = min((w["earliest"] for w in told if w["earliest"]), default=None)
    last = max((w["latest"] for w in told if w["latest"]), default=None)
    open_start, open_end = any(not w["earliest"] for w in told), any(not w["latest"] for w in told)
    hull = When(None if open_start else first, None if open_end else last, "range", None)
    return Derived(when_to_json(hull), HULL) if hull.earliest or hull.latest else agreed_days(stated, voices)


def _common_days(stated: Sequence[Value]) -> Derived | None:
    if len(stated) == 1:
        return Derived(stated[0].value, ONLY)
    starts = [v.value["earliest"] for v in stated if v.value["earliest"]]
    ends = [v.value["latest"] for v in stated if v.value["latest"]]
    earliest, latest_day = max(starts, default=None), min(ends, default=None)
    if earliest is not None and latest_day is not None and earliest > latest_day:
        return None
    for value in stated:
        if (value.value["earliest"], value.value["latest"]) == (earliest, latest_day):
            return Derived(value.value, OVERLAP)
    return Derived(when_to_json(When(earliest, latest_day, "range", None)), OVERLAP)


def precise_places(stated: Sequence[Value], voices: Voices) -> Derived:
    """The most precise of the stated places, those of most origins first; the rest are its surroundings.

    Only places of the country that most origins name count; those without a country only where no other is stated.
    """
    inside = _inside(stated, voices)
    finest = sorted(_finest(inside), key=lambda v: -voices.origins(v.claims))
    return Derived([v.value for v in finest], ONLY if len(stated) == 1 else PRECISE)


def supported_places(stated: Sequence[Value], voices: Voices) -> Derived:
    """The most precise places among those that at least two origins name, else the most precise."""
    supported = [v for v in _inside(stated, voices) if voices.origins(v.claims) >= _ENOUGH]
    if not supported or len(stated) == 1:
        return precise_places(stated, voices)
    return Derived([v.value for v in _finest(supported)], SUPPORTED)


def newest_places(stated: Sequence[Value], voices: Voices) -> Derived:
    """The most precise places of the newest report."""
    newest = max((day for _, n, day in voices.votes(stated) if n), default="")
    told = [v for v in stated if any(voices.day[c] == newest for c in v.claims)]
    if len(stated) == 1 or not newest or not told:
        return precise_places(stated, voices)
    return Derived([v.value for v in _finest(told)], RECENT)


def _inside(stated: Sequence[Value], voices: Voices) -> list[Value]:
    """The places of the country that most origins name, without doubtful ones while there are others."""
    sure = [v for v in stated if key_of_place(v.value) not in voices.doubtful] or list(stated)
    told: defaultdict[str, set[str]] = defaultdict(set)
    for value in sure:
        if value.value["country"]:
            told[value.value["country"]].update(value.claims)
    weight = {country: (voices.origins(claims), len(claims)) for country, claims in told.items()}
    agreed = {country for country, n in weight.items() if n == max(weight.values())}
    return [v for v in sure if v.value["country"] in agreed] or sure


def _finest(places: Sequence[Value]) -> list[Value]:
    top = max(_level(v.value) for v in places)
    return [v for v in places if _level(v.value) == top]


def _level(place: Mapping[str, str]) -> int:
    return _LEVELS.index(place["precision"])
