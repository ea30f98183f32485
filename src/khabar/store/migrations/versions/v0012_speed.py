"""What pages over a large base ask: ties as rows, incidents that may be one, disputes by their dead."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add table, columns and indexes, filled with what the last resolution made."""
    op.create_index(op.f("ix_documents_unread"), "documents", ["unread"])
    op.create_index(op.f("ix_readings_state"), "readings", ["state"])
    op.add_column("events", sa.Column("unsure", sa.Integer(), server_default="0", nullable=False))
    large = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("contradictions", sa.Column("killed", large, server_default="-1", nullable=False))
    _ties()
    _fill(op.get_bind())
    op.create_index("events_unsure", "events", ["unsure", "killed", "earliest", "latest", "type", "id"])
    op.create_index("contradictions_by_killed", "contradictions", ["killed", "kind", "title", "id"])
    op.create_index("contradictions_in_order", "contradictions", ["kind", "title", "id"])


def _ties() -> None:
    op.create_table(
        "tie_claims",
        sa.Column("claim", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("denied", sa.Boolean(), nullable=False),
        sa.Column("earliest", sa.String(10), nullable=True),
        sa.Column("latest", sa.String(10), nullable=True),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["subject"], ["actors.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["object"], ["actors.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim", "subject", "object"),
    )
    summed = ["type", "subject", "object", "denied", "earliest", "latest", "modality"]
    op.create_index("tie_claims_summed", "tie_claims", summed)
    op.create_index("tie_claims_by_subject", "tie_claims", ["subject", "type"])
    op.create_index("tie_claims_by_object", "tie_claims", ["object", "type"])


def _fill(connection: sa.Connection) -> None:
    events = sa.table("events", *map(sa.column, ("id", "killed", "unsure", "number")), sa.column("data", sa.JSON()))
    rows = connection.execute(sa.select(events.c.number, events.c.data).order_by(events.c.number))
    unsure = [{"row": row.number, "many": len(row.data["unsure_with"])} for row in rows if row.data["unsure_with"]]
    if unsure:
        told = sa.update(events).where(events.c.number == sa.bindparam("row")).values(unsure=sa.bindparam("many"))
        connection.execute(told, unsure)
    disputes = sa.table("contradictions", sa.column("subject"), sa.column("killed"))
    dead = sa.select(events.c.killed).where(events.c.id == disputes.c.subject).scalar_subquery()
    connection.execute(sa.update(disputes).values(killed=sa.func.coalesce(dead, -1)))
    copied = ("type", "stance", "modality", "earliest", "latest")
    claims = sa.table("claims", *map(sa.column, ("id", "kind", *copied)))
    links = sa.table("actor_links", *map(sa.column, ("claim", "role", "actor")))
    c, one, other = claims.c, links.alias("one"), links.alias("other")
    sides = claims.join(one, sa.and_(one.c.claim == c.id, one.c.role == "subject"))
    sides = sides.join(other, sa.and_(other.c.claim == c.id, other.c.role == "object"))
    denies = sa.or_(c.stance == "denied", c.modality == "negated")
    found = (
        sa.select(c.id, one.c.actor, other.c.actor, denies, *(c[name] for name in copied))
        .select_from(sides)
        .where(c.kind == "relation", one.c.actor != other.c.actor)
    )
    names = ["claim", "subject", "object", "denied", *copied]
    ties = sa.table("tie_claims", *map(sa.column, names))
    connection.execute(sa.insert(ties).from_select(names, found))
