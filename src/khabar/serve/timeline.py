"""What happened when: incidents and events in the life of groups, as intervals. Invariant: nothing is drawn narrower
than its date is known, and what a limit leaves out is counted.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from khabar.analysis.ties import Tie, ties_of
from khabar.codebook.model import RelationType
from khabar.records import Event
from khabar.resolution.wording import event_words
from khabar.store.base import View
from khabar.store.questions import ActorFilter, TieFilter

__all__ = ["Axis", "Bar", "Entry", "Line", "axis_of", "group_events", "incident_entries", "line_types", "lines_of"]

INCIDENTS, TIES = 200, 1000  # the most that are drawn, and the most claims of ties that are looked through
_HAPPENINGS = ("founding", "pledge", "split", "merger", "succession", "alliance", "rivalry")
_LIVES = ("designation", "succession", "office", "founding")
_SCALE = 1000.0  # units of a line's width
_LABELS = 14  # years named along an axis of many
_LEAST = 4.0  # units of a single day on a long line


@dataclass(frozen=True, slots=True)
class Axis:
    """The days a timeline shows, both included, and what stands along it in equal steps; `finer` are the spans one can
    look into, with their names.
    """

    first: str
    last: str
    ticks: tuple[str, ...]
    finer: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One incident or event of groups: `earliest` and `latest` bound its date (None is open), `note` says how it is
    known where that is not plainly.
    """

    kind: str
    type: str
    earliest: str | None
    latest: str | None
    words: str
    href: str
    note: str = ""
    killed: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """Where an entry is drawn, in thousandths of the width; whether it reaches beyond the axis, or is open there."""

    x: float
    width: float
    before: bool
    after: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An entry and its bar."""

    entry: Entry
    bar: Bar


def axis_of(span: str, years: Iterable[str]) -> Axis | None:
    """The axis of a year ("2016"), a month ("2016-10"), or of all `years` (""); None where there are none."""
    if len(span) == len("2016-10"):
        year, month = int(span[:4]), int(span[5:])
        days = calendar.monthrange(year, month)[1]
        return Axis(f"{span}-01", f"{span}-{days:02d}", tuple(str(d) for d in range(1, days + 1)), ())
    if span:
        months = tuple((f"{span}-{m:02d}", calendar.month_abbr[m]) for m in range(1, 13))
        return Axis(f"{span}-01-01", f"{span}-12-31", tuple(name for _, name in months), months)
    known = sorted(years)
    if not known:
        return None
    every = [f"{y:04d}" for y in range(int(known[0]), int(known[-1]) + 1)]
    step = -(-len(every) // _LABELS)
    ticks = tuple(year if at % step == 0 else "" for at, year in enumerate(every))
    return Axis(f"{every[0]}-01-01", f"{every[-1]}-12-31", ticks, tuple((y, y) for y in known))


def incident_entries(events: Iterable[Event], killed: dict[str, str]) -> list[Entry]:
    """Incidents as entries; `killed` gives their dead in words."""
    found = []
    for event in events:
        when = event.derived["when"].value if "when" in event.derived else {}
        kind = str(event.derived["type"].value) if "type" in event.derived else ""
        words = event_words(event, dated=False) if kind else "incident"
        earliest, latest = (when or {}).get("earliest"), (when or {}).get("latest")
        modality = event.derived["modality"].value if "modality" in event.derived else "actual"
        note = "" if modality == "actual" else str(modality)
        href = f"/incidents/{event.id}"
        found.append(Entry("incident", kind, earliest, latest, words, href, note, killed.get(event.id, "")))
    return found


def line_types(relations: dict[str, RelationType]) -> tuple[str, ...]:
    """The relation types that are events in the life of a group: formation, pledge, split, merger, leaders, listing."""
    return tuple(name for name, kind in relations.items() if kind.drawn in _HAPPENINGS or kind.means in _LIVES)


def group_events(base: View, where: TieFilter, relations: dict[str, RelationType]) -> list[Entry]:
    """The events of groups that relation claims tell of, in their order of time; claims of no known date are left out.

    `where` says which claims; its types are those of `line_types`, its limit is `TIES`.
    """
    claims = [claim for claim in base.tie_claims(where) if claim.when.earliest or claim.when.latest]
    actor_of = {(link.claim, link.role): link.actor for link in base.links([claim.id for claim in claims])}
    ties = ties_of(claims, actor_of, relations, {})
    ids = tuple(dict.fromkeys(actor for tie in ties for actor in (tie.subject, tie.object)))
    names = {s.actor.id: s.actor.names[0].text for s in base.actors(ActorFilter(ids=ids))} if ids else {}
    return [_entry(tie, names, relations) for tie in ties if tie.subject in names and tie.object in names]


def _entry(tie: Tie, names: dict[str, str], relations: dict[str, RelationType]) -> Entry:
    words = f"{names[tie.subject]} {relations[tie.type].label.lower()} {names[tie.object]}"
    doubts = list(tie.doubts)
    href = f"/claims/{tie.claims[0].id}"
    return Entry("group", tie.type, tie.began.earliest, tie.began.latest, words, href, "; ".join(doubts))


def lines_of(entries: Iterable[Entry], axis: Axis) -> list[Line]:
    """The entries that may lie on the axis, by their first possible day, each with its bar."""
    shown = [e for e in entries if (e.latest or axis.first) >= axis.first and (e.earliest or axis.last) <= axis.last]
    dated = [e for e in shown if e.earliest or e.latest]
    return [
        Line(e, _bar(e, axis)) for e in sorted(dated, key=lambda e: (e.earliest or e.latest or "", e.latest or "~"))
    ]


def _bar(entry: Entry, axis: Axis) -> Bar:
    start = date.fromisoformat(axis.first)
    days = (date.fromisoformat(axis.last) - start).days + 1
    first = max(entry.earliest or axis.first, axis.first)
    last = min(entry.latest or axis.last, axis.last)
    x = (date.fromisoformat(first) - start).days / days * _SCALE
    end = (date.fromisoformat(last) + timedelta(days=1) - start).days / days * _SCALE
    width = max(end - x, _LEAST)
    before = entry.earliest is None or entry.earliest < axis.first
    after = entry.latest is None or entry.latest > axis.last
    return Bar(round(min(x, _SCALE - width), 1), round(width, 1), before, after)
