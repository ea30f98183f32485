"""A PostgreSQL server for tests: started when first asked for, with a fresh database a test.

It comes from a wheel and is not set up for safety: what a test wrote may be gone after a power cut.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

__all__ = ["MISSING", "STORES", "Server", "server"]

MISSING = next(
    (
        f"{name} is not installed (pip install {name})"
        for name in ("psycopg", "pgserver")
        if not importlib.util.find_spec(name)
    ),
    None,
)
"""Why there can be no server here; None where there can."""

STORES = ("sqlite", "postgresql")
"""Every kind of store that the contract is run over."""

_TEMPLATE = "khabar_template"
_EMPTY = """
DO $$ DECLARE t text; s text; filled boolean; BEGIN
    SET LOCAL session_replication_role = replica;  -- no reference is looked at
    FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', t) INTO filled;
        IF filled THEN EXECUTE format('DELETE FROM %I', t); END IF;
    END LOOP;
    FOR s IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
        PERFORM setval(format('%I', s)::regclass, 1, false);
    END LOOP;
END $$
"""


class Server:
    """A running server; addresses are postgresql:// addresses without a password."""

    def __init__(self, running: Any) -> None:
        self._running = running
        self._numbers = itertools.count()
        self._made = False
        self._there: set[str] = set()
        self._emptied: list[str] = []
        self._first: dict[str, str] = {}  # the rows of a new store
        self.execute("ALTER SYSTEM SET fsync = off")
        self.execute("ALTER SYSTEM SET synchronous_commit = off")
        self.execute("ALTER SYSTEM SET full_page_writes = off")
        self.execute("SELECT pg_reload_conf()")

    def address(self, database: str = "postgres") -> str:
        """The address of a database, whether it is there or not."""
        return str(self._running.get_uri(database)).replace("postgres:@", "postgres@")

    def execute(self, command: str, database: str = "postgres") -> list[Any]:
        """Run a command as the superuser, outside of any transaction."""
        import psycopg

        with psycopg.connect(self.address(database), autocommit=True) as connection:
            done = connection.execute(command)
            return done.fetchall() if done.description else []

    @staticmethod
    def name_of(address: str) -> str:
        """The name of the database at an address."""
        return address.partition("?")[0].rpartition("/")[2]

    def disconnect(self, database: str) -> None:
        """End all connections to a database, as where the server is stopped, and wait until they are gone."""
        self.execute(f"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{database}'")  # noqa: S608

    @contextmanager
    def database(self, *, empty: bool = False) -> Iterator[str]:
        """The address of a database with the tables of a store and nothing in them, or without any table.

        A database with tables is emptied and used again, which is far quicker than to make one: a test that changes
        tables or types asks for an empty one.
        """
        name = self._emptied.pop() if self._emptied and not empty else f"khabar_{next(self._numbers)}"
        if name not in self._there:
            self.execute(f"CREATE DATABASE {name} TEMPLATE {'template0' if empty else self._template()}")
            self._there.add(name)
        try:
            yield self.address(name)
        finally:
            self.disconnect(name)
            if not empty:
                self.execute(_EMPTY, name)
                for table, rows in self._first.items():
                    whole = f"json_populate_recordset(NULL::{table}, $rows${rows}$rows$)"
                    self.execute(f"INSERT INTO {table} SELECT * FROM {whole}", name)  # noqa: S608
                self._emptied.append(name)

    def _template(self) -> str:
        from khabar.store import open_store

        if not self._made:
            self.execute(f"CREATE DATABASE {_TEMPLATE}")
            open_store(self.address(_TEMPLATE)).close()
            tables = self.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", _TEMPLATE)
            for (table,) in tables:
                rows = self.execute(f"SELECT json_agg(t)::text FROM {table} t", _TEMPLATE)[0][0]  # noqa: S608
                if rows and table != "alembic_version":
                    self._first[table] = rows
            self._made = True
        return _TEMPLATE


@contextmanager
def server() -> Iterator[Server]:
    """A server with nothing in it; stopped and removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="khabar-pg-"))  # a short path: sockets have no long ones
    before = os.environ.get("XDG_RUNTIME_DIR")
    runtime = folder / "run"  # looked at once a session, by pgserver and platformdirs
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    try:
        import pgserver

        running = pgserver.get_server(folder / "data", cleanup_mode="stop")
        try:
            yield Server(running)
        finally:
            running.cleanup()
    finally:
        if before is None:
            del os.environ["XDG_RUNTIME_DIR"]
        else:
            os.environ["XDG_RUNTIME_DIR"] = before
        shutil.rmtree(folder, ignore_errors=True)
