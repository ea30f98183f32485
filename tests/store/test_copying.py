"""A base copied to another store, of either kind, is the same base; what cannot be copied whole leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import inspect
from store_samples import EXTRACTOR, accepted, claims_of, decision, document, event, full_document, resolved

from khabar.errors import StoreError
from khabar.records import Assignment, Draft, ReferenceSet
from khabar.store import ActorFilter, Store, open_store
from khabar.store.copying import copy_rows, every_table, held_in
from khabar.store.sql import SqlSource
from servers import STORES


def _fill(store: Store) -> None:
    """Something in as many tables as people fill."""
    doc = document()
    run = store.begin_run("add", "amal")
    store.add_document(doc)
    store.add_document(full_document(), ("north",), "amal")
    store.add_problem("bad.pdf", "It is damaged.", "Mend it.")
    told = claims_of(doc)
    store.save_claims(doc.id, told, EXTRACTOR)
    store.save_failure(full_document().id, EXTRACTOR, "It could not be read.")
    store.save_copies([[doc.id, full_document().id]])
    store.add_review(accepted(told[0]))
    [given] = store.add_assignments([Assignment(doc.id, "zoe", "coding", "amal", "one")])
    store.save_draft(Draft(doc.id, "new", "zoe", {"type": "bombing", "größe": "1"}, given.number))
    store.finish_assignment(given.number, told[:1])
    store.add_decision(decision("merge", "a", "b"), ["north"])
    store.save_resolution(resolved(told, event("incident-000001", told[:1])))
    store.add_reference(ReferenceSet("set", "ucdp-ged", "T", "1", "f.csv", "0" * 64, "free"), iter(()))
    store.end_run(run, {"new": 2}, "amal")


@pytest.fixture(params=[(one, other) for one in STORES for other in STORES], ids=lambda pair: f"{pair[0]} to {pair[1]}")
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two stores, the first of them filled."""
    with ExitStack() as stack:
        addresses = []
        for number, kind in enumerate(request.param):
            if kind == "sqlite":
                addresses.append(str(tmp_path / f"{number}.db"))
            else:
                addresses.append(stack.enter_context(request.getfixturevalue("pg_server").database()))
        one, other = (stack.enter_context(open_store(address)) for address in addresses)
        _fill(one)
        yield one, other


def _silent(_done: int, _total: int, _what: str) -> None:
    pass


def test_a_copy_holds_the_same_and_goes_on_from_there(pair: tuple[Store, Store]) -> None:
    one, other = pair
    assert isinstance(one, SqlSource)
    assert isinstance(other, SqlSource)
    copied = copy_rows(one, other, _silent)
    assert {name for name, held in copied.items() if held.rows} >= {
        *(
            "documents",
            "claims",
            "events",
            "actors",
            "reviews",
            "decisions",
            "codings",
            "drafts",
            "audit",
            "clearances",
        ),
        *("restrictions", "reference_sets", "runs", "problems", "readings", "origins", "copies", "standing"),
    }
    for ask in (
        lambda s: list(s.documents()),
        lambda s: list(s.claims()),
        lambda s: list(s.events()),
        lambda s: list(s.actors(ActorFilter())),
        lambda s: list(s.contradictions()),
        lambda s: list(s.reviews()),
        lambda s: list(s.decisions()),
        lambda s: [hit.document for hit in s.search("bomb")],
        lambda s: s.restrictions(),
        lambda s: s.overview(),
        lambda s: s.runs(),
        lambda s: s.problems(),
        lambda s: list(s.audit()),
    ):
        assert ask(one) == ask(other)
    assert other.check() == []
    assert other.audit_state(one.audit_state().head).fault == ""
    added = [store.add_decision(decision("merge", "c", "d")).number for store in pair]
    assert added[0] == added[1]
    assert other.begin_run("run") == one.begin_run("run")
    assert other.audit_state().fault == ""


def test_a_store_that_holds_something_is_refused(pair: tuple[Store, Store]) -> None:
    one, other = pair
    assert isinstance(one, SqlSource)
    assert isinstance(other, SqlSource)
    other.add_problem("f", "m")
    before = other.overview()
    with pytest.raises(StoreError, match="is not empty"):
        copy_rows(one, other, _silent)
    assert other.overview() == before


def test_a_copy_that_is_interrupted_leaves_an_empty_store_that_can_be_copied_to(pair: tuple[Store, Store]) -> None:
    one, other = pair
    assert isinstance(one, SqlSource)
    assert isinstance(other, SqlSource)

    def stop(_done: int, _total: int, what: str) -> None:
        if what == "comparing claims":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_rows(one, other, stop)
    assert other.overview().documents == 0
    assert other.audit_state().fault == ""
    copy_rows(one, other, _silent)
    assert other.overview() == one.overview()


def test_what_came_otherwise_is_noticed_and_not_kept(tmp_path: Path) -> None:
    with open_store(tmp_path / "one.db") as one, open_store(tmp_path / "other.db") as other:
        assert isinstance(one, SqlSource)
        assert isinstance(other, SqlSource)
        _fill(one)
        with other.change() as connection:
            connection.exec_driver_sql(
                "CREATE TRIGGER spoil AFTER INSERT ON problems BEGIN UPDATE problems SET remedy = 'other'; END"
            )
        with pytest.raises(StoreError, match=r"problems came to .* otherwise than it was: 1 rows of 1"):
            copy_rows(one, other, _silent)
        assert other.overview().documents == 0


def test_no_table_of_a_base_is_left_out(tmp_path: Path) -> None:
    with open_store(tmp_path / "one.db") as one:
        assert isinstance(one, SqlSource)
        with one.moment() as connection:
            there = {name for name in inspect(connection).get_table_names() if "_fts" not in name}
            assert there - {"alembic_version"} == {table.name for table in every_table()}
            assert all(held_in(connection, table).rows == 0 for table in every_table() if table.name != "state")
