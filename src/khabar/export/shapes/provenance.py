"""What every cell rests on: one line a cell and passage. Invariant: `quote` begins as the archived text does at
`start`; only names that may not leave are replaced in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from khabar.export.shapes.leaving import Leaving
from khabar.export.shapes.parts import Row
from khabar.export.shapes.reports import reports_of
from khabar.export.words import one_line
from khabar.records import Claim
from khabar.store.base import View
from khabar.store.questions import ClaimFilter

__all__ = ["PROVENANCE_COLUMNS", "Provenance"]

PROVENANCE_COLUMNS = (
    "row",
    "incident",
    "column",
    "value",
    "claim",
    "document",
    "file",
    "start",
    "end",
    "quote",
    "speaker",
    "publisher",
)

_BRIEF = 200  # characters of a quote


class Provenance:
    """Looks up the passages behind rows, some hundreds of claims at a time."""

    def __init__(self, base: View, leaving: Leaving) -> None:
        self._base = base
        self._leaving = leaving
        self._reports = reports_of(base)

    def claims_of(self, rows: Sequence[Row]) -> dict[str, Claim]:
        """The claims that these rows rest on, by id."""
        ids = tuple(dict.fromkeys(key for row in rows for claims in row.claims.values() for key in claims))
        return {claim.id: claim for claim in self._base.claims(ClaimFilter(ids=ids))} if ids else {}

    def lines(self, row: Row, claims: dict[str, Claim]) -> Iterator[dict[str, Any]]:
        """One line for each filled cell and passage of a row."""
        for column, keys in row.claims.items():
            value = row.values.get(column)
            if value is None:
                continue
            for key in keys:
                if key in claims:
                    yield from self._passages(row, column, value, claims[key])

    def publisher(self, document: str) -> str | None:
        """Who published a report."""
        report = self._reports.get(document)
        return report.publisher if report else None

    def address(self, document: str) -> str | None:
        """Where a report was published."""
        report = self._reports.get(document)
        return report.url if report else None

    def _passages(self, row: Row, column: str, value: Any, claim: Claim) -> Iterator[dict[str, Any]]:
        told = self._leaving.told
        for passage in claim.passages:
            report = self._reports.get(passage.document)
            quote = one_line(told(row.subject, passage.quote))
            yield {
                "row": row.id,
                "incident": row.subject,
                "column": column,
                "value": value,
                "claim": claim.id,
                "document": passage.document,
                "file": report.file if report else None,
                "start": passage.start,
                "end": passage.end,
                "quote": quote if len(quote) <= _BRIEF else quote[:_BRIEF] + "…",
                "speaker": told(row.subject, claim.speaker.name) if claim.speaker else None,
                "publisher": report.publisher if report else None,
            }
