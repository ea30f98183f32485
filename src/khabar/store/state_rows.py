"""Facts about a base as a whole, as rows of `state`. Invariant: `changes` grows with every change of claims or
decisions, so that no resolution passes for one of what it did not see.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Connection, String, Table, cast, insert, select, update

from khabar.store.base import Assembled
from khabar.store.rows import moment_after
from khabar.store.schema import state

__all__ = ["changes_of", "mark_changed", "mark_resolved", "mark_stale", "next_in", "set_state"]

_CHANGES = "changes"


def set_state(connection: Connection, name: str, value: str) -> None:
    """Replace a fact."""
    changed = connection.execute(update(state).where(state.c.name == name).values(value=value))
    if changed.rowcount == 0:
        connection.execute(insert(state), {"name": name, "value": value})


def mark_stale(connection: Connection) -> None:
    """Incidents are to be made anew."""
    set_state(connection, "resolution", "stale")


def mark_changed(connection: Connection) -> None:
    """Claims or decisions changed, so incidents are to be made anew, also where that is going on just now."""
    mark_stale(connection)
    one_more = cast(cast(state.c.value, BigInteger) + 1, String)
    changed = connection.execute(update(state).where(state.c.name == _CHANGES).values(value=one_more))
    if changed.rowcount == 0:
        connection.execute(insert(state), {"name": _CHANGES, "value": "1"})


def changes_of(connection: Connection) -> int:
    """How many changes of claims and decisions there were."""
    return int(connection.execute(select(state.c.value).where(state.c.name == _CHANGES)).scalar() or 0)


def next_in(connection: Connection, journal: Table) -> dict[str, Any]:
    """`number` and `at` of the next line of a journal. Numbers have no gaps, also where somebody was cut off while
    writing: whoever reads a journal would ask what is missing.
    """
    last = connection.execute(select(journal.c.number, journal.c.at).order_by(journal.c.number.desc()).limit(1)).first()
    if last is None:
        return {"number": 1, "at": moment_after(None)}
    return {"number": last.number + 1, "at": moment_after(last.at)}


def mark_resolved(connection: Connection, assembled: Assembled) -> None:
    """Incidents are those of `assembled`: up to date, unless something changed that it did not see."""
    seen = assembled.changes
    current = seen is None or seen == changes_of(connection)
    set_state(connection, "resolution", "current" if current else "stale")
    set_state(connection, "doubt", str(assembled.doubt))
    set_state(connection, "rule", assembled.rule)
    set_state(connection, "resolved_at", moment_after(None))
