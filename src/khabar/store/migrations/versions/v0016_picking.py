"""What the pages of the most active actors ask: links with what lists choose and sort by, ties summed up and ranked,
and which incidents name an actor.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_LAST_RANK = 1000


def upgrade() -> None:
    """Add columns, tables and indexes, filled with what the last resolution made."""
    large = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    for name in ("kind", "type"):
        op.add_column("actor_links", sa.Column(name, sa.String(), server_default="", nullable=False))
    for name in ("document", "start", "claim_number"):
        op.add_column("actor_links", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    for name in ("earliest", "latest"):
        op.add_column("event_actors", sa.Column(name, sa.String(10), nullable=True))
    op.add_column("event_actors", sa.Column("killed", large, nullable=True))
    op.add_column("tie_claims", sa.Column("rank", sa.Integer(), server_default="0", nullable=False))
    _tables(large)
    for name, table in (
        ("actor_links_by_actor", "actor_links"),
        ("event_actors_by_actor", "event_actors"),
        ("tie_claims_summed", "tie_claims"),
        ("tie_claims_by_subject", "tie_claims"),
        ("tie_claims_by_object", "tie_claims"),
    ):
        op.drop_index(name, table)
    _fill(op.get_bind())
    _indexes()


def _tables(large: sa.types.TypeEngine[int]) -> None:
    op.create_table(
        "actor_events",
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("earliest", sa.String(10), nullable=True),
        sa.Column("latest", sa.String(10), nullable=True),
        sa.Column("killed", large, nullable=True),
        sa.ForeignKeyConstraint(["event"], ["events.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["actor"], ["actors.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "actor"),
    )
    op.create_table(
        "ties",
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("denied", sa.Integer(), nullable=False),
        sa.Column("earliest", sa.String(10), nullable=True),
        sa.Column("latest", sa.String(10), nullable=True),
        sa.ForeignKeyConstraint(["subject"], ["actors.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["object"], ["actors.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("type", "subject", "object"),
    )


def _indexes() -> None:
    listed = ["actor", "role", "kind", "type", "document", "start", "claim_number", "claim"]
    op.create_index("actor_links_by_actor", "actor_links", listed)
    said = ["actor", "stance", "earliest", "latest", "killed", "event", "day"]
    op.create_index("event_actors_by_actor", "event_actors", said)
    op.create_index("actor_events_listed", "actor_events", ["actor", "earliest", "latest", "killed", "event"])
    op.create_index("event_places_by_level", "event_places", ["level", "event"])
    summed = ["type", "subject", "object", "denied", "earliest", "latest", "modality", "rank"]
    op.create_index("tie_claims_summed", "tie_claims", summed)
    for side in ("subject", "object"):
        op.create_index(f"tie_claims_by_{side}", "tie_claims", [side, "rank", "type"])
        op.create_index(f"ties_by_{side}", "ties", [side, "type"])


def _fill(connection: sa.Connection) -> None:
    claims = sa.table("claims", *map(sa.column, ("id", "kind", "type", "document", "start", "number")))
    documents = sa.table("documents", *map(sa.column, ("id", "number")))
    told = ("kind", "type", "document", "start", "claim_number")
    links = sa.table("actor_links", *map(sa.column, ("claim", "actor", *told)))
    facts = dict(
        zip(told, (claims.c.kind, claims.c.type, documents.c.number, claims.c.start, claims.c.number), strict=True)
    )
    same = links.c.claim == claims.c.id, claims.c.document == documents.c.id
    connection.execute(sa.update(links).values(facts).where(*same))
    days = ("earliest", "latest", "killed")
    events = sa.table("events", *map(sa.column, ("id", *days)))
    said = sa.table("event_actors", *map(sa.column, ("event", *days)))
    connection.execute(
        sa.update(said).values({name: events.c[name] for name in days}).where(said.c.event == events.c.id)
    )
    members = sa.table("event_claims", *map(sa.column, ("event", "claim")))
    meant = members.join(links, links.c.claim == members.c.claim).join(events, events.c.id == members.c.event)
    named = sa.table("actor_events", *map(sa.column, ("event", "actor", *days)))
    every = sa.select(members.c.event, links.c.actor, *(events.c[name] for name in days)).select_from(meant).distinct()
    connection.execute(sa.insert(named).from_select(["event", "actor", *days], every))
    _sum_ties(connection, claims)


def _sum_ties(connection: sa.Connection, claims: sa.TableClause) -> None:
    key = ("type", "subject", "object")
    facts = ("claim", *key, "stance", "modality", "denied", "earliest", "latest", "rank")
    told = sa.table("tie_claims", *map(sa.column, facts))
    t = told.c
    denied = sa.case((sa.column("denied", sa.Boolean()).is_(True), t.claim))
    first = sa.func.min(sa.func.coalesce(t.earliest, t.latest))
    last = sa.func.max(sa.func.coalesce(t.latest, t.earliest))
    sides = [t[name] for name in key]
    sums = sa.select(*sides, sa.func.count(), sa.func.count(denied), first, last).select_from(told).group_by(*sides)
    names = [*key, "claims", "denied", "earliest", "latest"]
    connection.execute(sa.insert(sa.table("ties", *map(sa.column, names))).from_select(names, sums))
    place = sa.func.row_number().over(partition_by=[*sides, t.stance, t.modality], order_by=claims.c.number)
    counted = (
        sa.select(t.claim, t.subject, t.object, place.label("place"))
        .select_from(told.join(claims, claims.c.id == t.claim))
        .subquery("counted")
    )
    least = sa.case((counted.c.place < _LAST_RANK, counted.c.place), else_=_LAST_RANK)
    same = [t[name] == counted.c[name] for name in ("claim", "subject", "object")]
    connection.execute(sa.update(told).values(rank=least).where(*same))
