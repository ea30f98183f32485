"""The store in one SQLite file. Invariant: a file that is not a Khabar store is never changed."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, text

from khabar.errors import NoStoreError, StoreError
from khabar.store.addresses import beside
from khabar.store.faults import named_faults
from khabar.store.fts import Fts5
from khabar.store.migrate import bring_up_to_date
from khabar.store.reference_tables import ReferenceTables
from khabar.store.sealed import dumps, loads
from khabar.store.sql import LASTING, WRITES
from khabar.store.turns import Waits, silent, turn_of_file
from khabar.store.view import SqlView
from khabar.store.writer import SqlWriter

__all__ = ["APPLICATION_ID", "SqliteStore"]

APPLICATION_ID = int.from_bytes(b"KHBR", "big")  # in the file's header, so that `file` and we can tell whose it is
_LEAST = 512  # bytes: no page is smaller
_WAIT_SECONDS = 10.0  # for another program that is writing
_CACHE_KIB = 32_768  # of pages a connection keeps; by itself SQLite keeps 2,000, less than one answer may ask for


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

    @contextmanager
    def turn(self, name: str, waits: Waits = silent) -> Iterator[None]:
        """Wait until nobody else has the turn of this name, and have it."""
        with named_faults(self._address), turn_of_file(_turns(Path(self._address)) / f"{name}.turn", waits):
            yield


def _turns(path: Path) -> Path:
    """The folder where turns are taken: beside the base, else one of the machine for it."""
    folder = beside(str(path), "memory")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        name = hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"khabar-{name}"
        folder.mkdir(exist_ok=True)
    return folder


def _look_at(path: Path, *, create: bool) -> None:
    """Refuse what can be told without opening it as a database; SQLite's own words for these are no help."""
    if path.is_dir():
        raise StoreError(f"{path} is a folder.", "Give the path of a file, for example --store khabar.db.")
    if not path.exists():
        if not create:
            raise NoStoreError(
                f"There is no store {path}.", "Make one with `khabar add FILES`, or name it with --store."
            )
        if not path.absolute().parent.is_dir():
            raise StoreError(f"The folder of {path} does not exist.", "Make the folder, or use another --store.")
        return
    if not path.is_file():
        raise StoreError(f"{path} is not a file.", "Give the path of a file, for example --store khabar.db.")
    if not os.access(path, os.R_OK):
        raise StoreError(f"{path} cannot be read: permission denied.", "Change its rights, or use another --store.")
    if _is_foreign(path):
        raise StoreError(
            f"{path} is not a Khabar store.", "Give the path of a store, or of a file that does not exist yet."
        )
    if not os.access(path, os.W_OK):
        raise StoreError(f"{path} cannot be written.", "Change the rights of the file, or use another --store.")


def _is_foreign(path: Path) -> bool:
    """Whether the file is none of SQLite's.

    SQLite itself looks. To open the file here and close it would drop, by the rules of POSIX, the locks of every store
    that this program has open on it, and the next program that writes could then damage the file.
    """
    if 0 < path.stat().st_size < _LEAST:
        return True  # SQLite takes what is too short for a header as empty, and would write over it
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT_SECONDS)
        ) as looked_at:
            looked_at.execute("PRAGMA schema_version").fetchone()
    except sqlite3.DatabaseError as problem:
        # of anything else that is wrong the store tells in its own words when it is opened
        return problem.sqlite_errorcode == sqlite3.SQLITE_NOTADB
    return False


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
        json_serializer=dumps,
        json_deserializer=loads,
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _begin)
    return engine


def _on_connect(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    # With a write-ahead log this is safe against a killed program; a power cut may cost the last
    # seconds, not the file; what people decide waits for the disk (`_begin`).
    connection.execute("PRAGMA synchronous = NORMAL")


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get(WRITES):
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if options.get(LASTING) else 'NORMAL'}")
    # It takes its lock at once: to take it after reading could fail with what was read outdated.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
