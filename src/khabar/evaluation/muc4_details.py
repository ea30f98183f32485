"""What the keys of MUC-4 say beyond the six slots: how sure a perpetrator is, day and place. Invariant: only templates
that the scorer paired are looked at, and only where the key says something; what Khabar leaves open counts as wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from khabar.evaluation.model import Figure
from khabar.evaluation.muc4 import Fill, KeyTemplate
from khabar.evaluation.muc4_messages import EventClaim, Message
from khabar.evaluation.muc4_templates import Filled
from khabar.evaluation.score import Share
from khabar.evaluation.templates import normal
from khabar.records import When
from khabar.text import fold

__all__ = ["Details", "key_interval", "stance_of"]

CONFIDENCES = {
    "REPORTED AS FACT": ("asserted",),
    "CLAIMED OR ADMITTED": ("claimed",),
    "SUSPECTED OR ACCUSED": ("blamed", "suspected"),
    "SUSPECTED OR ACCUSED BY AUTHORITIES": ("blamed", "suspected"),
    "POSSIBLE": ("suspected",),
    "ACQUITTED": ("denied",),
}
"""The key's confidence in an organisation, and the stances of attributions that say the same."""

_DAY = re.compile(r"(\d{1,2}) ([A-Z]{3}) (\d{2})")
_ON_OR_BEFORE = timedelta(days=62)  # "- 10 JAN 90": an open date is within the two months that the task looks at


@dataclass(slots=True)
class Details:
    """The shares of what is right among the paired templates; `country` names a country by its code."""

    country: Callable[[str], str]
    confidence: Share = field(default_factory=Share)
    days: Share = field(default_factory=Share)
    countries: Share = field(default_factory=Share)
    places: Share = field(default_factory=Share)
    unsaid: int = 0

    def add(self, message: Message, found: Filled, gold: KeyTemplate) -> None:
        """Count one pair of templates; where no claim is of the template's type, any of the message will do."""
        claims = found.claims or message.claims
        for fill in gold.fills("PERP: ORGANIZATION CONFIDENCE"):
            named = {normal(m) for m in fill.mentions}
            matched = [c for c in found.fillers.get("PerpOrg", ()) if normal(c.text) in named]
            if matched:
                self._confidence(fill, stance_of(matched[0].text, claims, message))
        days = [interval for label in _labels(gold, "INCIDENT: DATE") if (interval := key_interval(label)) is not None]
        if days:
            said = [e.claim.when for e in claims if e.claim.when.earliest or e.claim.when.latest]
            self.days.add(bool(said) and any(_within(said[0], *interval) for interval in days))
        where = [_parts((*fill.labels[:1], *fill.mentions, *fill.of)) for fill in gold.fills("INCIDENT: LOCATION")]
        if any(where):
            self._place([parts for parts in where if parts], claims)

    def _confidence(self, fill: Fill, stance: str | None) -> None:
        self.unsaid += stance is None
        self.confidence.add(any(stance in CONFIDENCES.get(label, ()) for label in fill.labels))

    def _place(self, where: Sequence[Sequence[str]], claims: Iterable[EventClaim]) -> None:
        said = [place for event in claims for place in event.body.places]
        code = next((place.country for place in said if place.country), None)
        self.countries.add(code is not None and any(parts[0] == fold(self.country(code)) for parts in where))
        exact = [parts for parts in where if len(parts) > 1]
        if exact:
            names = {fold(name) for place in said for name in (place.name, place.text, place.admin1 or "")}
            self.places.add(any(not names.isdisjoint(parts[1:]) for parts in exact))

    def figures(self) -> tuple[Figure, ...]:
        """The shares as figures."""
        note = f"{self.unsaid} of them without a stance in the claims" if self.unsaid else ""
        return (
            self.confidence.figure("confidence in the organisation", note),
            self.days.figure("day", "of paired templates"),
            self.countries.figure("country", "of paired templates"),
            self.places.figure("place within the country", "of paired templates whose key has one"),
        )


def stance_of(organisation: str, claims: Iterable[EventClaim], message: Message) -> str | None:
    """With which stance the incident's claims, else any claim of the message, attribute an event to an organisation."""
    wanted = normal(organisation)
    names = {wanted} | {normal(m.name) for m in message.index.reading.actors if normal(m.text) == wanted}
    for event in (*claims, *message.claims):
        for attribution in event.body.attributions:
            if not names.isdisjoint((normal(attribution.actor.text), normal(attribution.actor.name))):
                return attribution.stance
    return None


def key_interval(label: str) -> tuple[date, date] | None:
    """The days that a date of the key allows: "30 DEC 89", "- 10 JAN 90" (on or before), "1 MAY 90 - 3 MAY 90"."""
    days = [_day(m) for m in _DAY.finditer(label)]
    if not days or None in days:
        return None
    known = [day for day in days if day is not None]
    if len(known) == 1 and label.lstrip("? (").startswith("-"):
        return known[0] - _ON_OR_BEFORE, known[0]
    return min(known), max(known)


def _day(match: re.Match[str]) -> date | None:
    try:
        return datetime.strptime(f"{match[1]} {match[2].title()} 19{match[3]}", "%d %b %Y").date()  # noqa: DTZ007 - a day
    except ValueError:
        return None


def _within(when: When, first: date, last: date) -> bool:
    """Whether an interval lies in the key's; one that is open on a side must end in it."""
    earliest = date.fromisoformat(when.earliest) if when.earliest else None
    latest = date.fromisoformat(when.latest) if when.latest else None
    return (earliest is None or first <= earliest) and latest is not None and first <= latest <= last


def _labels(gold: KeyTemplate, slot: str) -> list[str]:
    return [label for fill in gold.fills(slot) for label in fill.labels]


def _parts(location: Sequence[str]) -> list[str]:
    """The names in "EL SALVADOR: SAN MIGUEL (DEPARTMENT): EL TRIUNFO (TOWN)", folded, the country first."""
    plain = re.sub(r"\([^)]*\)?", "", ":".join(location))
    return [fold(part) for part in re.split(r":| - ", plain) if fold(part)]
