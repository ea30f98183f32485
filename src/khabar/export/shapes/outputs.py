"""The files of an export. Invariant: they all appear, whole, or none of them does; what they say is counted once, as it
goes by.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Self

from khabar.errors import ExportError
from khabar.export.shapes.annotations import annotations_of, collection_end, collection_start
from khabar.export.shapes.leaving import Leaving
from khabar.export.shapes.material import Material
from khabar.export.shapes.parts import Loss, Row
from khabar.export.shapes.project import Expectation
from khabar.export.shapes.provenance import PROVENANCE_COLUMNS, Provenance
from khabar.export.shapes.shape import Shape
from khabar.export.tables import csv_lines

__all__ = ["LOSS_COLUMNS", "Summary", "file_names", "write_files", "write_stream"]

LOSS_COLUMNS = ("incident", "kind", "rule", "says", "column", "detail", "claims")

_AT_ONCE = 200  # rows whose claims are looked up together
_BLOCK = 1 << 16


@dataclass
class Summary:
    """What went out: rows, incidents with a row, losses by kind and rule, filled cells by column."""

    rows: int = 0
    subjects: set[str] = field(default_factory=set)
    losses: Counter[tuple[str, str]] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)

    @property
    def left_out(self) -> int:
        """How many incidents have no row."""
        return sum(n for (kind, _), n in self.losses.items() if kind == "left out")

    def note(self, item: Row | Loss) -> None:
        """Count a row or a loss."""
        if isinstance(item, Loss):
            self.losses[item.rule.kind, item.rule.key] += 1
            return
        self.rows += 1
        self.subjects.add(item.subject)
        self.filled.update(column for column, value in item.values.items() if value is not None)


def file_names(output: Path, *, annotations: bool) -> dict[str, Path]:
    """The files of an export to `output`: table, losses, provenance, and annotations where asked for."""
    stem = output.with_suffix("") if output.suffix else output
    found = {
        "table": output,
        "losses": stem.with_name(f"{stem.name}.losses.csv"),
        "provenance": stem.with_name(f"{stem.name}.provenance.csv"),
    }
    if annotations:
        found["annotations"] = stem.with_name(f"{stem.name}.annotations.jsonld")
    if len(set(found.values())) < len(found):
        raise ExportError(f"{output} is the name of a file beside it.", "Choose another name with -o.")
    return found


def write_files(
    shape: Shape,
    material: Material,
    leaving: Leaving,
    output: Path,
    *,
    expectation: Expectation | None = None,
    annotations: bool = False,
) -> Summary:
    """Write the table and its companions; ExportError, and nothing written, where an expectation does not hold or a
    file cannot be written.
    """
    if output.is_dir():
        raise ExportError(f"{output} is a folder.", "Name a file in it with -o.")
    names = file_names(output, annotations=annotations)
    for path in names.values():
        if path.is_dir():
            raise ExportError(f"{path} is a folder.", "Name a file in it with -o.")
    with ExitStack() as stack:
        parts = {name: stack.enter_context(_Part(path)) for name, path in names.items()}
        summary = _Companions(shape, material, leaving, parts).written()
        if expectation is not None:
            expectation.check(shape.name, summary.rows, summary.filled)
        for part in parts.values():
            part.close()
        for name in reversed(parts):  # the table last: where it is, what belongs to it is too
            parts[name].keep()
    return summary


def write_stream(
    shape: Shape, material: Material, leaving: Leaving, out: BinaryIO, *, expectation: Expectation | None = None
) -> Summary:
    """Write the table alone to a stream; where something is expected of it, only when that holds."""
    summary = Summary()
    rows = _counted(leaving, summary)
    if expectation is None:
        shape.write(rows, out, material.options)
    else:
        with tempfile.TemporaryFile() as held:
            shape.write(rows, held, material.options)
            expectation.check(shape.name, summary.rows, summary.filled)
            held.seek(0)
            while block := held.read(_BLOCK):
                out.write(block)
    out.flush()
    return summary


def _counted(items: Iterable[Row | Loss], summary: Summary) -> Iterator[Row]:
    for item in items:
        summary.note(item)
        if isinstance(item, Row):
            yield item


class _Companions:
    """Writes losses, provenance and annotations while the rows go by on their way into the table."""

    def __init__(self, shape: Shape, material: Material, leaving: Leaving, parts: dict[str, _Part]) -> None:
        self._shape = shape
        self._material = material
        self._leaving = leaving
        self._parts = parts
        self._summary = Summary()
        self._first_annotation = True

    def written(self) -> Summary:
        """Write everything; what was counted."""
        self._provenance = Provenance(self._material.base, self._leaving)
        for name, columns in (("losses", LOSS_COLUMNS), ("provenance", PROVENANCE_COLUMNS)):
            self._line(name, next(csv_lines((), columns)))
        if "annotations" in self._parts:
            self._line("annotations", collection_start(f"Khabar, {self._shape.name}"))
        self._shape.write(self._rows(), self._parts["table"].file, self._material.options)
        if "annotations" in self._parts:
            self._line("annotations", collection_end())
        return self._summary

    def _rows(self) -> Iterator[Row]:
        held: list[Row] = []
        for item in self._leaving:
            self._summary.note(item)
            if isinstance(item, Loss):
                self._loss(item)
                continue
            yield item
            held.append(item)
            if len(held) == _AT_ONCE:
                self._evidence(held)
                held = []
        self._evidence(held)

    def _loss(self, loss: Loss) -> None:
        row = {
            "incident": loss.subject,
            "kind": loss.rule.kind,
            "rule": loss.rule.key,
            "says": loss.rule.says,
            "column": loss.column,
            "detail": loss.detail or None,
            "claims": "; ".join(loss.claims) or None,
        }
        self._csv("losses", [row], LOSS_COLUMNS)

    def _evidence(self, rows: list[Row]) -> None:
        if not rows:
            return
        claims = self._provenance.claims_of(rows)
        for row in rows:
            self._csv("provenance", self._provenance.lines(row, claims), PROVENANCE_COLUMNS)
            if "annotations" not in self._parts:
                continue
            for one in annotations_of(self._shape.name, row, claims, self._provenance, self._leaving):
                comma = "" if self._first_annotation else ","
                self._first_annotation = False
                self._line("annotations", comma + json.dumps(one, ensure_ascii=False))

    def _csv(self, name: str, rows: Iterable[dict[str, Any]], columns: tuple[str, ...]) -> None:
        lines = csv_lines(rows, columns)
        next(lines)
        for line in lines:
            self._line(name, line)

    def _line(self, name: str, line: str) -> None:
        self._parts[name].file.write(f"{line}\n".encode())


class _Part:
    """A file beside the one that is meant, which takes its name when `keep` is called and goes away otherwise."""

    file: BinaryIO

    def __init__(self, path: Path) -> None:
        self._path = path
        self._temporary: Path | None = None

    def __enter__(self) -> Self:
        try:
            handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}.")
        except OSError as problem:
            raise _unwritable(self._path, problem) from problem
        self._temporary = Path(name)
        self.file = open(handle, "w+b")  # noqa: PTH123  # a descriptor, closed by `close`
        return self

    def close(self) -> None:
        """Everything is on the disk; ExportError where it is full."""
        try:
            self.file.close()
        except OSError as problem:
            raise _unwritable(self._path, problem) from problem

    def keep(self) -> None:
        """The file takes its name."""
        if self._temporary is None:
            return
        try:
            self._temporary.chmod(0o644)
            self._temporary.replace(self._path)
        except OSError as problem:
            raise _unwritable(self._path, problem) from problem
        self._temporary = None

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # of a full disk; what could not be written is not kept anyway
            self.file.close()
        if self._temporary is not None:
            self._temporary.unlink(missing_ok=True)


def _unwritable(path: Path, problem: OSError) -> ExportError:
    return ExportError(f"{path} cannot be written ({problem.strerror}).", "Choose another place with -o.")
