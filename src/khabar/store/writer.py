"""Writing a store in SQL. Invariant: one transaction a call; no machine removes what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, insert, select, update

from khabar.errors import StoreError
from khabar.records import Claim, Decision, Document, Extractor
from khabar.store.accounts import SqlAccounts
from khabar.store.assembling import judgement_rows, write_assembled
from khabar.store.auditing import SqlAuditWriter, logged, logged_decision
from khabar.store.base import Assembled
from khabar.store.loading import insert_rows
from khabar.store.restricting import SqlAccessWriter, cleared, restrict, said
from khabar.store.reviewing import SqlReviewWriter
from khabar.store.rows import (
    claim_row,
    decision_from_row,
    decision_row,
    document_row,
    now,
)
from khabar.store.schema import (
    claims,
    copies,
    decisions,
    documents,
    origins,
    problems,
    readings,
    runs,
)
from khabar.store.settle import settle
from khabar.store.state_rows import mark_changed, mark_resolved, mark_stale, next_in
from khabar.store.waiting import put_by

__all__ = ["SqlWriter"]

# What runs for every document is built once: to build a statement costs as much as to run it.
_NEW_ORIGIN, _NEW_READING = insert(origins), insert(readings)
_STANDING: Select[Any] = (
    select(
        documents.c.number,
        readings.c.document.label("read"),
        readings.c.extractor,
        readings.c.version,
        readings.c.codebook,
        readings.c.tries,
    )
    .select_from(documents.outerjoin(readings, readings.c.document == documents.c.id))
    .where(documents.c.id == bindparam("key"))
)


class SqlWriter(SqlReviewWriter, SqlAccessWriter, SqlAuditWriter, SqlAccounts):
    """The writing half of `khabar.store.base.Store`; every method is described there."""

    def add_document(self, document: Document, groups: Sequence[str] = (), by: str = "") -> bool:
        """Keep a document, that only these groups may see (none: everybody); False if its id is already there."""
        with self._writing() as connection:
            known = connection.execute(_STANDING, {"key": document.id}).first() is not None
            if not known:
                insert_rows(connection, documents, [document_row(document)])
            if not known or not (groups or _has_origin(connection, document)):
                row = {name: getattr(document, name) for name in ("file", "external_id", "url")}
                connection.execute(_NEW_ORIGIN, {**row, "document": document.id, "added_at": now()})
            if groups and not known:
                restrict(connection, document.id, groups)
                said(connection, document.id, groups, by, new=True)
            return not known

    def add_problem(self, file: str, message: str, remedy: str = "") -> None:
        """Keep that a file could not be archived; said again, it replaces what was said before."""
        with self._writing() as connection:
            connection.execute(delete(problems).where(problems.c.file == file, problems.c.message == message))
            connection.execute(insert(problems), {"file": file, "message": message, "remedy": remedy, "at": now()})

    def clear_problems(self, file: str) -> None:
        """Forget what was wrong with a file, before it is tried again."""
        with self._writing() as connection:
            connection.execute(delete(problems).where(problems.c.file == file))

    def save_claims(self, document_id: str, claims: Sequence[Claim], extractor: Extractor) -> None:
        """Replace the claims of a document and mark it read by `extractor`; what people decided stays."""
        rows = {claim.id: claim_row(claim) for claim in claims}
        stray = [row["id"] for row in rows.values() if row["document"] != document_id]
        if stray:
            raise StoreError(
                f"Claim {stray[0]} is not about document {document_id[:12]}.", "Save it with its own document."
            )
        with self._writing() as connection:
            standing = _standing(connection, document_id)
            changed = _replace_claims(connection, document_id, rows, first=standing.read is None)
            if changed:
                mark_changed(connection)
            _mark_reading(connection, document_id, extractor, standing, None)

    def save_failure(self, document_id: str, extractor: Extractor, message: str) -> None:
        """Mark that a document could not be read; claims of an earlier reading stay."""
        with self._writing() as connection:
            standing = _standing(connection, document_id)
            _mark_reading(connection, document_id, extractor, standing, message)

    def save_copies(self, groups: Iterable[Sequence[str]]) -> None:
        """Replace the groups of copies; each group is document ids, its origin first."""
        rows = [
            {"document": document, "cluster": cluster, "position": position}
            for cluster, group in enumerate(groups)
            for position, document in enumerate(group)
        ]
        with self._writing() as connection:
            order = copies.c.cluster, copies.c.position
            before = [dict(row._mapping) for row in connection.execute(select(copies).order_by(*order))]  # noqa: SLF001
            if before == rows:
                return
            connection.execute(delete(copies))
            insert_rows(connection, copies, rows)
            mark_stale(connection)

    def save_resolution(self, assembled: Assembled) -> bool:
        """Replace actors, links, incidents, contradictions and judgements but what stands; False where that is gone."""
        with put_by(judgement_rows(assembled)) as judged, self._writing() as connection:
            if not write_assembled(connection, assembled, judged):
                return False
            mark_resolved(connection, assembled)
            return True

    def add_decision(self, decision: Decision, under: Sequence[str] | None = None) -> Decision:
        """Keep a person's decision after all earlier ones; gives it with its number and moment."""
        d = decisions.c
        with self._writing(lasting=True) as connection:
            line = next_in(connection, decisions)
            connection.execute(insert(decisions), {**decision_row(decision), **line})
            mark_changed(connection)
            kept = connection.execute(select(decisions).where(d.number == line["number"])).one()
            cleared(connection, "decision", kept.number, under)
            logged_decision(connection, kept, under)
        return decision_from_row(kept)

    def begin_run(self, command: str, by: str = "") -> int:
        """Log that a command of somebody begins to change the store; gives the number of the run."""
        with self._writing() as connection:
            added = connection.execute(insert(runs), {"command": command, "started_at": now(), "counts": {}})
            key: tuple[int] = added.inserted_primary_key or (0,)  # always there after one inserted row
            logged(connection, by, "begin run", f"run {key[0]}", {"command": command, "number": key[0]})
            return key[0]

    def end_run(self, run: int, counts: Mapping[str, int], by: str = "") -> None:
        """Log that it came to its end, and what it counted."""
        with self._writing() as connection:
            connection.execute(update(runs).where(runs.c.number == run).values(finished_at=now(), counts=dict(counts)))
            logged(connection, by, "end run", f"run {run}", {"counts": dict(counts), "number": run})


