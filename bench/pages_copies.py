"""A base made larger by copies of what is in it: other ids, later years, the same people and places.

Invariant: every reference inside a copy is to the copy, and the copy of an id is one again: its digits turned round.
Only as many incidents as can be put together in a minute are made by the rooms that make them; the copies have the same
shape, which is what the time of a page depends on.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

__all__ = ["multiply"]

YEARS = 2  # by which each copy is later than the one before
_ID = re.compile(r"(?<![0-9a-f:/-])(?:[0-9a-f]{64}|[0-9a-f]{16})(?![0-9a-f])")
_YEAR = re.compile(r"\b19(\d\d)-")
_COPIED = (
    "documents",
    "origins",
    "readings",
    "claims",
    "actor_links",
    "events",
    "event_claims",
    "event_places",
    "event_actors",
    "judgements",
    "contradictions",
    "contradiction_claims",
)


def multiply(store: Path, times: int) -> None:
    """Put `times` - 1 copies of all reports, claims and incidents of a base beside them."""
    base = sqlite3.connect(store)
    base.execute("PRAGMA synchronous = OFF")
    base.execute("PRAGMA cache_size = -400000")
    first = {table: base.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _COPIED}  # noqa: S608
    for turn in range(1, times):
        base.create_function("copied", 1, lambda value, turn=turn: _copied(value, turn), deterministic=True)
        for table in _COPIED:
            columns = [row[1] for row in base.execute(f"PRAGMA table_info({table})") if row[1] != "number"]
            named, made = (", ".join(map(form, columns)) for form in (_quoted, _made))
            base.execute(
                f"INSERT INTO {table} ({named}) SELECT {made} FROM (SELECT * FROM {table} ORDER BY rowid LIMIT ?)",  # noqa: S608
                (first[table],),
            )
        base.commit()
        print(f"copy {turn} of {times - 1}", flush=True)
    base.execute("UPDATE actors SET claims = claims * ?, events = events * ?", (times, times))
    base.commit()
    base.execute("ANALYZE")
    base.commit()
    base.close()


def _quoted(column: str) -> str:
    return f'"{column}"'


def _made(column: str) -> str:
    return f'copied("{column}")'


def _copied(value: Any, turn: int) -> Any:
    """The value in a copy: ids turned by that many digits, years of the last century later."""
    if not isinstance(value, str):
        return value
    later = _YEAR.sub(lambda found: f"{1900 + int(found[1]) + YEARS * turn}-", value)
    return _ID.sub(lambda found: found[0][turn:] + found[0][:turn], later)
