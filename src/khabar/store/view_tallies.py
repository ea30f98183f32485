"""Incidents counted in SQL. Invariant: counting reads indexes alone, never the records themselves."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from khabar.store.conditions import event_conditions, period_of
from khabar.store.questions import EventFilter
from khabar.store.schema import event_actors, event_places, events
from khabar.store.sql import SqlSource
from khabar.store.tallies import Tally, TallyBy

__all__ = ["TalliesView"]

_ALL_EVENTS = EventFilter()


class TalliesView(SqlSource):
    """The part of `khabar.store.base.View` that counts; described there."""

    def tallies(self, by: tuple[TallyBy, ...], where: EventFilter = _ALL_EVENTS) -> list[Tally]:
        """How many incidents a filter keeps, by what they have in common, with their dead; by key."""
        e = events.c
        source: Any = events
        keys: dict[TallyBy, ColumnElement[str]] = {
            "month": period_of("month"),
            "year": period_of("year"),
            "type": e.type,
        }
        if "country" in by:
            p = event_places.c
            once = select(p.event, p.country).where(p.country.is_not(None)).distinct().subquery("countries")
            source = source.join(once, once.c.event == e.id)
            keys["country"] = once.c.country
        if "actor" in by or "stance" in by:
            source = source.join(event_actors, event_actors.c.event == e.id)
            keys["actor"], keys["stance"] = event_actors.c.actor, event_actors.c.stance
        asked = [keys[name].label(name) for name in by]
        columns: list[ColumnElement[Any]] = [
            *asked,
            func.count(),
            func.count(e.killed_high),
            *(func.coalesce(func.sum(number), 0) for number in (e.killed_low, e.killed, e.killed_high)),
            func.count(case((e.killed_open.is_(True), e.number))),
        ]
        question = (
            select(*columns)
            .select_from(source)
            .where(*event_conditions(where, self._fulltext))
            .group_by(*asked)
            .order_by(*asked)
        )
        width = len(by)
        return [Tally(tuple(row[:width]), *row[width:]) for row in self._rows(question)]
