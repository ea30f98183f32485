"""Where incidents are, counted in SQL. Invariant: an incident counts once at each place and level, however many of its
places lie there; where a filter asks for places, only those places are counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from khabar.store.conditions import event_conditions, place_conditions
from khabar.store.placing import PlacedCount, PlaceTotal, Site
from khabar.store.questions import EventFilter
from khabar.store.schema import event_places, events
from khabar.store.sql import SqlSource

__all__ = ["PlacesView"]

_ALL_EVENTS = EventFilter()
_BATCH = 2000


class PlacesView(SqlSource):
    """The part of `khabar.store.base.View` that counts incidents by place."""

    def placed(self, where: EventFilter = _ALL_EVENTS) -> Iterator[PlacedCount]:
        """Incidents by site and by the months they may lie in; those without a place are not among them."""
        p = event_places.c
        key = (p.site, p.first_month, p.last_month)
        question: Select[Any] = select(*key, func.count()).where(*self._kept(where)).group_by(*key)
        for row in self._rows(question, batch=_BATCH):
            yield PlacedCount(*tuple(row))

    def sites(self, where: EventFilter = _ALL_EVENTS) -> list[Site]:
        """The sites that `placed` counts at."""
        p = event_places.c
        first: Select[Any] = select(func.min(p.number)).where(*self._kept(where)).group_by(p.site)
        # Of the rows of a province some are of the province itself: they know where its middle is.
        own = first.where(p.level == "adm1", p.latitude.is_not(None))
        shown = (p.site, p.level, p.name, p.country, p.admin1_name, p.admin2_name, p.gazetteer, p.latitude, p.longitude)
        question: Select[Any] = select(*shown).where(p.number.in_(first) | p.number.in_(own))
        found: dict[str, Site] = {}
        for row in self._rows(question, batch=_BATCH):
            site = Site(*tuple(row))
            if site.id not in found or site.latitude is not None:
                found[site.id] = site
        return list(found.values())

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
