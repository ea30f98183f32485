"""How closely the places of incidents are known, and where they are: what a map draws and counts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from khabar.store.place_rows import place_row

revision = "0008"
down_revision = "0007"

_NEW = (
    sa.Column("admin2", sa.String(), nullable=True),
    sa.Column("level", sa.String(), server_default="region", nullable=False),
    sa.Column("name", sa.String(), server_default="", nullable=False),
    sa.Column("admin1_name", sa.String(), nullable=True),
    sa.Column("admin2_name", sa.String(), nullable=True),
    sa.Column("gazetteer", sa.Integer(), nullable=True),
    sa.Column("latitude", sa.Float(), nullable=True),
    sa.Column("longitude", sa.Float(), nullable=True),
)


def upgrade() -> None:
    """Add the columns and make the rows anew from the incidents, now also of places without country or province."""
    for column in _NEW:
        op.add_column("event_places", column.copy())
    connection = op.get_bind()
    names = ("event", "country", "admin1", *(column.name for column in _NEW))
    table = sa.table("event_places", *map(sa.column, names))
    connection.execute(table.delete())
    events = sa.table("events", sa.column("id"), sa.column("data", sa.JSON()), sa.column("number"))
    rows = []
    for row in connection.execute(sa.select(events.c.id, events.c.data).order_by(events.c.number)):
        places = row.data["derived"].get("places", {}).get("value") or ()
        places = [places] if isinstance(places, dict) else places
        rows.extend({"event": row.id, **place_row(place)} for place in places)
    if rows:
        connection.execute(table.insert(), rows)


def downgrade() -> None:
    """Take the columns away."""
    for column in reversed(_NEW):
        op.drop_column("event_places", column.name)
