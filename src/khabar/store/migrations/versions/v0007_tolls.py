"""The bounds of the number of dead beside the incident, and an index for lists: what pages count and sort by."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_NEW = ("killed_low", "killed_high", "killed_open")
_LISTED = ["earliest", "latest", "killed", "type", "modality", *_NEW, "id"]


def upgrade() -> None:
    """Add the columns and the index, and fill the columns from what the store holds."""
    for name, kind in (("killed_low", _count()), ("killed_high", _count()), ("killed_open", sa.Boolean())):
        op.add_column("events", sa.Column(name, kind, nullable=True))
    op.create_index("events_listed", "events", _LISTED)
    connection = op.get_bind()
    events = sa.table("events", *map(sa.column, ("number", *_NEW)), sa.column("data", sa.JSON()))
    bounds = []
    for row in connection.execute(sa.select(events.c.number, events.c.data)):
        shown = row.data["derived"].get("killed", {}).get("value")
        stated = [shown, *(value["value"] for value in row.data["values"].get("killed", ()))]
        found = _bounds([count for count in stated if isinstance(count, dict)])
        if found is not None:
            bounds.append({"key": row.number, **found})
    if bounds:
        given: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in _NEW}
        connection.execute(events.update().where(events.c.number == sa.bindparam("key")).values(given), bounds)


def _count() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _bounds(counts: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The lowest and the highest number among counts, and whether a count reaches beyond the highest."""
    low: int | None = None
    high: int | None = None
    reaches = False
    for count in counts:
        ends = [n for n in (count.get("low"), count.get("best"), count.get("high")) if n is not None]
        if not ends:
            continue
        first = 0 if count.get("low") is None and count.get("best") is None else min(ends)
        low = first if low is None else min(low, first)
        if high is None or max(ends) >= high:
            reaches = count.get("high") is None or (reaches and max(ends) == high)
            high = max(ends)
    return None if high is None else {"new_killed_low": low, "new_killed_high": high, "new_killed_open": reaches}
