"""What every store must do with other people's records: whole or not at all, apart from claims, and never twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Table, create_engine
from store_samples import EXTRACTOR, claims_of, document, resolved

from khabar.errors import DocumentError, NotFoundError
from khabar.records import (
    ActorName,
    Count,
    ListedName,
    ListEntry,
    Place,
    ReferenceIncident,
    ReferenceParty,
    ReferenceProblem,
    ReferenceRecord,
    ReferenceReport,
    ReferenceSet,
    When,
)
from khabar.store import Store, open_store, schema_reference

ABOUT = ReferenceSet("set-one", "ucdp-ged", "A data set", "7.1", "events.csv", "ab" * 32, "CC BY 4.0")
INCIDENT = ReferenceIncident(
    "17",
    3,
    When("2019-05-03", "2019-05-03", "day"),
    Place("Northport town", "Northport town", None, "", "XN", "Zéphyr", None, 1.5, -2.25, "exact"),
    Count(10, 12, 14),
    "one-sided violence",
    (ReferenceParty("Red Lantern Front", "99", "perpetrator", 0), ReferenceParty("Civilians", "1", "victim", 12)),
    12,
    False,
    (ReferenceReport("Bomb kills 12 in Northport", "Gazette", "2019-05-04"), ReferenceReport("A bomb")),
    "police",
    "the fish market",
)
ENTRY = ListEntry(
    "RLe.001", 4, "organization", (ListedName("RED LANTERN FRONT", "name"), ListedName("RLF", "acronym", sure=False)),
    "Lanterns", "2019-06-01", "Founded by fishermen.",
)  # fmt: skip
PROBLEM = ReferenceProblem(5, "event 18: best is empty.", "Correct the row.")


def many(count: int) -> Iterator[ReferenceRecord | ReferenceProblem]:
    for number in range(count):
        yield replace(INCIDENT, key=str(number), line=number)


def test_records_come_back_whole_and_in_order(store: Store) -> None:
    kept = store.add_reference(ABOUT, iter([INCIDENT, PROBLEM, ENTRY]))
    assert kept is not None
    assert (kept.records, kept.problems) == (2, 1)
    assert kept.imported_at
    assert store.reference_sets() == [kept]
    assert list(store.reference_records(ABOUT.id)) == [INCIDENT, ENTRY]
    assert list(store.reference_records(ABOUT.id, ["RLe.001", "nobody"])) == [ENTRY]
    assert store.reference_problems(ABOUT.id) == [PROBLEM]


def test_the_same_file_twice_changes_nothing(store: Store) -> None:
    kept = store.add_reference(ABOUT, iter([INCIDENT]))
    assert store.add_reference(ABOUT, iter([INCIDENT, ENTRY])) is None
    assert store.reference_sets() == [kept]
    assert list(store.reference_records(ABOUT.id)) == [INCIDENT]


def test_more_records_than_are_written_at_a_time(store: Store) -> None:
    kept = store.add_reference(ABOUT, many(1203))
    assert kept is not None
    assert kept.records == 1203
    assert [r.key for r in store.reference_records(ABOUT.id)] == [str(n) for n in range(1203)]
    assert len(list(store.reference_records(ABOUT.id, [str(n) for n in range(1100)]))) == 1100


def test_an_import_that_stops_leaves_nothing(store: Store) -> None:
    def broken() -> Iterator[ReferenceRecord | ReferenceProblem]:
        yield from many(700)
        raise DocumentError("the file ends here.")

    with pytest.raises(DocumentError):
        store.add_reference(ABOUT, broken())
    assert store.reference_sets() == []
    assert list(store.reference_records(ABOUT.id)) == []


def test_files_are_apart_from_each_other_and_from_the_base(store: Store) -> None:
    other = replace(ABOUT, id="set-two", version="7.2")
    before = store.overview()
    store.add_reference(ABOUT, iter([INCIDENT]))
    store.add_reference(other, iter([replace(INCIDENT, remark="the harbour")]))
    assert [s.id for s in store.reference_sets()] == ["set-one", "set-two"]
    assert [r.remark for r in store.reference_records("set-two")] == ["the harbour"]  # type: ignore[union-attr]
    assert store.overview() == before
    assert list(store.claims()) == []
    store.forget_reference("set-one")
    assert [s.id for s in store.reference_sets()] == ["set-two"]
    assert list(store.reference_records("set-one")) == []
    assert len(list(store.reference_records("set-two"))) == 1
    assert store.check() == []


def test_what_was_never_imported_cannot_be_taken_out(store: Store) -> None:
    with pytest.raises(NotFoundError, match="khabar import list"):
        store.forget_reference("set-one")


def test_names_from_a_list_are_found_and_nothing_else_changes(store: Store) -> None:
    doc = document()
    store.add_document(doc)
    told = claims_of(doc)
    store.save_claims(doc.id, told, EXTRACTOR)
    store.save_resolution(resolved(told))
    first, *others = store.actors()
    front = first.actor
    longer = replace(
        front,
        names=(*front.names, ActorName("Lamplighters of the Coast", "alias", source="A list 2019-06-01")),
        external_ids=(("list", "RLe.001"),),
    )
    store.save_names([longer, replace(front, id="nobody")])
    assert store.actor("lamplighters of the coast") == longer
    assert store.actor(front.names[0].text) == longer
    assert list(store.actors()) == [replace(first, actor=longer), *others]
    assert store.check() == []


# ------------------------------------------------------------------ tables


@pytest.mark.parametrize("table", schema_reference.metadata.tables.values(), ids=lambda t: t.name)
def test_every_table_and_column_says_what_it_holds(table: Table) -> None:
    assert (table.comment or "").endswith(".")
    for column in table.columns:
        assert (column.comment or "").endswith("."), f"{table.name}.{column.name}"


def test_migrations_make_these_tables(tmp_path: Path) -> None:
    path = tmp_path / "k.db"
    open_store(path).close()
    tables = schema_reference.metadata.tables
    assert sorted([*tables, "metadata"]) == schema_reference.__all__
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "include_name": lambda name, kind, _: kind != "table" or name in tables},
        )
        assert compare_metadata(context, schema_reference.metadata) == []
    engine.dispose()
