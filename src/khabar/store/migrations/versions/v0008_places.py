"""How closely the places of incidents are known, and where they are: what a map draws and counts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from khabar.store.place_rows import place_row

revision = "0008"
down_revision = "0007"

_NEW = ("admin2", "level", "name", "admin1_name", "admin2_name", "gazetteer", "latitude", "longitude")


def upgrade() -> None:
    """Add the columns and make the rows anew from the incidents, now also of places without country or province."""
    for name in ("admin2", "admin1_name", "admin2_name"):
        op.add_column("event_places", sa.Column(name, sa.String(), nullable=True))
    op.add_column("event_places", sa.Column("level", sa.String(), server_default="region", nullable=False))
    op.add_column("event_places", sa.Column("name", sa.String(), server_default="", nullable=False))
    op.add_column("event_places", sa.Column("gazetteer", sa.Integer(), nullable=True))
    for name in ("latitude", "longitude"):
        op.add_column("event_places", sa.Column(name, sa.Float(), nullable=True))
    connection = op.get_bind()
    names = ("event", "country", "admin1", *_NEW)
    table = sa.table("event_places", *map(sa.column, names))
    connection.execute(table.delete())
    events = sa.table("events", sa.column("id"), sa.column("data", sa.JSON()), sa.column("number"))
    rows: list[dict[str, Any]] = []
    for row in connection.execute(sa.select(events.c.id, events.c.data).order_by(events.c.number)):
        places = row.data["derived"].get("places", {}).get("value") or ()
        places = [places] if isinstance(places, dict) else places
        rows.extend({"event": row.id, **place_row(place)} for place in places)
    if rows:
        connection.execute(table.insert(), rows)


def downgrade() -> None:
    """Take the columns away."""
    for name in _NEW:
        op.drop_column("event_places", name)
