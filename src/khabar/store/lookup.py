"""Finding one record by what a person types. Invariant: one record comes back, or a NotFoundError says why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, select

from khabar.errors import NotFoundError
from khabar.records import Actor, Claim, Contradiction, Document, Event
from khabar.store.questions import Found
from khabar.store.rows import (
    actor_from_row,
    claim_from_row,
    contradiction_from_row,
    document_from_row,
    event_from_row,
)
from khabar.store.schema import actor_names, actors, claims, contradictions, documents, events
from khabar.text import fold

__all__ = ["actor_by_key", "anything_by_id", "number_held", "row_by_id"]

_SHORTEST = 6  # characters of an id that may stand for the whole
_SHOWN = 5  # candidates named in a message
_LAST = "\U0010ffff"  # sorts after every character
_LARGEST = 2**31 - 1  # number that a row can have; databases refuse to look for one that is much larger


def number_held(number: int | None) -> int:
    """The number of a row as it may be asked for: 0, which no row has, instead of what no row can have."""
    return number if number is not None and 0 < number <= _LARGEST else 0


@dataclass(frozen=True, slots=True)
class _Kind:
    table: Table
    record: Callable[[Row[Any]], Document | Claim | Event | Actor | Contradiction]


_KINDS = {
    "document": _Kind(documents, document_from_row),
    "claim": _Kind(claims, claim_from_row),
    "event": _Kind(events, event_from_row),
    "actor": _Kind(actors, actor_from_row),
    "contradiction": _Kind(contradictions, contradiction_from_row),
}


def row_by_id(connection: Connection, kind: str, key: str) -> Row[Any]:
    """The row of the one record of `kind` whose id is `key`, or begins with it."""
    key = _storable(key)
    table = _KINDS[kind].table
    row = connection.execute(select(table).where(table.c.id == key)).first()
    if row is not None:
        return row
    if len(key) < _SHORTEST:
        raise NotFoundError(f"There is no {kind} {key!r}.", f"Give at least {_SHORTEST} characters of its id.")
    rows = connection.execute(_beginning(table, key)).all()
    if len(rows) == 1:
        return connection.execute(select(table).where(table.c.id == rows[0].id)).one()
    raise _not_one(kind, key, [row.id for row in rows])


def anything_by_id(connection: Connection, key: str) -> Found:
    """The one record of any kind whose id is `key`; else the one whose id begins with it."""
    key = _storable(key)
    for kind, entry in _KINDS.items():
        row = connection.execute(select(entry.table).where(entry.table.c.id == key)).first()
        if row is not None:
            return Found(kind, entry.record(row))
    if len(key) < _SHORTEST:
        raise NotFoundError(f"There is no record {key!r}.", f"Give at least {_SHORTEST} characters of its id.")
    found = [
        (kind, row.id) for kind, entry in _KINDS.items() for row in connection.execute(_beginning(entry.table, key))
    ]
    if len(found) == 1:
        kind, number = found[0]
        return Found(kind, _KINDS[kind].record(row_by_id(connection, kind, number)))
    raise _not_one("record", key, [f"{kind} {number}" for kind, number in found])


def actor_by_key(connection: Connection, key: str) -> Row[Any]:
    """The row of the one actor with this id, else this name, else a name or an id beginning so."""
    key = _storable(key)
    row = connection.execute(select(actors).where(actors.c.id == key)).first()
    if row is not None:
        return row
    words = fold(key)
    name = actor_names.c.folded
    for condition in (name == words, (name >= words) & (name < words + _LAST)) if words else ():
        named = select(actors).where(actors.c.id.in_(select(actor_names.c.actor).where(condition)))
        rows = connection.execute(named.order_by(actors.c.name).limit(_SHOWN + 1)).all()
        if len(rows) == 1:
            return rows[0]
        if rows:
            raise _not_one("actor", key, [f"{row.name} ({row.id})" for row in rows])
    return row_by_id(connection, "actor", key)


def _beginning(table: Table, key: str) -> Select[tuple[str]]:
    return select(table.c.id).where(table.c.id >= key, table.c.id < key + _LAST).order_by(table.c.id).limit(_SHOWN + 1)


def _storable(key: str) -> str:
    """A key as the database can compare it: the command line may hand over bytes that are no characters."""
    return key.encode("utf-8", "replace").decode()


def _not_one(kind: str, key: str, candidates: list[str]) -> NotFoundError:
    if not candidates:
        return NotFoundError(f"There is no {kind} {key!r}.", "List what there is, or check the id.")
    named = ", ".join(candidates[:_SHOWN]) + (", …" if len(candidates) > _SHOWN else "")
    return NotFoundError(f"{key!r} could be any of: {named}.", "Give more characters.")
