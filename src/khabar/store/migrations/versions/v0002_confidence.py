"""Columns to ask for claims by confidence; what the claims of an older store say is taken over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns, fill them from the claims, and index the one that the review queue asks for."""
    for name in ("confidence", "least"):
        op.add_column("claims", sa.Column(name, sa.Float(), server_default="0.5", nullable=False))
    claims = sa.table("claims", sa.column("data", sa.JSON()), sa.column("confidence"), sa.column("least"))
    said = claims.c.data["confidence"].as_float()  # no release has written confidences of single values
    op.execute(claims.update().where(said.is_not(None)).values(confidence=said, least=said))
    op.create_index("claims_by_doubt", "claims", ["least"])
