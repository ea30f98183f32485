"""Indexes that have incidents in the orders of lists, so that no list of a large base is sorted for each page."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the indexes; the one that the new one begins with goes."""
    op.drop_index(op.f("ix_events_killed"), "events")
    op.create_index("events_by_killed", "events", ["killed", "earliest", "latest", "id"])
    op.create_index("events_by_id", "events", ["id", "earliest", "latest", "killed", "type", "modality"])
