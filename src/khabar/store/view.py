"""Reading a store in SQL. Invariant: an answer is of one moment, also where it takes several SQL questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, or_, select

from khabar.errors import StoreError
from khabar.records import Contradiction, Decision, Event, Judgement
from khabar.settings import RULE
from khabar.store.assembling import made_from
from khabar.store.auditing import SqlAuditView
from khabar.store.base import MadeFrom
from khabar.store.conditions import (
    actor_conditions,
    claim_conditions,
    contradiction_conditions,
    document_conditions,
    event_conditions,
)
from khabar.store.integrity import faults_of
from khabar.store.lookup import anything_by_id, row_by_id
from khabar.store.picking import event_order, lasts, picked_claims, picked_events, placed_events
from khabar.store.questions import (
    ActorFilter,
    ClaimFilter,
    ContradictionFilter,
    DocumentFilter,
    EventFilter,
    Found,
    Overview,
    Problem,
    Run,
)
from khabar.store.restricting import SqlAccessView
from khabar.store.reviewing import SqlReviewView
from khabar.store.rows import (
    contradiction_from_row,
    decision_from_row,
    event_from_row,
    judgement_from_row,
)
from khabar.store.schema import (
    actors,
    claims,
    contradiction_claims,
    contradictions,
    copies,
    decisions,
    documents,
    events,
    judgements,
    problems,
    readings,
    runs,
    state,
)
from khabar.store.sql import Filter, within
from khabar.store.state_rows import changes_of
from khabar.store.view_actors import ActorsView
from khabar.store.view_places import PlacesView
from khabar.store.view_tallies import TalliesView

__all__ = ["SqlView"]

_MANY = 1000  # ids in one question; beyond, all rows are read and sifted here
_ALL_EVENTS = EventFilter()
_ALL_ACTORS = ActorFilter()
_ALL_CONTRADICTIONS = ContradictionFilter()


class SqlView(ActorsView, TalliesView, SqlReviewView, PlacesView, SqlAccessView, SqlAuditView):
    """`khabar.store.base.View` over SQLAlchemy Core; every method is described there."""

    def event(self, key: str) -> Event:
        """The incident of an id or prefix."""
        with self._reading() as connection:
            return event_from_row(row_by_id(connection, "event", key))

    def events(self, where: EventFilter = _ALL_EVENTS) -> Iterator[Event]:
        """Incidents in the order asked for; those with only a latest day, then undated ones, last (for `killed`,
        uncounted ones).
        """
        e = events.c
        order = event_order(where, events, e.id)
        kept = event_conditions(where, self._fulltext)
        if where.limit is not None:  # a page is picked from an index, and only then are its records read
            picked = picked_events(where)
            if picked is not None:
                kept = [e.id.in_(within(picked, where))]
            else:
                kept = [e.number.in_(within(select(e.number).where(*kept).order_by(*order), where))]
            where = replace(where, offset=0)
        question = select(e.id, e.data).where(*kept).order_by(*order)
        for row in self._rows(question, where):
            yield event_from_row(row)

    def contradictions(self, where: ContradictionFilter = _ALL_CONTRADICTIONS) -> Iterator[Contradiction]:
        """Contradictions, by kind, then title; or by the dead of their incidents."""
        c = contradictions.c
        order: tuple[ColumnElement[Any], ...] = (c.kind, c.title, c.id)
        if where.order == "killed":  # as an index has them
            order = tuple(column.desc() for column in (c.killed, *order))
        kept = contradiction_conditions(where)
        if where.limit is not None:
            kept = [c.number.in_(within(select(c.number).where(*kept).order_by(*order), where))]
            where = replace(where, offset=0)
        for row in self._rows(select(contradictions).where(*kept).order_by(*order), where):
            yield contradiction_from_row(row)

    def disputes(self, claims: Sequence[str]) -> dict[str, str]:
        """Of those of these claims that stand in a contradiction, its title."""
        c, link = contradictions.c, contradiction_claims.c
        titles = select(link.claim, c.title).join(contradictions, c.id == link.contradiction)
        found: dict[str, str] = {}
        for start in range(0, len(claims), _MANY):
            of_these = titles.where(link.claim.in_(claims[start : start + _MANY]))
            found |= {row.claim: row.title for row in self._rows(of_these.order_by(c.kind, c.title, c.id))}
        return found

    def changes(self) -> int:
        """How many changes of claims and decisions there were."""
        with self._reading() as connection:
            return changes_of(connection)

    def made_from(self) -> MadeFrom:
        """What incidents and judgements were made from, where that is known."""
        with self._reading() as connection:
            return made_from(connection)

    def judgements(self, about: Sequence[str] = ()) -> Iterator[Judgement]:
        """Judgements with a side among `about` (none given: all), people's first, by their moment and sides."""
        j = judgements.c
        question = select(judgements).order_by(j.by_rule, j.at, j.left, j.right, j.verdict)
        if 0 < len(about) <= _MANY:
            question = question.where(or_(j.left.in_(about), j.right.in_(about)))
        wanted = set(about)
        for row in self._rows(question):
            if not wanted or row.left in wanted or row.right in wanted:
                yield judgement_from_row(row)

    def decisions(self) -> Iterator[Decision]:
        """Decisions of people about incidents and actors, undone ones and undoings too, in their order."""
        for row in self._rows(select(decisions).order_by(decisions.c.number)):
            yield decision_from_row(row)

    def count(self, where: Filter) -> int:
        """How many records a filter keeps, its limit and offset left aside."""
        if isinstance(where, EventFilter) and lasts(where):
            asked = replace(where, order="newest", limit=None, offset=0)
            return self._remembered(("count", asked), lambda: self._count_now(asked))
        if isinstance(where, ClaimFilter) and where.assigned is None:
            wanted = replace(where, order="place", limit=None, offset=0)
            return self._remembered_of_claims(wanted, lambda: self._count_now(wanted))
        return self._count_now(where)

    def _count_now(self, where: Filter) -> int:
        with self._reading() as connection:
            return int(connection.execute(self._counting(where)).scalar_one())

    def _counting(self, where: Filter) -> Select[Any]:
        number = select(func.count())
        match where:
            case DocumentFilter():
                return number.select_from(documents).where(*document_conditions(where, self._fulltext))
            case ClaimFilter():
                if (claims_of_actor := picked_claims(where)) is not None:
                    return number.select_from(claims_of_actor)
                return number.select_from(claims).where(*claim_conditions(where, self._fulltext))
            case EventFilter():
                if (of_actor := picked_events(where)) is not None:
                    return number.select_from(of_actor.order_by(None).subquery())
                if (placed := placed_events(where)) is not None:
                    return number.select_from(placed.subquery())
                return number.select_from(events).where(*event_conditions(where, self._fulltext))
            case ActorFilter():
                return number.select_from(actors).where(*actor_conditions(where))
            case ContradictionFilter():
                return number.select_from(contradictions).where(*contradiction_conditions(where))

    def overview(self) -> Overview:
        """What the store holds, in numbers."""
        with self._reading() as connection:
            states = _states(connection)
            facts = {row.name: row.value for row in connection.execute(select(state))}
            groups = connection.execute(select(func.count(copies.c.cluster.distinct()))).scalar_one()
            return Overview(
                documents=sum(states.values()),
                read=states.get("read", 0),
                pending=states.get("pending", 0),
                failed=states.get("failed", 0),
                unread=states.get("unread", 0),
                claims=_tally(connection, claims.c.kind, claims),
                events=_size(connection, events),
                actors=_size(connection, actors),
                contradictions=_size(connection, contradictions),
                problems=_size(connection, problems),
                copy_groups=groups,
                resolved=facts.get("resolution") != "stale",
                doubt=float(facts["doubt"]) if "doubt" in facts else None,
                rule=facts.get("rule", RULE),
            )

    def rule(self) -> str:
        """The rule by which the last resolution chose the values shown."""
        rows = self._rows(select(state.c.value).where(state.c.name == "rule"))
        return next((str(row.value) for row in rows), RULE)

    def problems(self) -> list[Problem]:
        """Files that could not be archived, by name."""
        rows = self._rows(select(problems).order_by(problems.c.file, problems.c.message))
        return [Problem(row.file, row.message, row.remedy, row.at) for row in rows]

    def runs(self, limit: int = 20) -> list[Run]:
        """The commands that changed the store, the latest first."""
        rows = self._rows(select(runs).order_by(runs.c.number.desc()).limit(max(0, limit)))
        return [Run(row.number, row.command, row.started_at, row.finished_at, row.counts) for row in rows]

    def find(self, key: str) -> Found:
        """The record of whatever kind whose id is `key` or begins with it."""
        with self._reading() as connection:
            return anything_by_id(connection, key)

    def check(self) -> list[str]:
        """What is wrong inside the store, one line each."""
        found: list[str] = []
        try:
            with self._writing() as connection:  # the full-text check of SQLite counts as writing
                found.extend(faults_of(connection, self._fulltext, log=self._logged))
        except StoreError:
            if not found:
                raise
        return found  # where the file is damaged, even ending the transaction can fail


def _states(connection: Connection) -> dict[str, int]:
    """How many documents are in which state: as `document_state` says of each, from indexes alone."""
    unread = documents.c.unread.is_not(None)
    kept = _size(connection, documents)
    never = connection.execute(select(func.count()).select_from(documents).where(unread)).scalar_one()
    of_these = readings.c.document.in_(select(documents.c.id).where(unread))
    read = _tally(connection, readings.c.state, readings)
    if never:
        rows = connection.execute(select(readings.c.state, func.count()).where(of_these).group_by(readings.c.state))
        for word, number in rows:
            read[word] -= number
    return {**read, "unread": never, "pending": kept - never - sum(read.values())}


def _tally(connection: Connection, key: Any, table: Table) -> dict[str, int]:
    rows = connection.execute(select(key, func.count()).select_from(table).group_by(key).order_by(key))
    return {row[0]: row[1] for row in rows}


def _size(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
