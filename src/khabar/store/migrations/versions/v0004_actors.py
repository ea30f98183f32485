"""How often actors are named, and who is said to have done what: counted once, so that no page has to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_INDEX = "actor_links_by_actor"


def upgrade() -> None:
    """Add the columns and the table, and fill them from what the store holds."""
    op.add_column("actors", sa.Column("country", sa.String(2), nullable=True))
    for name in ("claims", "events"):
        op.add_column("actors", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    op.create_index("actors_by_claims", "actors", ["claims"])
    op.drop_index(_INDEX, "actor_links")
    op.create_index(_INDEX, "actor_links", ["actor", "role", "claim"])
    op.create_table(
        "event_actors",
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("day", sa.String(10), nullable=True),
        sa.ForeignKeyConstraint(["event"], ["events.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["actor"], ["actors.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "actor", "stance"),
    )
    op.create_index("event_actors_by_actor", "event_actors", ["actor", "stance", "day"])
    _count(op.get_bind())
    _attribute(op.get_bind())


def _count(connection: sa.Connection) -> None:
    actors = sa.table("actors", *map(sa.column, ("id", "country", "claims", "events")), sa.column("data", sa.JSON()))
    links = sa.table("actor_links", sa.column("actor"), sa.column("claim"))
    members = sa.table("event_claims", sa.column("event"), sa.column("claim"))
    meant = sa.select(sa.func.count(links.c.claim.distinct())).where(links.c.actor == actors.c.id)
    within = sa.select(sa.func.count(members.c.event.distinct())).where(
        members.c.claim == links.c.claim, links.c.actor == actors.c.id
    )
    connection.execute(actors.update().values(claims=meant.scalar_subquery(), events=within.scalar_subquery()))
    homes = [
        {"key": row.id, "home": row.data["country"].upper()[:2]}
        for row in connection.execute(sa.select(actors.c.id, actors.c.data))
        if row.data.get("country")
    ]
    if homes:
        given = actors.update().where(actors.c.id == sa.bindparam("key")).values(country=sa.bindparam("home"))
        connection.execute(given, homes)


def _attribute(connection: sa.Connection) -> None:
    events = sa.table("events", *map(sa.column, ("id", "earliest", "latest")), sa.column("data", sa.JSON()))
    known = set(connection.execute(sa.select(sa.table("actors", sa.column("id")).c.id)).scalars())
    rows: dict[tuple[str, str, str], str | None] = {}
    for row in connection.execute(sa.select(events)):
        for said in row.data["values"].get("attributions", ()):
            actor, stance = said["value"].get("actor_id"), said["value"].get("stance")
            if actor in known and stance:
                rows[row.id, actor, stance] = row.earliest or row.latest
    if rows:
        table = sa.table("event_actors", *map(sa.column, ("event", "actor", "stance", "day")))
        made = [{"event": e, "actor": a, "stance": s, "day": day} for (e, a, s), day in rows.items()]
        connection.execute(table.insert(), made)
