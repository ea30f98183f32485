"""Rows made before a transaction begins. Invariant: they come back as they went in, and nothing is left behind.

Making hundreds of thousands of rows takes a while; done before, it holds up nobody who decides meanwhile. The rows wait
in a temporary file, a lot at a time in memory.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import IO, Any, TypeVar

from khabar.errors import StoreError

__all__ = ["LOT", "in_lots", "put_by"]

LOT = 1000
"""Rows that are in memory at a time."""

Row = Mapping[str, Any]
_T = TypeVar("_T")


@contextmanager
def put_by(rows: Iterable[Row]) -> Iterator[Iterator[list[Row]]]:
    """The rows in lots, to be gone through once; StoreError where there is no room for them to wait."""
    with tempfile.TemporaryFile(prefix="khabar-") as file:
        try:
            for lot in in_lots(rows):
                pickle.dump(lot, file, pickle.HIGHEST_PROTOCOL)
            file.seek(0)
        except OSError as problem:
            remedy = "Make room there, or set TMPDIR to a folder on another disk."
            raise StoreError(f"{tempfile.gettempdir()} has no room ({problem.strerror}).", remedy) from problem
        yield _back(file)


def in_lots(rows: Iterable[_T]) -> Iterator[list[_T]]:
    """The rows in lists of `LOT`."""
    each = iter(rows)
    while lot := list(islice(each, LOT)):
        yield lot


def _back(file: IO[bytes]) -> Iterator[list[Row]]:
    while True:
        try:
            yield pickle.load(file)  # noqa: S301 - written by this process a moment ago, to a file without a name
        except EOFError:
            return
