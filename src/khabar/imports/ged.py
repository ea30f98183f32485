"""UCDP Georeferenced Event Dataset: a row is a reference incident. Source: the GED codebook, version 22.1.

Read is the CSV that UCDP publishes (49 columns; older releases have fewer), also with the row of HXL tags and the
column `iso3` of the Humanitarian Data Exchange. Invariant: numbers and dates are the row's own; nothing is filled in.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TextIO

from khabar.errors import DocumentError, RecordError
from khabar.imports.countries import country_code
from khabar.imports.lines import bounded_lines
from khabar.records import (
    Count,
    Place,
    ReferenceIncident,
    ReferenceParty,
    ReferenceProblem,
    ReferenceReport,
    When,
)

__all__ = ["read_ged"]

_NEEDED = (
    "id", "type_of_violence", "side_a", "side_b", "where_prec", "country", "date_prec", "date_start", "date_end", "best"
)  # fmt: skip
_KINDS = {"1": "state-based violence", "2": "non-state violence", "3": "one-sided violence"}
_WHERE = {"1": "exact", "2": "near", "3": "adm2", "4": "adm1", "5": "region", "6": "country", "7": "region"}
_PRECISE, _SUMMARY = "1", "2"  # of a date: the exact day; of clarity: a total of several events
_WEEK = 7
_NO_DAY = "1753-01-01"  # how UCDP writes that a report has no day
_ARTICLE = re.compile(r'"([^"]+)"')
_REMEDY = "Correct the row in the file and import it again."


def read_ged(path: Path) -> Iterator[ReferenceIncident | ReferenceProblem]:
    """The rows of a file; DocumentError where it is no GED file or no UTF-8."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from _rows(stream, path.name)
    except UnicodeDecodeError as problem:
        raise DocumentError(f"{path.name} is not in UTF-8.", "Save it as UTF-8 and import it again.") from problem


def _rows(stream: TextIO, name: str) -> Iterator[ReferenceIncident | ReferenceProblem]:
    reader = csv.reader(bounded_lines(stream, name))
    try:
        header = [cell.strip() for cell in next(reader, [])]
    except csv.Error:  # a cell without an end
        header = []
    missing = [column for column in _NEEDED if column not in header]
    if missing:
        raise DocumentError(
            f"{name} is no GED file: it has no column {missing[0]}.", "Give the CSV file as UCDP publishes it."
        )
    seen: dict[str, int] = {}
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as problem:
            yield ReferenceProblem(line, f"the row cannot be read: {problem}.", _REMEDY)
            continue
        if cells is None:
            return
        if not any(cells) or (any(cell.startswith("#") for cell in cells) and not cells[header.index("id")]):
            continue  # an empty line, or the row of HXL tags
        if len(cells) != len(header):
            yield ReferenceProblem(line, f"the row has {len(cells)} cells; the header has {len(header)}.", _REMEDY)
            continue
        row = {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
        first = seen.setdefault(row["id"], line)
        if row["id"] and first != line:
            yield ReferenceProblem(line, f"event {row['id']} stands in line {first} already.", "Remove one of them.")
            continue
        try:
            yield _incident(row, line)
        except (RecordError, ValueError) as problem:
            yield ReferenceProblem(line, f"event {row['id'] or 'without id'}: {_why(problem)}", _REMEDY)


def _why(problem: Exception) -> str:
    words = problem.message if isinstance(problem, RecordError) else str(problem)
    return words if words.endswith(".") else f"{words}."


def _incident(row: Mapping[str, str], line: int) -> ReferenceIncident:
    return ReferenceIncident(
        key=row["id"],
        line=line,
        when=_when(row),
        place=_place(row),
        killed=_killed(row),
        kind=_coded(row, "type_of_violence", _KINDS),
        parties=_parties(row),
        civilians=_number(row, "deaths_civilians"),
        sums_up=row.get("event_clarity") == _SUMMARY,
        reports=tuple(_reports(row)),
        credited=row.get("source_original", ""),
        remark=row.get("where_description", ""),
    )


def _coded(row: Mapping[str, str], column: str, codes: Mapping[str, str]) -> str:
    code = row[column].partition(".")[0]
    if code not in codes:
        raise ValueError(f"{column} is {row[column]!r}, not one of {', '.join(codes)}")
    return codes[code]


def _number(row: Mapping[str, str], column: str) -> int | None:
    text = row.get(column, "")
    if not text:
        return None
    try:
        number = int(float(text))
    except (ValueError, OverflowError):
        raise ValueError(f"{column} is {text!r}, which is no number") from None
    if number < 0:
        raise ValueError(f"{column} is {text}, below 0")
    return number


def _killed(row: Mapping[str, str]) -> Count:
    """The best estimate within the lowest and the highest; of totals from which events were taken out the highest may
    lie below the others, so the bounds are the least and the greatest of the three.
    """
    best = _number(row, "best")
    if best is None:
        raise ValueError("best is empty")
    told = [n for n in (best, _number(row, "low"), _number(row, "high")) if n is not None]
    return Count(min(told), best, max(told))


def _when(row: Mapping[str, str]) -> When:
    first, last = (_day(row, column) for column in ("date_start", "date_end"))
    if first > last:
        raise ValueError(f"date_start {first} lies after date_end {last}")
    if row["date_prec"] == _PRECISE and first == last:
        return When(first, last, "day")
    width = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    return When(first, last, "day" if width == 1 else "week" if width == _WEEK else "range")


def _day(row: Mapping[str, str], column: str) -> str:
    text = row[column][:10]
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"{column} is {row[column]!r}, which is no day like 2016-10-24") from None


