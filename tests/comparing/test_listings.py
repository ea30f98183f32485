"""Whom a list means: sure by reference or by a telling name that nobody else bears; all else is offered, not done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from reference_samples import QUETTA, TTP, told

from khabar.codebook.model import Codebook
from khabar.comparing.changes import CHANGE_COLUMNS, change_row, changes, changes_of
from khabar.comparing.listings import SOURCE, Listing, enriched, listings
from khabar.comparing.lists import (
    LISTING_COLUMNS,
    designations_of,
    listing_row,
    listings_of_base,
    renew_names,
    with_list_names,
)
from khabar.pipeline import resolve_base
from khabar.reading.actors import actors_by_id
from khabar.records import Actor, ActorName, ActorRef, ListedName, ListEntry, ReferenceSet
from khabar.store import Store, open_store


def actor(id_: str, *names: str, kind: str = "organization") -> Actor:
    return Actor(id_, kind, tuple(ActorName(name, source="corpus") for name in names))


def entry(key: str, *names: str, kind: str = "organization", low: tuple[str, ...] = ()) -> ListEntry:
    listed = [ListedName(name, "name" if not n else "alias") for n, name in enumerate(names)]
    return ListEntry(key, 1, kind, (*listed, *(ListedName(n, sure=False) for n in low)), "Lanterns", "2030-01-02")


def verdicts(found: list[Listing]) -> dict[tuple[str, str], str]:
    return {(x.actor.id, x.entry.key): x.verdict for x in found}


def test_a_telling_name_that_nobody_else_bears_is_sure() -> None:
    found = listings([entry("RLe.001", "RED LANTERN FRONT", "Lamplighters")], [actor("a1", "Red Lantern Front")])
    assert verdicts(found) == {("a1", "RLe.001"): "same"}
    assert found[0].why == "The list names it RED LANTERN FRONT."


@pytest.mark.parametrize(
    ("entries", "actors"),
    [
        ([entry("RLe.001", "Lanterns of Elm", low=("Red Front",))], [actor("a1", "Red Front")]),
        ([entry("RLe.001", "Red Lantern Front")], [actor("a1", "Red Lantern Front"), actor("a2", "Red Lantern Front")]),
        ([entry("RLe.001", "Red Lanterns"), entry("RLe.002", "Red Lanterns")], [actor("a1", "Red Lanterns")]),
        ([entry("RLe.001", "Lashkar-e-Zarbolat")], [actor("a1", "Lashkar-i-Zarbolat")]),
        ([entry("RLi.001", "Abel Lanternson", kind="person")], [actor("a1", "Abel Lanternson", kind="person")]),
    ],
    ids=["low quality", "two actors", "two entries", "another spelling", "a person by name"],
)
def test_what_is_unsure_is_offered(entries: list[ListEntry], actors: list[Actor]) -> None:
    found = verdicts(listings(entries, actors))
    assert set(found.values()) <= {"unsure"}
    assert enriched(actors, entries, "2031") == actors


@pytest.mark.parametrize(
    ("entries", "actors"),
    [
        ([entry("RLe.001", "RLF")], [actor("a1", "RLF")]),
        ([entry("RLe.001", "Lantern")], [actor("a1", "Lantern")]),
        ([entry("RLi.001", "Red Front", kind="person")], [actor("a1", "Red Front")]),
        ([entry("RLi.001", "X Y", kind="person", low=("Abel",))], [actor("a1", "Abel", kind="person")]),
        ([entry("RLe.001", "Army of the Coast")], [actor("a1", "Army of the Hills")]),
    ],
    ids=["an acronym", "a short word", "another kind", "a low alias of one word", "other words"],
)
def test_what_says_too_little_is_not_even_offered(entries: list[ListEntry], actors: list[Actor]) -> None:
    assert "same" not in verdicts(listings(entries, actors)).values()
    assert enriched(actors, entries, "2031") == actors


def test_a_name_that_the_list_of_actors_gives_to_another_is_not_sure() -> None:
    found = listings([entry("RLe.001", "Pakistani Taliban")], [actor("a1", "Pakistani Taliban")])
    assert verdicts(found).get(("a1", "RLe.001")) != "same"


def test_a_reference_of_the_list_of_actors_is_sure_also_for_a_person() -> None:
    known = next(a for a in actors_by_id().values() if a.kind == "person" and any(s == "un" for s, _ in a.external_ids))
    key = dict(known.external_ids)["un"]
    assert verdicts(listings([entry(key, "Another Spelling", kind="person")], [known])) == {(known.id, key): "same"}


def test_names_from_a_list_say_so_and_go_with_it() -> None:
    mine = [actor("a1", "Red Lantern Front"), actor("a2", "Elm Party")]
    first = [entry("RLe.001", "RED LANTERN FRONT", "Lamplighters", "جبهة", low=("The Boys",))]
    once = enriched(mine, first, "2031-01-01")
    assert [(n.text, n.script, n.source) for n in once[0].names[1:]] == [
        ("Lamplighters", "Latn", f"{SOURCE} 2031-01-01 (RLe.001)"),
        ("جبهة", "Arab", f"{SOURCE} 2031-01-01 (RLe.001)"),
    ]
    assert once[0].external_ids == (("un", "RLe.001"),)
    assert once[0].names[0] == mine[0].names[0]
    assert once[1] == mine[1]
    assert enriched(once, first, "2031-01-01") == once
    assert enriched(once, [], "2031-02-02") == mine


def test_listings_do_not_depend_on_order() -> None:
    entries = [entry(f"RLe.{n}", f"Front of the {w}", f"{w} Men") for n, w in enumerate(["Elm", "Oak", "Ash", "Fir"])]
    mine = [actor(f"a{n}", f"{w} Men") for n, w in enumerate(["Ash", "Oak", "Yew"])]
    found = listings(entries, mine)
    assert len(found) == 2
    for order in permutations(range(3)):
        turned = [mine[n] for n in order]
        assert listings([entries[3], *(entries[n] for n in order)], turned) == found


# ------------------------------------------------------------------ versions


def test_additions_changes_and_delistings() -> None:
    old = [
        entry("RLe.001", "Red Lantern Front", "Lamplighters"),
        entry("RLe.002", "Elm Party"),
        entry("RLe.003", "Oak"),
    ]
    new = [
        replace(old[0], names=(old[0].names[0], ListedName("Lamp Men")), listed_on="2030-02-02", roll="Lamps", line=9),
        replace(old[1], line=7),
        entry("RLe.004", "Ash"),
    ]
    found = changes(old, new)
    assert [(c.change, c.entry.key) for c in found] == [
        ("added", "RLe.004"),
        ("changed", "RLe.001"),
        ("delisted", "RLe.003"),
    ]
    assert found[1].what == (
        "New names: Lamp Men.",
        "Names taken out: Lamplighters.",
        "Listed on 2030-01-02, now 2030-02-02.",
        "On the list Lanterns, now Lamps.",
    )
    assert changes(old, old) == []
    assert [c.change for c in changes([], new)] == ["added"] * 3
    assert all(tuple(change_row(c)) == CHANGE_COLUMNS for c in found)


# ------------------------------------------------------------------ in a base


@pytest.fixture
def base(tmp_path: Path, book: Codebook) -> Iterator[Store]:
    with open_store(tmp_path / "khabar.db") as store:
        told(store, "2031-10-25", QUETTA, 61, TTP, ActorRef("Red Lantern Front", "Red Lantern Front"))
        resolve_base(store, book, 0.0)
        yield store


def edition(day: str, *entries: ListEntry) -> tuple[ReferenceSet, Iterator[ListEntry]]:
    return ReferenceSet(f"list-{day}", "un-list", "The list", day, f"{day}.xml", "0" * 64, "public"), iter(entries)


def test_a_list_lends_its_names_until_it_is_taken_out(base: Store, book: Codebook) -> None:
    before = [s.actor for s in base.actors()]
    base.add_reference(
        *edition("2031-01-01", entry("RLe.001", "RED LANTERN FRONT", "Lamp Men"), entry("QDe.132", "TTP X"))
    )
    assert renew_names(base) == 2
    front = base.actor("Lamp Men")
    assert front.names[0].text == "Red Lantern Front"
    (designation,) = designations_of(base, front)
    assert (designation.entry.key, designation.version.version) == ("RLe.001", "2031-01-01")
    version = base.reference_sets()[-1]
    rows = [listing_row(x) for x in listings_of_base(base, version)]
    assert {(r["actor"], r["verdict"]) for r in rows} == {(front.id, "same"), ("org:ttp", "same")}
    assert all(tuple(r) == LISTING_COLUMNS for r in rows)

    stored = [s.actor for s in base.actors()]
    resolve_base(base, book, 0.0)
    assert [s.actor for s in base.actors()] == stored
    assert base.check() == []

    base.forget_reference(version.id)
    renew_names(base)
    assert [s.actor for s in base.actors()] == before
    assert designations_of(base, before[0]) == []


def test_the_newest_version_counts_whichever_came_last(base: Store) -> None:
    base.add_reference(*edition("2031-03-03", entry("RLe.002", "Elm Party")))
    base.add_reference(*edition("2031-01-01", entry("RLe.001", "Red Lantern Front", "Lamp Men")))
    assert renew_names(base) == 0
    new, old = base.reference_sets()
    before, found = changes_of(base, new)
    assert before == old
    assert [(c.change, c.entry.key) for c in found] == [("added", "RLe.002"), ("delisted", "RLe.001")]
    assert changes_of(base, old) == (None, [])


def test_without_a_list_nothing_is_added(base: Store) -> None:
    mine = [s.actor for s in base.actors()]
    assert with_list_names(base, mine) == tuple(mine)
    assert renew_names(base) == 0
