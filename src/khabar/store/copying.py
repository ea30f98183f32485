"""Copying a base from one store to another, of whatever kind. Invariant: the other holds the same rows afterwards,
table by table, compared by their number and a hash of what they hold, or it is as empty as it was before.

All is read at one moment and written in one transaction, so a copy that is interrupted leaves an empty store. Rows come
as a stream; nothing is held but a few hundred of them. The hash of a table is the sum of the hashes of its rows, so
that it does not depend on an order, in which databases differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, delete, select

from khabar.errors import StoreError
from khabar.store.chain import canonical
from khabar.store.loading import insert_rows
from khabar.store.schema import metadata, state
from khabar.store.schema_access import metadata as of_access
from khabar.store.schema_accounts import metadata as of_accounts
from khabar.store.schema_reference import metadata as of_reference
from khabar.store.sql import SqlSource

__all__ = ["Held", "copy_rows", "every_table", "held_in"]

_TOGETHER = 400  # rows at a time
_LARGE = ("documents",)  # whose rows may be fifty megabytes each
_MODULUS = 1 << 256

Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class Held:
    """What a table holds: how many rows, and the sum of their hashes."""

    rows: int = 0
    sum: int = 0

    def add(self, row: Mapping[str, Any], names: Sequence[str]) -> None:
        """One more row."""
        said = canonical([row[name] for name in names])
        self.sum = (self.sum + int.from_bytes(sha256(said.encode()).digest(), "big")) % _MODULUS
        self.rows += 1

    @property
    def hash(self) -> str:
        """The sum, hexadecimal."""
        return f"{self.sum:064x}"


def every_table() -> list[Table]:
    """Every table of a base, in an order in which each refers only to earlier ones."""
    return [table for one in (metadata, of_reference, of_access, of_accounts) for table in one.sorted_tables]


def copy_rows(source: SqlSource, target: SqlSource, progress: Progress) -> dict[str, Held]:
    """Copy all rows of a base into an empty store; gives what each table holds. StoreError, and nothing is written,
    where the store is not empty, or what was written is not what was read.
    """
    tables = every_table()
    copied: dict[str, Held] = {}
    with source.moment() as src, target.change() as dst:
        full = next((t.name for t in tables if t is not state and _holds(dst, t)), None)
        if full is not None:
            raise StoreError(
                f"{target.address} is not empty: it has {full}.", "Copy to a store that does not exist yet."
            )
        dst.execute(delete(state))
        for done, table in enumerate(tables):
            progress(done, 2 * len(tables), f"copying {table.name}")
            copied[table.name] = _copied(src, dst, table)
        for done, table in enumerate(tables, len(tables)):
            progress(done, 2 * len(tables), f"comparing {table.name}")
            there = held_in(dst, table)
            if there != copied[table.name]:
                raise StoreError(
                    f"{table.name} came to {target.address} otherwise than it was: {there.rows} rows of "
                    f"{copied[table.name].rows}, or other values.",
                    "Nothing was kept. Check the source with `khabar check`, and try again.",
                )
        progress(1, 1, "copied")
    return copied


def held_in(connection: Connection, table: Table) -> Held:
    """What a table holds."""
    found = Held()
    names = [column.name for column in table.c]
    for part in _parts(connection, table):
        for row in part:
            found.add(row, names)
    return found


def _holds(connection: Connection, table: Table) -> bool:
    return connection.execute(select(table).limit(1)).first() is not None


def _copied(src: Connection, dst: Connection, table: Table) -> Held:
    found = Held()
    names = [column.name for column in table.c]
    for part in _parts(src, table):
        for row in part:
            found.add(row, names)
        insert_rows(dst, table, part)
    return found


def _parts(connection: Connection, table: Table) -> Iterable[list[dict[str, Any]]]:
    """The rows of a table, some at a time, in the order of its key: what refers to an earlier row comes after it."""
    size = 1 if table.name in _LARGE else _TOGETHER
    asked = select(table).order_by(*table.primary_key.columns)
    with connection.execute(asked, execution_options={"yield_per": size}) as rows:
        for part in rows.partitions(size):
            yield [row._asdict() for row in part]
