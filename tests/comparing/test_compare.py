"""A base set against a data set: what both have, why they differ, and what one alone has."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from reference_samples import PESHAWAR, QUETTA, TTP, record, told

from command import khabar
from copies import copied
from khabar.codebook.model import Codebook
from khabar.comparing.alone import ALONE
from khabar.comparing.ask import Comparisons
from khabar.comparing.compare import Within, compare_base, reference_named
from khabar.comparing.model import Comparison, Row
from khabar.comparing.sides import REASONS
from khabar.comparing.tables import COMPARE_COLUMNS, comparison_json, coverage_rows, row_json, row_table, summary_words
from khabar.errors import NotFoundError
from khabar.pipeline import resolve_base
from khabar.reading.gazetteer import Gazetteer
from khabar.records import Decision, Party, ReferenceIncident, ReferenceReport, ReferenceSet, When
from khabar.resolution.ledger.reconcilers import RECONCILERS
from khabar.store import EventFilter, Store, open_store


@pytest.fixture(scope="module")
def found(base: Store, book: Codebook, gazetteer: Gazetteer) -> Comparison:
    return compare_base(base, "ucdp-ged", book, gazetteer)


def row(found: Comparison, key: str) -> Row:
    (one,) = [r for r in found.rows if r.theirs and r.theirs.key == key]
    return one


def said(found: Comparison, key: str, field: str) -> dict[str, str]:
    (one,) = [d for d in row(found, key).fields if d.field == field]
    return {reason.name: reason.words for reason in one.reasons}


def test_every_incident_and_every_record_is_in_one_row(found: Comparison, base: Store) -> None:
    mine = Counter(r.mine.id for r in found.rows if r.mine)
    theirs = Counter(record.key for r in found.rows if r.theirs for record in (r.theirs, *r.parts))
    assert mine == Counter(e.id for e in base.events(EventFilter()))
    assert theirs == Counter("12345")
    assert {r.verdict for r in found.rows if r.mine and r.theirs} <= {"same", "unsure"}


def test_what_both_have(found: Comparison) -> None:
    assert [row(found, key).verdict for key in "12345"] == ["same", "unsure", "same", "only_theirs", "only_theirs"]
    assert sum(r.verdict == "only_mine" for r in found.rows) == 2


def test_attackers_counted_on_one_side(found: Comparison) -> None:
    assert said(found, "1", "killed")["attackers_counted"] == "66 is 61 and the 5 dead of TTP."
    assert said(found, "1", "who")["several_named"] == "Your reports also name Lashkar-e-Jhangvi."
    assert "sides_only" in said(found, "1", "who")
    assert said(found, "1", "date") == {}


def test_a_wrong_date_is_offered_and_not_done(found: Comparison) -> None:
    assert said(found, "2", "date")["one_part_differs"] == "2031-12 and 2031-05-13 differ in the month alone."
    assert "date_wrong" in said(found, "2", "date")
    assert said(found, "2", "killed")["sources_differ"] == "Their own estimates go from 43 to 47."


def test_a_toll_of_an_earlier_day(found: Comparison) -> None:
    words = said(found, "3", "killed")["toll_of_another_day"]
    assert words == "A report of 2031-02-17 that they list (Coast News) gives 75: tolls change in the days after."
    assert said(found, "3", "date")["less_exact"] == "2031-02-16 lies in 2031-02."


def test_why_one_side_alone_has_it(found: Comparison) -> None:
    assert {"sums_up"} <= {w.name for w in row(found, "4").why}
    assert "no_report_then" in {w.name for w in row(found, "5").why}
    alone = [r for r in found.rows if r.verdict == "only_mine"]
    assert {"no_death"} in [{w.name for w in r.why} for r in alone]


def test_coverage_counts_every_row_once(found: Comparison) -> None:
    whole = found.coverage.whole
    assert (whole.theirs, whole.theirs_same, whole.theirs_unsure) == (5, 2, 1)
    assert (whole.mine, whole.mine_same, whole.mine_unsure) == (5, 2, 1)
    for by in ("year", "area", "kind"):
        rows = [r for r in found.coverage.rows if r.by == by]
        for name in ("theirs", "theirs_same", "theirs_unsure", "mine", "mine_same", "mine_unsure"):
            assert sum(getattr(r, name) for r in rows) == getattr(whole, name), (by, name)
    areas = {r.value: (r.mine, r.theirs) for r in found.coverage.rows if r.by == "area"}
    assert areas["PK, Balochistan"] == (2, 1)


def test_reasons_are_counted_by_names_that_are_explained(found: Comparison) -> None:
    known = {*REASONS, *ALONE, *(r.name for r in RECONCILERS)}
    assert found.coverage.reasons
    assert {name for _where, name, _number in found.coverage.reasons} <= known


def test_rows_as_tables_and_json(found: Comparison) -> None:
    for each in found.rows:
        flat = row_table(each)
        assert tuple(flat) == COMPARE_COLUMNS
        assert bool(flat["incident"]) == (each.mine is not None)
        assert bool(flat["date_theirs"]) == (each.theirs is not None)
        told = row_json(each)
        assert (told["record"] is None) == (each.theirs is None)
    assert comparison_json(found)["coverage"]["theirs_same"] == 2
    assert coverage_rows(found)[0]["by"] == "all"
    assert summary_words(found)[0] == "Of their 5 records your base has 2, perhaps 1 more, and 2 not."


def test_only_a_part_of_both_sides(base: Store, book: Codebook, gazetteer: Gazetteer) -> None:
    part = compare_base(base, "ucdp-ged", book, gazetteer, Within("2031-10-01", "2031-10-31"))
    assert [(r.verdict, r.key) for r in part.rows] == [("same", "1")]
    assert not compare_base(base, "ucdp-ged", book, gazetteer, Within(country="AF")).rows


def test_a_later_import_of_a_record_counts(
    base: Store, book: Codebook, gazetteer: Gazetteer, found: Comparison
) -> None:
    (first,) = base.reference_sets()
    again = [replace(r, killed=replace(r.killed, low=61, best=61)) for r in base.reference_records(first.id, ["1"])
             if isinstance(r, ReferenceIncident)]  # fmt: skip
    base.add_reference(replace(first, id="set-two", version="9.2", file="later.csv"), iter(again))
    try:
        later = compare_base(base, "ucdp-ged", book, gazetteer)
        assert len(later.rows) == len(found.rows)
        assert row(later, "1").fields[2].agrees
        assert [s.id for s in reference_named(base, "9.2")] == ["set-two"]
        assert [s.id for s in reference_named(base, "events")] == ["set-one"]
        assert len(compare_base(base, "later.csv", book, gazetteer).rows) == 5
    finally:
        base.forget_reference("set-two")


def test_the_order_of_records_does_not_matter(base: Store, book: Codebook, gazetteer: Gazetteer) -> None:
    (first,) = base.reference_sets()
    backwards = reversed(list(base.reference_records(first.id)))
    base.add_reference(replace(first, id="set-back", file="back.csv"), backwards)
    try:
        turned = compare_base(base, "back.csv", book, gazetteer)
        assert turned.rows == compare_base(base, "events.csv", book, gazetteer).rows
    finally:
        base.forget_reference("set-back")


def test_an_answer_is_kept_until_something_changes(base: Store, book: Codebook) -> None:
    kept = Comparisons()
    first = kept.of(base, "ucdp-ged", book)
    assert kept.of(base, "ucdp-ged", book) is first
    (one,) = base.reference_sets()
    base.add_reference(replace(one, id="set-three"), iter(()))
    try:
        assert kept.of(base, "ucdp-ged", book) is not first
    finally:
        base.forget_reference("set-three")


def test_what_was_not_imported_is_named_with_what_was(base: Store) -> None:
    with pytest.raises(NotFoundError, match=r"\(ucdp-ged\)"):
        reference_named(base, "gtd")


# ------------------------------------------------------------------ one event in several records


def test_an_event_that_the_data_set_splits_is_one(tmp_path: Path, book: Codebook, gazetteer: Gazetteer) -> None:
    reports = (ReferenceReport("70 dead in two towns", "Coast News", "2031-08-09"),)
    halves = (
        record("1", "2031-08-08", QUETTA, 35, reports=reports),
        record("2", "2031-08-08", PESHAWAR, 35, reports=reports),
    )
    other = record("3", "2031-08-08", PESHAWAR, 35, reports=reports[:0])
    with open_store(tmp_path / "khabar.db") as store:
        told(store, "2031-08-09", QUETTA, 70, TTP, when=When("2031-08-08", "2031-08-08", "day", "Report"))
        told(store, "2031-08-10", PESHAWAR, 70, TTP, when=When("2031-08-08", "2031-08-08", "day", "Report"))
        resolve_base(store, book, 0.0)
        one, two = (e.claims[0] for e in store.events(EventFilter()))
        party = [Party(c.id, c.passages[0].document, 0, 1) for c in map(store.claim, (one, two))]
        store.add_decision(Decision("same", "amal", ((party[0],), (party[1],))))
        resolve_base(store, book, 0.0)
        assert store.overview().events == 1
        about = ReferenceSet("set-one", "ucdp-ged", "Events", "9.1", "events.csv", "0" * 64, "CC BY 4.0")
        store.add_reference(about, iter((*halves, other)))
        found = compare_base(store, "ucdp-ged", book, gazetteer)
    pair, rest = found.rows
    assert (pair.verdict, {pair.theirs and pair.theirs.key, *(p.key for p in pair.parts)}) == ("same", {"1", "2"})
    (toll,) = [d for d in pair.fields if d.field == "killed"]
    assert (toll.mine, toll.theirs, toll.agrees) == ("70", "70", True)
    assert toll.reasons[0].name == "in_parts"
    assert (rest.verdict, rest.key) == ("only_theirs", "3")
    assert found.coverage.whole.theirs_same == 2


def test_what_khabar_writes_in_the_shape_of_ged_is_found_again(demo_base: Path, tmp_path: Path) -> None:
    store = tmp_path / "own.db"
    copied(demo_base, store)
    khabar(tmp_path, "export", "ucdp-ged", "-o", "own.csv", "--store", str(store))
    said = khabar(tmp_path, "import", "ucdp-ged", "own.csv", "--store", str(store)).stderr
    assert "could not be read" not in said
    lines = khabar(tmp_path, "compare", "own.csv", "--store", str(store), "-f", "jsonl").stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    assert sum(row["verdict"] == "same" for row in rows) > 20
    held = [row for row in rows if row["record"] and not row["record"]["sums_up"]]
    assert all(row["verdict"] in ("same", "unsure") for row in held), held
    # A point between two towns that sources name ("Abuja or Kuje") is no town, so that one is asked about.
    assert sum(row["verdict"] == "unsure" for row in held) <= 1
