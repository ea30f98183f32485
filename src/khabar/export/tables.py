"""Rows as CSV or JSON lines. Invariant: a stream in, a stream out; a spreadsheet never takes a cell for a formula, and
a program gets back what was written.

A text that begins with a sign of formulas gets an apostrophe before it, which spreadsheets take for "this is text". So
does one that begins with apostrophes and such a sign, so that `cell_text` can take exactly that one away again.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

__all__ = ["cell_text", "csv_lines", "json_lines"]

_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
)  # spreadsheets of the Far East take wide ones, too


def csv_lines(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], delimiter: str = ",") -> Iterator[str]:
    """The header line, then one line a row, without line ends; None is an empty cell."""
    yield _line(columns, delimiter)
    for row in rows:
        yield _line([_cell(row.get(column)) for column in columns], delimiter)


def json_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One JSON object a line, without line ends."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False)


def _line(cells: Sequence[str], delimiter: str) -> str:
    # The writer quotes a cell that holds a character of its line end, so both of them must be in it.
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
    return out.getvalue().removesuffix("\r\n")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return str(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if _is_formula(text) else text


def cell_text(cell: str) -> str:
    """The text that was written into a cell of text."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell) else cell


def _is_formula(text: str) -> bool:
    return text.lstrip("'").startswith(_FORMULA)
