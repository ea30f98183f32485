"""A comparison as rows and JSON. Invariant: each row of a comparison is one row here, whatever sides it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from khabar.comparing.model import Comparison, CoverageRow, Likely, Row
from khabar.records import Count, Event, ReferenceIncident, ReferenceSet, When
from khabar.resolution.wording import count_words, listed, period

__all__ = [
    "COMPARE_COLUMNS",
    "COVERAGE_COLUMNS",
    "FIELDS",
    "REASON_COLUMNS",
    "SET_COLUMNS",
    "comparison_json",
    "coverage_rows",
    "reason_rows",
    "row_json",
    "row_table",
    "set_row",
    "sides_of",
    "summary_words",
]

FIELDS = ("date", "place", "killed", "who", "kind")

COMPARE_COLUMNS = (
    "verdict",
    "incident",
    "record",
    *(f"{field}_{side}" for field in FIELDS for side in ("mine", "theirs")),
    "differences",
    "compared",
    "score",
    "why",
    "near",
    "sources",
)
COVERAGE_COLUMNS = ("by", "value", "theirs", "theirs_same", "theirs_unsure", "mine", "mine_same", "mine_unsure")
REASON_COLUMNS = ("where", "reason", "number")
SET_COLUMNS = ("id", "shape", "version", "file", "records", "problems", "imported_at", "licence")


def row_table(row: Row) -> dict[str, Any]:
    """One flat row with `COMPARE_COLUMNS`."""
    mine, theirs = sides_of(row)
    return {
        "verdict": row.verdict,
        "incident": row.mine.id if row.mine else None,
        "record": "; ".join(r.key for r in (row.theirs, *row.parts)) if row.theirs else None,
        **{f"{f}_{name}": side.get(f) for f in FIELDS for name, side in (("mine", mine), ("theirs", theirs))},
        "differences": "; ".join(f"{d.field}: {r.words}" for d in row.fields for r in d.reasons) or None,
        "compared": " ".join(r.words for r in row.reasons) or None,
        "score": None if row.score is None else round(row.score, 2),
        "why": " ".join(w.words for w in row.why) or None,
        "near": row.near,
        "sources": _sources(row.theirs),
    }


def row_json(row: Row) -> dict[str, Any]:
    """One row as a JSON object: both sides, the fields with their reasons, and how they were compared."""
    mine, theirs = sides_of(row)
    return {
        "verdict": row.verdict,
        "incident": {"id": row.mine.id, **mine} if row.mine else None,
        "record": _record(row.theirs, theirs) if row.theirs else None,
        "fields": [
            {
                "field": d.field,
                "mine": d.mine,
                "theirs": d.theirs,
                "agrees": d.agrees,
                "reasons": list(map(_likely, d.reasons)),
            }
            for d in row.fields
        ],
        "score": row.score,
        "compared": [{"feature": r.feature, "score": r.score, "words": r.words} for r in row.reasons],
        "why": list(map(_likely, row.why)),
        "near": row.near,
        "parts": [part.key for part in row.parts],
    }


def comparison_json(found: Comparison) -> dict[str, Any]:
    """What was compared, and the coverage; the rows are for `row_json`."""
    return {
        "name": found.name,
        "sets": [asdict(each) for each in found.sets],
        "coverage": {
            **{name: value for name, value in asdict(found.coverage.whole).items() if name not in ("by", "value")},
            "by": [asdict(row) for row in found.coverage.rows],
            "reasons": list(reason_rows(found)),
        },
    }


def coverage_rows(found: Comparison) -> list[dict[str, Any]]:
    """The coverage as rows with `COVERAGE_COLUMNS`, the whole first."""
    every: tuple[CoverageRow, ...] = (found.coverage.whole, *found.coverage.rows)
    return [asdict(row) for row in every]


def reason_rows(found: Comparison) -> list[dict[str, Any]]:
    """How often each reason stands, as rows with `REASON_COLUMNS`."""
    return [dict(zip(REASON_COLUMNS, row, strict=True)) for row in found.coverage.reasons]


def summary_words(found: Comparison) -> list[str]:
    """The coverage in a few sentences, and the commonest reasons."""
    whole = found.coverage.whole
    theirs = whole.theirs - whole.theirs_same - whole.theirs_unsure
    mine = whole.mine - whole.mine_same - whole.mine_unsure
    of_theirs = f"your base has {whole.theirs_same}, perhaps {whole.theirs_unsure} more, and {theirs} not."
    of_mine = f"the data set has {whole.mine_same}, perhaps {whole.mine_unsure} more, and {mine} not."
    lines = [f"Of their {whole.theirs} records {of_theirs}", f"Of your {whole.mine} incidents {of_mine}"]
    told = [f"{where.replace('_', ' ')}: {name.replace('_', ' ')} ({n})" for where, name, n in found.coverage.reasons]
    return [*lines, f"Why: {', '.join(told[:_COMMONEST])}."] if told else lines


_COMMONEST = 8  # reasons told in a summary


def set_row(each: ReferenceSet) -> dict[str, Any]:
    """An imported file with `SET_COLUMNS`."""
    return {column: getattr(each, column) for column in SET_COLUMNS}


def sides_of(row: Row) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Both sides by field, in words; a side that is not there has none."""
    if row.fields:
        return {d.field: d.mine for d in row.fields}, {d.field: d.theirs for d in row.fields}
    return (_incident(row.mine) if row.mine else {}), (_of_record(row.theirs) if row.theirs else {})


def _incident(event: Event) -> dict[str, str]:
    shown = {name: derived.value for name, derived in event.derived.items() if derived.value}
    when, killed = shown.get("when"), shown.get("killed")
    who = (value.value for value in event.values.get("attributions", ()))
    return {
        "date": period(When(when["earliest"], when["latest"])) if when else "",
        "place": listed(place["name"] for place in shown.get("places") or ()),
        "killed": count_words(Count(killed["low"], killed["best"], killed["high"])) if killed else "",
        "who": "; ".join(dict.fromkeys(f"{a['actor']} ({a['stance']})" for a in who)),
        "kind": str(shown.get("type", "")).replace("_", " "),
    }


def _of_record(record: ReferenceIncident) -> dict[str, str]:
    around = (record.place.text, record.place.admin2, record.place.admin1, record.place.country)
    bounds = "" if record.killed.low == record.killed.high else f" ({record.killed.low} to {record.killed.high})"
    return {
        "date": period(record.when),
        "place": ", ".join(dict.fromkeys(part for part in around if part)),
        "killed": f"{record.killed.best}{bounds}",
        "who": " and ".join(party.name for party in record.parties if party.role != "victim"),
        "kind": record.kind,
    }


def _record(record: ReferenceIncident, words: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": record.key,
        "line": record.line,
        **words,
        "sums_up": record.sums_up,
        "reports": [asdict(report) for report in record.reports],
        "credited": record.credited,
    }


def _sources(record: ReferenceIncident | None) -> str | None:
    if record is None:
        return None
    told = (" ".join(part for part in (r.publisher, r.day) if part) or r.headline for r in record.reports)
    return "; ".join(told) or record.credited or None


def _likely(reason: Likely) -> dict[str, str]:
    return {"name": reason.name, "words": reason.words}
