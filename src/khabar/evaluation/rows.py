"""Figures and slips as rows to print. Invariant: every figure shows its size, its data and the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from khabar.evaluation.gate import Entry
from khabar.evaluation.model import Figure
from khabar.evaluation.run import Measured

__all__ = ["FIGURE_COLUMNS", "SLIP_COLUMNS", "figure_rows", "slip_rows", "value_text"]

FIGURE_COLUMNS = (
    "measure",
    "figure",
    "value",
    "floor",
    "cases",
    "note",
    "ability",
    "data",
    "fingerprint",
    "seconds",
    "date",
)
SLIP_COLUMNS = ("measure", "cause", "cases", "kind", "what", "place", "expected", "found", "sentence")


def figure_rows(measured: Sequence[Measured], entries: Mapping[str, Entry], day: str) -> Iterator[dict[str, Any]]:
    """A row a figure; one row saying so for a measure whose data are not here."""
    for one in measured:
        common = {
            "measure": one.measure.name,
            "ability": one.measure.ability,
            "data": one.measure.source,
            "date": day,
        }
        if one.outcome is None:
            yield {**common, "figure": None, "value": None, "floor": None, "cases": 0, "note": "data not here"}
            continue
        floors = entries[one.measure.name].floors if one.measure.name in entries else {}
        for figure in one.outcome.figures:
            yield {
                **common,
                "figure": figure.name,
                "value": round(figure.value, 4),
                "floor": floors.get(figure.name),
                "cases": figure.size,
                "note": figure.note,
                "fingerprint": one.fingerprint,
                "seconds": round(one.seconds, 1),
            }


def slip_rows(measured: Sequence[Measured]) -> Iterator[dict[str, Any]]:
    """A row a slip, those of the most frequent cause of a measure first; `cases` is how many share the cause."""
    for one in measured:
        slips = one.outcome.slips if one.outcome else ()
        causes = Counter(slip.cause for slip in slips)
        for slip in sorted(slips, key=lambda s: (-causes[s.cause], s.cause, s.kind)):
            yield {
                "measure": one.measure.name,
                "cause": slip.cause,
                "cases": causes[slip.cause],
                "kind": slip.kind,
                "what": slip.what,
                "place": slip.place,
                "expected": slip.expected,
                "found": slip.found,
                "sentence": " ".join(slip.sentence.split()),
            }


def value_text(figure: Figure) -> str:
    """The value as people read it: a count of cases plain, all else with three decimals."""
    return f"{figure.value:g}" if figure.count and float(figure.value).is_integer() else f"{figure.value:.3f}"
