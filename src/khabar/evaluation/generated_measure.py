"""Resolution on made-up corpora whose truth is known. Invariant: figures are of events held back from learning.

All claims are resolved together, so that days are as crowded as they were; a pair of claims counts if one of them tells
of an event that was held back (`generated.held_back`). Near misses are pairs of claims of different events of one
province with at most three days between. Mistakes are shown for the other events, which weights may be learned from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from khabar.evaluation.cluster_score import b_cubed, clustering_of, pairwise
from khabar.evaluation.generated import Generated, generate, held_back, truth
from khabar.evaluation.generated_events import SourceEvent, ged_happenings, made_up_happenings, place_in
from khabar.evaluation.generated_places import Atlas
from khabar.evaluation.model import Measure, Outcome, Slip
from khabar.evaluation.resolved import corpus_of
from khabar.evaluation.score import Share
from khabar.evaluation.system import System
from khabar.reading.gazetteer import open_gazetteer
from khabar.records import Claim, EventBody
from khabar.resolution.resolve import resolve

__all__ = ["MADE_UP", "MEASURE", "copies_of", "score_corpus"]

_DATA = "data/ged/ged_pakistan_1989_2014.csv"
_SEED = 20141216
_FIRST, _LAST = date(2011, 7, 1).toordinal(), date(2012, 12, 31).toordinal()
"""Eighteen crowded months of the dataset: about 900 events in 2,400 claims."""
_EVENTS = 500  # made-up events, in half a year
_NEAR = 3  # days between two events of a province that may be confused


def copies_of(items: Sequence[Generated]) -> list[frozenset[str]]:
    """The documents that repeat one text, as resolution is told of them."""
    groups = defaultdict[str, set[str]](set)
    for item in items:
        if item.copy_of is not None:
            groups[item.copy_of] |= {item.copy_of, item.document.id}
    return [frozenset(group) for group in groups.values()]


def score_corpus(events: Sequence[SourceEvent], items: Sequence[Generated], groups: Sequence[Sequence[str]]) -> Outcome:
    """Figures of the held-back events given the groups of claim ids that resolution made, and slips of the others."""
    of = truth(items)
    found = clustering_of(groups, of)
    near = Share()
    for one, other in _near_misses(events, of):
        if held_back(of[one]) or held_back(of[other]):
            near.add(found[one] != found[other])
    figures = (
        pairwise(of, found, lambda claim: held_back(of[claim])).figure("pairs of claims"),
        b_cubed(of, found, lambda claim: held_back(of[claim])).figure("B³ of claims"),
        near.figure("near misses kept apart"),
    )
    return Outcome(figures, tuple(_slips({i.claim.id: i.claim for i in items}, of, found)))


def _near_misses(events: Sequence[SourceEvent], of: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    claims = defaultdict[str, list[str]](list)
    for claim, event in of.items():
        claims[event].append(claim)
    ordered = sorted(events, key=lambda e: (e.day, e.id))
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.day - one.day > _NEAR:
                break
            if one.town.province.id == other.town.province.id:
                yield from ((a, b) for a in claims[one.id] for b in claims[other.id])


# ------------------------------------------------------------------ what went wrong, and why


def _slips(claims: Mapping[str, Claim], of: Mapping[str, str], found: Mapping[str, object]) -> Iterator[Slip]:
    """One slip for each event told as several incidents, and one for each pair of events told as one."""
    first: dict[str, str] = {}
    split: set[str] = set()
    for claim, event in of.items():
        known = first.setdefault(event, claim)
        if found[claim] != found[known] and event not in split and not held_back(event):
            split.add(event)
            yield _slip("missed", event, claims[known], claims[claim])
    holder: dict[object, str] = {}
    mixed: set[tuple[str, str]] = set()
    for claim, event in of.items():
        known = holder.setdefault(found[claim], claim)
        pair = (of[known], event)
        if pair[0] != pair[1] and pair not in mixed and not any(map(held_back, pair)):
            mixed.add(pair)
            yield _slip("false", f"{pair[0]} {pair[1]}", claims[known], claims[claim])


def _slip(kind: str, where: str, one: Claim, other: Claim) -> Slip:
    expected, found = ("one incident", "several") if kind == "missed" else ("two incidents", "one")
    differences = ", ".join(_differences(one, other)) or "told alike"
    verb = "kept apart" if kind == "missed" else "put together"
    return Slip(where, kind, one.passages[0].quote, f"{verb}: {differences}", expected, found, other.passages[0].quote)


def _differences(one: Claim, other: Claim) -> Iterator[str]:
    """In what two claims differ, in few words."""
    a, b = one.body, other.body
    if not (isinstance(a, EventBody) and isinstance(b, EventBody)):
        return
    if one.passages[0].document == other.passages[0].document:
        yield "one report"
    if "unknown" in (one.when.precision, other.when.precision):
        yield "no date"
    elif (one.when.earliest, one.when.latest) != (other.when.earliest, other.when.latest):
        yield "another date"
    levels = {a.places[0].precision, b.places[0].precision} - {"near"}
    if levels - {"exact"}:
        yield "a wide place"
    elif a.places[-1].id != b.places[-1].id:
        yield "another town"
    if a.killed is None or b.killed is None:
        yield "no toll"
    elif a.killed.best != b.killed.best:
        yield "another toll"
    if a.type != b.type:
        yield "another type"


# ------------------------------------------------------------------ the measures


def _score(events: Sequence[SourceEvent], atlas: Atlas, system: System) -> Outcome:
    items = list(generate(events, atlas, seed=_SEED))
    corpus = corpus_of([i.claim for i in items], (i.document for i in items), copies_of(items), system.settings)
    return score_corpus(events, items, [event.claims for event in resolve(corpus).events])


def _atlas(system: System) -> Atlas:
    gazetteer = open_gazetteer(system.settings.cache)
    gazetteer.close()
    return Atlas(gazetteer.path)


def _dataset(root: Path, system: System) -> Outcome:
    atlas = _atlas(system)
    happenings = [h for h in ged_happenings(root / _DATA) if _FIRST <= h.day <= _LAST]
    try:
        return _score(list(place_in(happenings, atlas.country("PK"))), atlas, system)
    finally:
        atlas.close()


def _made_up(_root: Path, system: System) -> Outcome:
    atlas = _atlas(system)
    try:
        country = atlas.country("AF")
        return _score(list(place_in(made_up_happenings(country, _EVENTS, _SEED), country)), atlas, system)
    finally:
        atlas.close()


MEASURE = Measure(
    name="generated",
    ability="One incident from many reports: events of a dataset in made-up reports",
    root="shared",
    data=(_DATA,),
    source="events of UCDP GED 22.1, Pakistan, July 2011 to 2012, each told by one to six made-up reports",
    run=_dataset,
)

MADE_UP = Measure(
    name="generated-own",
    ability="One incident from many reports: made-up events in made-up reports",
    root="own",
    data=(),
    source="made-up events in Afghan towns, each told by one to six made-up reports",
    run=_made_up,
)
