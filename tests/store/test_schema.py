"""The tables are described, and the migrations make exactly them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Table, create_engine
from store_samples import EXTRACTOR, claims_of, decision, document, event, resolved

import khabar.store
from khabar.records import Value
from khabar.store import open_store, schema, schema_access, schema_accounts
from khabar.store.migrate import HEAD
from khabar.store.questions import ActorFilter, ClaimFilter, EventFilter

_METADATA = (schema.metadata, schema_access.metadata, schema_accounts.metadata)
_TABLES = [table for metadata in _METADATA for table in metadata.tables.values()]
_NAMES = {table.name for table in _TABLES}


@pytest.mark.parametrize("table", _TABLES, ids=lambda t: t.name)
def test_every_table_and_column_says_what_it_holds(table: Table) -> None:
    assert table.comment
    assert table.comment.endswith(".")
    for column in table.columns:
        assert column.comment, f"{table.name}.{column.name} has no comment"
        assert column.comment.endswith((".", "…"))


OF_LISTS = (
    "event_places_by_level",
    "event_places_by_country",
    "event_places_by_site",
    "events_listed",
    "events_unsure",
    "events_by_id",
    "events_by_killed",
    "contradictions_by_killed",
    "contradictions_in_order",
    "ix_documents_unread",
    "ix_readings_state",
)
PLACE_TEXTS = ("admin2", "admin1_name", "admin2_name", "first_month", "last_month")


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
                "include_name": lambda name, kind, _: kind != "table" or name in _NAMES,
            },
        )
        assert compare_metadata(context, _METADATA) == []
        assert context.get_current_revision() == HEAD
    engine.dispose()


def test_a_store_of_the_first_release_keeps_its_claims_and_learns_their_confidence(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    doc = document()
    with open_store(path) as store:
        store.add_document(doc)
        store.save_claims(doc.id, claims_of(doc), EXTRACTOR)
        saved = list(store.claims())
    _downgrade(path, "0001")
    with open_store(path) as store:
        assert list(store.claims()) == saved
        assert store.count(ClaimFilter(coded=0.5)) == 1  # the bombing, at 0.8; the others are at 0.123456
        assert store.count(ClaimFilter(doubtful=0.2)) == 4
        assert list(store.decisions()) == []
        assert store.check() == []


@pytest.mark.parametrize("release", ["0001", "0002"])
def test_peoples_judgements_of_an_older_store_become_decisions_in_their_order(tmp_path: Path, release: str) -> None:
    path = tmp_path / "old.db"
    doc = document()
    told = claims_of(doc)
    with open_store(path) as store:
        store.add_document(doc)
        store.save_claims(doc.id, told, EXTRACTOR)
        store.save_resolution(resolved(told))
    _downgrade(path, release)
    rows = [
        (told[1].id, told[0].id, "different", "zoe", 0, "2020-01-02T00:00:00+00:00"),
        (told[0].id, told[1].id, "same", "amal", 0, "2020-01-02"),
        ("RLF", "Red Lantern Front", "same", "amal", 0, "long ago"),
    ]
    connection = sqlite3.connect(path)
    insert = 'INSERT INTO judgements ("left", "right", verdict, "by", by_rule, at, score, reasons) VALUES '
    connection.executemany(insert + "(?, ?, ?, ?, ?, ?, 0, '[]')", rows)
    connection.commit()
    connection.close()
    with open_store(path) as store:
        names, first, second = store.decisions()
        assert [(d.number, d.act, d.by, d.about) for d in (names, first, second)] == [
            (1, "same", "amal", "actors"),
            (2, "different", "zoe", "incidents"),
            (3, "same", "amal", "incidents"),
        ]
        assert names.at < first.at < second.at < store.add_decision(decision("merge", "a", "b")).at
        party = first.sides[0][0]
        assert (party.key, doc.text[party.start : party.end]) == (told[1].id, told[1].passages[0].quote)
        assert [j.by for j in store.judgements()] == ["rule:total"]
        assert not store.overview().resolved
        assert store.check() == []


def test_actors_of_an_older_store_are_counted_once_and_for_all(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    doc = document()
    told = claims_of(doc)
    with open_store(path) as store:
        store.add_document(doc)
        store.save_claims(doc.id, told, EXTRACTOR)
        blamed = Value({"actor": "RLF", "actor_id": "actor-front", "stance": "blamed"}, (told[0].id,))
        happened = event("incident-000001", told[:1])
        store.save_resolution(resolved(told, replace(happened, values={**happened.values, "attributions": (blamed,)})))
        listed = list(store.actors())
        accused = list(store.events(EventFilter(actor="actor-front", stance="blamed")))
    assert [s.claims for s in listed] == [5, 0, 0]
    assert len(accused) == 1
    made = _rows_of_actors(path)
    _downgrade(path, "0003")
    with open_store(path) as store:
        assert _rows_of_actors(path) == made
        assert list(store.actors()) == listed
        assert list(store.actors(ActorFilter(country="xn"))) == listed[:1]
        assert list(store.events(EventFilter(actor="actor-front", stance="blamed"))) == accused
        assert store.check() == []


def test_places_of_an_older_store_say_how_closely_they_are_known(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    doc = document()
    told = claims_of(doc)
    with open_store(path) as store:
        store.add_document(doc)
        store.save_claims(doc.id, told, EXTRACTOR)
        store.save_resolution(resolved(told, event("incident-000001", told[:1])))
        sites, placed = list(store.sites()), list(store.placed())
    assert sites
    _downgrade(path, "0003")
    with open_store(path) as store:
        assert (list(store.sites()), list(store.placed())) == (sites, placed)


def _rows_of_actors(path: Path) -> dict[str, list[tuple[object, ...]]]:
    tables = ("actor_links", "actor_events", "event_actors", "tie_claims", "ties")
    with closing(sqlite3.connect(path)) as connection:
        columns = {t: sorted(row[1] for row in connection.execute(f"PRAGMA table_info({t})")) for t in tables}
        asked = {t: f"SELECT {', '.join(columns[t])} FROM {t}" for t in tables}  # noqa: S608
        return {t: sorted(connection.execute(question), key=repr) for t, question in asked.items()}


def _downgrade(path: Path, release: str) -> None:
    """Take a new store back to the tables of a release."""
    connection = sqlite3.connect(path)
    for index in OF_LISTS:
        connection.execute(f"DROP INDEX {index}")
    connection.execute("DELETE FROM state WHERE name = 'audit'")
    connection.execute("DROP TRIGGER claims_forget")
    for table in ("events", "judgements"):
        connection.execute(f"ALTER TABLE {table} DROP COLUMN made_from")
    for column in ("stakes", "read"):
        connection.execute(f"ALTER TABLE claims DROP COLUMN {column}")
    connection.execute("ALTER TABLE documents DROP COLUMN seal")
    connection.execute("ALTER TABLE readings DROP COLUMN tries")
    _forget_picking(connection)
    connection.execute("CREATE INDEX ix_events_killed ON events (killed)")
    connection.execute("ALTER TABLE events DROP COLUMN unsure")
    connection.execute("ALTER TABLE contradictions DROP COLUMN killed")
    of_teams = ("sessions", "tokens", "account_groups", "accounts", "audit", "restrictions", "clearances")
    for table in (*of_teams, "standing", "codings", "assignments", "drafts"):
        connection.execute(f"DROP TABLE {table}")
    for table in ("reference_problems", "reference_records", "reference_sets"):
        connection.execute(f"DROP TABLE {table}")
    for column in (*PLACE_TEXTS, "level", "name", "site", "latitude", "longitude", "gazetteer"):
        connection.execute(f"ALTER TABLE event_places DROP COLUMN {column}")
    connection.execute("CREATE INDEX event_places_by_country ON event_places (country, admin1)")
    for column in ("killed_low", "killed_high", "killed_open"):
        connection.execute(f"ALTER TABLE events DROP COLUMN {column}")
    connection.execute("DROP TABLE event_actors")
    connection.execute("DROP INDEX actors_by_claims")
    for column in ("country", "claims", "events"):
        connection.execute(f"ALTER TABLE actors DROP COLUMN {column}")
    if release < "0003":
        connection.execute("DROP TABLE decisions")
    if release < "0002":
        connection.execute("DROP INDEX claims_by_doubt")
        for column in ("confidence", "least"):
            connection.execute(f"ALTER TABLE claims DROP COLUMN {column}")
    connection.execute("UPDATE alembic_version SET version_num = ?", (release,))
    connection.commit()
    connection.close()


def _forget_picking(connection: sqlite3.Connection) -> None:
    for table in ("tie_claims", "ties", "actor_events"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("DROP INDEX actor_links_by_actor")
    for column in ("kind", "type", "document", "start", "claim_number"):
        connection.execute(f"ALTER TABLE actor_links DROP COLUMN {column}")
    connection.execute("CREATE INDEX actor_links_by_actor ON actor_links (actor, role)")


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
