"""The tables are described, and the migrations make exactly them."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Table, create_engine

import khabar.store
from khabar.store import open_store, schema
from khabar.store.migrate import HEAD

_TABLES = list(schema.metadata.tables.values())


@pytest.mark.parametrize("table", _TABLES, ids=lambda t: t.name)
def test_every_table_and_column_says_what_it_holds(table: Table) -> None:
    assert table.comment
    assert table.comment.endswith(".")
    for column in table.columns:
        assert column.comment, f"{table.name}.{column.name} has no comment"
        assert column.comment.endswith((".", "…"))


def test_every_table_is_public() -> None:
    assert sorted([*schema.metadata.tables, "metadata"]) == schema.__all__


def test_migrations_make_the_tables_of_the_schema(tmp_path: Path) -> None:
    path = tmp_path / "k.db"
    open_store(path).close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: kind != "table" or name in schema.metadata.tables,
            },
        )
        assert compare_metadata(context, schema.metadata) == []
        assert context.get_current_revision() == HEAD
    engine.dispose()


def test_the_newest_migration_is_the_one_the_program_knows() -> None:
    folder = Path(khabar.store.__file__).parent / "migrations"
    script = ScriptDirectory.from_config(_config(folder))
    assert script.get_heads() == [HEAD]
    assert all(revision.revision.isdigit() for revision in script.walk_revisions())


def _config(folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")
    return config
