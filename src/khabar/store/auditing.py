"""The audit log in SQL. Invariant: a line is written in the transaction of what it is about, as its last statement, and
there is one chain, however many write at once.

The head of the chain is a row of `state`, locked until the transaction ends, so that writers queue up there and
nowhere else; that it is taken last keeps them from waiting for each other in a circle.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Table, func, insert, select, update

from khabar.store.access_questions import AuditFilter, AuditState
from khabar.store.chain import DECISION_FIELDS, REVIEW_FIELDS, START, AuditLine, canonical, content_of, next_line
from khabar.store.rows import moment_after
from khabar.store.schema import decisions, reviews, state
from khabar.store.schema_access import audit
from khabar.store.sql import SqlSource

__all__ = ["SqlAuditView", "SqlAuditWriter", "audit_state", "logged", "logged_decision", "logged_review"]

_HEAD = "audit"  # the row of `state`
_TOGETHER = 500
_NOTHING: Mapping[str, Any] = {}
_EVERY_LINE = AuditFilter()
_JOURNALS: Mapping[str, tuple[Table, tuple[str, ...]]] = {
    "decision": (decisions, DECISION_FIELDS),
    "review": (reviews, REVIEW_FIELDS),
}
_ACTS = {"decide": "decision", "undo": "decision", "review": "review", "undo review": "review"}


class SqlAuditView(SqlSource):
    """The part of `khabar.store.base.View` about the audit log."""

    def audit(self, where: AuditFilter = _EVERY_LINE) -> Iterator[AuditLine]:
        """Lines of the audit log, the oldest first; with a limit the latest ones."""
        a = audit.c
        pairs = ((a.by, where.by), (a.act, where.act), (a.subject, where.subject))
        kept = [column == value for column, value in pairs if value is not None]
        if where.since is not None:
            kept.append(a.at >= where.since)
        question = select(audit).where(*kept)
        if where.limit is not None:
            last = question.with_only_columns(a.number).order_by(a.number.desc()).limit(max(0, where.limit))
            question = select(audit).where(a.number.in_(last))
        for row in self._rows(question.order_by(a.number)):
            yield _line(row)

    def audit_state(self, expect: str | None = None) -> AuditState:
        """Whether the log is whole; `expect` is a hash that somebody kept of an earlier look at it."""
        with self._reading() as connection:
            return audit_state(connection, expect)


class SqlAuditWriter(SqlSource):
    """The part of `khabar.store.base.Store` about the audit log."""

    def append_audit(self, by: str, act: str, subject: str = "", details: Mapping[str, Any] = _NOTHING) -> AuditLine:
        """Write that somebody did something."""
        with self._writing() as connection:
            return logged(connection, by, act, subject, details)


def logged(
    connection: Connection, by: str, act: str, subject: str, details: Mapping[str, Any], at: str | None = None
) -> AuditLine:
    """Write a line at the end of the log, in the caller's transaction."""
    held = select(state.c.value).where(state.c.name == _HEAD).with_for_update()
    number, _, head = connection.execute(held).scalar_one().partition(":")
    line = next_line((int(number), head), at or moment_after(None), by, (act, subject), details)
    connection.execute(insert(audit), _row(line))
    value = f"{line.number}:{line.hash}"
    connection.execute(update(state).where(state.c.name == _HEAD).values(value=value))
    return line


def logged_decision(connection: Connection, row: Row[Any], under: Sequence[str] | None) -> None:
    """Write a line about a row of `decisions`; `under` are the groups of whoever saw only a part of the base."""
    content = content_of(row._asdict(), DECISION_FIELDS)
    details: dict[str, Any] = {"act": row.act, "content": content, "number": row.number}
    details |= {} if under is None else {"groups": sorted(under)}
    logged(connection, row.by, "undo" if row.act == "undo" else "decide", f"decision {row.number}", details, row.at)


