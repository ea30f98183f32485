"""Choosing which place a name means. Invariant: a pure function of the names found, the demonyms and the context; the
first pass uses each name alone, the second what the first says about the document.

A candidate's score is a sum of plain reasons: inhabitants, kind, capital, usual name; the unit word and the enclosing
place beside the name; the countries and provinces the document speaks of; nearness to the other places in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import asin, cos, exp, log10, radians, sin, sqrt

from khabar.reading.gazetteer import Candidate
from khabar.reading.place_forms import FoundName
from khabar.reading.place_words import PlaceWords

__all__ = ["Evidence", "PlaceContext", "choose", "distance_km", "is_place"]

_KIND = {"country": 4.0, "region": 5.5, "valley": 0.6, "area": 0.0, "city": 0.6, "adm1": 0.8, "adm2": -0.8}
_MOST = 60  # candidates of a name weighed at all


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What is known of a document besides its text: `published` an ISO date or its beginning, for names that changed;
    `countries` ISO codes it is about or comes from, each counting like one mention.
    """

    published: str | None = None
    countries: tuple[str, ...] = ()


@dataclass(slots=True)
class Evidence:
    """What the document says about where it plays: weights of countries and of first-order units, and sure places."""

    countries: Counter[str] = field(default_factory=Counter)
    units: Counter[int] = field(default_factory=Counter)
    places: dict[int, Candidate] = field(default_factory=dict)
    named: dict[str, Counter[int]] = field(default_factory=dict)
    total: float = 0.0

    def share(self, country: str | None) -> float:
        """The share of the document's country mentions that `country` has, 0 to 1."""
        if not country or country not in self.countries:
            return 0.0
        if self.total == 0.0:
            self.total = float(self.countries.total())
        return self.countries[country] / self.total


