"""Opening a store by its address. Invariant: nothing heavy is imported before a store is asked for."""

from __future__ import annotations

from pathlib import Path

from khabar.errors import StoreError
from khabar.store.addresses import is_server
from khabar.store.base import Store

__all__ = ["open_store"]


def open_store(address: str | Path, *, create: bool = True) -> Store:
    """The store at `address`, a file path or postgresql://…; with `create` a new one is made where there is none.

    A store of an older version is brought up to date. StoreError names what is wrong with the file or server and the
    remedy: missing, foreign, newer, not writable, locked, damaged, not reached, or not let in.
    """
    text = str(address)
    if is_server(text):
        return _on_server(text, create=create)
    if "://" in text:
        scheme = text.partition("://")[0]
        raise StoreError(
            f"A store cannot be opened over {scheme}://.",
            "Give the path of a file, for example --store khabar.db, or postgresql://user@host/database.",
        )
    from khabar.store.sqlite import SqliteStore

    return SqliteStore(Path(text), create=create)


def _on_server(address: str, *, create: bool) -> Store:
    try:
        from khabar.store.postgresql import PostgresStore
    except ModuleNotFoundError as problem:
        if problem.name != "psycopg":
            raise
        raise StoreError(
            "A store on PostgreSQL needs psycopg.", "Install it: pip install 'khabar[postgresql]'."
        ) from None
    return PostgresStore(address, create=create)
