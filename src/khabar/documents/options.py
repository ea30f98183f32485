"""What the operator says about reports, as typed on a command line. Invariant: what cannot be used is a SettingsError
before any file is touched.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from khabar.documents.model import Columns, ParseOptions
from khabar.errors import SettingsError
from khabar.records import GENRES, Interval

__all__ = ["AddOptions"]


@dataclass(frozen=True, slots=True)
class AddOptions:
    """What the operator says about reports, as text: `published` a day, month or year; `columns` like `text=Body`.

    File names are kept as given, or relative to the folder `under`. What is new may be seen by `groups` alone (none: by
    everybody); `by` is who adds it.
    """

    published: str | None = None
    publisher: str | None = None
    genre: str | None = None
    columns: tuple[str, ...] = ()
    under: Path | None = None
    groups: tuple[str, ...] = ()
    by: str = ""

    def parsed(self) -> ParseOptions:
        """The options as the parser takes them; SettingsError says which one cannot be used."""
        if self.genre is not None and self.genre not in GENRES:
            raise SettingsError(f"--genre is {self.genre!r}.", f"Use one of {', '.join(GENRES)}.")
        return ParseOptions(
            published=_interval(self.published),
            publisher=self.publisher,
            genre=self.genre,
            columns=_columns(self.columns),
        )


def _interval(published: str | None) -> Interval | None:
    if published is None:
        return None
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", published)
    remedy = "Give a day, month or year: 2017-05-30, 2017-05 or 2017."
    if not found:
        raise SettingsError(f"--published is {published!r}.", remedy)
    try:
        return _days(int(found[1]), int(found[2] or 0), int(found[3] or 0))
    except ValueError as problem:
        raise SettingsError(f"--published {published} is not in the calendar.", remedy) from problem


def _days(year: int, month: int, day: int) -> Interval:
    first = date(year, month or 1, day or 1)
    last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    return Interval(first.isoformat(), last.isoformat())


def _columns(pairs: Sequence[str]) -> Columns:
    chosen: dict[str, tuple[str, ...]] = {}
    known = [f.name for f in fields(Columns) if f.name != "day_first"]
    for pair in pairs:
        name, _, column = pair.partition("=")
        if name not in known or not column:
            raise SettingsError(
                f"--column {pair!r} cannot be used.", f"Write NAME=COLUMN, NAME one of {', '.join(known)}."
            )
        chosen[name] = (*chosen.get(name, ()), column)
    return Columns(**chosen)  # type: ignore[arg-type]
