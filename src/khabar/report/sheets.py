"""The tables of a report for a spreadsheet: XLSX with a sheet a table, or CSV files. Invariant: the same tables as the
report prints; a cell of text is never taken for a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from khabar.export.tables import csv_lines
from khabar.report.model import Number, Piece, Report

__all__ = ["csv_files", "xlsx"]

_INCIDENT_COLUMNS = (
    "number", "id", "when", "where", "what", "killed", "injured", "attackers_killed", "attributed", "sources", "part",
)  # fmt: skip
_WIDTH = 24


def xlsx(report: Report) -> bytes:
    """Every table and the list of incidents, a sheet each."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"{report.title}, {report.period}", "created": datetime.fromisoformat(report.made)})
    bold = book.add_format({"bold": True})
    for name, columns, rows in _sheets(report):
        sheet = book.add_worksheet(name[:31])
        sheet.set_column(0, len(columns), _WIDTH)
        sheet.freeze_panes(1, 0)
        for k, column in enumerate(columns):
            sheet.write_string(0, k, column, bold)
        for n, row in enumerate(rows, start=1):
            for k, cell in enumerate(row):
                sheet.write(n, k, cell)
    book.close()
    return out.getvalue()


def csv_files(report: Report) -> dict[str, str]:
    """File name to text, for every table and the list of incidents."""
    found = {}
    for name, columns, rows in _sheets(report):
        lines = csv_lines((dict(zip(columns, row, strict=True)) for row in rows), columns)
        found[f"{name}.csv"] = "".join(f"{line}\n" for line in lines)
    return found


def _sheets(report: Report) -> Iterator[tuple[str, tuple[str, ...], list[list[Any]]]]:
    """Name, columns and rows of each table, then of the incidents."""
    for table in report.tables():
        yield table.name, table.columns, [[_cell(piece) for piece in row] for row in table.rows]
    yield "incidents", _INCIDENT_COLUMNS, [[row[c] for c in _INCIDENT_COLUMNS] for row in _incidents(report)]


def _incidents(report: Report) -> Iterator[Mapping[str, Any]]:
    parts: Sequence[tuple[str, Any]] = (
        ("period", report.incidents),
        ("may lie in the period", report.perhaps),
        ("period before", report.earlier),
    )
    for part, incidents in parts:
        for i in incidents:
            row = {name: getattr(i, name) for name in _INCIDENT_COLUMNS if name not in ("attributed", "part")}
            yield {**row, "attributed": "; ".join(i.attributed), "part": part}


def _cell(piece: Piece) -> Any:
    """A plain number as a number, all else as words."""
    words = piece.words if isinstance(piece, Number) else piece
    return int(words) if words.isdecimal() else words
