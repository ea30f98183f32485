"""What claims of one incident disagree about: tolls, dates, places. Invariant: no side is left out or called right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from khabar.records import Claim, Count, Event, EventBody, When
from khabar.resolution.ledger.dispute import Dispute, Stand, conflicting
from khabar.resolution.mentions import says_itself, spot
from khabar.resolution.spans import apart, elsewhere, exclude
from khabar.resolution.wording import count_words, event_words, listed, period

__all__ = ["TOLLS", "dates", "places", "tolls", "wrong_dates"]

TOLLS = {
    "killed": "killed",
    "injured": "injured",
    "arrested": "arrested",
    "abducted": "abducted",
    "attackers_killed": "attackers killed",
}


def tolls(members: Sequence[Claim], event: Event, totals: Sequence[Claim] = ()) -> list[Dispute]:
    """Counts of which at least two exclude each other, a dispute a field; `totals` are aggregates of its reports."""
    found = []
    for field, words in TOLLS.items():
        stated = [(claim, count) for claim in members if (count := _count(claim, field)) is not None]
        sides = conflicting(stated, exclude, count_words)
        if sides:
            title = f"{event_words(event)}: {words} {listed(s.says for s in sides)}"
            told = tuple(Stand(f"{s.says} {words}", s.claims, s.value) for s in sides)
            found.append(Dispute("toll", event.id, title, told, field, (*members, *totals)))
    return found


def _count(claim: Claim, field: str) -> Count | None:
    count: Count | None = getattr(claim.body, field) if isinstance(claim.body, EventBody) else None
    return count


def dates(members: Sequence[Claim], event: Event) -> list[Dispute]:
    """Dates of one incident that have no day in common."""
    stated = [(claim, claim.when) for claim in members if claim.when.earliest or claim.when.latest]
    sides = conflicting(stated, apart, period)
    title = f"{event_words(event, dated=False)}: {listed(s.says for s in sides)}"
    return [Dispute("date", event.id, title, sides)] if sides else []


def places(members: Sequence[Claim], event: Event) -> list[Dispute]:
    """Places of one incident that cannot well be one; not those that readers took over from elsewhere in a report."""
    stated = [
        (c, p)
        for c in members
        if isinstance(c.body, EventBody) and len(c.body.places) == 1
        for p in c.body.places
        if says_itself(c, p.text)
    ]
    sides = conflicting(stated, lambda a, b: elsewhere(spot(a), spot(b)), lambda p: p.name)
    title = f"{event_words(event, placed=False)}: {listed(s.says for s in sides)}"
    return [Dispute("place", event.id, title, sides)] if sides else []


def wrong_dates(event: Event, other: Event, claims: Mapping[str, Claim]) -> list[Dispute]:
    """Two events that agree in all but the date, and were therefore left apart for a person to judge; the subject is
    the first.
    """
    first, second = (_when(e) for e in (event, other))
    if first is None or second is None or not apart(first, second):
        return []
    dated = sorted(((first, event), (second, other)), key=lambda d: (d[0].earliest or "", period(d[0])))
    words = listed(period(when) for when, _ in dated)
    title = f"Perhaps one incident, {event_words(event, dated=False)}: {words}"
    sides = tuple(Stand(period(w), tuple(claims[c] for c in e.claims), w) for w, e in dated)
    note = "Kept as two incidents until a person decides: but for the date, what they say may be of one."
    return [Dispute("date", event.id, title, sides, note=note)]


def _when(event: Event) -> When | None:
    shown = event.derived.get("when")
    return When(shown.value["earliest"], shown.value["latest"], shown.value["precision"]) if shown else None
