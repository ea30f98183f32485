"""Outlines of countries and provinces. Invariant: an area without an outline is never given another's; it is not found,
and the caller draws a circle as wide as the unit, or nothing.

The files come from `tools/build_shapes.py`: Natural Earth 1:10m (public domain), fitted to the units of GeoNames. They
are no statement about any border.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from khabar.errors import KhabarError
from khabar.text import fold

__all__ = ["Area", "Ring", "Shapes", "load_shapes", "shapes_file"]

Ring = tuple[tuple[float, float], ...]
"""(longitude, latitude) in degrees; the first point comes again at the end."""

_DATA = Path(__file__).parent / "data"
_UNIT_WORDS = ("province", "state", "region", "district", "governorate", "county", "department", "oblast", "territory")


@dataclass(frozen=True, slots=True)
class Area:
    """A country (`id` its ISO code) or province (`id` its GeoNames id, as text). `label` is (longitude, latitude) of a
    point inside where a word fits; `rings` are outer and inner ones of all parts, to be filled by the even-odd rule.
    """

    id: str
    name: str
    country: str
    label: tuple[float, float]
    rings: tuple[Ring, ...]


@dataclass(slots=True)
class Shapes:
    """All outlines, taken apart when asked for."""

    topology: dict[str, Any]
    radii: dict[int, int]
    _lines: dict[int, Ring] = field(default_factory=dict)
    _countries: dict[str, dict[str, Any]] = field(default_factory=dict)
    _units: dict[int, dict[str, Any]] = field(default_factory=dict)
    _names: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        objects = self.topology["objects"]
        self._countries = {shape["id"]: shape for shape in objects["countries"]["geometries"]}
        for shape in objects["units"]["geometries"]:
            self._units[shape["id"]] = shape
            facts = shape["properties"]
            for name in names_of(facts["name"]):
                self._names.setdefault((facts["country"], name), shape["id"])

    def country(self, code: str | None) -> Area | None:
        """The country of an ISO 3166 code, in either case."""
        shape = self._countries.get((code or "").upper())
        return None if shape is None else self._area(shape)

    def unit(self, country: str | None, name: str | None) -> Area | None:
        """The province of a name, with or without the word for its kind, case and accents folded."""
        key = self.unit_id(country, name)
        return None if key is None else self._area(self._units[key])

    def unit_id(self, country: str | None, name: str | None) -> int | None:
        """The GeoNames id of such a province."""
        if not country or not name:
            return None
        found = (self._names.get((country.upper(), spelled)) for spelled in names_of(name))
        return next((key for key in found if key is not None), None)

    def unit_name(self, key: int) -> str:
        """The name of the province of an id that `unit_id` gave."""
        return str(self._units[key]["properties"]["name"])

    def units_of(self, country: str) -> list[Area]:
        """The provinces of a country that stand today, as far as they have outlines."""
        code = country.upper()
        shapes = (s for s in self._units.values() if s["properties"]["country"] == code)
        return [self._area(shape) for shape in shapes if shape["id"] < _OURS]

    def countries(self) -> Iterator[Area]:
        """Every country with an outline."""
        return (self._area(shape) for shape in self._countries.values())

    def radius(self, gazetteer: int | None) -> int | None:
        """Kilometres within which most towns of a unit without outline lie; None where that is not known."""
        return None if gazetteer is None else self.radii.get(gazetteer)

    def _area(self, shape: dict[str, Any]) -> Area:
        facts = shape["properties"]
        longitude, latitude = facts["label"]
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = tuple(self._ring(ring) for polygon in polygons for ring in polygon)
        code = str(facts.get("country", shape["id"]))
        return Area(str(shape["id"]), facts["name"], code, (longitude, latitude), rings)

    def _ring(self, arcs: Iterable[int]) -> Ring:
        points: list[tuple[float, float]] = []
        for arc in arcs:
            line = self._line(arc if arc >= 0 else ~arc)
            points.extend((line if arc >= 0 else line[::-1])[1 if points else 0 :])
        return tuple(points)

    def _line(self, number: int) -> Ring:
        """The points of an arc, whose coordinates are kept as differences on a grid."""
        if number not in self._lines:
            transform = self.topology["transform"]
            (wide, high), (west, south) = transform["scale"], transform["translate"]
            x = y = 0
            points = []
            for right, up in self.topology["arcs"][number]:
                x, y = x + right, y + up
                points.append((x * wide + west, y * high + south))
            self._lines[number] = tuple(points)
        return self._lines[number]


_OURS = 900_000_000  # ids from here on are units of our supplement, among them those that are no more


def names_of(name: str) -> list[str]:
    """The folded name, and what is left of it without the word for the kind of unit."""
    words = fold(name).split()
    bare = [word for word in words if word not in _UNIT_WORDS]
    return list(dict.fromkeys(" ".join(spelled) for spelled in (words, bare) if spelled))


def shapes_file() -> tuple[bytes, str]:
    """The compressed topology as it is sent to browsers, and a short hash of it."""
    path = _DATA / "shapes.json.gz"
    try:
        body = path.read_bytes()
    except OSError as problem:
        raise KhabarError(f"{path.name} cannot be read ({problem.strerror}).", "Install khabar again.") from problem
    return body, hashlib.sha256(body).hexdigest()[:12]


@lru_cache(maxsize=1)
def load_shapes() -> Shapes:
    """The outlines, read once a process."""
    body, _ = shapes_file()
    radii, before = {}, 0
    with gzip.open(_DATA / "radii.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            step, kilometres = line.split("\t")
            before += int(step)
            radii[before] = int(kilometres)
    return Shapes(json.loads(gzip.decompress(body)), radii)
