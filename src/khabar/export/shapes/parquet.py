"""Incidents as Parquet, for pandas, polars, DuckDB and R. Invariant: every column has its type also where it is empty,
and days are dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, BinaryIO

from khabar.export.shapes.own import OwnTable
from khabar.export.shapes.parts import Column, Row

__all__ = ["Parquet"]


class Parquet(OwnTable):
    """See the module."""

    name = "parquet"
    title = "Khabar's own incidents as Parquet, for pandas, polars, DuckDB and R"
    ending = "parquet"

    def write(self, rows: Iterable[Row], out: BinaryIO, options: frozenset[str]) -> None:
        """All rows as one file. They are held in memory: about a kilobyte an incident."""
        import polars as pl

        types = {"text": pl.String, "integer": pl.Int64, "number": pl.Float64, "day": pl.Date}
        held: dict[str, list[Any]] = {column.name: [] for column in self.columns}
        for row in rows:
            for column in self.columns:
                held[column.name].append(_cell(column, row.values.get(column.name)))
        frame = pl.DataFrame(held, schema={c.name: types[c.type] for c in self.columns})
        frame.write_parquet(out)
        del options


def _cell(column: Column, value: Any) -> Any:
    return date.fromisoformat(value) if column.type == "day" and value is not None else value
