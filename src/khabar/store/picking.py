"""Which claims and incidents of an actor are on a page, told from an index alone. Invariant: what is picked, and how
many there are, is what the general conditions keep; a filter that asks for more than an actor is left to them.

An actor may be meant by a fifth of all claims. To look each of them up in the table of claims, or of incidents, would
take seconds in a large base; links carry what lists choose and sort by.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, Table, func, select, union_all

from khabar.store.conditions import in_role, place_conditions
from khabar.store.place_rows import NOWHERE
from khabar.store.questions import ClaimFilter, EventFilter
from khabar.store.schema import actor_events, actor_links, event_actors, event_places

__all__ = ["asks_words", "event_order", "lasts", "picked_claims", "picked_events", "placed_events"]


def picked_claims(where: ClaimFilter) -> Subquery | None:
    """The claims that mean an actor, or one of several: `document` and `start` to sort by, `claim_number`, each once;
    None where the filter asks for more.
    """
    asked = replace(where, actor=None, actors=(), role=None, kinds=(), types=(), limit=None, offset=0)
    if asked != ClaimFilter() or not (where.actor or where.actors):
        return None
    link = actor_links.c
    meant = [link.actor == where.actor] if where.actor is not None else []
    wanted = ((link.actor, where.actors), (link.kind, where.kinds), (link.type, where.types))
    meant += [column.in_(values) for column, values in wanted if values]
    every = select(link.document, link.start, link.claim_number).where(*meant)
    parts = [every] if where.role is None else [every.where(role) for role in in_role(where.role)]
    told = union_all(*parts).subquery().c  # each part is in one piece of the index
    place = func.min(told.document).label("document"), func.min(told.start).label("start")  # each claim has one
    return select(told.claim_number, *place).group_by(told.claim_number).subquery()


def asks_words(where: ClaimFilter) -> bool:
    """Whether a filter asks for the last claims with some words, and for no more."""
    return bool(where.text and where.text.strip()) and replace(where, text=None, limit=None, offset=0) == ClaimFilter(
        order="latest"
    )


def picked_events(where: EventFilter) -> Select[Any] | None:
    """The ids of the incidents that name an actor, or are attributed to it in one way, in the order asked for; None
    where the filter asks for more.
    """
    asked = replace(where, actor=None, stance=None, order="newest", limit=None, offset=0)
    if where.actor is None or asked != EventFilter(order="newest"):
        return None
    table = actor_events if where.stance is None else event_actors
    kept = [table.c.actor == where.actor]
    kept += [] if where.stance is None else [event_actors.c.stance == where.stance]
    return select(table.c.event).where(*kept).order_by(*event_order(where, table, table.c.event))


def placed_events(where: EventFilter) -> Select[Any] | None:
    """The ids of the incidents at a place, each once; None where the filter asks for more, or for none."""
    place = place_conditions(where)
    elsewhere = replace(where, country=None, admin1=None, admin2=None, known=None, at=None)
    asked = replace(elsewhere, order="newest", limit=None, offset=0)
    if not place or where.known == NOWHERE or asked != EventFilter(order="newest"):
        return None
    return select(event_places.c.event).where(*place).distinct()


def lasts(where: EventFilter) -> bool:
    """Whether what a filter keeps stays the same until incidents are put together again."""
    return where.claim is None and where.document is None and where.role is None


def event_order(where: EventFilter, table: Table, key: ColumnElement[Any]) -> tuple[ColumnElement[Any], ...]:
    """What incidents are sorted by, of a table that has their days and dead; `key` is their id."""
    e = table.c
    if where.order == "oldest":  # as an index has them, which SQLite reads twice for what has no first day
        return e.earliest.asc().nulls_last(), e.latest.asc().nulls_last(), key
    newest = e.earliest.desc().nulls_last(), e.latest.desc().nulls_last()
    return (*newest, key) if where.order == "newest" else (e.killed.desc().nulls_last(), *newest, key.desc())
