"""Choosing which place a name means. Invariant: a pure function of the names found, the demonyms and the context.

Each name is first weighed alone; what the likely meanings say about the document then weighs the candidates anew, three
times at most. The features are in `place_features`, their weights in `data/places/weights.csv`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from khabar.reading.gazetteer import Candidate
from khabar.reading.place_features import (
    DOCUMENT,
    OWN,
    Evidence,
    Shares,
    containers_of,
    document_features,
    nearness,
    own_features,
    weights,
)
from khabar.reading.place_forms import FoundName

__all__ = ["Choice", "PlaceContext", "Weighed", "choose", "weigh"]

_MOST = 60  # candidates of a name weighed by the document
_ROUNDS = 3
_BEHIND = 6.0  # more than nearness and the penalties of the document can make good


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What is known of a document besides its text: `published` an ISO date or its beginning, for names that changed;
    `countries` ISO codes it is about or comes from, each counting like one mention.
    """

    published: str | None = None
    countries: tuple[str, ...] = ()


@dataclass(slots=True)
class Weighed:
    """A candidate with its features as the meaning of one name, and the part of its score that never changes."""

    place: Candidate
    own: list[float]
    alone: float
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen: the place of every name, in the order of the names, and what the document as a whole says."""

    places: list[Candidate]
    evidence: Evidence


def choose(
    names: Sequence[FoundName],
    demonyms: Counter[str],
    context: PlaceContext,
    table: Mapping[str, float] | None = None,
) -> Choice:
    """The best candidate of every name. `demonyms` counts the countries named through adjectives and peoples; `table`
    gives other weights than those that ship.
    """
    table = table or weights()
    alike = [(n.key, n.kinds, len(n.candidates), k if n.inside else -1) for k, n in enumerate(names)]
    first = dict(zip(reversed(alike), reversed(names), strict=True))  # names that nothing tells apart are weighed once
    weighed = {same: weigh(name, context, table) for same, name in first.items()}
    lists = [weighed[same] for same in alike]
    chosen = [few[0].place for few in lists]
    evidence = _gather(names, lists, chosen, demonyms, context)
    for _ in range(_ROUNDS):
        best = {same: _best(name, weighed[same], evidence, table) for same, name in first.items()}
        again = [best[same] for same in alike]
        settled = again == chosen
        chosen = again
        if settled:
            break
        evidence = _gather(names, lists, chosen, demonyms, context)
    return Choice(chosen, evidence)


def weigh(name: FoundName, context: PlaceContext, table: Mapping[str, float]) -> list[Weighed]:
    """The likeliest candidates of a name by themselves, best first, and all that lie in a place which contains it."""
    own_weights = tuple(table[feature] for feature in OWN)
    homes = {c.admin1: c for c in name.candidates if c.kind == "city"}
    rival = any(not c.alias for c in name.candidates)
    day = context.published or "9999"
    found = []
    for c in name.candidates:
        own = own_features(name, c, homes.get(c.id), day, rival=rival)
        alone = sum(w * x for w, x in zip(own_weights, own, strict=True) if x)
        found.append(Weighed(c, own, alone, alone))
    found.sort(key=lambda w: (-w.alone, w.place.id))
    if len(found) <= _MOST:
        return found
    held = containers_of(name.inside)
    return found[:_MOST] + [w for w in found[_MOST:] if any(outer.holds(w.place) for outer in held)]


def _best(name: FoundName, few: list[Weighed], evidence: Evidence, table: Mapping[str, float]) -> Candidate:
    if len(few) == 1:
        return few[0].place
    held = containers_of(name.inside)
    shares = {country: evidence.share(country, name.key) for country in {w.place.country for w in few}}
    most = max(shares.values())
    # a candidate far behind, of which the text says nothing, cannot come to the top
    behind = few[0].alone - _BEHIND
    kept = [w for w in few if w.alone > behind or shares[w.place.country] > 0.0 or name.inside]
    for w in kept:
        found = document_features(name, w.place, evidence, held, Shares(shares[w.place.country], most))
        w.score = w.alone + sum(table[f] * x for f, x in zip(DOCUMENT, found, strict=True) if x)
    # nearness adds so much at most: only those that it can lift to the top are measured
    near, very_near = table["near"], table["very_near"]
    top = max(w.score for w in kept) - max(0.0, near) - max(0.0, very_near)
    close = [w for w in kept if w.score > top]
    if len(close) > 1:
        for w in close:
            by_150, by_30 = nearness(w.place, name.key, evidence)
            w.score += near * by_150 + very_near * by_30
    return max(close, key=lambda w: w.score).place


def _gather(
    names: Sequence[FoundName],
    lists: Sequence[list[Weighed]],
    chosen: Sequence[Candidate],
    demonyms: Counter[str],
    context: PlaceContext,
) -> Evidence:
    """What the choices so far say about the document; names with one strong reading count more."""
    evidence = Evidence()
    for country, count in demonyms.items():
        evidence.add("", country, 0.7 * count)
    for country in context.countries:
        evidence.add("", country, 1.0)
    for name, few, c in zip(names, lists, chosen, strict=True):
        beside = bool(name.inside or name.unit)
        one_country = len(few) == 1 or few[1].place.country == c.country
        sure = c.kind == "country" or beside or one_country or few[0].alone - few[1].alone > 1.5
        known = c.kind in ("country", "adm1") or c.population >= 100_000 or beside
        if name.modifier != "border":
            evidence.add(name.key, c.country, (1.0 if sure else 0.3) * (1.0 if known else 0.2))
        if c.kind == "adm1":
            evidence.add_unit(name.key, c.id)
        elif c.admin1 is not None and sure and known:
            evidence.add_unit(name.key, c.admin1)
        if sure and known and c.kind not in ("country", "region") and len(evidence.places) < 30:
            evidence.places.setdefault(c.id, (name.key, c))
        if name.inside:
            evidence.held.setdefault(name.key, Counter())[c.id] += 1
    return evidence
