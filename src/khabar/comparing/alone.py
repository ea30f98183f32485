"""Why one side alone has an incident. Invariant: a reason is a fact of the two collections; without one, none is given.

What the data set takes in at all is a rule of its codebook: UCDP GED counts events with at least one death.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from khabar.comparing.mine import Mine
from khabar.comparing.model import Likely
from khabar.comparing.pairing import Match
from khabar.records import Event, ReferenceIncident

__all__ = ["ALONE", "Scope", "nearest", "scope_of", "why_only_mine", "why_only_theirs"]

ALONE = {
    "no_death": "Your reports tell of no death; the data set takes no event without one.",
    "not_done": "It was foiled or tried, not done.",
    "outside_period": "It lies outside the time that the data set's files cover.",
    "outside_area": "The data set's files have no event of that country.",
    "sums_up": "The record is a total of several events; yours are single incidents.",
    "no_report_then": "None of your reports was published in the month after.",
    "taken": "What comes nearest on the other side fits another incident better.",
    "near_miss": "Something on the other side is near, but differs in what matters.",
}
"""Reasons why one side alone has an incident, by name, and what each means."""

_MONTH = 30  # days after an event in which it is in the news
_DEATHS = ("ucdp-ged",)  # data sets that take in no event without a death


@dataclass(frozen=True, slots=True)
class Scope:
    """What the data set's files and the base's reports reach over: first and last day, countries, days of report."""

    shape: str
    first: str
    last: str
    countries: frozenset[str]
    reported: tuple[str, ...]


def scope_of(shape: str, records: Iterable[ReferenceIncident], mine: Mine) -> Scope:
    """The scope of the records, and the days on which the base's reports were published."""
    days: list[str] = []
    countries = set()
    for record in records:
        days += [day for day in (record.when.earliest, record.when.latest) if day]
        countries |= {record.place.country} if record.place.country else set()
    published = (d.published.latest or d.published.earliest for d in mine.corpus.documents.values())
    told = tuple(sorted(day for day in published if day))
    return Scope(shape, min(days, default=""), max(days, default=""), frozenset(countries), told)


def nearest(matches: Iterable[Match]) -> tuple[dict[str, Match], dict[str, Match]]:
    """The best match of each incident on the left, and of each on the right, whatever its verdict."""
    left: dict[str, Match] = {}
    right: dict[str, Match] = {}
    for match in sorted(matches, key=lambda m: m.rank):
        left.setdefault(match.left, match)
        right.setdefault(match.right, match)
    return left, right


def why_only_mine(event: Event, scope: Scope, match: Match | None) -> Iterator[Likely]:
    """Likely reasons why the data set does not have an incident."""
    shown = {name: derived.value for name, derived in event.derived.items()}
    if shown.get("modality") not in (None, "actual"):
        yield _as("not_done")
    counts = (shown.get(name) or {} for name in ("killed", "attackers_killed"))
    if scope.shape in _DEATHS and not any(c.get("low") or c.get("best") or c.get("high") for c in counts):
        yield _as("no_death")
    when: Mapping[str, str | None] = shown.get("when") or {}
    if (when.get("latest") or "9999") < scope.first or (when.get("earliest") or "") > scope.last:
        yield Likely("outside_period", f"The files cover {scope.first} to {scope.last}.")
    countries = {p.get("country") for p in shown.get("places") or () if p.get("country")}
    if countries and not countries & scope.countries:
        yield Likely("outside_area", f"The files have no event in {', '.join(sorted(map(str, countries)))}.")
    yield from _near(match, match.right if match else "")


def why_only_theirs(record: ReferenceIncident, scope: Scope, match: Match | None) -> Iterator[Likely]:
    """Likely reasons why the base does not have a record."""
    if record.sums_up:
        yield _as("sums_up")
    if not _reported(record, scope.reported):
        yield _as("no_report_then")
    yield from _near(match, match.left if match else "")


def _reported(record: ReferenceIncident, days: Sequence[str]) -> bool:
    first, last = record.when.earliest, record.when.latest
    if first is None or last is None:
        return True
    until = (date.fromisoformat(last) + timedelta(days=_MONTH)).isoformat()
    place = bisect_left(days, first)
    return place < len(days) and days[place] <= until


def _near(match: Match | None, other: str) -> Iterator[Likely]:
    if match is None:
        return
    if match.judgement.verdict != "different":
        yield Likely("taken", f"{other} fits too, but is paired with what fits it better.")
        return
    against = [r.words for r in match.judgement.reasons if r.score < 0 or r.feature == "rule"]
    yield Likely("near_miss", f"{other} is near: {' '.join(against)}")


def _as(name: str) -> Likely:
    return Likely(name, ALONE[name])
