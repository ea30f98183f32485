"""Where and how commands write. Invariant: results go to standard output or the `-o` file as a stream; progress and
remarks go to standard error; a file appears whole or not at all.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, TextIO

from khabar.errors import ExportError
from khabar.export.tables import csv_lines, json_lines
from khabar.visible import visible

__all__ = ["Format", "Progress", "note", "progress_bar", "writable", "write_bytes", "write_lines", "write_rows"]

Progress = Callable[[int, int, str], None]
"""Told how many of how many are done, and of what."""


class Format(StrEnum):
    """How rows are written."""

    table = "table"
    csv = "csv"
    json = "json"
    jsonl = "jsonl"


def note(message: str) -> None:
    """A remark for the person at the terminal."""
    sys.stderr.write(f"{visible(message)}\n")
    sys.stderr.flush()


def write_rows(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[str],
    form: Format,
    output: Path | None,
    shown: Sequence[str] | None = None,
) -> int:
    """Write rows in a format; a table shows the columns `shown` (default all). Gives the number of rows."""
    counted = _Counted(rows)
    if form is Format.table:
        _write_table(counted, shown or columns, output)
    elif form is Format.csv:
        write_lines(csv_lines(counted, columns), output)
    elif form is Format.jsonl:
        write_lines(json_lines(counted), output)
    else:
        write_lines(_json_array(counted), output)
    return counted.count


class _Counted:
    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        for row in self._rows:
            self.count += 1
            yield row


def _json_array(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    waiting: str | None = None
    yield "["
    for line in json_lines(rows):
        if waiting is not None:
            yield waiting + ","
        waiting = line
    if waiting is not None:
        yield waiting
    yield "]"


def write_lines(lines: Iterable[str], output: Path | None) -> None:
    """Write lines to the file, or to standard output where it is None or `-`."""
    if output is None or str(output) == "-":
        for line in lines:
            sys.stdout.write(line + "\n")
        sys.stdout.flush()
        return
    with writable(output) as out:
        for line in lines:
            out.write(line + "\n")


def write_bytes(data: bytes, output: Path | None) -> None:
    """Write bytes to the file, whole or not at all, or to standard output where it is None or `-`."""
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    with writable(output) as out:
        out.flush()
        out.buffer.write(data)


@contextmanager
def writable(path: Path) -> Iterator[TextIO]:
    """What `-o` names, open for text: a file takes its name only when everything is written; a device or a named pipe
    is written to as it is. ExportError where neither can be.
    """
    if path.is_dir():
        raise ExportError(f"{path} is a folder.", "Name a file in it with -o.")
    with _written_through(path) if path.exists() and not path.is_file() else _whole_file(path.resolve()) as out:
        yield out


@contextmanager
def _written_through(path: Path) -> Iterator[TextIO]:
    """A device (`/dev/stdout`) or a named pipe, which a file must never take the place of."""
    try:
        with path.open("w", encoding="utf-8", newline="") as out:
            yield out
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise ExportError(
            f"{path} cannot be written ({problem.strerror}).", "Choose another place with -o."
        ) from problem


@contextmanager
def _whole_file(path: Path) -> Iterator[TextIO]:
    """A file beside `path` that takes its name only when everything is written."""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as problem:
        raise ExportError(
            f"{path} cannot be written ({problem.strerror}).", "Choose another place with -o."
        ) from problem
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            yield out
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException as problem:
        Path(temporary).unlink(missing_ok=True)
        if isinstance(problem, OSError):
            raise ExportError(
                f"{path} cannot be written ({problem.strerror}).", "Free some space or choose another place with -o."
            ) from problem
        raise


def _write_table(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], output: Path | None) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(
        box=None, pad_edge=False, header_style="bold", row_styles=["", "dim"] if sys.stdout.isatty() else None
    )
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(_text(row.get(column)) for column in columns))
    if output is None or str(output) == "-":
        # rendered first: rich ends the program with an error where the reader of a pipe went away
        console = Console(width=None if sys.stdout.isatty() else 160, highlight=False, markup=False)
        with console.capture() as rendered:
            console.print(table)
        sys.stdout.write(rendered.get())
        sys.stdout.flush()
        return
    with writable(output) as out:
        Console(file=out, width=160, highlight=False, markup=False).print(table)


def _text(value: Any) -> str:
    return "" if value is None else visible(str(value))


@contextmanager
def progress_bar(label: str, *, shown: bool = True) -> Iterator[Progress]:
    """A progress bar on standard error; call what it gives with (done, total, what is being done)."""
    if not shown or not sys.stderr.isatty():
        yield _quiet(label)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)

        def tell(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total or None, description=what or label)

        yield tell


def _quiet(label: str) -> Progress:
    """Without a terminal: one line at the start of each piece of work, so that logs stay short."""
    told: set[str] = set()

    def tell(_done: int, total: int, what: str) -> None:
        words = what or label
        if words not in told:
            told.add(words)
            note(f"{words} …" if not total else f"{words} ({total}) …")

    return tell
