"""A journal of what people decide; people's judgements of an older store become its first entries, in their order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_Rows = list[dict[str, Any]]


def upgrade() -> None:
    """Add the journal, write people's judgements into it, and mark the store so that it is resolved with them."""
    op.create_table(
        "decisions",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("sides", sa.JSON(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["undoes"], ["decisions.number"]),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_decisions_undoes"), "decisions", ["undoes"])
    rows = _from_judgements(op.get_bind())
    if rows:
        journal = sa.table("decisions", *map(sa.column, ("by", "at", "act", "note")), sa.column("sides", sa.JSON()))
        op.bulk_insert(journal, rows)
        judgements = sa.table("judgements", sa.column("by_rule", sa.Boolean()))
        op.execute(judgements.delete().where(judgements.c.by_rule.is_(False)))
        state = sa.table("state", sa.column("name"), sa.column("value"))
        op.execute(state.update().where(state.c.name == "resolution").values(value="stale"))


def _from_judgements(connection: sa.Connection) -> _Rows:
    """Each judgement of a person as a decision with one member a side; moments are moved apart where they were equal,
    because the later decision holds.
    """
    names = ("number", "left", "right", "verdict", "by", "at")
    judgements = sa.table("judgements", *map(sa.column, names), sa.column("by_rule", sa.Boolean()))
    people = connection.execute(sa.select(judgements).where(judgements.c.by_rule.is_(False))).all()
    rows: _Rows = []
    last = datetime.min.replace(tzinfo=UTC)
    for row in sorted(people, key=lambda r: (_moment(r.at), r.number)):
        last = max(_moment(row.at), last + timedelta(microseconds=1))
        at = last.isoformat(timespec="microseconds")
        sides = [[_member(connection, key)] for key in (row.left, row.right)]
        rows.append({"by": row.by, "at": at, "act": row.verdict, "sides": sides, "note": ""})
    return rows


def _moment(at: str) -> datetime:
    """A moment as an older store has it, which took any words for one."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _member(connection: sa.Connection, key: str) -> list[Any]:
    """A claim with the place of its first passage, or a name."""
    claims = sa.table("claims", sa.column("id"), sa.column("document"), sa.column("data", sa.JSON()))
    row = connection.execute(sa.select(claims).where(claims.c.id == key)).first()
    if row is None:
        return [key, None, 0, 0]
    passage = row.data["evidence"][0]
    return [key, row.document, passage["start"], passage["end"]]
