"""Places of UCDP GED rows. Invariant: the resolver is given a row's place names in a sentence, never its coordinates.

A row of the Georeferenced Event Dataset (Sundberg and Melander 2013) names a place, its second and first-order units
and gives the coder's point, with a precision: 1 the place itself, 2 near it (within about 25 km). Both are asked for.

Khabar's own supplement for Pakistan takes 356 names and points from these very rows. So the rows are asked for twice:
as Khabar is, and with that supplement switched off; only the second says what to expect of unseen places.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.fuzz import ratio

from khabar.evaluation.distance import km_between
from khabar.evaluation.model import Figure, Measure, Outcome, Slip
from khabar.evaluation.score import Share
from khabar.evaluation.system import System
from khabar.reading.gazetteer import Candidate, Gazetteer, open_gazetteer
from khabar.reading.gazetteer_rows import name_key, without_unit
from khabar.reading.gazetteer_supplement import supplement_paths
from khabar.reading.model import PlaceMention
from khabar.reading.places import PlaceContext, find_places

__all__ = ["MEASURE", "GedRow", "read_rows", "same_unit", "score_rows"]

_DATA = "data/ged/ged_pakistan_1989_2014.csv"
_NEAR_KM = 25.0
_CIRCULAR = "supplement_pakistan.csv"  # names and points taken from GED itself
_LIKE = 85.0  # percent of letters in which two spellings of a unit's name agree


@dataclass(frozen=True, slots=True)
class GedRow:
    """One event's place: what it is called, where it lies, and the day, which decides what its units were called."""

    id: str
    name: str
    adm2: str
    adm1: str
    country: str
    day: str
    latitude: float
    longitude: float

    def sentence(self) -> str:
        """The place as a report would name it, with its units."""
        parts = (self.name, self.adm2, self.adm1, self.country)
        return "Men were killed in " + ", ".join(part for part in parts if part) + "."


class _Without(Gazetteer):
    """The gazetteer as if places with the given ids were not in it."""

    def __init__(self, path: Path, ids: frozenset[int]) -> None:
        self._hidden = ids
        super().__init__(path)

    def _candidates(self, key: str) -> tuple[Candidate, ...]:
        return tuple(c for c in super()._candidates(key) if c.id not in self._hidden)

    def _known_names(self, country: str) -> tuple[str, ...]:
        return tuple(name for name in super()._known_names(country) if self._candidates(name))


def read_rows(path: Path) -> Iterator[GedRow]:
    """Rows of precision 1 and 2 with a first-order unit, of GED in the layout of the Humanitarian Data Exchange."""
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["where_prec"] in ("1", "2") and row["adm_1"] and row["where_coordinates"]:
                yield GedRow(
                    row["id"], row["where_coordinates"], row["adm_2"], row["adm_1"], row["country"],
                    row["date_start"][:10], float(row["latitude"]), float(row["longitude"]),
                )  # fmt: skip


def score_rows(rows: Sequence[GedRow], gazetteer: Gazetteer, label: str) -> Outcome:
    """Shares of rows with the right first-order unit, and with a point within 25 km; rows of one name count each."""
    unit, near, slips = Share(), Share(), []
    answers: dict[tuple[str, str], PlaceMention | None] = {}
    told: Counter[tuple[str, str]] = Counter()
    for row in rows:
        asked = (row.sentence(), row.day)
        if asked not in answers:
            answers[asked] = next(iter(find_places(asked[0], [], gazetteer, PlaceContext(row.day))), None)
        found = answers[asked]
        here = (found.place.latitude, found.place.longitude) if found else (None, None)
        km = km_between(here, (row.latitude, row.longitude))
        unit_right = found is not None and same_unit(row.adm1, found.place.admin1, gazetteer)
        unit.add(unit_right)
        near.add(km is not None and km <= _NEAR_KM)
        if not unit_right or km is None or km > _NEAR_KM:
            told[row.name, label] += 1
            if told[row.name, label] == 1:
                slips.append(_slip(row, found, asked[0], km, unit_right, label))
    names = len({(row.name, row.adm2, row.adm1) for row in rows})
    figures: tuple[Figure, ...] = (
        unit.figure(f"first-order unit right, {label}", f"{names} different places"),
        near.figure(f"within 25 km, {label}"),
    )
    return Outcome(figures, tuple(slips))


def same_unit(gold: str, answer: str | None, gazetteer: Gazetteer) -> bool:
    """Whether two names are of one first-order unit: one name of it in the gazetteer, or nearly the same spelling."""
    if answer is None:
        return False
    keys = [name_key(gold), *without_unit(gold)]
    if any(c.name == answer for key in keys for c in gazetteer.candidates(key) if c.kind == "adm1"):
        return True
    bare = [name_key(answer), *without_unit(answer)]
    return any(ratio(one, other) >= _LIKE for one in keys for other in bare)


def _slip(
    row: GedRow, found: PlaceMention | None, sentence: str, km: float | None, unit_right: bool, label: str
) -> Slip:
    if found is None:
        cause = "no place found"
    elif found.text not in row.name and row.name not in found.text:
        cause = "the name is unknown: its district or province is given"
    else:
        cause = "the point is another than the coder's" if unit_right else "in another unit"
    answer = f"{found.place.name}, {found.place.admin1}" if found else "nothing"
    away = f", {km:.0f} km away" if km is not None else ""
    kind = "wrong" if found else "missed"
    return Slip(row.id, kind, row.name, f"{label}: {cause}", f"{row.adm2}, {row.adm1}", answer + away, sentence)


def _run(root: Path, system: System) -> Outcome:
    rows = list(read_rows(root / _DATA))
    gazetteer = open_gazetteer(system.settings.cache)
    bare = _Without(gazetteer.path, _own_ids())
    try:
        parts = [
            score_rows(rows, gazetteer, "as Khabar is"),
            score_rows(rows, bare, "without what comes from GED"),
        ]
    finally:
        gazetteer.close()
        bare.close()
    return Outcome(tuple(f for part in parts for f in part.figures), tuple(s for part in parts for s in part.slips))


def _own_ids() -> frozenset[int]:
    """Ids of the places that our supplement takes from GED."""
    path = next(path for path in supplement_paths() if path.name == _CIRCULAR)
    with path.open(encoding="utf-8", newline="") as stream:
        return frozenset(int(row["id"]) for row in csv.DictReader(stream))


MEASURE = Measure(
    name="ged-places",
    ability="Places: unit and point of event places",
    root="shared",
    data=(_DATA,),
    source="UCDP GED 22.1, Pakistan 1989–2014 (Sundberg and Melander 2013), precision 1–2",
    run=_run,
)
