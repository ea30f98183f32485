"""What is asked of a base: families ring by ring, pictures with a limit that is said, one tie, one life."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from analysis_samples import RELATIONS, actor, links_of, said

from khabar.analysis.gather import MOST, Ask, Asked, Period
from khabar.records import Actor, Claim, Document, Extractor
from khabar.store import ActorLink, Assembled, Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "k.db") as opened:
        opened.add_document(Document(id="d" * 64, text="Words.", file="a.txt"))
        yield opened


def keep(store: Store, claims: list[Claim], people: tuple[Actor, ...] = ()) -> Ask:
    store.save_claims("d" * 64, claims, Extractor("test", "1", "political-violence@1"))
    links = links_of(*claims)
    persons = {p.id for p in people}
    groups = [actor(key) for key in sorted(set(links.values()) - persons)]
    made = tuple(ActorLink(claim, role, key) for (claim, role), key in links.items())
    store.save_resolution(Assembled(actors=(*groups, *people), links=made))
    return Ask(store, RELATIONS)


def test_a_family_grows_by_a_ring_with_each_step_and_through_leaders(store: Store) -> None:
    ask = keep(
        store,
        [
            said("split_from", "reds", "blues", "2014-01-01"),
            said("pledged_allegiance", "blues", "zoe", "2015-01-01"),
            said("rival_of", "greens", "greys", "2016-01-01"),
            said("rival_of", "greys", "whites"),
        ],
        (actor("zoe", "person", parent="greens"),),
    )

    def lanes(depth: int) -> set[str]:
        return {lane.actor.id for lane in ask.genealogy(Asked("reds", depth))[0].lanes}

    assert [lanes(n) for n in (1, 2, 3)] == [
        {"reds", "blues"},
        {"reds", "blues", "greens"},
        {"reds", "blues", "greens", "greys"},
    ]
    every, gathered = ask.genealogy(Asked())
    assert len(every.drawn) == 4
    assert (gathered.beyond, gathered.people) == (0, {"zoe"})


def test_a_picture_shows_so_many_groups_and_says_how_many_it_leaves_out(store: Store) -> None:
    ask = keep(store, [said("rival_of", f"a{i:03}", f"b{i:03}") for i in range(MOST)])
    made, gathered = ask.genealogy(Asked())
    assert (len(made.lanes), gathered.beyond) == (MOST, MOST)
    ties, same = ask.network(Asked())
    assert (len(ties), same.beyond) == (MOST // 2, MOST)


def test_a_network_of_a_period_and_of_chosen_types(store: Store) -> None:
    ask = keep(
        store,
        [
            said("allied_with", "reds", "blues", "2014-01-01"),
            said("rival_of", "reds", "greens", "2018-01-01"),
            said("rival_of", "reds", "greens", "2019-01-01", stance="denied"),
        ],
    )

    def types(asked: Asked) -> list[tuple[str, int, int]]:
        return [(t.type, t.claims, t.denied) for t in ask.network(asked)[0]]

    assert types(Asked()) == [("rival_of", 2, 1), ("allied_with", 1, 0)]
    assert types(Asked(period=Period("2013-01-01", "2015-01-01"))) == [("allied_with", 1, 0)]
    assert types(Asked(types=("rival_of",))) == [("rival_of", 2, 1)]


def test_one_tie_has_its_past_form_and_what_ends_it(store: Store) -> None:
    claims = [
        said("leads", "amal", "reds", "2014-01-01"),
        said("led", "amal", "reds", "- 2017-01-01"),
        said("part_of", "reds", "blues", "2010-01-01"),
        said("split_from", "reds", "blues", "2014-08-01"),
    ]
    ask = keep(store, claims, (actor("amal", "person"),))
    office = ask.tie("leads", "amal", "reds")
    assert office is not None
    assert (len(office.said), office.ended_by) == (2, (claims[1],))
    part = ask.tie("part_of", "reds", "blues")
    assert part is not None
    assert part.ended_by == (claims[3],)
    assert ask.tie("part_of", "blues", "reds") is None
    assert {t.type for t in ask.ties_about("reds", RELATIONS)[0]} == {"leads", "part_of", "split_from"}


def test_what_became_of_somebody(store: Store) -> None:
    killed = said("killed", "blues", "amal", "2018-01-01")
    ask = keep(store, [killed, said("killed", "amal", "zoe")], (actor("amal", "person"), actor("zoe", "person")))
    assert ask.told_of("amal", {"death_of_object": "object"}) == [killed]
