"""Where generated events happen: towns of a country with the units around them. Invariant: every place is a record as
readers of reports make it, from the gazetteer, with its id, units and coordinates.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import cos, floor, radians
from pathlib import Path
from zlib import crc32

from khabar.errors import EvaluationError
from khabar.evaluation.distance import km_between
from khabar.records import Place

__all__ = ["Atlas", "Country", "Town"]

_CELL = 0.5  # degrees of the grid in which the nearest towns are looked for
_NEAR_KM = 25.0  # up to which a report may name another town
_FEW_TOWNS = 250  # below which a country is too thinly listed to take a stream of events
_SAME_KM = 3.0  # up to which a place is the town next to it
_VILLAGES = 950_000_000  # ids from which on places are ours alone, as those of the gazetteer's supplement
_NARROW, _WIDE = 4.0, 35.0  # degrees of the box around a country's towns: like Pakistan's (12 by 15), give or take


@dataclass(frozen=True, eq=False, slots=True)
class Town:
    """A town as a claim names it, and the units it lies in (None where the gazetteer knows none)."""

    here: Place
    district: Place | None
    province: Place
    country: Place


@dataclass(frozen=True, eq=False)
class Country:
    """The towns of a country, to be found by a point."""

    code: str
    towns: Sequence[Town]
    _cells: dict[tuple[int, int], list[Town]] = field(default_factory=dict)
    _near: dict[int, list[Town]] = field(default_factory=dict)
    _found: dict[tuple[float, float], Town] = field(default_factory=dict)
    _places: dict[tuple[str, float, float], Town] = field(default_factory=dict)

    def box(self) -> tuple[float, float, float, float]:
        """South, west, north and east of the middle nine tenths of the towns, so that far islands do not count."""
        south, north = _middle([t.here.latitude or 0.0 for t in self.towns])
        west, east = _middle([t.here.longitude or 0.0 for t in self.towns])
        return south, west, north, east

    def nearest(self, latitude: float, longitude: float) -> Town:
        """The town nearest to a point, however far."""
        point = latitude, longitude
        if point not in self._found:
            around: list[Town] = []
            ring = 0
            while not around:
                ring += 1
                around = self._around(latitude, longitude, ring)
            self._found[point] = min(around, key=lambda t: (_apart(t, latitude, longitude), t.here.id or 0))
        return self._found[point]

    def place(self, name: str, latitude: float, longitude: float) -> Town:
        """The place of this name at a point: the town there, or a village in the units of the nearest town."""
        key = name, latitude, longitude
        if key not in self._places:
            town = self.nearest(latitude, longitude)
            there = not name or _km_to(town, latitude, longitude) <= _SAME_KM
            self._places[key] = town if there else _village(town, *key)
        return self._places[key]

    def neighbours(self, town: Town) -> list[Town]:
        """Other towns within 25 km, the nearest first, at most five."""
        key = town.here.id or 0
        if key not in self._near:
            lat, lon = town.here.latitude or 0.0, town.here.longitude or 0.0
            around = [t for t in self._around(lat, lon, 1) if t is not town]
            ordered = sorted((_km(town, t), t.here.id or 0, k) for k, t in enumerate(around))
            self._near[key] = [around[k] for km, _, k in ordered[:5] if 0 < km <= _NEAR_KM]
        return self._near[key]

    def _around(self, latitude: float, longitude: float, ring: int) -> list[Town]:
        """Towns in the square of cells up to `ring` cells away."""
        if not self._cells:
            for town in self.towns:
                self._cells.setdefault(_cell(town.here.latitude or 0.0, town.here.longitude or 0.0), []).append(town)
        row, column = _cell(latitude, longitude)
        span = range(-ring, ring + 1)
        return [t for i in span for j in span for t in self._cells.get((row + i, column + j), ())]


class Atlas:
    """Countries out of a compiled gazetteer; each is read when it is first asked for."""

    def __init__(self, gazetteer: Path) -> None:
        """`gazetteer` is the file of an opened `khabar.reading.gazetteer.Gazetteer`."""
        self._base = sqlite3.connect(f"{gazetteer.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        self._read: dict[str, Country] = {}

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def country(self, code: str) -> Country:
        """A country by its ISO 3166-1 code; EvaluationError where the gazetteer lists no towns of it."""
        if code not in self._read:
            self._read[code] = self._country(code)
        return self._read[code]

    def like_pakistan(self) -> list[str]:
        """Codes of the countries with many towns over a middling area, sorted; not Pakistan itself."""
        rows = self._base.execute(
            "SELECT country FROM place WHERE kind = 'city' AND admin1 IS NOT NULL AND country != 'PK' "
            "GROUP BY country HAVING count(*) >= ? AND max(latitude) - min(latitude) BETWEEN ? AND ? "
            "AND max(longitude) - min(longitude) BETWEEN ? AND ? ORDER BY country",
            (_FEW_TOWNS, _NARROW, _WIDE, _NARROW, _WIDE),
        )
        return [row[0] for row in rows]

    def _country(self, code: str) -> Country:
        units = self._units(code)
        whole = next((u for u in units.values() if u.kind == "country"), None)
        rows = self._base.execute(
            "SELECT id, name, latitude, longitude, admin1, admin2 FROM place "
            "WHERE kind = 'city' AND country = ? AND admin1 IS NOT NULL ORDER BY id",
            (code,),
        )
        towns = []
        for id_, name, latitude, longitude, first, second in rows:
            province, district = units.get(first), units.get(second)
            if province is None or whole is None:
                continue
            here = Place(
                name, name, id_, "city", code, province.name, district.name if district else None, latitude, longitude
            )
            towns.append(Town(here, district, province, whole))
        if not towns:
            raise EvaluationError(f"the gazetteer has no towns in {code!r}.", "Name a country by its two-letter code.")
        return Country(code, towns)

    def _units(self, code: str) -> dict[int, Place]:
        rows = self._base.execute(
            "SELECT id, name, kind, latitude, longitude, admin1 FROM place "
            "WHERE kind IN ('adm1', 'adm2', 'country') AND country = ? ORDER BY kind",
            (code,),
        ).fetchall()
        names = {row[0]: row[1] for row in rows}
        found = {}
        for id_, name, kind, latitude, longitude, first in rows:
            province = name if kind == "adm1" else names.get(first)
            district = name if kind == "adm2" else None
            place = Place(name, name, id_, kind, code, province, district, latitude, longitude, precision=kind)
            found[id_] = place
        return found


def _village(town: Town, name: str, latitude: float, longitude: float) -> Town:
    """A village by its name and point, in the units of the nearest town."""
    number = crc32(f"{town.here.country} {latitude:.3f} {longitude:.3f}".encode()) % 10**7
    here = replace(
        town.here,
        text=name,
        name=name,
        id=_VILLAGES + number,
        latitude=round(latitude, 4),
        longitude=round(longitude, 4),
    )
    return replace(town, here=here)


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return floor(latitude / _CELL), floor(longitude / _CELL)


def _middle(values: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(values)
    cut = len(ordered) // 20
    return ordered[cut], ordered[-1 - cut]


def _apart(town: Town, latitude: float, longitude: float) -> float:
    """A distance to compare by, in degrees of latitude squared: quick, and good to a percent over short ways."""
    north = (town.here.latitude or 0.0) - latitude
    east = ((town.here.longitude or 0.0) - longitude) * cos(radians(latitude))
    return north * north + east * east


def _km(one: Town, other: Town) -> float:
    return _km_to(one, other.here.latitude or 0.0, other.here.longitude or 0.0)


def _km_to(town: Town, latitude: float, longitude: float) -> float:
    return km_between((town.here.latitude, town.here.longitude), (latitude, longitude)) or 0.0
