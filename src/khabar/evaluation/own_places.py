"""Our own cases of places. Invariant: a case's spans are found by their words in its text, never by offsets.

`eval/places.yml` is a list of cases: `phenomenon`, `text`, `published` (ISO date, optional) and `places`, each with the
words as they stand in the text (`name`, the `nth` of them where they stand more than once), `country`, `admin1`,
`kind` (optional), and `at: [latitude, longitude]` with the distance in km within which an answer is right (`within`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from khabar.errors import RecordError
from khabar.evaluation.distance import km_between
from khabar.evaluation.model import Measure, Outcome, Slip
from khabar.evaluation.score import Share, phenomena_table
from khabar.evaluation.system import System
from khabar.reading.gazetteer import Gazetteer, open_gazetteer
from khabar.reading.model import PlaceMention
from khabar.reading.places import PlaceContext, find_places

__all__ = ["MEASURE", "PlaceCase", "WantedPlace", "read_cases", "score_cases"]

_DATA = "places.yml"


@dataclass(frozen=True, slots=True)
class WantedPlace:
    """A place a reader of the text knows is meant by `text[start:end]`."""

    start: int
    end: int
    name: str
    country: str | None
    admin1: str | None
    kind: str | None
    latitude: float
    longitude: float
    within: float


@dataclass(frozen=True, slots=True)
class PlaceCase:
    """A short text of ours with the places it names, in text order."""

    phenomenon: str
    text: str
    published: str | None
    places: tuple[WantedPlace, ...]


def read_cases(path: Path) -> Iterator[PlaceCase]:
    """The cases of the file; RecordError names the case that is wrong."""
    for row in yaml.safe_load(path.read_text(encoding="utf-8")):
        text = " ".join(row["text"].split())
        try:
            places = sorted((_wanted(text, place) for place in row["places"]), key=lambda p: p.start)
        except (KeyError, ValueError) as problem:
            raise RecordError(f"{path.name}: the case {text[:40]!r} is wrong ({problem}).", "Mend it.") from problem
        yield PlaceCase(row["phenomenon"], text, str(row["published"]) if "published" in row else None, tuple(places))


def _wanted(text: str, row: Mapping[str, Any]) -> WantedPlace:
    name, nth = str(row["name"]), int(str(row.get("nth", 1)))
    start = -1
    for _ in range(nth):
        start = text.find(name, start + 1)
        if start < 0:
            raise ValueError(f"{name!r} does not stand {nth} times in it")
    south, east = (float(value) for value in row["at"])
    optional = {key: str(row[key]) if row.get(key) else None for key in ("country", "admin1", "kind")}
    return WantedPlace(
        start, start + len(name), name, **optional, latitude=south, longitude=east,
        within=float(str(row.get("within", 25))),
    )  # fmt: skip


def score_cases(cases: Sequence[PlaceCase], gazetteer: Gazetteer) -> Outcome:
    """Share of the places found in the bare text, with the right country and point; and first-order units right."""
    right, units, slips = Share(), Share(), []
    parts = defaultdict[str, Share](Share)
    for number, case in enumerate(cases, 1):
        mentions = find_places(case.text, [], gazetteer, PlaceContext(case.published))
        for place in case.places:
            found = next((m for m in mentions if m.start < place.end and place.start < m.end), None)
            fault = _fault(place, found)
            right.add(not fault)
            parts[case.phenomenon].add(not fault)
            if place.admin1:
                units.add(found is not None and found.place.admin1 == place.admin1)
            if fault:
                slips.append(_slip(number, case, place, found, fault))
    figures = (right.figure("places right"), units.figure("first-order unit right"))
    return Outcome(figures, tuple(slips), (phenomena_table(parts),))


def _fault(place: WantedPlace, found: PlaceMention | None) -> str:
    """Why the answer is wrong, in few words; '' where it is right."""
    if found is None:
        return "not found"
    answer = found.place
    if place.country != answer.country:
        return "in another country"
    if place.kind and place.kind != answer.kind:
        return "of another kind"
    km = km_between((answer.latitude, answer.longitude), (place.latitude, place.longitude))
    return "" if km is not None and km <= place.within else "too far"


def _slip(number: int, case: PlaceCase, place: WantedPlace, found: PlaceMention | None, fault: str) -> Slip:
    expected = f"{place.country or '-'}, {place.admin1 or '-'} at {place.latitude:.1f}, {place.longitude:.1f}"
    answer = f"{found.place.name}, {found.place.admin1 or '-'}, {found.place.country or '-'}" if found else "nothing"
    kind = "wrong" if found else "missed"
    return Slip(f"case {number}", kind, place.name, f"{case.phenomenon}: {fault}", expected, answer, case.text)


def _run(root: Path, system: System) -> Outcome:
    gazetteer = open_gazetteer(system.settings.cache)
    try:
        return score_cases(list(read_cases(root / _DATA)), gazetteer)
    finally:
        gazetteer.close()


MEASURE = Measure(
    name="places",
    ability="Places: our own cases by phenomenon",
    root="own",
    data=(_DATA,),
    source="written for Khabar; coordinates from GeoNames and public record",
    run=_run,
)