def logged_review(connection: Connection, row: Row[Any], under: Sequence[str] | None) -> None:
    """Write a line about a row of `reviews`; `under` as in `logged_decision`."""
    content = content_of(row._asdict(), REVIEW_FIELDS)
    details: dict[str, Any] = {"claim": row.target, "decision": row.decision, "document": row.document}
    details |= {"content": content, "number": row.number}
    details |= {} if under is None else {"groups": sorted(under)}
    act = "undo review" if row.decision == "undo" else "review"
    logged(connection, row.user, act, f"review {row.number}", details, row.at)


def _row(line: AuditLine) -> dict[str, Any]:
    plain = ("number", "at", "by", "act", "subject", "before", "hash")
    return {**{name: getattr(line, name) for name in plain}, "details": canonical(line.details)}


def _line(row: Row[Any]) -> AuditLine:
    details = json.loads(row.details)
    return AuditLine(row.number, row.at, row.by, row.act, row.subject, details, row.before, row.hash)


# ------------------------------------------------------------------ is it whole?


@dataclass(slots=True)
class _Walk:
    """What is known of the chain so far."""

    number: int = 0
    head: str = START
    met: bool = False
    fault: str = ""
    first: int | None = None

    def said(self, number: int, fault: str) -> None:
        if self.first is None or number < self.first:
            self.fault, self.first = fault, number


def audit_state(connection: Connection, expect: str | None = None) -> AuditState:
    """Look through the whole log, and at the rows that it seals, in bounded memory."""
    walk = _Walk(met=expect in (None, START))
    sealed = dict.fromkeys(_JOURNALS, 0)
    every = select(audit).order_by(audit.c.number)
    rows = connection.execute(every, execution_options={"yield_per": _TOGETHER})
    for part in rows.partitions(_TOGETHER):
        lines = _followed(walk, part, expect)
        for journal in _JOURNALS:
            sealed[journal] += _compared(connection, walk, journal, lines)
        if walk.fault:
            return AuditState(walk.number, walk.head, walk.fault, walk.first)
    kept = connection.execute(select(state.c.value).where(state.c.name == _HEAD)).scalar()
    if kept != f"{walk.number}:{walk.head}":
        walk.said(walk.number + 1, f"line {walk.number + 1} and what came after it is gone")
    for journal, (table, _fields) in _JOURNALS.items():
        there = connection.execute(select(func.count()).select_from(table)).scalar_one()
        if there != sealed[journal]:
            walk.said(walk.number + 1, f"{abs(there - sealed[journal])} more {journal}s than lines about them")
    if not walk.met:
        walk.said(walk.number + 1, f"no line has the hash {expect}: the end was cut off, or all was written anew")
    return AuditState(walk.number, walk.head, walk.fault, walk.first)


def _followed(walk: _Walk, rows: Iterable[Row[Any]], expect: str | None) -> list[AuditLine]:
    """The lines that follow each other as they should; it ends at the first that does not."""
    found = []
    for row in rows:
        due = walk.number + 1
        try:
            line = _line(row)
            whole = line.sealed == line.hash and canonical(line.details) == row.details
        except ValueError:
            line, whole = AuditLine(row.number, row.at, row.by, row.act, row.subject), False
        if line.number != due:
            walk.said(due, f"line {due} is gone")
        elif not whole:
            walk.said(due, f"line {due} was changed")
        elif line.before != walk.head:
            walk.said(due, f"line {due} does not follow line {walk.number}")
        if walk.fault:
            break
        walk.number, walk.head = line.number, line.hash
        walk.met = walk.met or line.hash == expect
        found.append(line)
    return found


def _compared(connection: Connection, walk: _Walk, journal: str, lines: Sequence[AuditLine]) -> int:
    """How many of these lines are about rows of a journal, each of which must be as it was."""
    table, fields = _JOURNALS[journal]
    about = {line.details.get("number"): line for line in lines if _ACTS.get(line.act) == journal}
    asked = select(table).where(table.c.number.in_([number for number in about if isinstance(number, int)]))
    there = {row.number: row._asdict() for row in connection.execute(asked)}
    for number, line in about.items():
        if number not in there:
            walk.said(line.number, f"{journal} {number}, of line {line.number}, is gone")
        elif content_of(there[number], fields) != line.details.get("content"):
            walk.said(line.number, f"{journal} {number}, of line {line.number}, was changed")
    return len(about)