def distance_km(a: Candidate, b: Candidate) -> float | None:
    """Great-circle distance of two places in kilometres; None where one has no coordinates."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    phi, psi = radians(a.latitude), radians(b.latitude)
    half = sin((psi - phi) / 2) ** 2 + cos(phi) * cos(psi) * sin(radians(b.longitude - a.longitude) / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(half)))


def choose(
    names: Sequence[FoundName], demonyms: Counter[str], context: PlaceContext
) -> tuple[list[Candidate], Evidence]:
    """The best candidate of every name, in the order of `names`, and what the document as a whole says.

    `demonyms` counts the countries named through adjectives and peoples ("Iraqi").
    """
    shortlists = [_shortlist(name, context) for name in names]
    empty = Evidence()
    first = [_best(name, few, empty) for name, few in zip(names, shortlists, strict=True)]
    for _ in range(2):
        evidence = _gather(names, shortlists, first, demonyms, context)
        first = [_best(name, few, evidence) for name, few in zip(names, shortlists, strict=True)]
    return first, _gather(names, shortlists, first, demonyms, context)


def _shortlist(name: FoundName, context: PlaceContext) -> list[tuple[float, Candidate]]:
    """The likeliest candidates by themselves, with their score."""
    day = context.published or "9999"
    scored = [(_prior(c) + _unit_score(name, c) - _out_of_time(c, day), c) for c in name.candidates]
    homes = {c.admin1: c for c in name.candidates if c.kind == "city"}
    if name.kinds[:1] in ((), ("city",)):
        # a town and the province named after it: the town is meant unless it is a small part of its province
        scored = [(s - 1.5 if c.kind == "adm1" and _outgrown(c, homes.get(c.id)) else s, c) for s, c in scored]
    scored.sort(key=lambda pair: (-pair[0], pair[1].id))
    return scored[:_MOST]


def _prior(c: Candidate) -> float:
    return log10(c.population + 10) + _KIND.get(c.kind, 0.0) + 2.0 * c.capital - 1.8 * c.alias


def _outgrown(unit: Candidate, town: Candidate | None) -> bool:
    return town is not None and (town.population >= 100_000 or town.population * 4 >= unit.population)


def _unit_score(name: FoundName, c: Candidate) -> float:
    if not name.kinds:
        return 0.0
    return 3.0 - 1.5 * name.kinds.index(c.kind) if c.kind in name.kinds else -4.0


def _out_of_time(c: Candidate, day: str) -> float:
    gone = c.valid_to is not None and day[:10] > c.valid_to
    not_yet = c.valid_from is not None and day[:10] < c.valid_from[: len(day)]
    return 5.0 if gone or not_yet else 0.0


def _best(name: FoundName, few: list[tuple[float, Candidate]], evidence: Evidence) -> Candidate:
    if len(few) == 1:
        return few[0][1]
    inside = {c.id for holder in name.inside for c in holder.candidates}
    nations = {c.country for holder in name.inside for c in holder.candidates if c.kind == "country"}
    seen = evidence.named.get(name.key)
    scored = []
    for prior, c in few:
        held = c.id not in inside and (c.admin1 in inside or c.admin2 in inside or c.country in nations)
        score = prior + 6.0 * held + 2.5 * evidence.share(c.country)
        if c.admin1 is not None and c.admin1 in evidence.units:
            score += 1.2
        if seen and not name.inside and not name.unit:
            score += 3.0 * seen[c.id] / seen.total()
        scored.append((score, c))
    # nearness adds one at most: only those that it can lift to the top are measured
    top = max(score for score, _ in scored)
    close = [(score, c) for score, c in scored if score > top - 1.0]
    if len(close) == 1:
        return close[0][1]
    return max(((score + _nearness(c, evidence), -i, c) for i, (score, c) in enumerate(close)), key=lambda t: t[:2])[2]


def _nearness(c: Candidate, evidence: Evidence) -> float:
    best = 0.0
    for other in evidence.places.values():
        if other.id == c.id or other.id in (c.admin1, c.admin2) or other.name == c.name:
            continue
        km = distance_km(c, other)
        if km is not None:
            best = max(best, exp(-km / 150.0))
    return best


def _gather(
    names: Sequence[FoundName],
    shortlists: Sequence[list[tuple[float, Candidate]]],
    chosen: Sequence[Candidate],
    demonyms: Counter[str],
    context: PlaceContext,
) -> Evidence:
    """What the choices so far say about the document; names with one strong reading count more."""
    evidence = Evidence()
    for country, count in demonyms.items():
        evidence.countries[country] += 0.7 * count  # type: ignore[assignment]
    for country in context.countries:
        evidence.countries[country] += 1
    for name, few, c in zip(names, shortlists, chosen, strict=True):
        held = bool(name.inside or name.unit)
        sure = (
            c.kind == "country"
            or held
            or len(few) == 1
            or few[0][0] - few[1][0] > 1.5
            or few[1][1].country == c.country
        )
        known = c.kind in ("country", "adm1") or c.population >= 100_000 or held
        weight = (1.0 if sure else 0.3) * (1.0 if known else 0.2)
        if c.country and name.modifier != "border":
            evidence.countries[c.country] += weight  # type: ignore[assignment]
        if c.kind == "adm1":
            evidence.units[c.id] += 1
        elif c.admin1 is not None and sure and known:
            evidence.units[c.admin1] += 1
        if sure and known and c.kind not in ("country", "region") and len(evidence.places) < 30:
            evidence.places[c.id] = c
        if name.inside:
            evidence.named.setdefault(name.key, Counter())[c.id] += 1
    return evidence


def is_place(name: FoundName, c: Candidate, evidence: Evidence, lists: PlaceWords, persons: set[str]) -> bool:
    """Whether the name is used as a place here: its standing as a place and the words beside it are weighed.

    `persons` are words which the document has used in names of people.
    """
    words = name.key.split(" ")
    common = (len(words) == 1 or words[0] == "the") and words[-1] in lists.common
    firm = c.kind in ("country", "region") or c.capital or (c.kind == "adm1" and not c.alias and c.population > 300_000)
    titled = name.before in lists.titles
    if name.left in lists.given or (titled and (not firm or c.kind == "city")):
        return False
    score = _standing(c) + _beside(name, lists, firm=firm and not common)
    if common:
        score -= 5.0
    elif c.population < 100_000 and not firm and all(word in lists.common for word in words):
        score -= 2.5
    elif len(words) == 1 and words[0] in lists.given:
        score -= 5.0 if name.right else 2.0
    if (name.outside and c.kind != "country") or (not firm and _stray(name, c, evidence)):
        score -= 3.0
    if not firm and any(word in persons for word in words):
        score -= 3.0
    return score + 1.5 * min(1.0, 2 * evidence.share(c.country)) > 1.0


def _stray(name: FoundName, c: Candidate, evidence: Evidence) -> bool:
    """A little-known place in a country the document does not speak of."""
    little = c.population < 15_000 or (c.alias and c.population < 100_000)
    return little and not name.inside and evidence.share(c.country) < 0.05


def _beside(name: FoundName, lists: PlaceWords, *, firm: bool) -> float:
    """What the words beside the name say: places have prepositions and containing places, people names and verbs."""
    score = -0.5 if name.capitals else 0.0
    if name.left:
        score -= 1.0 if firm else 3.5
    if name.right:
        score -= 1.0 if firm else 2.5
    if name.unit:
        score += 3.0 if name.kinds[:1] == ("city",) else 4.5
    elif name.inside or name.modifier in ("near", "border"):
        score += 3.0
    elif name.before in lists.locative:
        score += 1.5
    elif name.before in lists.weak_locative:
        score += 0.8
    if name.after in lists.saying and not firm:
        score -= 1.5
    return score


def _standing(c: Candidate) -> float:
    """How well known the place is, from -1 (a hamlet) to about 5 (a country)."""
    if c.kind == "country":
        return 5.0
    if c.kind == "region":
        return 4.0
    score = max(-1.0, min(2.5, log10(c.population + 1) - 4.0)) + 1.5 * c.capital - 0.7 * c.alias
    return score + (2.5 if c.kind == "adm1" else 0.0)
