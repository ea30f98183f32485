"""What stands in a document because of its reviews, written into the tables. Invariant: afterwards the claims of the
document are those of its last reading and those that reviews in force keep, and `standing` says what became of each.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select, update

from khabar.exchange import claim_from_json
from khabar.records import Passage, Review
from khabar.standing import standing as stands
from khabar.store.loading import insert_rows
from khabar.store.rows import claim_row
from khabar.store.schema import claims, reviews, standing

__all__ = ["review_from_row", "settle"]


def settle(connection: Connection, document_id: str) -> None:
    """Make the claims and standings of a document anew from its last reading and its reviews, touching only what
    changed.
    """
    c, r = claims.c, reviews.c
    asked = select(reviews).where(r.document == document_id, r.coding.is_(None)).order_by(r.number)
    decided = [review_from_row(row) for row in connection.execute(asked)]
    rows = {row.id: row for row in connection.execute(select(c.id, c.read, c.data).where(c.document == document_id))}
    read = [claim_from_json(row.data) for row in rows.values() if row.read] if decided else []
    found = stands(read, decided)
    kept = {key: claim_row(claim_from_json(data)) for key, data in found.kept.items()}
    gone = [{"old": key} for key, row in rows.items() if not row.read and key not in kept]
    new = [{**row, "read": False} for key, row in kept.items() if key not in rows]
    changed = [
        {"old": key, "new": row["data"]} for key, row in kept.items() if key in rows and rows[key].data != row["data"]
    ]
    connection.execute(delete(standing).where(standing.c.claim.in_(select(c.id).where(c.document == document_id))))
    if gone:
        connection.execute(delete(claims).where(c.id == bindparam("old")), gone)
    if changed:
        connection.execute(update(claims).where(c.id == bindparam("old")).values(data=bindparam("new")), changed)
    if new:
        insert_rows(connection, claims, new)
    states = [{"claim": key, "state": state, "review": number} for key, (state, number) in found.states.items()]
    if states:
        insert_rows(connection, standing, states)


def review_from_row(row: Row[Any]) -> Review:
    """The review of a row of `reviews`."""
    document = row.document
    return Review(
        target=row.target,
        decision=row.decision,
        user=row.user,
        proposed=row.proposed,
        accepted=row.accepted,
        note=row.note,
        evidence=tuple((slot, Passage(document, start, end, quote)) for slot, start, end, quote in row.evidence),
        beside=tuple(row.beside),
        undoes=row.undoes,
        coding=row.coding,
        number=row.number,
        at=row.at,
    )
