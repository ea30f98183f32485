"""One after the other, in whatever program: who puts a base together, who runs. Invariant: a turn ends with the program
that has it, however that ends.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, text

__all__ = ["Waits", "server_turn", "silent", "turn_of_file"]

Waits = Callable[[], None]

_LOOK_SECONDS = 0.05  # between two looks whether it is one's turn
_HELD = ("SQLITE_BUSY", "SQLITE_LOCKED")


def silent() -> None:
    """Say nothing about waiting."""


@contextmanager
def turn_of_file(path: Path, waits: Waits) -> Iterator[None]:
    """The turn that the file at `path` stands for, by the lock of an empty database, which every system has."""
    with closing(sqlite3.connect(path, timeout=0.0, isolation_level=None)) as lock:

        def taken() -> bool:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as problem:
                if problem.sqlite_errorname in _HELD:
                    return False
                raise
            return True

        _wait(taken, waits)
        yield


@contextmanager
def server_turn(connection: Connection, name: str, waits: Waits) -> Iterator[None]:
    """The turn of a name in the schema of a connection, which it has for itself."""
    asked = text("SELECT pg_try_advisory_lock(hashtext(:name), hashtext(current_schema()))")
    given = text("SELECT pg_advisory_unlock(hashtext(:name), hashtext(current_schema()))")
    about = {"name": f"khabar {name}"}
    _wait(lambda: bool(connection.execute(asked, about).scalar()), waits)
    try:
        yield
    finally:
        connection.execute(given, about)


def _wait(taken: Callable[[], bool], waits: Waits) -> None:
    if taken():
        return
    waits()
    while not taken():
        time.sleep(_LOOK_SECONDS)
