"""Totals ("nine attacks in 2016 killed 129") set against the incidents of a base. Invariant: nothing is added to them.

What the base explains of a total is told beside it, for sure and perhaps (see `scopes`), and never summed up with it.
Tolls are intervals; an incident that states none is counted as such.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from khabar.records import Claim, Count, Event, EventBody
from khabar.resolution.model import Corpus, TypeFacts
from khabar.resolution.parties import Parties
from khabar.resolution.scopes import COUNTED, Incident, Scope, falls_into, incident_of, is_total, scope_of
from khabar.resolution.spans import bounds
from khabar.resolution.wording import listed

__all__ = ["Coverage", "Perhaps", "Series", "Sum", "coverage", "series"]


@dataclass(frozen=True, slots=True)
class Perhaps:
    """An incident that may fall into a scope, and the reasons why that is not sure."""

    event: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """People in several incidents: bounds, an open upper one None; `silent` incidents give no number."""

    low: int = 0
    high: int | None = 0
    silent: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """A total and what of it the base explains.

    `incidents` is the number of incidents the total gives (None: it gives none); `stated` its tolls. `sure` are ids of
    incidents that fall into its scope, `perhaps` those that may; `twins` may, too, but may be the same as one of
    `sure`. `explained` and `possible` are the tolls of `sure` and of `perhaps`, by field of `stated`. `remarks` say
    where the base has more than the total, and what the total leaves open.
    """

    claim: str
    scope: Scope
    incidents: int | None
    stated: Mapping[str, Count]
    sure: tuple[str, ...]
    perhaps: tuple[Perhaps, ...]
    twins: tuple[str, ...]
    explained: Mapping[str, Sum]
    possible: Mapping[str, Sum]
    remarks: tuple[str, ...]


# ------------------------------------------------------------------ coverage


def coverage(corpus: Corpus, totals: Iterable[Claim], events: Sequence[Event], parties: Parties) -> list[Coverage]:
    """What of each total the events explain, in the order of the totals; claims that are no totals are left out."""
    near = _Near(i for event in events if (i := incident_of(event, parties)) is not None)
    scoped = ((claim, scope_of(corpus, claim, parties)) for claim in totals if is_total(claim))
    return [_cover(claim, scope, near.to(scope), corpus.types) for claim, scope in scoped]


class _Near:
    """Incidents by who is held responsible and where, None for nobody and nowhere, so that a scope meets only those
    that may fall into it.
    """

    def __init__(self, incidents: Iterable[Incident]) -> None:
        self._found: defaultdict[tuple[str | None, str | None], list[Incident]] = defaultdict(list)
        for incident in incidents:
            countries = {s.country for s in incident.spots} or {None}
            houses = incident.houses | incident.doubted or {None}
            for key in product(houses, countries):
                self._found[key].append(incident)

    def to(self, scope: Scope) -> list[Incident]:
        """The incidents that the actors and the countries of a scope do not exclude, each once."""
        actors: set[str | None] = {*scope.actors, None}
        countries: set[str | None] = {*(area.country for area in scope.areas), None}
        anywhere = not scope.areas or None in {area.country for area in scope.areas}
        keys = [
            (house, country)
            for house, country in self._found
            if (not scope.actors or house in actors) and (anywhere or country in countries)
        ]
        return list({i.id: i for key in keys for i in self._found[key]}.values())


def _cover(claim: Claim, scope: Scope, incidents: Iterable[Incident], types: TypeFacts) -> Coverage:
    judged = [(i, doubts) for i in incidents if (doubts := falls_into(scope, i, types)) is not None]
    sure = [i for i, doubts in judged if not doubts]
    known = {i.id for i in sure}
    twins = [i for i, doubts in judged if doubts and i.twins & known]
    perhaps = [(i, doubts) for i, doubts in judged if doubts and not i.twins & known]
    body = claim.body
    fields = [f for f in COUNTED if getattr(body, f) is not None]
    stated = {f: getattr(body, f) for f in fields}
    number = body.aggregate if isinstance(body, EventBody) else None
    found = Coverage(
        claim.id,
        scope,
        number if number is not None and number > 0 else None,
        stated,
        tuple(sorted(i.id for i in sure)),
        tuple(sorted((Perhaps(i.id, doubts) for i, doubts in perhaps), key=lambda p: p.event)),
        tuple(sorted(i.id for i in twins)),
        {f: _sum(sure, f) for f in fields},
        {f: _sum([i for i, _ in perhaps], f) for f in fields},
        (),
    )
    return replace(found, remarks=tuple(_remarks(found)))


def _sum(incidents: Sequence[Incident], field: str) -> Sum:
    counts = [bounds(i.tolls[field]) for i in incidents if field in i.tolls]
    high = sum(h for _, h in counts)
    return Sum(
        int(sum(low for low, _ in counts)), None if high == float("inf") else int(high), len(incidents) - len(counts)
    )


def _remarks(found: Coverage) -> Iterable[str]:
    """Where the base has more than the total says, and which parts of its scope the total leaves open."""
    if found.incidents is not None and len(found.sure) > found.incidents:
        yield f"The base has more: {len(found.sure)} incidents surely fall into it, the total says {found.incidents}."
    for field, count in found.stated.items():
        top = bounds(count)[1]
        if found.explained[field].low > top:
            yield f"The base has more: {found.explained[field].low} {field} for sure, the total says {int(top)}."
    if found.twins:
        yield f"{len(found.twins)} more may be the same as one of these."
    scope = found.scope
    parts = {"period": scope.dated, "area": scope.areas, "actor": scope.actors}
    left_open = [name for name, given in parts.items() if not given]
    if left_open:
        yield f"The total names no {listed(left_open)}."


# ------------------------------------------------------------------ series


@dataclass(frozen=True, slots=True)
class Series:
    """Totals of one origin that count the same in several periods, in the order of time."""

    origin: str
    what: str
    totals: tuple[Coverage, ...]


def series(found: Iterable[Coverage]) -> list[Series]:
    """The totals that make series, sorted by origin and scope; one period alone makes none."""
    together: defaultdict[tuple[object, ...], list[Coverage]] = defaultdict(list)
    for total in found:
        if total.scope.dated:
            together[total.scope.series].append(total)
    rows = []
    for totals in together.values():
        totals.sort(key=lambda t: (t.scope.when.earliest or "", t.scope.when.latest or "", t.claim))
        if len({(t.scope.when.earliest, t.scope.when.latest) for t in totals}) > 1:
            rows.append(Series(totals[0].scope.origin, totals[0].scope.what, tuple(totals)))
    return sorted(rows, key=lambda r: (r.origin, r.what))
