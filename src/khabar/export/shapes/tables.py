"""Shapes that are one table in a text file. Invariant: a cell holds what its column's type allows, or is empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, BinaryIO

from khabar.errors import ExportError
from khabar.export.shapes.cases import Case
from khabar.export.shapes.material import Material
from khabar.export.shapes.parts import COLUMN_TYPES, Column, Loss, LossRule, Row
from khabar.export.tables import csv_lines
from khabar.records.vocabulary import ISO_DAY

__all__ = ["Table", "columns_of", "fault_in", "joined"]

_TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "integer": (int,),
    "number": (int, float),
    "day": (str,),
}


@cache
def columns_of(name: str) -> tuple[Column, ...]:
    """The columns of a built-in shape, from `columns/<name>.yml`."""
    import yaml

    text = (files("khabar.export.shapes") / "columns" / f"{name}.yml").read_text(encoding="utf-8")
    return tuple(_column(entry) for entry in yaml.safe_load(text))


def _column(entry: Mapping[str, Any]) -> Column:
    values = tuple(entry.get("values", ()))
    column = Column(**{**entry, "values": values})
    if column.type not in COLUMN_TYPES:
        raise ExportError(f"column {column.name} has the type {column.type!r}.", f"Use {', '.join(COLUMN_TYPES)}.")
    return column


def fault_in(column: Column, value: Any) -> str | None:
    """What is wrong with a value of a column, in words; None where nothing is."""
    if value is None:
        return f"{column.name} is empty" if column.required else None
    if not isinstance(value, _TYPES[column.type]) or isinstance(value, bool):
        return f"{column.name} is {value!r}, which is no {column.type}"
    if column.type == "day" and not ISO_DAY.match(str(value)):
        return f"{column.name} is {value!r}, which is no day"
    if column.values and value not in column.values:
        return f"{column.name} is {value!r}, which is none of its values"
    return None


class Table:
    """A base for shapes that are one table: columns from YAML, one incident after the other, comma-separated lines.

    A subclass says `name`, `title`, `losses` and `rows`; where the target has another form it overrides `write`.
    """

    name: str = ""
    title: str = ""
    ending: str = "csv"
    rule: str | None = None
    losses: tuple[LossRule, ...] = ()
    options: Mapping[str, str] = {}

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, from `columns/<name>.yml`."""
        return columns_of(self.name)

    def rows(self, case: Case, material: Material) -> Iterator[Row | Loss]:
        """The rows and losses of one incident."""
        raise NotImplementedError

    def records(self, material: Material) -> Iterator[Row | Loss]:
        """The rows and losses of all incidents."""
        for case in material.cases():
            yield from self.checked(self.rows(case, material))

    def checked(self, made: Iterable[Row | Loss]) -> Iterator[Row | Loss]:
        """The same, with every row's cells checked against the columns; ExportError where one does not fit."""
        for item in made:
            if isinstance(item, Row):
                for column in self.columns:
                    fault = fault_in(column, item.values.get(column.name))
                    if fault:
                        raise ExportError(
                            f"{self.name}, incident {item.subject}: {fault}.", "Report this incident as a bug."
                        )
            yield item

    def write(self, rows: Iterable[Row], out: BinaryIO, options: frozenset[str]) -> None:
        """The header and one line a row."""
        names = [column.name for column in self.columns]
        out.writelines(f"{line}\n".encode() for line in csv_lines((row.values for row in rows), names))
        del options


def joined(parts: Sequence[str], by: str = "; ") -> str | None:
    """The different parts in their order, joined; None where there is none."""
    return by.join(dict.fromkeys(part for part in parts if part)) or None
