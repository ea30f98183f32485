"""What is picked from an index for the page of an actor is what the records say, in any order and on every page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from access.made import named, party, read, resolve
from khabar.records import ATTRIBUTION_STANCES, Claim, Decision, Event
from khabar.store import ClaimFilter, EventFilter, Store, TieFilter, open_store
from khabar.store.questions import TieSummary
from servers import STORES

SIZE = 3  # rows of a page


@pytest.fixture(params=STORES)
def base(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Ten reports, put together; then one is silent, two incidents are said to be one, and it is put together again."""
    address = str(tmp_path / "k.db") if request.param == "sqlite" else request.getfixturevalue("pg_address")
    with open_store(address) as store:
        for number in range(9):
            read(store, number)
        resolve(store)
        read(store, 3, silent=True)
        read(store, 9)
        store.add_decision(Decision("same", "amal", ((party(0),), (party(1),))))
        resolve(store)
        yield store


def _meant(base: Store) -> dict[tuple[str, str], set[str]]:
    """Claims by role (without its number) and actor; by "" and actor in any role."""
    found: dict[tuple[str, str], set[str]] = {}
    for link in base.links([claim.id for claim in base.claims()]):
        for role in ("", link.role.partition(":")[0]):
            found.setdefault((role, link.actor), set()).add(link.claim)
    return found


@pytest.mark.parametrize("order", ["newest", "oldest", "killed"])
def test_incidents_of_an_actor_are_those_whose_claims_mean_it(base: Store, order: Any) -> None:
    meant = _meant(base)
    every = list(base.events(EventFilter(order=order)))
    assert len(every) > SIZE
    for summary in base.actors():
        actor = summary.actor.id
        due = [event for event in every if meant.get(("", actor), set()) & set(event.claims)]
        _paged(base, EventFilter(actor=actor, order=order), due)
        assert summary.events == len(due)
        for stance in ATTRIBUTION_STANCES:
            told = [event for event in every if (actor, stance) in _attributed(event)]
            _paged(base, EventFilter(actor=actor, stance=stance, order=order), told)
        bombings = [event for event in due if event.derived["type"].value == "bombing"]
        _paged(base, EventFilter(actor=actor, order=order, types=("bombing",)), bombings)


def test_claims_of_an_actor_are_those_that_mean_it(base: Store) -> None:
    every = list(base.claims())
    for (role, actor), ids in _meant(base).items():
        due = [claim for claim in every if claim.id in ids]
        asked = role or None
        _paged(base, ClaimFilter(actor=actor, role=asked), due)
        ties = [claim for claim in due if claim.kind == "relation"]
        _paged(base, ClaimFilter(actor=actor, role=asked, kinds=("relation",)), ties)
        leading = [claim for claim in due if getattr(claim.body, "type", "") == "leads"]
        _paged(base, ClaimFilter(actors=(actor, "nobody"), role=asked, types=("leads",)), leading)


def test_ties_are_summed_over_their_claims_and_ranked(base: Store) -> None:
    meant = _meant(base)
    actors = [summary.actor.id for summary in base.actors()]
    claims = {claim.id: claim for claim in base.claims()}
    due = {}
    for one in actors:
        for other in actors:
            both = meant.get(("subject", one), set()) & meant.get(("object", other), set())
            if one != other:
                due |= {(t, one, other): n for t, n in Counter(_type(claims[key]) for key in both).items()}
    assert due
    assert {(t.type, t.subject, t.object): t.claims for t in base.ties()} == due
    kept: list[TieSummary] = list(base.ties())
    assert kept == sorted(kept, key=lambda t: (-t.claims, t.type, t.subject, t.object))
    whole = {key for (_, one, other) in due for key in meant[("subject", one)] & meant[("object", other)]}
    assert {c.id for c in base.tie_claims(TieFilter(), 999)} == whole == {c.id for c in base.tie_claims(each=1000)}
    for (type_, one, other), number in due.items():
        where = TieFilter(types=(type_,), actors=(one, other))
        both = meant[("subject", one)] & meant[("object", other)]
        told = [c for c in claims.values() if c.id in both and _type(c) == type_]
        first = {(c.stance, c.modality): c.id for c in reversed(told)}
        assert {c.id for c in base.tie_claims(where, 1)} & both == set(first.values())
        assert len(told) == number
    assert named(3) not in {claim.passages[0].document for claim in base.tie_claims()}


def test_incidents_at_a_place_are_counted_each_once(base: Store) -> None:
    every = list(base.events(EventFilter(order="newest")))
    whole = [event for event in every if "PK" in _countries(event)]
    assert 0 < len(whole) < len(every)
    _paged(base, EventFilter(country="pk", order="newest"), whole)
    bombings = [event for event in whole if event.derived["type"].value == "bombing"]
    _paged(base, EventFilter(country="PK", types=("bombing",), order="newest"), bombings)
    with_word = list(base.events(EventFilter(text="Cell", order="newest")))
    assert with_word
    _paged(base, EventFilter(country="PK", text="Cell", order="newest"), [e for e in whole if e in with_word])


def test_a_number_is_counted_anew_after_a_resolution(base: Store) -> None:
    before = base.count(EventFilter(country="PK"))
    for number in range(10):
        read(base, number, silent=True)
    resolve(base)
    assert before > base.count(EventFilter(country="PK")) == 0


def test_the_claims_with_words_that_were_read_last_come_first(base: Store) -> None:
    whole = list(base.claims(ClaimFilter(text="Cell")))
    latest = list(base.claims(ClaimFilter(text="Cell", order="latest")))
    assert len(whole) > SIZE
    assert sorted(c.id for c in latest) == sorted(c.id for c in whole)
    assert latest[0].passages[0].document == named(9)  # the last that was read
    _paged(base, ClaimFilter(text="Cell", order="latest"), latest)


@pytest.mark.parametrize("module", ["fts", "tsvector"])
def test_of_very_many_reports_with_a_word_the_last_come_first(
    base: Store, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if ("://" in base.address) != (module == "tsvector"):
        pytest.skip("the other database's words")
    ranked = [hit.document for hit in base.search("words", 20)]
    assert len(ranked) > SIZE
    monkeypatch.setattr(f"khabar.store.{module}.COMMON", len(ranked) - 1)
    assert [hit.document for hit in base.search("words", 20)] == sorted(ranked, reverse=True)
    assert [hit.document for hit in base.search("words", 2, 1)] == sorted(ranked, reverse=True)[1:3]
    assert all(hit.marks for hit in base.search("words", 20))
    monkeypatch.setattr(f"khabar.store.{module}.COMMON", len(ranked))
    assert [hit.document for hit in base.search("words", 20)] == ranked


def _countries(event: Event) -> set[str]:
    return {place["country"] for place in event.derived["places"].value}


def _paged(base: Store, where: ClaimFilter | EventFilter, due: list[Any]) -> None:
    assert base.count(where) == len(due)
    ask: Any = base.events if isinstance(where, EventFilter) else base.claims
    for offset in range(0, len(due) + 1, SIZE):
        page = list(ask(replace(where, limit=SIZE, offset=offset)))
        assert page == due[offset : offset + SIZE], (where, offset)


def _attributed(event: Event) -> set[tuple[Any, Any]]:
    values = (value.value for value in event.values.get("attributions", ()))
    return {(value.get("actor_id"), value.get("stance")) for value in values}


def _type(claim: Claim) -> str:
    return str(getattr(claim.body, "type", ""))
