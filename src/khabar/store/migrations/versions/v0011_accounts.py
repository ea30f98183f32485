"""Who works on the base: accounts with their groups, sessions and tokens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "accounts",
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("password_at", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sa.UniqueConstraint("subject"),
    )
    op.create_table(
        "account_groups",
        sa.Column("account", sa.String(60), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.name"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account", "group"),
    )
    _of_an_account("sessions", ("began_at", "seen_at", "until", "agent"))
    op.create_index(op.f("ix_sessions_until"), "sessions", ["until"])
    moments = ("created_at", "until", "used_at", "revoked_at")
    _of_an_account("tokens", ("label", *moments), sa.Column("scope", sa.String(10), nullable=False))


def _of_an_account(table: str, texts: tuple[str, ...], *more: sa.Column[str]) -> None:
    op.create_table(
        table,
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(60), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        *more,
        sa.ForeignKeyConstraint(["account"], ["accounts.name"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("hash"),
    )
    op.create_index(op.f(f"ix_{table}_account"), table, ["account"])
