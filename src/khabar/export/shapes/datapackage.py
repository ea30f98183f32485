"""A Frictionless data package: one zip with the data, its schema, the claims it rests on, the codebook, a method note
and the licence. Invariant: the package describes every table in it, and two exports of one base are the same bytes.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any, BinaryIO

from khabar.export.shapes.cases import Case
from khabar.export.shapes.material import Material
from khabar.export.shapes.own import OTHER_VALUES, OwnTable
from khabar.export.shapes.parts import Column, Loss, LossRule, Row
from khabar.export.shapes.tables import columns_of
from khabar.export.tables import csv_lines
from khabar.export.words import claim_words, interval_words, one_line
from khabar.records import Claim

__all__ = ["DataPackage"]

_TYPES = {"text": "string", "integer": "integer", "number": "number", "day": "date"}
_TABLE = "_table"
_BRIEF = 200  # characters of a quote
_NOTE = """# How this was made

Khabar read public reports and wrote down claims: who says what, in which characters of which report.
`incidents.csv` has one row an incident, put together from claims; `claims.csv` has every claim behind them with its
passage. A value shown is chosen among the stated ones by a rule, which each row names. Bounds are kept: "at least
29" has no upper bound. An empty cell means that no report says it. Attackers who died are counted apart. Who is
held responsible stands with the stance and with who says so: an allegation is no finding. Private persons have
pseudonyms unless they were asked for.

`codebook.yml` has the types of events with what counts and what does not.
"""


class DataPackage(OwnTable):
    """See the module."""

    name = "datapackage"
    title = "a Frictionless data package (zip): incidents, claims with passages, schema, codebook, method note, licence"
    ending = "zip"
    losses: tuple[LossRule, ...] = (OTHER_VALUES,)

    def __init__(self) -> None:
        self._book = ""
        self._at: str | None = None

    def records(self, material: Material) -> Iterator[Row | Loss]:
        """Rows of incidents, and rows of the claims behind them."""
        self._book, self._at = material.book.key, material.at
        for case in material.cases():
            yield from self.checked(self.rows(case, material))
            yield from (_claim_row(case, claim) for claim in case.claims.values())

    def write(self, rows: Iterable[Row], out: BinaryIO, options: frozenset[str]) -> None:
        """The zip. Tables are held as text until all rows have come."""
        tables: dict[str, tuple[tuple[Column, ...], io.StringIO]] = {}
        for name, columns in (("incidents", self.columns), ("claims", columns_of("claims"))):
            tables[name] = (columns, io.StringIO())
            tables[name][1].write(next(csv_lines((), [c.name for c in columns])) + "\n")
        for row in rows:
            columns, text = tables[str(row.values.get(_TABLE, "incidents"))]
            lines = csv_lines([row.values], [column.name for column in columns])
            next(lines)
            text.writelines(f"{line}\n" for line in lines)
        parts = {f"{name}.csv": text.getvalue() for name, (_columns, text) in tables.items()}
        described = self._described({name: columns for name, (columns, _text) in tables.items()})
        parts["datapackage.json"] = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
        parts["README.md"] = _NOTE
        parts["codebook.yml"] = _codebook(self._book)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for name in sorted(parts):
                packed.writestr(zipfile.ZipInfo(name), parts[name].encode(), zipfile.ZIP_DEFLATED)
        del options

    def _described(self, tables: Mapping[str, tuple[Column, ...]]) -> dict[str, Any]:
        """`datapackage.json`, as the Frictionless specification has it."""
        return {
            "profile": "tabular-data-package",
            "name": "khabar-incidents",
            "title": "Sourced conflict events, coded by Khabar",
            "created": self._at,
            "version": self._book,
            "licenses": [{"name": "other", "title": "As the owner says; quotes belong to their publishers"}],
            "resources": [_resource(name, columns) for name, columns in tables.items()],
        }


def _resource(name: str, columns: tuple[Column, ...]) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(c) for c in columns], "missingValues": [""]}
    if name == "incidents":
        schema["primaryKey"] = "id"
    else:
        schema["foreignKeys"] = [{"fields": "incident", "reference": {"resource": "incidents", "fields": "id"}}]
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _TYPES[column.type], "description": column.says}
    return {**field, "constraints": {"required": True}} if column.required else field


def _claim_row(case: Case, claim: Claim) -> Row:
    passage = claim.passages[0]
    report = next((r for r in case.reports if r.id == passage.document), None)
    quote = one_line(passage.quote)
    values = {
        _TABLE: "claims",
        "id": claim.id,
        "incident": case.id,
        "says": claim_words(claim),
        "stance": claim.stance,
        "modality": claim.modality,
        "speaker": claim.speaker.name if claim.speaker else None,
        "document": passage.document,
        "file": report.file if report else None,
        "publisher": report.publisher if report else None,
        "published": interval_words(report.published.earliest, report.published.latest) if report else None,
        "start": passage.start,
        "end": passage.end,
        "quote": quote if len(quote) <= _BRIEF else f"{quote[:_BRIEF]}…",
        "confidence": round(claim.confidence, 3),
    }
    return Row(claim.id, case.id, values)


def _codebook(key: str) -> str:
    """The text of the built-in codebook of that key; the key alone for somebody's own."""
    name = key.partition("@")[0]
    book = files("khabar.codebook") / "books" / f"{name}.yml"
    return book.read_text(encoding="utf-8") if book.is_file() else f"# {key}: a codebook of the owner of this base\n"
