"""How much of each side the other has. Invariant: every row is counted once in all, by year, by area and by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from khabar.comparing.model import MATCHED, Coverage, CoverageRow, Row
from khabar.records import Event, ReferenceIncident, When

__all__ = ["coverage_of"]

_OPEN = "not told"


def coverage_of(rows: Sequence[Row], area: Callable[[ReferenceIncident], str]) -> Coverage:
    """The sums of a comparison; `area` gives the area of a record in the words in which incidents give theirs."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        for by, value, column in _counted(row, area):
            counts[by, value, column] += 1
            counts[by, value, f"{column}_{row.verdict}"] += row.verdict in MATCHED
    keys = sorted({(by, value) for by, value, _column in counts})
    made = {key: _row(counts, *key) for key in keys}
    reasons = Counter(_reasons(rows))
    ordered = sorted(reasons.items(), key=lambda entry: (-entry[1], entry[0]))
    return Coverage(
        made.get(("all", "all"), CoverageRow("all", "all")),
        tuple(row for (by, _value), row in made.items() if by != "all"),
        tuple((where, name, number) for (where, name), number in ordered),
    )


def _counted(row: Row, area: Callable[[ReferenceIncident], str]) -> Iterable[tuple[str, str, str]]:
    """Under what each side of a row is counted."""
    if row.mine is not None:
        yield "all", "all", "mine"
        yield "year", _year_of_event(row.mine), "mine"
        yield "area", _area_of_event(row.mine), "mine"
        shown = row.mine.derived.get("type")
        yield "kind", str(shown.value).replace("_", " ") if shown else _OPEN, "mine"
    for record in (row.theirs, *row.parts) if row.theirs is not None else ():
        yield "all", "all", "theirs"
        yield "year", _year(record.when), "theirs"
        yield "area", area(record) or _OPEN, "theirs"
        yield "kind", record.kind or _OPEN, "theirs"


def _row(counts: Counter[tuple[str, str, str]], by: str, value: str) -> CoverageRow:
    sides = ("theirs", "theirs_same", "theirs_unsure", "mine", "mine_same", "mine_unsure")
    return CoverageRow(by, value, *(counts[by, value, side] for side in sides))


def _reasons(rows: Iterable[Row]) -> Iterable[tuple[str, str]]:
    for row in rows:
        for field in row.fields:
            for reason in field.reasons:
                yield field.field, reason.name
        for reason in row.why:
            yield row.verdict, reason.name


def _year(when: When) -> str:
    first, last = (when.earliest or "")[:4], (when.latest or "")[:4]
    return first if first and first == last else _OPEN


def _year_of_event(event: Event) -> str:
    shown = event.derived.get("when")
    return _year(When(shown.value["earliest"], shown.value["latest"])) if shown and shown.value else _OPEN


def _area_of_event(event: Event) -> str:
    shown = event.derived.get("places")
    places = shown.value if shown and shown.value else []
    return next((", ".join(p[k] for k in ("country", "admin1") if p.get(k)) for p in places if p.get("country")), _OPEN)
