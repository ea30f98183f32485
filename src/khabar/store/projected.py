"""Where a projection stands towards the base that it is a part of: which of its states it shows, and which line of a
journal is which. Invariant: nothing of this is seen through a `View`.
"""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import Column, Integer, MetaData, String, Table, func, select

from khabar.store.chain import canonical
from khabar.store.migrate import HEAD
from khabar.store.schema import documents, origins, state
from khabar.store.schema_access import audit, restrictions
from khabar.store.sql import SqlSource
from khabar.store.state_rows import set_state

__all__ = [
    "epoch_of",
    "hides",
    "mark_kept",
    "mark_of",
    "number_here",
    "number_there",
    "numbers",
    "set_mark",
    "set_state",
]

numbers = Table(
    "projected_numbers",
    MetaData(),
    Column("journal", String, primary_key=True, comment="decision, review or assignment."),
    Column("here", Integer, primary_key=True, autoincrement=False, comment="Its number in this base."),
    Column("there", Integer, nullable=False, comment="Its number in the whole base."),
    comment="Which line of a journal is which in the base that this one is a part of.",
)

_MARK = "projected"  # the row of `state` that says which state of the whole base this one shows
_PASSING = ("audit", "changes")  # rows of `state` that change with every line of the log, and while a run reads
_ACTS = (
    *("decide", "undo", "review", "undo review", "assign", "finish", "reopen", "import", "forget import"),
    *("restrict", "open", "add restricted", "begin run", "end run"),
)


def mark_of(source: SqlSource) -> str:
    """A fingerprint of all that a projection is made from, by questions that an index answers.

    What a run has read is in it when the run puts incidents together.
    """
    with source.moment() as connection:
        a = audit.c
        last = [connection.execute(select(func.max(a.number)).where(a.act == act)).scalar() for act in _ACTS]
        rows = [connection.execute(select(func.max(t.c.number))).scalar() for t in (documents, origins)]
        facts = connection.execute(select(state.c.name, state.c.value).where(state.c.name.not_in(_PASSING))).all()
    return sha256(canonical([HEAD, last, rows, sorted(map(list, facts))]).encode()).hexdigest()


def epoch_of(source: SqlSource) -> int:
    """The number of the last line of the log by which documents were hidden or opened that were there before."""
    with source.moment() as connection:
        found = select(func.max(audit.c.number)).where(audit.c.act.in_(("restrict", "open")))
        return int(connection.execute(found).scalar() or 0)


def hides(source: SqlSource, groups: frozenset[str]) -> bool:
    """Whether there is a document that none of these groups may see."""
    r = restrictions.c
    seen = select(r.document).where(r.group.in_(groups))
    with source.moment() as connection:
        return connection.execute(select(r.document).where(r.document.not_in(seen)).limit(1)).first() is not None


def mark_kept(target: SqlSource) -> str | None:
    """The fingerprint of what a projection shows; None where it was never finished."""
    with target.moment() as connection:
        value: str | None = connection.execute(select(state.c.value).where(state.c.name == _MARK)).scalar()
    return value


def set_mark(target: SqlSource, mark: str) -> None:
    """Say that a projection shows this state of the whole base."""
    with target.change() as connection:
        set_state(connection, _MARK, mark)


def number_there(target: SqlSource, journal: str, here: int) -> int | None:
    """The number in the whole base of a decision, review or assignment."""
    with target.moment() as connection:
        n = numbers.c
        asked = select(n.there).where(n.journal == journal, n.here == here)
        found: int | None = connection.execute(asked).scalar()
    return found


def number_here(target: SqlSource, journal: str, there: int) -> int | None:
    """The number here of a decision, review or assignment of the whole base; None where it cannot be seen."""
    with target.moment() as connection:
        n = numbers.c
        asked = select(n.here).where(n.journal == journal, n.there == there)
        found: int | None = connection.execute(asked).scalar()
    return found
