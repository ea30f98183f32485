"""A hash of each document, to tell when a fault of the disk changed it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_SEALED = (
    "id", "file", "external_id", "title", "author", "publisher", "url", "language", "genre", "earliest", "latest",
    "published_by", "retrieved_at", "media_type", "unread", "characters", "repairs", "skipped", "text",
)  # fmt: skip
_JSON = ("repairs", "skipped")
_TOGETHER = 200


def upgrade() -> None:
    """Add the column, filled for the documents that are there, as they are."""
    op.add_column("documents", sa.Column("seal", sa.String(64), nullable=True))
    connection = op.get_bind()
    columns: list[Any] = [sa.column(name, sa.JSON() if name in _JSON else None) for name in _SEALED]
    table = sa.table("documents", sa.column("number", sa.Integer()), sa.column("seal", sa.String()), *columns)
    last = 0
    while True:
        asked = sa.select(table).where(table.c.number > last).order_by(table.c.number).limit(_TOGETHER)
        rows = connection.execute(asked).mappings().all()
        if not rows:
            return
        last = rows[-1]["number"]
        seals = [{"row": row["number"], "found": _seal([row[name] for name in _SEALED])} for row in rows]
        connection.execute(
            sa.update(table).where(table.c.number == sa.bindparam("row")).values(seal=sa.bindparam("found")), seals
        )


def _seal(values: list[Any]) -> str:
    canonical = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
