"""Questions about actors and what ties them, in SQL. Invariant: how often an actor is named was counted by the
resolution that found it, so that a list never counts anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Table, func, select

from khabar.records import Actor, Claim
from khabar.store.conditions import actor_conditions, tie_conditions
from khabar.store.lookup import actor_by_key
from khabar.store.questions import Activity, ActorFilter, ActorSummary, TieFilter, TieSummary
from khabar.store.rows import actor_from_row, claim_from_row
from khabar.store.schema import actors, claims, event_actors, tie_claims, ties
from khabar.store.tying import LAST_RANK, sums_of_ties
from khabar.store.view_texts import TextsView

__all__ = ["ActorsView"]

_MANY = 500  # actors in one question
_ALL_ACTORS = ActorFilter()
_ALL_TIES = TieFilter()


class ActorsView(TextsView):
    """The part of `khabar.store.base.View` that is about actors; described there."""

    def actor(self, key: str) -> Actor:
        """The actor of an id, a name (case and accents folded), or the beginning of a name or id."""
        with self._reading() as connection:
            return actor_from_row(actor_by_key(connection, key))

    def actors(self, where: ActorFilter = _ALL_ACTORS) -> Iterator[ActorSummary]:
        """Actors with their numbers of claims and incidents, in the order asked for."""
        a = actors.c
        order = (a.name, a.id) if where.order == "name" else (a.claims.desc(), a.name, a.id)
        question = select(actors).where(*actor_conditions(where)).order_by(*order)
        for row in self._rows(question, where):
            yield ActorSummary(actor_from_row(row), row.claims, row.events)

    def ties(self, where: TieFilter = _ALL_TIES) -> Iterator[TieSummary]:
        """What relates actors to each other, summed up by type and sides; most claims first."""
        if where.modality is None and where.since is None and where.until is None:  # the sums that are kept
            t = ties.c
            question = select(ties).where(*tie_conditions(where, ties)).order_by(t.claims.desc(), *_sides(ties))
        else:
            order = func.count().desc(), *_sides(tie_claims)
            question = sums_of_ties().where(*tie_conditions(where)).order_by(*order)
        for r in self._rows(question, where):
            yield TieSummary(r.type, r.subject, r.object, r.claims, r.denied, r.earliest, r.latest)

    def tie_claims(self, where: TieFilter = _ALL_TIES, each: int = 12) -> Iterator[Claim]:
        """The claims of ties, of each tie the first `each` of every stance and modality."""
        c, t = claims.c, tie_claims.c
        if where.since is None and where.until is None and each < LAST_RANK:
            chosen = select(t.claim).where(*tie_conditions(where), t.rank <= each)
        else:
            order = (t.rank, t.claim) if each < LAST_RANK else (c.number,)
            place = func.row_number().over(partition_by=(*_sides(tie_claims), t.stance, t.modality), order_by=order)
            tied = tie_claims if each < LAST_RANK else tie_claims.join(claims, c.id == t.claim)
            ranked = select(t.claim, place.label("rank")).select_from(tied).where(*tie_conditions(where)).subquery()
            chosen = select(ranked.c.claim).where(ranked.c.rank <= each)
        for row in self._rows(select(c.data).where(c.id.in_(chosen)).order_by(c.number), where):
            yield claim_from_row(row)

    def activity(self, actors: Sequence[str], since: str | None = None, until: str | None = None) -> list[Activity]:
        """For each of these actors that has any: the incidents attributed to it, also where others deny it."""
        a = event_actors.c
        question = (
            select(
                a.actor,
                func.count(a.event.distinct()).label("events"),
                func.min(a.day).label("first"),
                func.max(a.day).label("last"),
            )
            .where(a.stance != "denied")
            .group_by(a.actor)
            .order_by(a.actor)
        )
        if since is not None:
            question = question.where(a.day >= since)
        if until is not None:
            question = question.where(a.day <= until)
        found: list[Activity] = []
        for start in range(0, len(actors), _MANY):
            rows = self._rows(question.where(a.actor.in_(actors[start : start + _MANY])))
            found += [Activity(row.actor, row.events, row.first, row.last) for row in rows]
        return found


def _sides(table: Table) -> tuple[Column[Any], ...]:
    """What is one tie, in a table of ties or of their claims."""
    return table.c.type, table.c.subject, table.c.object
