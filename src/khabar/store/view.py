"""Reading a store in SQL. Invariant: an answer is of one moment, also where it takes several SQL questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, func, or_, select

from khabar.errors import StoreError
from khabar.records import Contradiction, Decision, Event, Judgement
from khabar.settings import RULE
from khabar.store.assembling import made_from
from khabar.store.base import MadeFrom
from khabar.store.conditions import (
    actor_conditions,
    claim_conditions,
    contradiction_conditions,
    document_conditions,
    document_state,
    event_conditions,
)
from khabar.store.integrity import faults_of
from khabar.store.lookup import anything_by_id, row_by_id
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
    contradictions,
    copies,
    decisions,
    documents,
    events,
    judgements,
    problems,
    runs,
    state,
)
from khabar.store.sql import Filter
from khabar.store.view_actors import ActorsView
from khabar.store.view_places import PlacesView
from khabar.store.view_tallies import TalliesView

__all__ = ["SqlView"]

_MANY = 1000  # ids in one question; beyond, all rows are read and sifted here
_ALL_EVENTS = EventFilter()
_ALL_ACTORS = ActorFilter()
_ALL_CONTRADICTIONS = ContradictionFilter()


class SqlView(ActorsView, TalliesView, SqlReviewView, PlacesView):
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
        day = func.coalesce(e.earliest, e.latest)
        order = {
            "oldest": (day.is_(None), e.earliest.is_(None), day, e.latest),
            "newest": (e.earliest.desc().nulls_last(), e.latest.desc().nulls_last()),  # as an index has them
            "killed": (e.killed.desc().nulls_last(), day),
        }[where.order]
        kept = event_conditions(where, self._fulltext)
        if where.limit is not None:  # a page is picked from an index, and only then are its records read
            page = select(e.number).where(*kept).order_by(*order, e.id)
            kept = [e.number.in_(page.limit(max(0, where.limit)).offset(max(0, where.offset)))]
            where = _ALL_EVENTS
        question = select(e.id, e.data).where(*kept).order_by(*order, e.id)
        for row in self._rows(question, where):
            yield event_from_row(row)

    def contradictions(self, where: ContradictionFilter = _ALL_CONTRADICTIONS) -> Iterator[Contradiction]:
        """Contradictions, by kind, then title; or by the dead of their incidents."""
        c, e = contradictions.c, events.c
        question = select(contradictions).where(*contradiction_conditions(where))
        if where.order == "killed":
            question = question.outerjoin(events, e.id == c.subject).order_by(func.coalesce(e.killed, -1).desc())
        question = question.order_by(c.kind, c.title, c.id)
        for row in self._rows(question, where):
            yield contradiction_from_row(row)

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
        with self._reading() as connection:
            return int(connection.execute(self._counting(where)).scalar_one())

    def _counting(self, where: Filter) -> Select[Any]:
        number = select(func.count())
        match where:
            case DocumentFilter():
                return number.select_from(documents).where(*document_conditions(where, self._fulltext))
            case ClaimFilter():
                return number.select_from(claims).where(*claim_conditions(where, self._fulltext))
            case EventFilter():
                return number.select_from(events).where(*event_conditions(where, self._fulltext))
            case ActorFilter():
                return number.select_from(actors).where(*actor_conditions(where))
            case ContradictionFilter():
                return number.select_from(contradictions).where(*contradiction_conditions(where))

    def overview(self) -> Overview:
        """What the store holds, in numbers."""
        with self._reading() as connection:
            states = _tally(connection, document_state(), documents)
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
                found.extend(faults_of(connection, self._fulltext))
        except StoreError:
            if not found:
                raise
        return found  # where the file is damaged, even ending the transaction can fail


def _tally(connection: Connection, key: Any, table: Table) -> dict[str, int]:
    rows = connection.execute(select(key, func.count()).select_from(table).group_by(key).order_by(key))
    return {row[0]: row[1] for row in rows}


def _size(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
