"""The store in a PostgreSQL database. Invariant: a schema that holds tables of another program is never changed.

The same tables as in a file, made by the same migrations; texts are compared by their characters (collation C), so that
everything comes in the same order. One transaction writes at a time, as in a file, so that writers never meet in a
deadlock; readers never wait, and see one moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import Connection, text
from sqlalchemy.schema import CreateSchema

from khabar.errors import NoStoreError, StoreError
from khabar.store.addresses import without_password
from khabar.store.faults import named_faults
from khabar.store.integrity import faults_of
from khabar.store.migrate import HEAD, bring_up_to_date, version_of
from khabar.store.psycopg_link import engine_to
from khabar.store.reference_tables import ReferenceTables
from khabar.store.sql import WRITES
from khabar.store.tsvector import TsVector
from khabar.store.turns import Waits, server_turn, silent
from khabar.store.view import SqlView
from khabar.store.writer import SqlWriter

__all__ = ["PostgresStore"]

_MARK = "The schema version of a Khabar store."  # comment of the table alembic_version: whose tables these are


class PostgresStore(SqlView, SqlWriter, ReferenceTables):
    """A store in the first schema of the search path of a PostgreSQL database."""

    def __init__(self, address: str, *, create: bool = True, schema: str | None = None) -> None:
        """Open the store at `address`, bringing it up to date; with `create`, make its tables where there are none.

        `schema` is the one its tables are in, made where it is not there; None stands for the account's own.
        """
        shown = without_password(address)
        try:
            engine = engine_to(address, schema)
        except psycopg.ProgrammingError:
            raise StoreError(
                f"{shown} is no address of a database.", "Write it as postgresql://user@host:5432/database."
            ) from None
        super().__init__(engine, TsVector(), shown)
        try:
            with named_faults(shown):
                self._prepare(schema, create=create)
        except BaseException:
            self.close()
            raise

    def _prepare(self, schema: str | None, *, create: bool) -> None:
        with self._engine.connect() as connection:
            if self._is_current(connection):
                return
        with self._engine.connect() as connection:
            connection.execution_options(**{WRITES: True})
            with connection.begin():
                if schema is not None and create:
                    connection.execute(CreateSchema(schema, if_not_exists=True))
                self._claim_schema(connection, create=create)
                bring_up_to_date(connection, self._address)
                connection.execute(text(f"COMMENT ON TABLE alembic_version IS '{_MARK}'"))
                _compare_by_characters(connection)

    def _is_current(self, connection: Connection) -> bool:
        """Whether nothing needs to be done: a look that takes no lock."""
        return _is_ours(connection) and version_of(connection) == HEAD

    def _claim_schema(self, connection: Connection, *, create: bool) -> None:
        schema = connection.execute(text("SELECT current_schema()")).scalar()
        if schema is None:
            raise StoreError(
                f"{self._address} has no schema to keep tables in.", "Ask its owner for CREATE on the schema public."
            )
        if _is_ours(connection):
            return
        if connection.execute(_OTHERS).first() is not None:
            raise StoreError(
                f"The schema {schema} of {self._address} holds tables of another program.",
                "Make a database for Khabar alone: createdb khabar.",
            )
        if not create:
            raise NoStoreError(
                f"There is no store in {self._address}.", "Make one with `khabar add FILES`, or name it with --store."
            )

    def check(self) -> list[str]:
        """What is wrong inside the store, one line each."""
        with self._reading() as connection:
            return list(faults_of(connection, self._fulltext))

    @contextmanager
    def turn(self, name: str, waits: Waits = silent) -> Iterator[None]:
        """Wait until nobody else has the turn of this name, and have it."""
        engine = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        with named_faults(self._address), engine.connect() as connection, server_turn(connection, name, waits):
            yield


_OTHERS = text(
    "SELECT 1 FROM pg_class WHERE relnamespace = quote_ident(current_schema())::regnamespace "
    "AND relkind IN ('r', 'p', 'v', 'm') LIMIT 1"
)
_COLUMNS = text(
    "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) "
    "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
    "WHERE c.relnamespace = quote_ident(current_schema())::regnamespace AND c.relkind = 'r' "
    "AND a.attnum > 0 AND NOT a.attisdropped "
    "AND a.attcollation NOT IN (0, (SELECT oid FROM pg_collation WHERE collname = 'C')) ORDER BY 1, a.attnum"
)


def _is_ours(connection: Connection) -> bool:
    said = text("SELECT obj_description(to_regclass('alembic_version'), 'pg_class')")
    return connection.execute(said).scalar() == _MARK


def _compare_by_characters(connection: Connection) -> None:
    """Give every text of the schema the collation C, whatever that of the database is."""
    changes: dict[str, list[str]] = {}
    for table, column, kind in connection.execute(_COLUMNS):
        changes.setdefault(table, []).append(f'ALTER COLUMN "{column}" TYPE {kind} COLLATE "C"')
    for table, listed in changes.items():
        connection.execute(text(f'ALTER TABLE "{table}" {", ".join(listed)}'))
