"""The bounds of the number of dead beside the incident, and an index for lists: what pages count and sort by."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_LISTED = ["earliest", "latest", "killed", "type", "modality", "killed_low", "killed_high", "id"]


def upgrade() -> None:
    """Add the columns and the index, and fill the columns from what the store holds."""
    for name in ("killed_low", "killed_high"):
        op.add_column("events", sa.Column(name, sa.Integer(), nullable=True))
    op.create_index("events_listed", "events", _LISTED)
    connection = op.get_bind()
    events = sa.table("events", *map(sa.column, ("number", "killed_low", "killed_high")), sa.column("data", sa.JSON()))
    bounds = []
    for row in connection.execute(sa.select(events.c.number, events.c.data)):
        low, high = _bounds(row.data["derived"].get("killed", {}).get("value"))
        if low is not None:
            bounds.append({"key": row.number, "low": low, "high": high})
    if bounds:
        given: dict[str, Any] = {"killed_low": sa.bindparam("low"), "killed_high": sa.bindparam("high")}
        connection.execute(events.update().where(events.c.number == sa.bindparam("key")).values(given), bounds)


def _bounds(count: Any) -> tuple[int | None, int | None]:
    """The lower bound, else the best number, else 0 where an upper bound is known; and the upper bound."""
    if not isinstance(count, dict):
        return (count, count) if isinstance(count, int) else (None, None)
    low, best, high = count.get("low"), count.get("best"), count.get("high")
    if low is None:
        low = best if best is not None else (0 if high is not None else None)
    return low, high
