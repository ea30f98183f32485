"""What can be asked of the timeline: its page and its API twin. Invariant: one definition serves both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import BaseModel, Field

from khabar.codebook.model import RelationType
from khabar.export.words import bounds_words
from khabar.serve.timeline import (
    INCIDENTS,
    TIES,
    Axis,
    Line,
    axis_of,
    group_events,
    incident_entries,
    line_types,
    lines_of,
)
from khabar.store.base import View
from khabar.store.questions import EventFilter, TieFilter

__all__ = ["Drawn", "TimelineQuery", "drawn_for"]


class TimelineQuery(BaseModel):
    """Which time, and what of it; empty strings ask for everything."""

    span: str = Field(
        "",
        pattern=r"^([12]\d{3}(-(0[1-9]|1[0-2]))?)?$",
        description="A year (2016) or month (2016-10); else all years.",
    )
    show: Literal["", "incidents", "groups"] = Field("", description="Only incidents, or only events of groups.")
    type: str = Field("", description="An event type of the codebook.")
    country: str = Field("", description="Two-letter country code, of incidents.")
    actor: str = Field("", description="An actor's id or name.")
    min_killed: int = Field(0, ge=0, le=1_000_000_000, description="Incidents with at least this many killed.")

    def incidents(self, base: View) -> EventFilter:
        """The incidents asked for, of all times."""
        return EventFilter(
            types=(self.type,) if self.type else (),
            country=self.country.upper() or None,
            actor=base.actor(self.actor).id if self.actor else None,
            min_killed=self.min_killed or None,
        )


@dataclass(frozen=True, slots=True)
class Drawn:
    """A timeline: its lines in order of time, how many incidents lie on it, and how many each finer span holds."""

    axis: Axis
    lines: list[Line]
    incidents: int
    finer: Mapping[str, int]

    @property
    def left_out(self) -> int:
        """How many incidents are not drawn."""
        return max(0, self.incidents - INCIDENTS)


def drawn_for(base: View, asked: TimelineQuery, relations: dict[str, RelationType]) -> Drawn | None:
    """The timeline that is asked for; None where nothing in the base has a date."""
    where = asked.incidents(base)
    years = {t.key[0]: t.events for t in base.tallies(("year",), where, tolls=False) if t.key[0]}
    axis = axis_of(asked.span, years or {t.key[0]: 0 for t in base.tallies(("year",), tolls=False) if t.key[0]})
    if axis is None:
        return None
    lines = []
    total = 0
    if asked.show != "groups":
        here = replace(where, since=axis.first, until=axis.last, order="oldest", limit=INCIDENTS)
        events = list(base.events(here))
        total = base.count(here)
        killed = {e.id: bounds_words(e.derived["killed"].value) for e in events if "killed" in e.derived}
        lines += incident_entries(events, killed)
    if asked.show != "incidents" and not (asked.type or asked.country or asked.min_killed):
        types = line_types(relations)
        ties = TieFilter(types=types, actor=where.actor, since=axis.first, until=axis.last, limit=TIES)
        lines += group_events(base, ties, relations)
    finer = years
    if axis.finer and asked.span:
        months = base.tallies(("month",), replace(where, within=asked.span), tolls=False)
        finer = {t.key[0]: t.events for t in months if t.key[0]}
    return Drawn(axis, lines_of(lines, axis), total, finer)
