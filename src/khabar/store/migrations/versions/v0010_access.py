"""Who may see which document, under which clearance something was decided, and the audit log.

What the journals hold already goes into the log in the order of its moments; such lines say that they were `taken`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from khabar.store.chain import DECISION_FIELDS, REVIEW_FIELDS, START, canonical, content_of, next_line

revision = "0010"
down_revision = "0009"

_JSON = ("sides", "proposed", "accepted", "evidence", "beside", "counts")
_TOGETHER = 500


def upgrade() -> None:
    """Make the tables, and the log of what was done so far."""
    _make_tables()
    connection = op.get_bind()
    lines = sa.table("audit", *(sa.column(n) for n in ("number", "at", "by", "act", "subject", "details")))
    lines.append_column(sa.column("before"))
    lines.append_column(sa.column("hash"))
    last, rows = (0, START), []
    for _moment, at, by, what, details in sorted(_done(connection), key=lambda done: done[0]):
        line = next_line(last, at, by, what, {**details, "taken": True})
        last = (line.number, line.hash)
        words = {name: getattr(line, name) for name in ("number", "at", "by", "act", "subject", "before", "hash")}
        rows.append({**words, "details": canonical(line.details)})
    for start in range(0, len(rows), _TOGETHER):
        connection.execute(lines.insert(), rows[start : start + _TOGETHER])
    state = sa.table("state", sa.column("name"), sa.column("value"))
    connection.execute(state.insert(), {"name": "audit", "value": f"{last[0]}:{last[1]}"})


def _done(
    connection: sa.Connection,
) -> Iterator[tuple[tuple[str, int, int], str, str, tuple[str, str], dict[str, Any]]]:
    """What was done, with what it is sorted by: moment, journal and number."""
    for row in _rows(connection, "decisions", DECISION_FIELDS):
        details = {"act": row["act"], "content": content_of(row, DECISION_FIELDS), "number": row["number"]}
        what = ("undo" if row["act"] == "undo" else "decide", f"decision {row['number']}")
        yield (row["at"], 1, row["number"]), row["at"], row["by"], what, details
    for row in _rows(connection, "reviews", REVIEW_FIELDS):
        details = {"claim": row["target"], "decision": row["decision"], "document": row["document"]}
        details |= {"content": content_of(row, REVIEW_FIELDS), "number": row["number"]}
        what = ("undo review" if row["decision"] == "undo" else "review", f"review {row['number']}")
        yield (row["at"], 2, row["number"]), row["at"], row["user"], what, details
    for row in _rows(connection, "runs", ("number", "command", "started_at", "finished_at", "counts")):
        at, what = row["started_at"], ("begin run", f"run {row['number']}")
        yield (at, 0, row["number"]), at, "", what, {"command": row["command"], "number": row["number"]}
        if row["finished_at"] is not None:
            at, what = row["finished_at"], ("end run", f"run {row['number']}")
            yield (at, 3, row["number"]), at, "", what, {"counts": row["counts"], "number": row["number"]}
    for row in _rows(connection, "reference_sets", ("number", "id", "shape", "file", "sha256", "imported_at")):
        at = row["imported_at"]
        details = {name: row[name] for name in ("shape", "file", "sha256")}
        yield (at, 4, row["number"]), at, "", ("import", row["id"]), details


def _rows(connection: sa.Connection, table: str, names: tuple[str, ...]) -> list[dict[str, Any]]:
    columns = [sa.column(name, sa.JSON() if name in _JSON else None) for name in names]
    asked = sa.select(*columns).select_from(sa.table(table)).order_by(sa.column("number"))
    return [row._asdict() for row in connection.execute(asked)]


def _make_tables() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("at", "by", "act", "subject")),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("before", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("before"),
        sa.UniqueConstraint("hash"),
    )
    op.create_index("audit_by_act", "audit", ["act", "number"])
    op.create_table(
        "restrictions",
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", "group"),
    )
    op.create_table(
        "clearances",
        sa.Column("journal", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("groups", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("journal", "number"),
    )
