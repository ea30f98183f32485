"""A base in one file, as it is at one moment. Invariant: whoever writes meanwhile does not wait, and is in it whole or
not at all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from khabar.errors import StoreError
from khabar.store.faults import named_faults
from khabar.store.migrate import HEAD

__all__ = ["rows_of", "schema_of", "snapshot"]

_PAGES = 2048  # copied between two words of progress


def snapshot(path: Path, to: Path, progress: Callable[[int, int], None] = lambda _done, _total: None) -> None:
    """Copy the store at `path` to the new file `to`, by SQLite's online backup; a closed file without a log.

    The copy is read in one transaction: with pages copied in steps, a change by another program would begin it anew.
    """
    with (
        named_faults(str(path)),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=10.0)) as source,
        closing(sqlite3.connect(to)) as target,
    ):
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it reads this one moment
        source.backup(target, pages=_PAGES, progress=lambda _status, left, total: progress(total - left, total))
        source.execute("COMMIT")
        target.execute("PRAGMA journal_mode = DELETE")


def rows_of(path: Path) -> dict[str, int]:
    """How many rows each table of a store in a file has, by name."""
    with named_faults(str(path)), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as raw:
        asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        names = [name for (name,) in raw.execute(asked) if "_fts" not in name and not name.startswith("sqlite_")]
        return {name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608


def schema_of(path: Path) -> str:
    """The schema of a store in a file; StoreError where the file is none, or newer than this program."""
    with named_faults(str(path)), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as raw:
        row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    version = str(row[0]) if row else ""
    if version > HEAD:
        raise StoreError(
            f"{path} was written by a newer Khabar (schema {version}; this one knows {HEAD}).",
            "Install the newer version: pip install --upgrade khabar.",
        )
    return version
