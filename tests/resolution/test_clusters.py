"""Clusters are a function of the set of judgements, and people's judgements win."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.records import Judgement
from khabar.resolution import Resolution
from khabar.resolution.clusters import cluster, in_force
from khabar.resolution.resolve import resolve
from resolution.make import KABUL, QUETTA, corpus, event

ITEMS = "abcdefgh"


def judged(
    left: str, right: str, verdict: str, *, by: str = "rule:test", score: float = 1.0, at: str = ""
) -> Judgement:
    return Judgement(left, right, verdict, by, at, score)


def groups(*judgements: Judgement, items: str = ITEMS) -> list[str]:
    return ["".join(g) for g in cluster(items, in_force(judgements))]


def test_same_is_transitive() -> None:
    assert groups(judged("a", "b", "same"), judged("b", "c", "same"), items="abcd") == ["abc", "d"]


def test_different_keeps_chains_apart_and_the_surer_join_wins() -> None:
    sure, weak = judged("a", "b", "same", score=9), judged("b", "c", "same", score=6)
    assert groups(weak, sure, judged("a", "c", "different"), items="abc") == ["ab", "c"]


def test_unsure_joins_nothing() -> None:
    assert groups(judged("a", "b", "unsure"), items="ab") == ["a", "b"]


def test_a_person_overrules_a_rule_both_ways() -> None:
    assert groups(judged("a", "b", "same", score=99), judged("a", "b", "different", by="amira"), items="ab") == [
        "a",
        "b",
    ]
    assert groups(judged("a", "b", "different", score=-99), judged("b", "a", "same", by="amira"), items="ab") == ["ab"]


def test_a_persons_different_holds_across_the_cluster() -> None:
    rules = [judged(x, y, "same") for x, y in ("ab", "bc", "cd")]
    found = groups(*rules, judged("a", "d", "different", by="amira"), items="abcd")
    assert not any("a" in g and "d" in g for g in found)


def test_the_later_of_two_decisions_holds() -> None:
    first = judged("a", "b", "same", by="amira", at="2026-01-01T10:00:00")
    second = judged("a", "b", "different", by="bilal", at="2026-01-02T10:00:00")
    assert groups(first, second, items="ab") == groups(second, first, items="ab") == ["a", "b"]


def test_a_persons_unsure_silences_the_rule() -> None:
    assert groups(judged("a", "b", "same"), judged("a", "b", "unsure", by="amira"), items="ab") == ["a", "b"]


pairs = st.tuples(st.sampled_from(ITEMS), st.sampled_from(ITEMS)).filter(lambda p: p[0] < p[1])
judgement = st.builds(
    lambda p, v, s, by, at: Judgement(p[0], p[1], v, by, at, s),
    pairs,
    st.sampled_from(["same", "same", "different", "unsure"]),
    st.integers(0, 3).map(float),
    st.sampled_from(["rule:test", "rule:test", "amira", "bilal"]),
    st.sampled_from(["2026-01-01", "2026-01-02"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(judgement, max_size=14), st.randoms(use_true_random=False))
def test_order_of_items_and_judgements_does_not_matter(judgements: list[Judgement], shuffle: random.Random) -> None:
    mixed, items = list(judgements), list(ITEMS)
    shuffle.shuffle(mixed)
    shuffle.shuffle(items)
    assert cluster(items, in_force(mixed)) == cluster(ITEMS, in_force(judgements))


@settings(max_examples=150, deadline=None)
@given(st.lists(judgement, max_size=14))
def test_every_item_is_in_one_cluster_and_what_was_called_different_in_two(judgements: list[Judgement]) -> None:
    held = in_force(judgements)
    found = cluster(ITEMS, held)
    assert sorted("".join("".join(g) for g in found)) == sorted(ITEMS)
    home = {item: g for g in found for item in g}
    for (left, right), j in held.items():
        if j.verdict == "different" and j.by == "amira":
            assert home[left] != home[right]


def _claims() -> list:
    return [
        event("a", "bombing", KABUL, "2020-03-06", killed=32),
        event("b", "bombing", KABUL, "2020-03-06", killed=32),
        event("c", "bombing", KABUL, "2020-03-06", killed=30),
        event("d", "bombing", QUETTA, "2020-03-06", killed=5),
        event("e", "armed_assault", QUETTA, "2020-03-09"),
        event("f", "armed_assault", QUETTA, "2020-03"),
    ]


def _resolved(claims: list, *judgements: Judgement) -> Resolution:
    return resolve(corpus(*claims), judgements)


@settings(max_examples=25, deadline=None)
@given(st.permutations(_claims()))
def test_resolution_does_not_depend_on_the_order_of_claims(claims: list) -> None:
    assert _resolved(claims) == _resolved(sorted(claims, key=lambda c: c.id))


def test_a_person_splits_and_joins_incidents() -> None:
    claims = _claims()
    a, b, _, d, *_ = claims
    home = {c: e.id for e in _resolved(claims).events for c in e.claims}
    assert home[a.id] == home[b.id] != home[d.id]
    split = {c: e.id for e in _resolved(claims, judged(a.id, b.id, "different", by="amira")).events for c in e.claims}
    assert split[a.id] != split[b.id]
    joined = {c: e.id for e in _resolved(claims, judged(a.id, d.id, "same", by="amira")).events for c in e.claims}
    assert joined[a.id] == joined[d.id]


def test_joining_and_then_splitting_gives_back_the_same_incidents() -> None:
    claims = _claims()
    a, d = claims[0].id, claims[3].id
    before = _resolved(claims)
    after = _resolved(
        claims,
        judged(a, d, "same", by="amira", at="2026-01-01T10:00:00"),
        judged(a, d, "different", by="amira", at="2026-01-02T10:00:00"),
    )
    assert after.events == before.events


def test_rule_made_judgements_handed_back_change_nothing() -> None:
    claims = _claims()
    first = _resolved(claims)
    assert resolve(corpus(*claims), first.judgements) == first
