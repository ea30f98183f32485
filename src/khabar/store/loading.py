"""Writing many rows at once. Invariant: every row of a table that can be searched goes through `insert_rows`, so that
its words are indexed where the database does not do so by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, Connection, Table, func, insert, select
from sqlalchemy.exc import DBAPIError

from khabar.store.tsvector import index_words

__all__ = ["insert_rows"]

_FEW = 8  # rows for which COPY is not worth its preparation


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, all with the same columns."""
    if not rows:
        return
    if connection.dialect.name != "postgresql":
        connection.execute(insert(table), list(rows))
        return
    if len(rows) < _FEW:
        connection.execute(insert(table), list(rows))
    else:
        _copy(connection, table, rows)
    index_words(connection, table.name, rows)
    if "number" in rows[0] and table.c.number.autoincrement is not False:
        _count_on(connection, table)


def _count_on(connection: Connection, table: Table) -> None:
    """Rows that came with their numbers: the next one without goes on after them, as it does in a file."""
    sequence = func.pg_get_serial_sequence(f'"{table.name}"', "number")
    connection.execute(select(func.setval(sequence, select(func.max(table.c.number)).scalar_subquery())))


def _copy(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    from psycopg import Error, sql
    from psycopg.types.json import Json

    names = list(rows[0])
    dumps = getattr(connection.dialect, "_json_serializer")  # noqa: B009
    as_json = [isinstance(table.c[name].type, JSON) for name in names]
    asked = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    raw: Any = connection.connection.dbapi_connection
    try:
        with raw.cursor() as cursor, cursor.copy(asked) as copy:
            for row in rows:
                copy.write_row(
                    [Json(row[name], dumps) if json else row[name] for name, json in zip(names, as_json, strict=True)]
                )
    except Error as problem:
        raise DBAPIError("COPY", None, problem) from problem
