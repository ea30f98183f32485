"""Incidents counted in SQL. Invariant: counting reads indexes alone, never the records themselves.

What was counted is kept in memory until a resolution changes the incidents: a page asks for the same numbers each time.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select

from khabar.store.conditions import event_conditions, period_of
from khabar.store.questions import EventFilter
from khabar.store.schema import event_actors, event_places, events, state
from khabar.store.sql import SqlSource
from khabar.store.tallies import Tally, TallyBy

__all__ = ["TalliesView"]

_ALL_EVENTS = EventFilter()
_KEPT = 200  # answers kept in memory
_Question = tuple[tuple[TallyBy, ...], EventFilter, bool]


class TalliesView(SqlSource):
    """The part of `khabar.store.base.View` that counts; described there."""

    _counted: tuple[str | None, dict[_Question, list[Tally]]] = (None, {})

    def tallies(self, by: tuple[TallyBy, ...], where: EventFilter = _ALL_EVENTS, *, tolls: bool = True) -> list[Tally]:
        """How many incidents a filter keeps, by what they have in common, with their dead; by key."""
        moment = self._resolved_at()
        held, kept = self._counted
        if moment is None or held != moment or len(kept) >= _KEPT:
            kept = {}
            self._counted = (moment, kept)
        question = (by, where, tolls)
        if question not in kept:
            kept[question] = self._count_by(by, where, tolls=tolls)
        return list(kept[question])

    def _resolved_at(self) -> str | None:
        """The moment of the last resolution; None for one of an earlier release."""
        rows = self._rows(select(state.c.value).where(state.c.name == "resolved_at"))
        return next((row.value for row in rows), None)

    def _count_by(self, by: tuple[TallyBy, ...], where: EventFilter, *, tolls: bool) -> list[Tally]:
        e = events.c
        conditions = event_conditions(where, self._fulltext)
        keys: dict[TallyBy, ColumnElement[str]] = {
            "month": period_of("month"),
            "year": period_of("year"),
            "type": e.type,
        }
        joined: list[Any] = []
        if "country" in by:
            p = event_places.c
            once = select(p.event, p.country).where(p.country.is_not(None)).distinct().subquery("countries")
            joined.append(once)
            keys["country"] = once.c.country
        if "actor" in by or "stance" in by:
            joined.append(event_actors)
            keys["actor"], keys["stance"] = event_actors.c.actor, event_actors.c.stance
        source: Any
        if len(joined) == 1 and not (tolls or conditions or {"month", "year", "type"} & set(by)):
            source = joined[0]
        else:
            source = events
            for table in joined:
                source = source.join(table, table.c.event == e.id)
        asked = [keys[name].label(name) for name in by]
        columns: list[ColumnElement[Any]] = [*asked, func.count(), *(_TOLLS if tolls else [literal(0)] * len(_TOLLS))]
        question = select(*columns).select_from(source).where(*conditions).group_by(*asked).order_by(*asked)
        width = len(by)
        return [Tally(tuple(row[:width]), *row[width:]) for row in self._rows(question)]


_TOLLS: list[ColumnElement[Any]] = [
    func.count(events.c.killed_high),
    *(func.coalesce(func.sum(events.c[name]), 0) for name in ("killed_low", "killed", "killed_high")),
    func.count(case((events.c.killed_open.is_(True), events.c.number))),
]
