"""What is wrong inside a store. Invariant: looking changes nothing, and damage is reported in lines, not raised."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import JSON, Connection, LargeBinary, Row, Table, Text, cast, select, type_coerce
from sqlalchemy import text as sql
from sqlalchemy.exc import DatabaseError

from khabar.errors import RecordError
from khabar.exchange import claim_id
from khabar.store.auditing import audit_state
from khabar.store.fulltext import FullText
from khabar.store.rows import (
    actor_from_row,
    actor_row,
    claim_from_row,
    claim_row,
    document_seal,
    event_from_row,
    event_row,
)
from khabar.store.schema import actors, claims, documents, events, metadata
from khabar.store.sealed import AlteredError, loads

__all__ = ["faults_of"]

_TOGETHER = 200  # rows fetched at a time
_FEW = 20  # of documents, whose texts may be long


def faults_of(connection: Connection, fulltext: FullText, *, log: bool = True) -> Iterator[str]:
    """One line for each fault: damage to the file, references to nothing, stale indexes, records that were changed by
    no program, quotes that do not match, and, where the store has the `log` of its journals, what differs from it.
    """
    try:
        if connection.dialect.name == "sqlite":  # a server looks after its files and references itself
            yield from _damage(connection)
            altered = list(_altered(connection))
            yield from altered
            if altered:
                return  # what follows reads these records
        yield from fulltext.faults(connection)
        yield from _wrong_documents(connection)
        yield from _wrong_claims(connection)
        yield from _wrong_columns(connection)
        if log and (fault := audit_state(connection).fault):
            yield f"The audit log: {fault}."
    except (DatabaseError, AlteredError, UnicodeDecodeError) as problem:
        yield f"The file is damaged: {getattr(problem, 'orig', None) or problem}."


def _damage(connection: Connection) -> Iterator[str]:
    for (report,) in connection.execute(sql("PRAGMA integrity_check")):
        for line in report.splitlines():
            if line != "ok" and not line.startswith("***"):  # a heading
                yield f"The file is damaged: {line}."
    for table, row, parent, _ in connection.execute(sql("PRAGMA foreign_key_check")):
        yield f"Row {row} of {table} refers to something that is not in {parent}."


def _altered(connection: Connection) -> Iterator[str]:
    """Records whose checksum says that they are not what was written; each is looked at as it lies in the file."""
    for table in metadata.sorted_tables:
        # as bytes: a text that is none any more could not even be fetched
        held = [cast(type_coerce(c, Text), LargeBinary) for c in table.columns if isinstance(c.type, JSON)]
        if not held:
            continue
        rows = connection.execute(select(sql("rowid"), *held).select_from(table).execution_options(yield_per=_TOGETHER))
        for number, *texts in rows:
            try:
                for text in texts:
                    if text is not None:
                        loads(text.decode())
            except ValueError:
                yield f"Row {number} of {table.name} was changed by no program."


def _wrong_documents(connection: Connection) -> Iterator[str]:
    """Documents that do not say what they said when they were added."""
    for row in connection.execute(select(documents).execution_options(yield_per=_FEW)):
        if row.seal is not None and document_seal(row._asdict()) != row.seal:
            yield f"Document {row.id[:12]} ({row.file}) is not what it was when it was added."


def _wrong_claims(connection: Connection) -> Iterator[str]:
    """Claims that do not say what their id stands for, or quote what their document does not say."""
    ordered = select(claims).order_by(claims.c.document).execution_options(yield_per=_TOGETHER)
    document, text = "", ""
    for row in connection.execute(ordered):
        if row.document != document:
            document = row.document
            text = connection.execute(select(documents.c.text).where(documents.c.id == document)).scalar() or ""
        try:
            claim = claim_from_row(row)
        except RecordError as problem:
            yield f"Claim {row.id} cannot be read: {problem.message}"
            continue
        wrong = [p for p in claim.passages if text[p.start : p.end] != p.quote]
        for passage in wrong:
            yield f"Claim {row.id} quotes what document {document[:12]} does not say at {passage.start}."
        if not wrong and not claim.id == row.id == claim_id(claim):
            yield f"Claim {row.id} is not what it was when it was written."


def _wrong_columns(connection: Connection) -> Iterator[str]:
    """Rows whose columns say something else than the record that they were made from."""
    for table, columns, record_of, row_of in _DERIVED:
        for row in connection.execute(select(table).execution_options(yield_per=_TOGETHER)):
            try:
                meant = row_of(record_of(row))
            except (RecordError, ValueError, KeyError, TypeError) as problem:
                yield f"Row {row.id} of {table.name} cannot be read ({problem!r})."
                continue
            wrong = [name for name in columns if getattr(row, name) != meant[name]]
            if wrong:
                yield f"Row {row.id} of {table.name} has another {', '.join(wrong)} than its record."


_Derived = tuple[Table, tuple[str, ...], Callable[[Row[Any]], Any], Callable[[Any], Mapping[str, Any]]]
_DERIVED: tuple[_Derived, ...] = (
    (
        claims,
        ("document", "start", "kind", "type", "stance", "modality", "aggregate", "earliest", "latest", "confidence"),
        claim_from_row,
        claim_row,
    ),
    (
        events,
        ("type", "modality", "earliest", "latest", "killed", "killed_low", "killed_high", "killed_open"),
        event_from_row,
        lambda event: event_row(event, ()),
    ),
    (actors, ("kind", "name", "country"), actor_from_row, actor_row),
)
