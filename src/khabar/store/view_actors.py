"""Questions about actors and what ties them, in SQL. Invariant: how often an actor is named was counted by the
resolution that found it, so that a list never counts anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select

from khabar.records import Actor, Claim
from khabar.store.conditions import actor_conditions, claim_conditions
from khabar.store.lookup import actor_by_key
from khabar.store.questions import Activity, ActorFilter, ActorSummary, ClaimFilter, TieFilter, TieSummary
from khabar.store.rows import actor_from_row, claim_from_row
from khabar.store.schema import actor_links, actors, claims, event_actors
from khabar.store.view_texts import TextsView

__all__ = ["ActorsView"]

_MANY = 500  # actors in one question
_ALL_ACTORS = ActorFilter()
_ALL_TIES = TieFilter()
_ONE, _OTHER = actor_links.alias("one"), actor_links.alias("other")


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
        c = claims.c
        number = func.count(c.id.distinct())
        denying = case((or_(c.stance == "denied", c.modality == "negated"), c.id))
        question = (
            self._tied(
                where,
                c.type,
                _ONE.c.actor.label("subject"),
                _OTHER.c.actor.label("object"),
                number.label("claims"),
                func.count(denying.distinct()).label("denied"),
                func.min(func.coalesce(c.earliest, c.latest)).label("earliest"),
                func.max(func.coalesce(c.latest, c.earliest)).label("latest"),
            )
            .group_by(c.type, _ONE.c.actor, _OTHER.c.actor)
            .order_by(number.desc(), c.type, _ONE.c.actor, _OTHER.c.actor)
        )
        for r in self._rows(question, where):
            yield TieSummary(r.type, r.subject, r.object, r.claims, r.denied, r.earliest, r.latest)

    def tie_claims(self, where: TieFilter = _ALL_TIES, each: int = 12) -> Iterator[Claim]:
        """The claims of ties, of each tie the first `each` of every stance and modality."""
        c = claims.c
        order = func.row_number().over(
            partition_by=(c.type, _ONE.c.actor, _OTHER.c.actor, c.stance, c.modality), order_by=c.number
        )
        ranked = self._tied(where, c.number, order.label("rank")).subquery()
        chosen = select(ranked.c.number).where(ranked.c.rank <= each)
        for row in self._rows(select(c.data).where(c.number.in_(chosen)).order_by(c.number), where):
            yield claim_from_row(row)

    def _tied(self, where: TieFilter, *columns: Any) -> Select[Any]:
        """These columns of claims that relate two actors to each other, with the links of both sides."""
        one, other, c = _ONE.c, _OTHER.c, claims.c
        asked = ClaimFilter(modality=where.modality, coded=where.coded, since=where.since, until=where.until)
        conditions = claim_conditions(asked, self._fulltext)
        # The claims of one actor are looked up one by one; an index over kinds would bring up all of a kind.
        alone = where.actor is not None
        conditions.append((c.kind + "" if alone else c.kind) == "relation")
        if where.types:
            conditions.append((c.type + "" if alone else c.type).in_(where.types))
        if alone:
            link = actor_links.c
            own = select(link.claim).where(link.actor == where.actor, link.role.in_(("subject", "object")))
            conditions.append(c.id.in_(own))
        if where.actors:
            conditions += [one.actor.in_(where.actors), other.actor.in_(where.actors)]
        sides = claims.join(_ONE, and_(one.claim == c.id, one.role == "subject")).join(
            _OTHER, and_(other.claim == c.id, other.role == "object")
        )
        return select(*columns).select_from(sides).where(one.actor != other.actor, *conditions)

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
