"""What incidents and judgements were made from, so that only what changed is made again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_FORGET = """
CREATE TRIGGER claims_forget BEFORE DELETE ON claims BEGIN
    UPDATE events SET made_from = '' WHERE id IN (SELECT event FROM event_claims WHERE claim = OLD.id);
    UPDATE events SET made_from = '' WHERE id IN (
        SELECT c.subject FROM contradictions c JOIN contradiction_claims s ON s.contradiction = c.id
        WHERE s.claim = OLD.id
    );
END
"""
_FORGET_FUNCTION = """
CREATE FUNCTION claims_forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE events SET made_from = '' WHERE id IN (SELECT event FROM event_claims WHERE claim = OLD.id);
    UPDATE events SET made_from = '' WHERE id IN (
        SELECT c.subject FROM contradictions c JOIN contradiction_claims s ON s.contradiction = c.id
        WHERE s.claim = OLD.id
    );
    RETURN OLD;
END $$
"""


def upgrade() -> None:
    """Add the columns, empty: the next run makes everything once. An incident that loses a claim is made again."""
    for table in ("events", "judgements"):
        op.add_column(table, sa.Column("made_from", sa.String(), server_default="", nullable=False))
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_FORGET)
    else:
        op.execute(_FORGET_FUNCTION)
        op.execute("CREATE TRIGGER claims_forget BEFORE DELETE ON claims FOR EACH ROW EXECUTE FUNCTION claims_forget()")
