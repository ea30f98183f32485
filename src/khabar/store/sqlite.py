"""The store in one SQLite file. Invariant: a file that is not a Khabar store is never changed."""

from __future__ import annotations

import json
import os
import sqlite3
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, text

from khabar.errors import StoreError
from khabar.store.faults import named_faults
from khabar.store.fts import Fts5
from khabar.store.migrate import bring_up_to_date
from khabar.store.reference_tables import ReferenceTables
from khabar.store.sql import WRITES
from khabar.store.view import SqlView
from khabar.store.writer import SqlWriter

__all__ = ["APPLICATION_ID", "SqliteStore"]

APPLICATION_ID = int.from_bytes(b"KHBR", "big")  # in the file's header, so that `file` and we can tell whose it is
_MAGIC = b"SQLite format 3\0"
_WAIT_SECONDS = 10.0  # for another program that is writing


class SqliteStore(SqlView, SqlWriter, ReferenceTables):
    """A store in a file: write-ahead log, so that readers never wait; foreign keys on; one writer at a time."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        """Open the store at `path`, bringing it up to date; with `create`, make one where there is none."""
        address = str(path)
        _look_at(path, create=create)
        super().__init__(_engine(path), Fts5(), address)
        try:
            with named_faults(address):
                self._prepare()
        except BaseException:
            self.close()
            raise

    def _prepare(self) -> None:
        with self._engine.connect() as connection:
            connection.execution_options(**{WRITES: True})
            with connection.begin():
                self._claim_file(connection)
                bring_up_to_date(connection, self._address)
        # Only now that the file is known to be ours; the mode is kept in the file.
        with self._engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            if raw is not None:
                raw.execute("PRAGMA journal_mode = WAL")

    def _claim_file(self, connection: Connection) -> None:
        owner = connection.execute(text("PRAGMA application_id")).scalar()
        if owner == APPLICATION_ID:
            return
        tables = connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar()
        if owner or tables:
            raise StoreError(
                f"{self._address} is a database of another program.",
                "Give the path of a Khabar store, or of a file that does not exist yet.",
            )
        connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))

    def close(self) -> None:
        """Give back all connections; the store is not used after this."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _look_at(path: Path, *, create: bool) -> None:
    """Refuse what can be told without opening it as a database; SQLite's own words for these are no help."""
    if path.is_dir():
        raise StoreError(f"{path} is a folder.", "Give the path of a file, for example --store khabar.db.")
    if not path.exists():
        if not create:
            raise StoreError(f"There is no store {path}.", "Make one with `khabar add FILES`, or name it with --store.")
        if not path.absolute().parent.is_dir():
            raise StoreError(f"The folder of {path} does not exist.", "Make the folder, or use another --store.")
        return
    if not path.is_file():
        raise StoreError(f"{path} is not a file.", "Give the path of a file, for example --store khabar.db.")
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except OSError as problem:
        reason = problem.strerror or "it cannot be read"
        raise StoreError(f"{path} cannot be read: {reason}.", "Change its rights, or use another --store.") from problem
    if start and start != _MAGIC:
        raise StoreError(
            f"{path} is not a Khabar store.", "Give the path of a store, or of a file that does not exist yet."
        )
    if not os.access(path, os.W_OK):
        raise StoreError(f"{path} cannot be written.", "Change the rights of the file, or use another --store.")


def _engine(path: Path) -> Engine:
    uri = f"{path.absolute().as_uri()}?mode=rwc"

    def connect() -> sqlite3.Connection:
        # Transactions are begun by `_begin`; threads may share the pool because a connection serves one at a time.
        return sqlite3.connect(uri, uri=True, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)

    engine = create_engine(
        "sqlite://",
        creator=connect,
        poolclass=QueuePool,
        max_overflow=-1,
        json_serializer=partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _begin)
    return engine


def _on_connect(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    # With a write-ahead log this is safe against a killed program; a power cut may cost the last seconds, not the file.
    connection.execute("PRAGMA synchronous = NORMAL")


def _begin(connection: Connection) -> None:
    # A writing transaction takes its lock at once: to take it after reading could fail with what was read outdated.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN")
