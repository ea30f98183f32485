"""How closely the places of incidents are known, and where they are: what a map draws and counts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from khabar.store.place_rows import place_rows

revision = "0008"
down_revision = "0007"

_TEXTS = ("admin2", "admin1_name", "admin2_name", "first_month", "last_month")
_NUMBERS = ("latitude", "longitude")
_GIVEN = {"level": "region", "name": "", "site": ""}
_COUNTRY, _SITE = "event_places_by_country", "event_places_by_site"


def upgrade() -> None:
    """Add the columns and make the rows anew from the incidents, now also of places without country or province."""
    for name in _TEXTS:
        op.add_column("event_places", sa.Column(name, sa.String(), nullable=True))
    for name, value in _GIVEN.items():
        op.add_column("event_places", sa.Column(name, sa.String(), server_default=value, nullable=False))
    for name in _NUMBERS:
        op.add_column("event_places", sa.Column(name, sa.Float(), nullable=True))
    op.add_column("event_places", sa.Column("gazetteer", sa.Integer(), nullable=True))
    op.drop_index(_COUNTRY, "event_places")
    op.create_index(_COUNTRY, "event_places", ["country", "admin1", "level", "event", "admin1_name"])
    op.create_index(_SITE, "event_places", ["site", "first_month", "last_month", "event"])
    _fill(op.get_bind())


def _fill(connection: sa.Connection) -> None:
    names = ("event", "country", "admin1", "gazetteer", *_TEXTS, *_GIVEN, *_NUMBERS)
    table = sa.table("event_places", *map(sa.column, names))
    connection.execute(table.delete())
    events = sa.table("events", sa.column("id"), sa.column("data", sa.JSON()), sa.column("number"))
    rows: list[dict[str, Any]] = []
    for row in connection.execute(sa.select(events.c.id, events.c.data).order_by(events.c.number)):
        places, when = (row.data["derived"].get(name, {}).get("value") for name in ("places", "when"))
        rows.extend({"event": row.id, **place} for place in place_rows(places, when))
    if rows:
        connection.execute(table.insert(), rows)


def downgrade() -> None:
    """Take the columns away."""
    op.drop_index(_SITE, "event_places")
    op.drop_index(_COUNTRY, "event_places")
    op.create_index(_COUNTRY, "event_places", ["country", "admin1"])
    for name in ("gazetteer", *_NUMBERS, *_GIVEN, *_TEXTS):
        op.drop_column("event_places", name)
