"""What goes wrong in a database, in words. Invariant: whatever it raises becomes a StoreError with a remedy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc
from sqlalchemy.exc import SQLAlchemyError

from khabar.errors import StoreError
from khabar.store.pg_faults import postgresql_error
from khabar.store.sealed import AlteredError

__all__ = ["named_faults", "store_error"]

_DAMAGED = ("{} is damaged.", "Restore it from a copy, or build a new store from the original files.")
_MESSAGES = {
    "SQLITE_BUSY": ("{} is being written by another program.", "Wait until it has finished, then try again."),
    "SQLITE_LOCKED": ("{} is being written by another program.", "Wait until it has finished, then try again."),
    "SQLITE_READONLY": (
        "{} cannot be written.",
        "Change the rights of the file and its folder, or use another --store.",
    ),
    "SQLITE_PERM": ("{} cannot be opened.", "Change the rights of the file and its folder, or use another --store."),
    "SQLITE_AUTH": ("{} cannot be opened.", "Change the rights of the file and its folder, or use another --store."),
    "SQLITE_CANTOPEN": ("{} cannot be opened.", "Check that its folder exists and can be written."),
    "SQLITE_FULL": ("{} cannot grow: the disk is full.", "Make room on the disk, then run the command again."),
    "SQLITE_IOERR": ("{} cannot be read or written: the disk reports an error.", "Check the disk and its free space."),
    "SQLITE_NOTADB": ("{} is not a Khabar store.", "Give the path of a store, or of a file that does not exist yet."),
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_CONSTRAINT": ("{} refused a record that does not fit the others in it.", "Run `khabar run` again."),
    "SQLITE_TOOBIG": ("{} cannot hold a text this long.", "Split the document."),
    "SQLITE_NOMEM": ("There is not enough memory to read {}.", "Close other programs, or use fewer processes."),
}


def store_error(address: str, problem: Exception) -> StoreError:
    """The StoreError of a database exception; one that nobody foresaw keeps the database's own words."""
    cause = getattr(problem, "orig", None) or problem
    if isinstance(cause, UnicodeEncodeError):
        return StoreError(f"A text for {address} holds half a character pair.", "Save it as UTF-8 and try again.")
    if isinstance(cause, exc.TimeoutError):
        return StoreError(f"{address} has no connection left.", "Wait, or ask fewer things at once.")
    if type(cause).__module__.startswith("psycopg"):
        return postgresql_error(address, cause)
    if isinstance(cause, (AlteredError, UnicodeDecodeError)) or "Could not decode to UTF-8" in str(cause):
        return StoreError(f"{address} is damaged: a record in it was changed by no program.", _DAMAGED[1])
    name = getattr(cause, "sqlite_errorname", None) or ""
    primary = "_".join(name.split("_")[:2])  # SQLITE_IOERR_WRITE is a kind of SQLITE_IOERR
    if primary in _MESSAGES:
        message, remedy = _MESSAGES[primary]
        detail = f" ({' '.join(str(cause).split())})" if primary == "SQLITE_CONSTRAINT" else ""
        return StoreError(message.format(address) + detail, remedy)
    words = " ".join(str(cause).split())
    return StoreError(f"{address} cannot be used: {words}.", "Run `khabar doctor`.")


@contextmanager
def named_faults(address: str) -> Iterator[None]:
    """Turn every database exception of the block into a StoreError that names `address`."""
    try:
        yield
    except (sqlite3.Error, SQLAlchemyError, UnicodeError, AlteredError) as problem:
        raise store_error(address, problem) from problem
