"""Where Alembic starts. Invariant: migrations run on the connection, in the transaction, of their caller."""

from __future__ import annotations

from alembic import context

from khabar.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
