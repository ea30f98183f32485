"""How often the reading of a document failed, so that it is set aside after a few times."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the column; what failed before counts once."""
    op.add_column("readings", sa.Column("tries", sa.Integer(), server_default="0", nullable=False))
    readings = sa.table("readings", sa.column("state"), sa.column("tries"))
    op.execute(readings.update().where(readings.c.state == "failed").values(tries=1))
