"""Which claims tie which actors, as rows of their own, and what ties two actors, summed up. Invariant: after
`write_ties` there is one row of `tie_claims` for every claim of a relation, subject and object that are two actors, and
one of `ties` for every type, subject and object among them, and no other.

A claim never changes, so rows come and go alone; sums and ranks are made anew for the ties to which any came or went.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, case, delete, exists, func, insert, or_, select, update

from khabar.store.loading import insert_rows
from khabar.store.schema import actor_links, claims, tie_claims, ties

__all__ = ["LAST_RANK", "sums_of_ties", "write_ties"]

LAST_RANK = 1000
"""Claims of one tie, stance and modality beyond it all have this rank: a claim more in front moves none of them."""

_COPIED = ("type", "stance", "modality", "earliest", "latest")
_KEY = ("type", "subject", "object")
_TOGETHER = 200  # ties in one question
_Key = tuple[str, str, str]


def write_ties(connection: Connection) -> None:
    """Bring both tables up to date with the links of claims to actors."""
    _write_claims(connection)
    t = tie_claims.c
    sums = connection.execute(sums_of_ties().add_columns(func.min(t.rank).label("rank"))).all()
    there = {tuple(row)[:3]: tuple(row) for row in connection.execute(select(ties))}
    new = {tuple(row)[:3]: tuple(row)[:-1] for row in sums if row.rank == 0 or there.get(tuple(row)[:3]) != row[:-1]}
    kept = {tuple(row)[:3] for row in sums}
    _remove(connection, [key for key in there if key in new or key not in kept])
    insert_rows(connection, ties, [dict(zip(ties.c.keys(), row, strict=True)) for row in new.values()])
    _rank(connection, sorted(new))


def sums_of_ties() -> Select[Any]:
    """What ties two actors, counted over the rows of its claims: the columns of `ties`."""
    t = tie_claims.c
    return select(
        t.type,
        t.subject,
        t.object,
        func.count().label("claims"),
        func.count(case((t.denied.is_(True), t.claim))).label("denied"),
        func.min(func.coalesce(t.earliest, t.latest)).label("earliest"),
        func.max(func.coalesce(t.latest, t.earliest)).label("latest"),
    ).group_by(t.type, t.subject, t.object)


def _write_claims(connection: Connection) -> None:
    t, c = tie_claims.c, claims.c
    one, other = actor_links.alias("one"), actor_links.alias("other")

    def linked(role: str, actor: object) -> object:
        link = actor_links.c
        return exists().where(link.claim == t.claim, link.role == role, link.actor == actor)

    connection.execute(delete(tie_claims).where(~and_(linked("subject", t.subject), linked("object", t.object))))  # type: ignore[arg-type]
    denies = or_(c.stance == "denied", c.modality == "negated")
    there = exists().where(t.claim == c.id, t.subject == one.c.actor, t.object == other.c.actor)
    missing = (
        select(c.id, one.c.actor, other.c.actor, denies, *(c[name] for name in _COPIED))
        .select_from(
            claims.join(one, and_(one.c.claim == c.id, one.c.role == "subject")).join(
                other, and_(other.c.claim == c.id, other.c.role == "object")
            )
        )
        .where(c.kind == "relation", one.c.actor != other.c.actor, ~there)
    )
    names = ["claim", "subject", "object", "denied", *_COPIED]
    connection.execute(insert(tie_claims).from_select(names, missing))


def _remove(connection: Connection, keys: Sequence[_Key]) -> None:
    if keys:
        same = and_(*(ties.c[name] == bindparam(f"old_{name}") for name in _KEY))
        connection.execute(delete(ties).where(same), [_named("old_", key) for key in keys])


def _rank(connection: Connection, keys: Sequence[_Key]) -> None:
    """Count off the claims of these ties, by stance and modality."""
    t = tie_claims.c
    moved: list[dict[str, Any]] = []
    for _, rows in groupby(_ordered(connection, keys), key=lambda row: tuple(row)[:5]):
        for number, row in enumerate(rows, 1):
            rank = min(number, LAST_RANK)
            if row.rank != rank:
                moved.append({"of": row.claim, "one": row.subject, "other": row.object, "new": rank})
    if moved:
        same = (t.claim == bindparam("of"), t.subject == bindparam("one"), t.object == bindparam("other"))
        connection.execute(update(tie_claims).where(*same).values(rank=bindparam("new")), moved)


def _ordered(connection: Connection, keys: Sequence[_Key]) -> Iterator[Any]:
    t, c = tie_claims.c, claims.c
    asked = select(t.stance, t.modality, t.type, t.subject, t.object, t.claim, t.rank)
    asked = asked.select_from(tie_claims.join(claims, c.id == t.claim))
    order = (t.type, t.subject, t.object, t.stance, t.modality, c.number)
    for at in range(0, len(keys), _TOGETHER):
        part = keys[at : at + _TOGETHER]
        wanted = or_(*(and_(*(t[name] == value for name, value in zip(_KEY, key, strict=True))) for key in part))
        yield from connection.execute(asked.where(wanted).order_by(*order))


def _named(prefix: str, key: Iterable[str]) -> dict[str, str]:
    return {f"{prefix}{name}": value for name, value in zip(_KEY, key, strict=True)}
