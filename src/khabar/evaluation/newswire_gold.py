"""Gold of incidents in short reports, and how a claim is compared with one. Invariant: a field is compared strictly;
only the pairing of claims and incidents goes by likeness.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from khabar.errors import EvaluationError
from khabar.reading.actor_names import dictionary_actors, dictionary_lexicon
from khabar.records import ActorRef, Claim, Count, EventBody
from khabar.text import fold

__all__ = [
    "GoldAttribution",
    "GoldIncident",
    "GoldReport",
    "date_right",
    "likeness",
    "load_reports",
    "place_right",
    "same_actor",
    "same_count",
]

Bounds = tuple[int | None, int | None, int | None]

_ABOUT = "about"  # "around a dozen": neither bound is told
_LOWER = ("at_least", "more_than")  # "at least 70", "over 200": no upper bound is told
_IN_BRACKETS = re.compile(r"(?<!\s)\s*\([^)]{0,200}\)")
_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """An actor as the coder names it ("Islamic State", "Usman Khan (individual)") and a stance."""

    actor: str
    stance: str


@dataclass(frozen=True, slots=True)
class GoldIncident:
    """One incident of a report: acceptable types, a date interval (None: not told), places by name, tolls as bounds.

    `killed`, `injured` and `attackers_killed` are None where the report tells none, also where it tells that there
    were none; `evidence` is the span of the words they were coded from.
    """

    name: str
    main: bool
    types: frozenset[str]
    earliest: str | None
    latest: str | None
    places: tuple[str, ...]
    country: str | None
    attributions: tuple[GoldAttribution, ...]
    evidence: tuple[int, int]
    killed: Bounds | None = None
    injured: Bounds | None = None
    attackers_killed: Bounds | None = None


@dataclass(frozen=True, slots=True)
class GoldReport:
    """A text with its incidents; a report without incidents must give none."""

    name: str
    text: str
    published: str | None
    incidents: tuple[GoldIncident, ...]


def load_reports(path: Path) -> list[GoldReport]:
    """The reports of a file of JSON lines; EvaluationError names the line that cannot be used."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            found.append(_report(json.loads(line)))
        except (KeyError, TypeError, ValueError) as error:
            raise EvaluationError(
                f"line {number} of {path.name} is no report with incidents ({error!r}).",
                "See the docstring of khabar.evaluation.newswire for the form.",
            ) from error
    return found


def _report(row: Mapping[str, Any]) -> GoldReport:
    text = row["text"]
    incidents = tuple(_incident(item, text) for item in row["incidents"])
    return GoldReport(row["id"], text, row["published"], incidents)


def _incident(row: Mapping[str, Any], text: str) -> GoldIncident:
    start = text.index(row["evidence"])
    return GoldIncident(
        name=row["cluster"],
        main=row["main"],
        types=frozenset((row["type"], *row["type_also"])),
        earliest=row["date_earliest"],
        latest=row["date_latest"],
        places=tuple(row["places"]),
        country=row["country"],
        attributions=tuple(GoldAttribution(a["actor"], a["status"]) for a in row["attributions"]),
        evidence=(start, start + len(row["evidence"])),
        **{key: _bounds(row[key]) for key in ("killed", "injured", "attackers_killed")},
    )


def _bounds(row: Mapping[str, Any] | None) -> Bounds | None:
    if row is None or row["high"] == 0:
        return None
    if row.get("bound") == _ABOUT:
        return None, row["best"], None
    return row["low"], row["best"], None if row.get("bound") in _LOWER else row["high"]


# ------------------------------------------------------------------ fields


def same_count(gold: Bounds | None, count: Count | None) -> bool:
    """True if low, best and high are all as in the gold, or both tell none; a count of nobody tells none."""
    if count is not None and count.high == 0:
        count = None
    return gold == (None if count is None else (count.low, count.best, count.high))


def date_right(gold: GoldIncident, claim: Claim) -> bool:
    """True if both bounds of the claim are within a day of the gold's, or the claim's interval lies in the gold's;
    where the gold has no date, the claim may name none either (an open bound before the publication is none).
    """
    if gold.earliest is None or gold.latest is None:
        return claim.when.earliest is None
    if claim.when.earliest is None or claim.when.latest is None:
        return False
    first, last = _day(gold.earliest), _day(gold.latest)
    start, end = _day(claim.when.earliest), _day(claim.when.latest)
    return (first <= start and end <= last) or (abs(start - first) <= _ONE and abs(end - last) <= _ONE)


def place_right(gold: GoldIncident, body: EventBody) -> bool:
    """True if a place of the claim in the gold's country bears one of the gold's names, in whole words either way."""
    named = {fold(name) for name in gold.places}
    return any(
        place.country == gold.country and any(_within(fold(text), name) for text in (place.text, place.name))
        for place in body.places
        for name in named
    )


def _within(one: str, two: str) -> bool:
    return f" {one} " in f" {two} " or f" {two} " in f" {one} "


def same_actor(gold: str, actor: ActorRef) -> bool:
    """True if the dictionary knows the gold's name as one of the actor, or the names agree in whole words; an actor the
    coder could not name ("unnamed faction of X") is any that the dictionary does not hold.
    """
    name = _IN_BRACKETS.sub("", gold).strip()
    if "unnamed" in gold:
        return actor.id not in dictionary_actors()
    known = _ids(name)
    if actor.id is not None and known:
        return actor.id in known
    return any(_within(fold(text), fold(name)) for text in (actor.name, actor.text))


@lru_cache(maxsize=256)
def _ids(name: str) -> frozenset[str]:
    """Ids of the actors of the dictionary that bear a name."""
    for found in dictionary_lexicon().scan(name):
        if found.end - found.start == len(name):
            return frozenset(n.actor for n in found.names)
    return frozenset()


# ------------------------------------------------------------------ likeness


def likeness(gold: GoldIncident, claim: Claim) -> float:
    """How much a claim looks like telling of an incident; 0 where it cannot.

    It can if half of the shorter of a passage and the gold's evidence lies in the other, or if it names a place of the
    incident and no other day. Of several it tells of the one whose evidence, place, time, toll and type it shares, in
    this order of weight.
    """
    if not isinstance(claim.body, EventBody):
        return 0.0
    quoted = any(_overlap((p.start, p.end), gold.evidence) for p in claim.passages)
    placed = place_right(gold, claim.body)
    timed = _may_meet(gold, claim)
    if not (quoted or (placed and timed)):
        return 0.0
    told = claim.body.killed is not None and same_count(gold.killed, claim.body.killed)
    typed = claim.body.type in gold.types
    return 16.0 * quoted + 8.0 * placed + 4.0 * timed + 2.0 * told + 1.0 * typed


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * shared >= min(one[1] - one[0], other[1] - other[0])


def _may_meet(gold: GoldIncident, claim: Claim) -> bool:
    """False if the claim's interval ends more than a day before the gold's begins, or the reverse."""
    first, last = claim.when.earliest, claim.when.latest
    if gold.latest is not None and first is not None and _day(first) > _day(gold.latest) + _ONE:
        return False
    return gold.earliest is None or last is None or _day(last) >= _day(gold.earliest) - _ONE


def _day(iso: str) -> date:
    return date.fromisoformat(iso)
