"""Bringing a store to the present schema. Invariant: a store is at one known version; a newer one is left alone."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, inspect, text

from khabar.errors import StoreError

__all__ = ["HEAD", "bring_up_to_date", "version_of"]

HEAD = "0016"  # the newest revision in migrations/versions; revisions are numbers, so that newer ones can be told

_ONE = Lock()  # Alembic keeps what it is at in its modules: two threads would take each other's store


def version_of(connection: Connection) -> str | None:
    """The schema version of a store, None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return version


def bring_up_to_date(connection: Connection, address: str, to: str = HEAD) -> None:
    """Run the migrations a store lacks, in the caller's transaction; StoreError if it is newer than this program."""
    version = version_of(connection)
    if version == to:
        return
    if version is not None and version > HEAD:
        raise StoreError(
            f"{address} was written by a newer Khabar (schema {version}; this one knows {HEAD}).",
            "Install the newer version: pip install --upgrade khabar.",
        )
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with _ONE:
        command.upgrade(config, to)
