"""Where incidents are, counted in SQL. Invariant: an incident counts once at each place and level, however many of its
places lie there; where a filter asks for places, only those places are counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from khabar.store.conditions import event_conditions, place_conditions
from khabar.store.placing import PlacedCount, PlaceTotal
from khabar.store.questions import EventFilter
from khabar.store.schema import event_places, events
from khabar.store.sql import SqlSource

__all__ = ["PlacesView"]

_ALL_EVENTS = EventFilter()
_MONTH = 7  # characters of a day that name its month
_BATCH = 2000


class PlacesView(SqlSource):
    """The part of `khabar.store.base.View` that counts incidents by place."""

    def placed(self, where: EventFilter = _ALL_EVENTS) -> Iterator[PlacedCount]:
        """Incidents by place and by the months they may lie in; those without a place are not among them."""
        p, e = event_places.c, events.c
        first, last = func.substr(e.earliest, 1, _MONTH), func.substr(e.latest, 1, _MONTH)
        whole = p.level.in_(("adm1", "country"))  # one place each, wherever its middle is said to be
        point = [case((whole, None), else_=column) for column in (p.latitude, p.longitude)]
        key = [p.level, p.country, case((p.level != "country", p.admin1)), *point, first, last]
        # Among the rows of one province those with coordinates are of the province itself.
        own = case((p.latitude.is_not(None), p.gazetteer))
        shown = [func.min(column) for column in (p.name, p.admin1_name, p.admin2_name, own, p.latitude, p.longitude)]
        question: Select[Any] = (
            select(*key[:2], *shown, first, last, func.count(e.number.distinct()))
            .select_from(event_places.join(events, e.id == p.event))
            .where(*event_conditions(where, self._fulltext), *place_conditions(where))
            .group_by(*key)
        )
        for row in self._rows(question, batch=_BATCH):
            level, country, name, *rest = row
            yield PlacedCount(level, name, country, *rest)

    def place_totals(self, where: EventFilter = _ALL_EVENTS) -> list[PlaceTotal]:
        """Incidents by country, province and level; `admin1` None sums up a country, `level` None all levels."""
        p = event_places.c
        found: list[PlaceTotal] = []
        for key in ((p.country,), (p.country, p.level), (p.country, p.admin1), (p.country, p.admin1, p.level)):
            question: Select[Any] = (
                select(*key, func.min(p.admin1_name).label("named"), func.count(p.event.distinct()).label("incidents"))
                .where(p.country.is_not(None), *self._kept(where))
                .group_by(*key)
            )
            if p.admin1 in key:
                question = question.where(p.admin1.is_not(None))
            found.extend(
                PlaceTotal(
                    row.country, row.named if p.admin1 in key else None, getattr(row, "level", None), row.incidents
                )
                for row in self._rows(question, batch=_BATCH)
            )
        return found

    def _kept(self, where: EventFilter) -> list[ColumnElement[bool]]:
        """Conditions of `event_places` alone, which do not look at incidents where nothing is asked of them."""
        conditions = event_conditions(where, self._fulltext)
        among = [event_places.c.event.in_(select(events.c.id).where(*conditions))] if conditions else []
        return [*among, *place_conditions(where)]
