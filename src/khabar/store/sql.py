"""Transactions over an SQLAlchemy engine. Invariant: a question reads one moment; a write is whole or absent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select

from khabar.store.faults import named_faults
from khabar.store.fts import Fts5
from khabar.store.questions import (
    ActorFilter,
    ClaimFilter,
    ContradictionFilter,
    DocumentFilter,
    EventFilter,
    TieFilter,
)

__all__ = ["WRITES", "Filter", "SqlSource"]

Filter = DocumentFilter | ClaimFilter | EventFilter | ActorFilter | ContradictionFilter

WRITES = "khabar_writes"  # execution option of a connection whose transaction writes from its first statement
_BATCH = 200  # rows fetched at a time


class SqlSource:
    """What reading and writing share: the engine, its transactions, and the address that error messages name."""

    def __init__(self, engine: Engine, fulltext: Fts5, address: str) -> None:
        """`engine` begins transactions as its database needs; `fulltext` is the one part that differs between them."""
        self._engine = engine
        self._fulltext = fulltext
        self._address = address

    @property
    def address(self) -> str:
        """The address it was opened under."""
        return self._address

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with named_faults(self._address), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with named_faults(self._address), self._engine.connect() as connection:
            connection.execution_options(**{WRITES: True})
            with connection.begin():
                yield connection

    def _rows(
        self, question: Select[Any], where: Filter | TieFilter | None = None, batch: int = _BATCH
    ) -> Iterator[Row[Any]]:
        """Stream the rows of `question`, within the limit and offset of `where`, holding `batch` of them at a time."""
        if where is not None and where.limit is not None:
            question = question.limit(max(0, where.limit))
        if where is not None and where.offset > 0:
            question = question.offset(where.offset)
        with self._reading() as connection:
            yield from connection.execution_options(yield_per=batch).execute(question)
