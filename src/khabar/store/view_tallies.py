"""Incidents counted in SQL. Invariant: counting reads indexes alone, never the records themselves.

What was counted is kept in memory until a resolution changes the incidents: a page asks for the same numbers each time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import BigInteger, ColumnElement, case, cast, func, literal, select

from khabar.store.conditions import event_conditions, period_of
from khabar.store.questions import EventFilter
from khabar.store.schema import event_actors, event_places, events, reviews, state
from khabar.store.sql import SqlSource
from khabar.store.state_rows import changes_of
from khabar.store.tallies import Tally, TallyBy

__all__ = ["TalliesView"]

_ALL_EVENTS = EventFilter()
_KEPT = 500  # answers kept in memory
_Answer = TypeVar("_Answer")
_Memory = tuple[str | None, dict[Hashable, Any]]  # the moment of which the answers are


class TalliesView(SqlSource):
    """The part of `khabar.store.base.View` that counts; described there."""

    _counted: _Memory = (None, {})
    _claims_counted: _Memory = (None, {})

    def tallies(self, by: tuple[TallyBy, ...], where: EventFilter = _ALL_EVENTS, *, tolls: bool = True) -> list[Tally]:
        """How many incidents a filter keeps, by what they have in common, with their dead; by key."""
        return list(self._remembered((by, where, tolls), lambda: self._count_by(by, where, tolls=tolls)))

    def _remembered(self, question: Hashable, count: Callable[[], _Answer]) -> _Answer:
        """What was counted of incidents, kept until they are put together again: nothing else changes it."""
        moment, _ = self.last_resolved()
        self._counted = memory = _of(self._counted, moment)
        return _kept(memory, question, count)

    def _remembered_of_claims(self, question: Hashable, count: Callable[[], _Answer]) -> _Answer:
        """What was counted of claims, kept until there is another reading, review, decision or resolution."""
        with self._reading() as connection:
            reviewed = connection.execute(select(func.max(reviews.c.number))).scalar()
            changes = changes_of(connection)
        moment, _ = self.last_resolved()
        self._claims_counted = memory = _of(self._claims_counted, f"{changes} {reviewed} {moment}")
        return _kept(memory, question, count)

    def last_resolved(self) -> tuple[str | None, bool]:
        """The moment of the last resolution (None for one of an earlier release), and whether it is up to date."""
        rows = self._rows(select(state).where(state.c.name.in_(("resolved_at", "resolution"))))
        facts = {row.name: row.value for row in rows}
        return facts.get("resolved_at"), facts.get("resolution") != "stale"

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
    # A sum of large numbers is a decimal in PostgreSQL.
    *(cast(func.coalesce(func.sum(events.c[name]), 0), BigInteger) for name in ("killed_low", "killed", "killed_high")),
    func.count(case((events.c.killed_open.is_(True), events.c.number))),
]


def _of(memory: _Memory, moment: str | None) -> _Memory:
    """The memory of this moment: empty where what is there is of another, or too much."""
    held, kept = memory
    return memory if moment is not None and held == moment and len(kept) < _KEPT else (moment, {})


def _kept(memory: _Memory, question: Hashable, count: Callable[[], _Answer]) -> _Answer:
    kept = memory[1]
    if question not in kept:
        kept[question] = count()
    found: _Answer = kept[question]
    return found
