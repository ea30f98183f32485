"""Moving a base to another store, with its originals. Invariant: the base it comes from is not changed, and the other
is whole or empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from khabar.documents import Archive
from khabar.errors import DocumentError, StoreError
from khabar.store.addresses import beside
from khabar.store.base import Store
from khabar.store.copying import Held, copy_rows
from khabar.store.sql import SqlSource

__all__ = ["Copied", "copied", "copy_base"]


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied: what each table holds, how many originals, and a line for each that could not be."""

    tables: dict[str, Held]
    originals: int
    faults: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many rows there are in all tables."""
        return sum(held.rows for held in self.tables.values())


def copy_base(source: Store, target: Store, progress: Callable[[int, int, str], None]) -> Copied:
    """Copy a base with its originals into an empty store. StoreError where that is not possible.

    Originals come first: they change nothing in the other store until its rows are there.
    """
    if source.address == target.address:
        raise StoreError(f"{source.address} cannot be copied to itself.", "Name another store.")
    if target.overview().documents:
        raise StoreError(f"{target.address} is not empty.", "Copy to a store that does not exist yet.")
    faults = list(_originals(source, target, progress))
    tables = copy_rows(copied(source), copied(target), progress)
    return Copied(tables, tables["documents"].rows - len(faults), tuple(faults))


def copied(base: Store) -> SqlSource:
    """A store as its rows are copied; StoreError where it has none."""
    if not isinstance(base, SqlSource):
        raise StoreError(f"{base.address} cannot be copied.", "Copy between files and PostgreSQL databases.")
    return base


def _originals(source: Store, target: Store, progress: Callable[[int, int, str], None]) -> Iterator[str]:
    old, new = Archive(beside(source.address, "archive")), Archive(beside(target.address, "archive"))
    total = source.overview().documents
    for done, document in enumerate(source.document_list()):
        progress(done, total, "copying originals")
        try:
            new.put(old.get(document.id))
        except DocumentError as problem:
            yield str(problem)
