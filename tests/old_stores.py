"""Stores as earlier releases made them, in a file and in PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Table, text

from khabar.store.loading import insert_rows
from khabar.store.migrate import bring_up_to_date
from khabar.store.sqlite import APPLICATION_ID

__all__ = ["engine_at", "fill", "old_store", "older"]

_NOT_COPIED = ("alembic_version", "state")
_FOLLOWS = re.compile("fts|_words$")  # tables that the database itself fills, with the words of others


def engine_at(address: str) -> Engine:
    """The engine to a store, as the store itself has it."""
    if "://" in address:
        from khabar.store.psycopg_link import engine_to

        return engine_to(address)
    from khabar.store.sqlite import _engine as file_engine

    return file_engine(Path(address))


@contextmanager
def old_store(address: str, release: str) -> Iterator[Connection]:
    """A connection to a new store with the schema of a release, in the transaction that makes it."""
    engine = engine_at(address)
    with engine.connect() as connection:
        connection.execution_options(khabar_writes=True)
        with connection.begin():
            if "://" in address:
                bring_up_to_date(connection, address, release)
                connection.execute(text("COMMENT ON TABLE alembic_version IS 'The schema version of a Khabar store.'"))
            else:
                connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
                bring_up_to_date(connection, address, release)
            yield connection
    engine.dispose()


def fill(connection: Connection, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows to a table, as far as it has their columns."""
    table = Table(name, MetaData(), autoload_with=connection)
    known = {column.name for column in table.columns if column.computed is None}
    insert_rows(connection, table, [{key: value for key, value in row.items() if key in known} for row in rows])


def older(built: str, target: str, release: str = "0001") -> None:
    """A new store with the schema of an earlier release that holds what `built` holds and that release knew."""
    newer = engine_at(built)
    with newer.connect() as source, old_store(target, release) as connection:
        there, old = MetaData(), MetaData()
        there.reflect(source)
        old.reflect(connection)
        for table in old.sorted_tables:
            if table.name in there.tables and table.name not in _NOT_COPIED and not _FOLLOWS.search(table.name):
                fill(connection, table.name, source.execute(there.tables[table.name].select()).mappings())
    newer.dispose()
