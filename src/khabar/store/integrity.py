"""What is wrong inside a store. Invariant: looking changes nothing, and damage is reported in lines, not raised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy import text as sql
from sqlalchemy.exc import DatabaseError

from khabar.errors import RecordError
from khabar.store.fts import Fts5
from khabar.store.rows import claim_from_row
from khabar.store.schema import claims, documents

__all__ = ["faults_of"]


def faults_of(connection: Connection, fulltext: Fts5) -> Iterator[str]:
    """One line for each fault: damage to the file, references to nothing, stale indexes, quotes that do not match."""
    try:
        for (report,) in connection.execute(sql("PRAGMA integrity_check")):
            for line in report.splitlines():
                if line != "ok" and not line.startswith("***"):  # a heading
                    yield f"The file is damaged: {line}."
        for table, row, parent, _ in connection.execute(sql("PRAGMA foreign_key_check")):
            yield f"Row {row} of {table} refers to something that is not in {parent}."
        yield from fulltext.faults(connection)
        yield from _wrong_quotes(connection)
    except DatabaseError as problem:
        yield f"The file is damaged: {problem.orig}."


def _wrong_quotes(connection: Connection) -> Iterator[str]:
    asked: list[Any] = [claims.c.id, claims.c.data, claims.c.document]
    question = select(*asked).order_by(claims.c.document)
    document, text = "", ""
    for row in connection.execution_options(yield_per=200).execute(question):
        if row.document != document:
            document = row.document
            text = connection.execute(select(documents.c.text).where(documents.c.id == document)).scalar() or ""
        try:
            claim = claim_from_row(row)
        except RecordError as problem:
            yield f"Claim {row.id} cannot be read: {problem.message}"
            continue
        for passage in claim.passages:
            if text[passage.start : passage.end] != passage.quote:
                yield f"Claim {row.id} quotes what document {document[:12]} does not say at {passage.start}."
