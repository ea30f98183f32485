"""Transactions over an SQLAlchemy engine. Invariant: a question reads one moment; a write is whole or absent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, Row, Select

from khabar.store.faults import named_faults
from khabar.store.fulltext import FullText
from khabar.store.questions import (
    ActorFilter,
    ClaimFilter,
    ContradictionFilter,
    DocumentFilter,
    EventFilter,
    TieFilter,
)

__all__ = ["LASTING", "WRITES", "Filter", "SqlSource", "within"]

Filter = DocumentFilter | ClaimFilter | EventFilter | ActorFilter | ContradictionFilter

WRITES = "khabar_writes"  # execution option of a connection whose transaction writes from its first statement
LASTING = "khabar_lasting"  # and of one whose transaction a power cut must not take away
_BATCH = 200  # rows fetched at a time


class SqlSource:
    """What reading and writing share: the engine, its transactions, and the address that error messages name."""

    def __init__(self, engine: Engine, fulltext: FullText, address: str) -> None:
        """`engine` begins transactions as its database needs; `fulltext` is the one part that differs between them."""
        self._engine = engine
        self._fulltext = fulltext
        self._address = address
        self._logged = True  # the audit log is here, with the journals that it seals

    @property
    def address(self) -> str:
        """The address it was opened under."""
        return self._address

    @property
    def fulltext(self) -> FullText:
        """Full-text conditions in the words of its database."""
        return self._fulltext

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with named_faults(self._address), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self, *, lasting: bool = False) -> Iterator[Connection]:
        """A writing transaction; a `lasting` one is on the disk when it ends, and no power cut takes it away."""
        with named_faults(self._address), self._engine.connect() as connection:
            connection.execution_options(**{WRITES: True, LASTING: lasting})
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Give back all connections; the store is not used after this."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def moment(self) -> AbstractContextManager[Connection]:
        """A reading transaction, for the modules of the store that copy from one base to another."""
        return self._reading()

    def change(self) -> AbstractContextManager[Connection]:
        """A writing transaction, for the same."""
        return self._writing()

    def _rows(
        self, question: Select[Any], where: Filter | TieFilter | None = None, batch: int = _BATCH
    ) -> Iterator[Row[Any]]:
        """Stream the rows of `question`, within the limit and offset of `where`, holding `batch` of them at a time."""
        question = question if where is None else within(question, where)
        # What is known to be few rows is fetched at once: a cursor on a server costs two questions more.
        few = where is not None and where.limit is not None and where.limit <= batch
        with self._reading() as connection:
            options = {} if few else {"yield_per": batch}
            with connection.execute(question, execution_options=options) as rows:
                yield from rows


def within(question: Select[Any], where: Filter | TieFilter) -> Select[Any]:
    """A question within the limit and offset of a filter."""
    if where.limit is not None:
        question = question.limit(max(0, where.limit))
    return question.offset(where.offset) if where.offset > 0 else question
