"""A report of a base. Invariant: a pure function of the base and of what is asked; made twice, it is the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from khabar.codebook.model import Codebook
from khabar.export.conduct import pseudonyms_of
from khabar.maps.countries import country_name
from khabar.records import Event
from khabar.report import breakdowns
from khabar.report.asked import Asked, Period
from khabar.report.gather import Found, Sources, find, happened, incident_of
from khabar.report.headline import headline
from khabar.report.method import method_notes
from khabar.report.model import Incident, Picture, Report, Section
from khabar.report.pictures import area_map, trend
from khabar.report.responsible import Responsible
from khabar.report.story import clashes, statements, ties
from khabar.store.base import View
from khabar.text import content_id
from khabar.visible import all_visible

__all__ = ["anchor_of", "build_report"]

_TREND = 12  # months up to the end of the period

Progress = Callable[[int, int, str], None]


def build_report(base: View, book: Codebook, asked: Asked, doubt: float, progress: Progress | None = None) -> Report:
    """The report that is asked for; claims below the confidence `doubt` make nobody public and are not told."""
    done = progress or (lambda _done, _all, _what: None)
    rule = asked.rule or base.rule()
    hide: Callable[[Any], Any] = str if asked.names else pseudonyms_of(base, book.relations, doubt).applied
    sources = Sources(base, hide)
    who = Responsible(base, asked.origins)
    done(1, 4, "incidents")
    found = find(base, book, asked)
    entries = _entries(found, who, sources, hide)
    done(2, 4, "trend")
    pictures = _pictures(base, book, asked, found, rule)
    done(3, 4, "groups and statements")
    area = _area(asked)
    inside, perhaps, earlier = entries
    report = Report(
        title=asked.title or f"Security report{f': {area}' if area else ''}",
        period=asked.period.words,
        area=area,
        rule=rule,
        made=asked.made,
        headline=headline(found, asked, area),
        sections=_sections(found, who, book, pictures, hide),
        ties=ties(base, book, asked, doubt, sources, hide),
        statements=statements(base, asked, doubt, sources, hide),
        clashes=clashes(base, found.inside, sources, hide),
        method=method_notes(base, found, asked, rule, doubt),
        incidents=inside,
        perhaps=perhaps,
        earlier=earlier,
    )
    done(4, 4, "done")
    return all_visible(report)


def anchor_of(incidents: Sequence[str]) -> str:
    """The name of a list of incidents inside a report: the same incidents have the same list."""
    return f"list-{content_id(' '.join(incidents), 10)}"


def _entries(
    found: Found, who: Responsible, sources: Sources, hide: Callable[[Any], Any]
) -> tuple[tuple[Incident, ...], tuple[Incident, ...], tuple[Incident, ...]]:
    """Entries numbered through: those of the period, the foiled ones after them, perhaps ones, those of the period
    before.
    """
    groups = ((*found.inside, *found.stopped), found.perhaps, found.earlier)
    number = 0
    made: list[tuple[Incident, ...]] = []
    for events in groups:
        made.append(
            tuple(incident_of(e, n, who, sources, hide) for n, e in enumerate(_by_date(events), start=number + 1))
        )
        number += len(events)
    return made[0], made[1], made[2]


def _area(asked: Asked) -> str:
    """The area as a heading says it: provinces before countries; "" for everywhere."""
    named = [country_name(code) for code in asked.countries]
    return ", ".join([*([asked.admin1] if asked.admin1 else []), *named])


def _by_date(events: Sequence[Event]) -> list[Event]:
    def day(event: Event) -> str:
        when = event.derived["when"].value if "when" in event.derived else {}
        return str(when.get("earliest") or when.get("latest") or "")

    return sorted(events, key=lambda e: (day(e), e.id))


def _pictures(base: View, book: Codebook, asked: Asked, found: Found, rule: str) -> tuple[Picture, ...]:
    """The trend of the twelve months that end with the period, and the map of the period."""
    last = asked.period.last
    n = last.year * 12 + last.month - _TREND
    year = Period(date(n // 12, n % 12 + 1, 1), last)
    events = happened(base, book, replace(asked, period=year))
    drawn = area_map(found.inside, lambda ids: f"#{anchor_of(ids)}")
    return (*((trend(events, rule),) if events else ()), *((drawn,) if drawn else ()))


def _sections(
    found: Found, who: Responsible, book: Codebook, pictures: tuple[Picture, ...], hide: Callable[[Any], Any]
) -> tuple[Section, ...]:
    events = found.inside

    def responsible(event: Event) -> list[dict[str, Any]]:
        return [{**said, "actor": hide(said["actor"])} for said in who.held(event)]

    def label(kind: str) -> str:
        return book.events[kind].label if kind in book.events else kind.replace("_", " ") or "type not stated"

    tables = (
        breakdowns.by_area(events, country_name),
        breakdowns.by_type(events, label),
        breakdowns.by_target(events),
        breakdowns.by_casualty(events),
    )
    named = (breakdowns.by_responsibility(events, responsible), breakdowns.by_group(events, responsible))
    made = [Section("trend", "Trend and map", pictures=pictures)] if pictures else []
    if events:
        made += [
            Section("what", "What happened", tables=tables),
            Section("who", "Who is held responsible", tables=named),
        ]
    if found.stopped:
        stopped = breakdowns.counted(found.stopped)
        words = " foiled, attempted or planned, told apart from what happened and in no other number."
        made.append(Section("stopped", "Foiled and planned", paragraphs=((stopped, words),)))
    return tuple(made)
