"""A base of every release is brought up to date, in a file as in PostgreSQL, with all that it holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from store_samples import EXTRACTOR, claims_of, document, event, resolved

from khabar.store import Store, open_store, schema, schema_access, schema_accounts, schema_reference
from khabar.store.migrate import HEAD
from khabar.store.questions import EventFilter
from khabar.store.rows import actor_row, claim_row, document_row, event_row
from old_stores import engine_at, fill, old_store
from servers import STORES

RELEASES = [f"{number:04}" for number in range(1, int(HEAD) + 1)]
# The way from the first release goes through all the others; `make slow` begins at each of them.
BEGUN = [r if r in (RELEASES[0], HEAD) else pytest.param(r, marks=pytest.mark.slow) for r in RELEASES]
_METADATA = (schema.metadata, schema_access.metadata, schema_accounts.metadata, schema_reference.metadata)


@pytest.fixture(params=STORES)
def nothing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a store where no table is yet."""
    if request.param == "sqlite":
        yield str(tmp_path / "k.db")
        return
    with request.getfixturevalue("pg_server").database(empty=True) as address:
        yield address


def _made(address: str, release: str) -> None:
    """A base as a release had it, with a report, its claims, an actor and an incident."""
    doc = document()
    told = claims_of(doc)
    whole = resolved(told, event("incident-000001", told[:1]))
    with old_store(address, release) as connection:
        fill(connection, "documents", [document_row(doc)])
        fill(connection, "claims", [claim_row(c) for c in told])
        fill(connection, "actors", [actor_row(a) for a in whole.actors])
        fill(connection, "events", [event_row(e, ["northport"]) for e in whole.events])
        fill(connection, "event_claims", [{"event": "incident-000001", "claim": told[0].id}])
        links = [{"claim": link.claim, "role": link.role, "actor": link.actor} for link in whole.links]
        fill(connection, "actor_links", links)
        if release < "0003":
            said = {"left": told[0].id, "right": told[1].id, "verdict": "different", "by": "zoe", "by_rule": False}
            fill(connection, "judgements", [{**said, "at": "2020-01-02T00:00:00+00:00", "score": 0, "reasons": []}])


@pytest.mark.parametrize("release", BEGUN)
def test_a_base_of_every_release_comes_forward_whole(nothing: str, release: str) -> None:
    _made(nothing, release)
    doc = document()
    told = claims_of(doc)
    whole = resolved(told, event("incident-000001", told[:1]))
    with open_store(nothing, create=False) as store:
        assert list(store.documents()) == [doc]
        assert sorted(store.claims(), key=str) == sorted(told, key=str)
        assert tuple(store.events()) == whole.events
        assert {s.actor.id: s.actor for s in store.actors()} == {a.id: a for a in whole.actors}
        assert [hit.document for hit in store.search("bombs")] == [doc.id]
        assert store.count(EventFilter(text="northport")) == 1
        assert [d.by for d in store.decisions()] == (["zoe"] if release < "0003" else [])
        assert store.check() == []
        _goes_on(store)


def _goes_on(store: Store) -> None:
    """What a store of today can do, it can do."""
    doc = document("later.txt")
    told = claims_of(doc)
    assert store.add_document(doc)
    store.save_claims(doc.id, told, EXTRACTOR)
    store.save_resolution(resolved(told, event("incident-000002", told[:1])))
    assert [e.id for e in store.events()] == ["incident-000002"]
    assert store.check() == []
    assert store.audit_state().fault == ""


def test_the_migrations_make_the_tables_of_the_schema(nothing: str) -> None:
    open_store(nothing).close()
    names = {table.name for metadata in _METADATA for table in metadata.tables.values()}
    engine = engine_at(nothing)
    with engine.connect() as connection:
        options = {"compare_type": True, "include_name": lambda name, kind, _: kind != "table" or name in names}
        context = MigrationContext.configure(connection, opts=options)
        found = [change for change in compare_metadata(context, _METADATA) if "comment" not in str(change[0])]
        found = [change for change in found if not (isinstance(change, list) and "comment" in str(change[0][0]))]
        assert found == []
        assert context.get_current_revision() == HEAD
    engine.dispose()
