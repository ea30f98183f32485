"""Our supplement to GeoNames. Invariant: every row names its source, and amends a place of GeoNames or adds one of ours
(ids from 900000000).

Abolished units with their dates, valleys and regions, spellings in use, acronyms, towns that GeoNames lacks.
"""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

from khabar.errors import ReadingError
from khabar.reading.gazetteer_rows import PlaceRow, name_key

__all__ = ["read_supplement", "supplement_paths"]


def supplement_paths() -> list[Path]:
    """Where our supplement to GeoNames lies, in the order it is read."""
    return sorted(Path(str(files("khabar.reading") / "data" / "places")).glob("supplement*.csv"))


def read_supplement(places: dict[int, PlaceRow]) -> None:
    """Amend and complete `places` by every supplement file; ReadingError names the file and line that is wrong."""
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
        row.admin1 = _unit(line["admin1"], country, units)
    if line["admin2"]:
        row.admin2 = _unit(line["admin2"], country, units)
    row.valid_from, row.valid_to = line["valid_from"] or None, line["valid_to"] or None
    row.now = int(line["now"]) if line["now"] else None
    return row


def _unit(cell: str, country: str | None, units: dict[tuple[str | None, str], int]) -> int:
    """The id of a unit given by its id or its name."""
    return int(cell) if cell.isdigit() else units[country, name_key(cell)]
