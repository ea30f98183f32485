"""Opening a store by its address. Invariant: nothing heavy is imported before a store is asked for."""

from __future__ import annotations

from pathlib import Path

from khabar.errors import StoreError
from khabar.store.base import Store

__all__ = ["open_store"]


def open_store(address: str | Path, *, create: bool = True) -> Store:
    """The store at `address`, a file path; with `create` a new one is made where there is none.

    A store of an older version is brought up to date. StoreError names what is wrong with the file and the remedy:
    missing, foreign, newer, not writable, locked, or damaged.
    """
    text = str(address)
    if "://" in text:
        scheme = text.partition("://")[0]
        raise StoreError(
            f"A store cannot be opened over {scheme}://.", "Give the path of a file, for example --store khabar.db."
        )
    from khabar.store.sqlite import SqliteStore

    return SqliteStore(Path(text), create=create)