def _place(row: Mapping[str, str]) -> Place:
    precision = _coded(row, "where_prec", _WHERE)
    named = row.get("where_coordinates", "") or row.get("adm_2", "") or row.get("adm_1", "") or row["country"]
    return Place(
        text=named,
        name=named,
        kind="country" if precision == "country" else "",
        country=country_code(row["country"], row.get("iso3", "")),
        admin1=row.get("adm_1") or None,
        admin2=row.get("adm_2") or None,
        latitude=_degrees(row, "latitude", 90.0),
        longitude=_degrees(row, "longitude", 180.0),
        precision=precision,
    )


def _degrees(row: Mapping[str, str], column: str, most: float) -> float | None:
    text = row.get(column, "")
    if not text:
        return None
    try:
        found = float(text)
    except ValueError:
        raise ValueError(f"{column} is {text!r}, which is no number") from None
    if not -most <= found <= most:
        raise ValueError(f"{column} is {text}, which is no place on earth")
    return found


def _parties(row: Mapping[str, str]) -> tuple[ReferenceParty, ...]:
    """One-sided violence has a perpetrator and civilians; else nobody says which side attacked."""
    one_sided = row["type_of_violence"].partition(".")[0] == "3"
    sides = []
    for side, role in (("a", "perpetrator"), ("b", "victim")):
        name = row[f"side_{side}"]
        if name:
            number = row.get(f"side_{side}_new_id", "") or row.get(f"side_{side}_id", "")
            killed = _number(row, f"deaths_{side}")
            sides.append(ReferenceParty(name, number, role if one_sided else "party", killed))
    return tuple(sides)


def _reports(row: Mapping[str, str]) -> Iterator[ReferenceReport]:
    """The reports of a row: each in quotes as office, day and headline, since 2013; else as far as the lists of
    headlines, offices and days go together (a headline may hold a semicolon).
    """
    whole = [article.split(",", 2) for article in _ARTICLE.findall(row.get("source_article", ""))]
    if whole and all(len(parts) == len(("office", "day", "headline")) for parts in whole):
        for office, day, headline in whole:
            yield _report(headline, office, day)
        return
    headlines = [h for h in row.get("source_headline", "").split(";") if h.strip()]
    offices, days = (row.get(column, "").split(";") for column in ("source_office", "source_date"))
    if len(headlines) != len(days) or len(headlines) != len(offices):
        offices, days = [""] * len(headlines), [""] * len(headlines)
    for headline, office, day in zip(headlines, offices, days, strict=True):
        yield _report(headline, office, day)


def _report(headline: str, office: str, day: str) -> ReferenceReport:
    told = day.strip()[:10]
    known = len(told) == len(_NO_DAY) and told != _NO_DAY and _is_day(told)
    return ReferenceReport(headline.strip(), office.strip(), told if known else None)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
