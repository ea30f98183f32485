"""Reviews as a journal, what stands because of them, drafts, assignments and codings; what hangs on each claim."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from khabar.errors import RecordError
from khabar.exchange import claim_from_json
from khabar.stakes import stakes_of

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the columns and tables, and work out the stakes of the claims that are there."""
    op.add_column("claims", sa.Column("stakes", sa.Float(), server_default="1", nullable=False))
    op.add_column("claims", sa.Column("read", sa.Boolean(), server_default=sa.true(), nullable=False))
    _fill_stakes(op.get_bind())
    op.drop_table("reviews")  # no release has written one
    _make_reviews()
    _make_codings()


def _fill_stakes(connection: sa.Connection) -> None:
    claims = sa.table("claims", sa.column("number"), sa.column("data", sa.JSON()), sa.column("stakes"))
    found = []
    for row in connection.execute(sa.select(claims.c.number, claims.c.data)):
        try:
            found.append({"key": row.number, "new": stakes_of(claim_from_json(row.data))})
        except RecordError:
            continue  # `khabar doctor` names a claim that cannot be read; it keeps the weight 1
    if found:
        change = claims.update().where(claims.c.number == sa.bindparam("key")).values(stakes=sa.bindparam("new"))
        connection.execute(change, found)


def _make_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("coding", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("proposed", sa.JSON(), nullable=False),
        sa.Column("accepted", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("beside", sa.JSON(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["undoes"], ["reviews.number"]),
        sa.PrimaryKeyConstraint("number"),
    )
    for name in ("document", "target", "coding", "undoes"):
        op.create_index(op.f(f"ix_reviews_{name}"), "reviews", [name])
    op.create_table(
        "standing",
        sa.Column("claim", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim"),
    )


def _make_codings() -> None:
    op.create_table(
        "assignments",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("sees_machine", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("done_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
    )
    for name in ("document", "user", "batch"):
        op.create_index(op.f(f"ix_assignments_{name}"), "assignments", [name])
    op.create_table(
        "codings",
        sa.Column("assignment", sa.Integer(), nullable=False),
        sa.Column("claims", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["assignment"], ["assignments.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("assignment"),
    )
    op.create_table(
        "drafts",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("coding", sa.Integer(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("drafts_by_form", "drafts", ["document", "user"])