def _has_origin(connection: Connection, document: Document) -> bool:
    o = origins.c
    same = select(o.number).where(
        o.document == document.id,
        o.file == document.file,
        o.external_id.is_not_distinct_from(document.external_id),
        o.url.is_not_distinct_from(document.url),
    )
    return connection.execute(same).first() is not None


def _standing(connection: Connection, document_id: str) -> Row[Any]:
    """Where a document stands: `read` is null before its first reading."""
    row = connection.execute(_STANDING, {"key": document_id}).first()
    if row is None:
        raise StoreError(f"Document {document_id[:12]} is not in the store.", "Add it first.")
    return row


def _replace_claims(
    connection: Connection, document_id: str, rows: Mapping[str, dict[str, Any]], *, first: bool
) -> bool:
    """Make `rows` what the last reading of the document gives, touching only what changed; True if anything did.

    A claim's id is a hash of its content, so the same id can differ only in extractor and confidence: such rows
    are updated in place, and what refers to them stays. `first` says that the document has no claims yet. What is not
    given any more goes, unless a person's decision keeps it (`settle`).
    """
    if first:
        insert_rows(connection, claims, list(rows.values()))
        return bool(rows)
    c = claims.c
    asked = select(c.id, c.data, c.read).where(c.document == document_id)
    before = {row.id: row for row in connection.execute(asked)}
    gone = [{"old": number} for number, row in before.items() if row.read and number not in rows]
    changed = [
        {"old": i, "new": row["data"], "share": row["confidence"], "lowest": row["least"], "given": True}
        for i, row in rows.items()
        if i in before and (row["data"] != before[i].data or not before[i].read)
    ]
    added = [row for number, row in rows.items() if number not in before]
    if gone:
        connection.execute(update(claims).where(c.id == bindparam("old")).values(read=False), gone)
    if changed:
        new: dict[str, Any] = {"data": bindparam("new"), "confidence": bindparam("share"), "least": bindparam("lowest")}
        connection.execute(
            update(claims).where(c.id == bindparam("old")).values({**new, "read": bindparam("given")}), changed
        )
    insert_rows(connection, claims, added)
    settle(connection, document_id)
    return bool(gone or changed or added)


def _mark_reading(
    connection: Connection, document_id: str, extractor: Extractor, standing: Row[Any], failure: str | None
) -> None:
    if standing.read is not None:
        connection.execute(delete(readings).where(readings.c.document == document_id))
    row = {"document": document_id, "extractor": extractor.name, "version": extractor.version}
    row |= {"codebook": extractor.codebook, "state": "read" if failure is None else "failed", "at": now()}
    same = (standing.extractor, standing.version, standing.codebook) == (
        extractor.name,
        extractor.version,
        extractor.codebook,
    )
    tries = 0 if failure is None else 1 + (standing.tries if same else 0)
    connection.execute(_NEW_READING, {**row, "message": failure, "tries": tries})
