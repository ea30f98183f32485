"""Positions and totals as rows and JSON objects. Invariant: what is sure and what is perhaps stand apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from khabar.exchange import count_to_json
from khabar.resolution.positions import Position
from khabar.resolution.scopes import COUNTED
from khabar.resolution.total_words import coverage_words, stated_words
from khabar.resolution.totals import Coverage, Series, Sum
from khabar.resolution.wording import period

__all__ = [
    "POSITION_COLUMNS",
    "TOTAL_COLUMNS",
    "position_json",
    "position_row",
    "series_json",
    "steps_words",
    "total_json",
    "total_row",
]

POSITION_COLUMNS = ("id", "kind", "speaker", "proposition", "steps", "claims", "subject")

TOTAL_COLUMNS = (
    "claim",
    "origin",
    "scope",
    "date_earliest",
    "date_latest",
    "incidents",
    *COUNTED,
    "explains",
    "sure_incidents",
    "sure_killed_low",
    "sure_killed_high",
    "perhaps_incidents",
    "perhaps_killed_low",
    "perhaps_killed_high",
    "remarks",
    "sure",
    "perhaps",
)


def position_row(position: Position) -> dict[str, Any]:
    """A position with the columns of `POSITION_COLUMNS`; steps and their claims are parted by " | "."""
    return {
        "id": position.id,
        "kind": position.kind,
        "speaker": position.speaker,
        "proposition": position.proposition,
        "steps": steps_words(position),
        "claims": " | ".join("; ".join(step.claims) for step in position.steps),
        "subject": position.subject,
    }


def steps_words(position: Position) -> str:
    """The steps in a line: "2014-01-01 to 2015-12-31: denied | 2016: asserted"."""
    return " | ".join(f"{period(s.when)}: {s.stance}" for s in position.steps)


def position_json(position: Position) -> dict[str, Any]:
    """A position as a JSON object; the claims of each step are ids."""
    row = position_row(position)
    del row["claims"]
    row["steps"] = [
        {"earliest": s.when.earliest, "latest": s.when.latest, "stance": s.stance, "claims": list(s.claims)}
        for s in position.steps
    ]
    return row


def total_row(total: Coverage) -> dict[str, Any]:
    """A total with the columns of `TOTAL_COLUMNS`; tolls as they are stated, in words."""
    sure, perhaps = total.explained.get("killed"), total.possible.get("killed")
    return {
        "claim": total.claim,
        "origin": total.scope.origin,
        "scope": total.scope.words,
        "date_earliest": total.scope.when.earliest,
        "date_latest": total.scope.when.latest,
        "incidents": total.incidents,
        **{f: _bounds_words(total, f) for f in COUNTED},
        "explains": coverage_words(total),
        "sure_incidents": len(total.sure),
        "sure_killed_low": sure.low if sure else None,
        "sure_killed_high": sure.high if sure else None,
        "perhaps_incidents": len(total.perhaps),
        "perhaps_killed_low": perhaps.low if perhaps else None,
        "perhaps_killed_high": perhaps.high if perhaps else None,
        "remarks": " ".join(total.remarks),
        "sure": "; ".join(total.sure),
        "perhaps": "; ".join(p.event for p in total.perhaps),
    }


def _bounds_words(total: Coverage, field: str) -> str | None:
    count = total.stated.get(field)
    return count.text or str(count.best or count.low) if count is not None else None


def total_json(total: Coverage) -> dict[str, Any]:
    """A total as a JSON object: its scope, what it states, what the base explains and what it perhaps explains."""
    scope = total.scope
    return {
        "claim": total.claim,
        "origin": scope.origin,
        "scope": scope.words,
        "when": {"earliest": scope.when.earliest, "latest": scope.when.latest, "stated": scope.dated},
        "incidents": total.incidents,
        "stated": {field: count_to_json(count) for field, count in total.stated.items()},
        "states": stated_words(total),
        "explains": coverage_words(total),
        "sure": list(total.sure),
        "perhaps": [{"incident": p.event, "reasons": list(p.reasons)} for p in total.perhaps],
        "twins": list(total.twins),
        "explained": _sums(total.explained),
        "possible": _sums(total.possible),
        "remarks": list(total.remarks),
    }


def _sums(sums: Mapping[str, Sum]) -> dict[str, Any]:
    return {field: {"low": s.low, "high": s.high, "silent": s.silent} for field, s in sums.items()}


def series_json(series: Series) -> dict[str, Any]:
    """A series as a JSON object: its totals in the order of time, by the claims that state them."""
    totals = [
        {
            "claim": t.claim,
            "earliest": t.scope.when.earliest,
            "latest": t.scope.when.latest,
            "incidents": t.incidents,
            "stated": {field: count_to_json(count) for field, count in t.stated.items()},
        }
        for t in series.totals
    ]
    return {"origin": series.origin, "scope": series.what, "totals": totals}
