"""Decisions: the later ones hold, undoing restores, order does not matter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.errors import RecordError
from khabar.records import Claim, Decision, Judgement, Party, Passage
from khabar.resolution.clusters import cluster, in_force
from khabar.resolution.decisions import consistent, judgements_of, not_undone, outvoted, taken_back
from khabar.resolution.model import Corpus
from khabar.resolution.resolve import resolve
from resolution.make import HERAT, KABUL, at, corpus, event


def said(verdict: str, left: str, right: str, when: int) -> Judgement:
    return Judgement(left, right, verdict, "amal", f"{when:04}")


def party(claim: Claim) -> Party:
    passage = claim.passages[0]
    return Party(claim.id, passage.document, passage.start, passage.end)


def decided(number: int, act: str, *sides: list[Claim], undoes: int | None = None) -> Decision:
    made = tuple(tuple(party(c) for c in side) for side in sides)
    return Decision(act, "amal", made, undoes=undoes, number=number, at=f"{number:04}")


# ------------------------------------------------------------------ which decisions stand


def test_a_decision_that_is_undone_does_not_stand_and_an_undoing_can_be_undone() -> None:
    first = Decision("same", "amal", ((Party("a"),), (Party("b"),)), number=1, at="1")
    back = Decision("undo", "amal", undoes=1, number=2, at="2")
    again = Decision("undo", "amal", undoes=2, number=3, at="3")
    assert not_undone([first]) == [first]
    assert not_undone([back, first]) == []
    assert not_undone([first, back, again]) == [first]
    assert not_undone([first, back, again, Decision("undo", "amal", undoes=3, number=4, at="4")]) == []


@pytest.mark.parametrize(
    "bad",
    [
        {"act": "undo"},
        {"act": "same", "sides": ((Party("a"),),)},
        {"act": "same", "sides": ((Party("a"),), ())},
        {"act": "merge", "sides": ((Party("a"),), (Party("a"),))},
        {"act": "same", "sides": ((Party("a"),), (Party("b"),)), "undoes": 1},
        {"act": "forget", "sides": ((Party("a"),), (Party("b"),))},
        {"act": "same", "sides": ((Party("a"),), (Party("b"),)), "by": "rule:x"},
    ],
)
def test_a_decision_that_says_nothing_is_none(bad: dict[str, object]) -> None:
    with pytest.raises(RecordError):
        Decision(**{"by": "amal", **bad})  # type: ignore[arg-type]


# ------------------------------------------------------------------ from decisions to judgements


def test_a_merge_ties_all_members_and_a_split_parts_the_sides_alone() -> None:
    a, b, c = (event("d", "bombing", KABUL, f"2020-01-0{i}") for i in (1, 2, 3))
    merged = judgements_of([decided(1, "merge", [a, b], [c])], [a, b, c])
    parted = judgements_of([decided(1, "split", [a, b], [c])], [a, b, c])
    assert {frozenset((j.left, j.right)) for j in merged} == {
        frozenset(p) for p in ((a.id, b.id), (a.id, c.id), (b.id, c.id))
    }
    assert {frozenset((j.left, j.right)) for j in parted} == {frozenset(p) for p in ((a.id, c.id), (b.id, c.id))}
    assert {j.verdict for j in merged} == {"same"}
    assert {j.verdict for j in parted} == {"different"}
    assert merged[0].reasons[0].words == "Decision 1 by amal (merge)"


def test_a_split_takes_back_a_merge_only_if_it_parts_all_its_sides() -> None:
    a, b, c, d = (event("d", "bombing", KABUL, f"2020-01-0{i}") for i in (1, 2, 3, 4))
    merge = decided(1, "merge", [a], [b, c])
    assert taken_back([merge, decided(2, "split", [a], [b, c, d])]) == {1: 2}
    assert taken_back([merge, decided(2, "split", [a, b], [c])]) == {}
    assert taken_back([merge, decided(2, "split", [a], [b])]) == {}
    assert taken_back([decided(2, "split", [a], [b, c]), decided(3, "merge", [a], [b, c])]) == {}
    again = decided(2, "merge", [a], [b, c])
    assert taken_back([merge, again, decided(3, "split", [a], [b, c])]) == {2: 3}  # what stood before it stands again
    assert taken_back([decided(1, "merge", [a], [b], [c]), decided(2, "split", [a], [b, c])]) == {}


def test_a_claim_that_a_later_reading_calls_by_another_id_is_found_by_its_place() -> None:
    old = event("d", "bombing", KABUL, "2020-01-01", start=100)
    other = event("d", "bombing", KABUL, "2020-01-03", start=300)
    new = event("d", "bombing", KABUL, "2020-01-01", start=98, killed=4)
    assert new.id != old.id
    [found] = judgements_of([decided(1, "same", [old], [other])], [new, other])
    assert {found.left, found.right} == {new.id, other.id}


def test_a_claim_that_is_gone_or_could_be_two_is_left_out() -> None:
    old = event("d", "bombing", KABUL, "2020-01-01", start=100)
    other = event("d", "bombing", KABUL, "2020-01-03", start=300)
    decisions = [decided(1, "same", [old], [other])]
    assert judgements_of(decisions, [other]) == []
    twins = [replace(old, id=name) for name in ("x", "y")]
    assert judgements_of(decisions, [*twins, other]) == []
    elsewhere = replace(old, id="x", passages=(Passage("e", 100, 110, "0123456789"),))
    assert judgements_of(decisions, [elsewhere, other]) == []


def test_a_merge_of_very_many_stays_small() -> None:
    many = [Claim("", "event", (at("d", i * 50, "Something was said."),), e.body, e.extractor) for i in range(150)
            for e in [event("d", "bombing", KABUL)]]  # fmt: skip
    claims = [replace(c, id=f"{i:04}") for i, c in enumerate(many)]
    assert len(judgements_of([decided(1, "merge", claims[:100], claims[100:])], claims)) == 149


# ------------------------------------------------------------------ what holds together


def test_on_one_pair_the_later_holds() -> None:
    held = consistent([said("same", "a", "b", 1), said("different", "b", "a", 2)])
    assert [j.verdict for j in held.judgements] == ["different"]
    assert [(o.judgement.when, o.by) for o in held.overruled] == [("0001", ("0002",))]


def test_what_later_decisions_make_one_overrules_an_earlier_difference() -> None:
    made = [said("different", "a", "b", 1), said("same", "a", "c", 2), said("same", "c", "b", 3)]
    held = consistent(made)
    assert [j.when for j in held.judgements] == ["0002", "0003"]
    assert [(o.judgement.when, o.by) for o in held.overruled] == [("0001", ("0002", "0003"))]


def test_a_later_difference_stops_an_earlier_chain_at_its_oldest_link() -> None:
    made = [said("same", "a", "c", 1), said("same", "c", "b", 2), said("different", "a", "b", 3)]
    held = consistent(made)
    assert [j.when for j in held.judgements] == ["0002", "0003"]
    assert [(o.judgement.when, o.by) for o in held.overruled] == [("0001", ("0003",))]


def test_who_overrules_is_the_chain_between_the_two_and_no_other() -> None:
    made = [said("different", "a", "b", 1), said("same", "b", "d", 2), said("same", "a", "b", 3)]
    assert [o.by for o in consistent(made).overruled] == [("0003",)]


def test_what_is_not_known_here_stands_in_nobodys_way() -> None:
    made = [said("different", "a", "b", 1), said("same", "a", "gone", 2), said("same", "gone", "b", 3)]
    assert [j.when for j in consistent(made, ["a", "b"]).judgements] == ["0001"]


things = st.sampled_from("abcdef")
verdicts = st.sampled_from(("same", "different", "unsure"))
people = st.lists(st.tuples(verdicts, things, things), max_size=14).map(
    lambda drawn: [said(v, a, b, i) for i, (v, a, b) in enumerate(drawn) if a != b]
)


@given(people, st.randoms())
def test_what_holds_does_not_depend_on_the_order_and_cannot_conflict(made: list[Judgement], rng: object) -> None:
    held = consistent(made)
    shuffled = list(made)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert consistent(shuffled) == held
    assert consistent(held.judgements) == replace(held, overruled=())
    assert {j.when for j in held.judgements} | {o.judgement.when for o in held.overruled} == {j.when for j in made}
    group_of = {i: g for g in cluster("abcdef", in_force(held.judgements)) for i in g}
    for judgement in held.judgements:
        joined = group_of[judgement.left] == group_of[judgement.right]
        assert judgement.verdict == "unsure" or joined == (judgement.verdict == "same")


@given(people)
def test_the_latest_always_holds_and_only_the_later_overrules(made: list[Judgement]) -> None:
    held = consistent(made)
    if made:
        assert made[-1] in held.judgements
    for overruled in held.overruled:
        assert overruled.by
        assert all(when > overruled.judgement.when for when in overruled.by)


# ------------------------------------------------------------------ rules against what people made one


def test_a_merge_takes_in_what_the_rules_call_the_same_as_one_of_its_parts() -> None:
    rules = [
        Judgement("a", "new", "same", "rule:x", "", 9.0),
        Judgement("b", "new", "different", "rule:x", "", -9.0),
        Judgement("b", "far", "different", "rule:x", "", -9.0),
    ]
    assert outvoted(rules, []) == rules
    assert outvoted(rules, [said("same", "a", "b", 1)]) == [rules[0], rules[2]]
    assert outvoted(rules, [said("unsure", "a", "b", 1)]) == rules


ITEMS = [replace(event("d", "bombing", KABUL, start=100 * i), id=name) for i, name in enumerate("abcdef")]
rule_judgements = st.lists(st.tuples(verdicts, things, things, st.integers(1, 9)), max_size=15).map(
    lambda drawn: [Judgement(a, b, v, "rule:x", "", float(n)) for v, a, b, n in drawn if a != b]
)


def grouped(rules: list[Judgement], decisions: list[Decision]) -> set[tuple[str, ...]]:
    """The clusters that any judgements of rules and any decisions make."""
    held = consistent(judgements_of(decisions, ITEMS)).judgements
    return set(cluster("abcdef", in_force([*outvoted(rules, held), *held])))


@settings(max_examples=300, deadline=None)
@given(rule_judgements, people, st.data())
def test_whatever_the_rules_find_a_merge_and_a_split_along_its_seam_cancel_out(
    rules: list[Judgement], made: list[Judgement], data: st.DataObject
) -> None:
    by_id = {c.id: c for c in ITEMS}
    earlier = [decided(i, j.verdict, [by_id[j.left]], [by_id[j.right]]) for i, j in enumerate(made, 1)]
    before = grouped(rules, earlier)
    if len(before) < 2:
        return
    chosen = data.draw(st.permutations(sorted(before)))[:2]
    sides = [[by_id[i] for i in side] for side in chosen]
    merged = [*earlier, decided(101, "merge", *sides)]
    assert any({*chosen[0], *chosen[1]} <= {*group} for group in grouped(rules, merged))
    assert grouped(rules, [*merged, decided(102, "split", *sides)]) == before


def test_what_a_split_leaves_of_a_merge_holds_together() -> None:
    a, b, c, d = ITEMS[:4]
    made = [decided(1, "merge", [a, b], [c, d]), decided(2, "split", [a], [b, c, d])]
    assert {("a",), ("b", "c", "d")} <= grouped([], made)


# ------------------------------------------------------------------ the whole of resolution under decisions


def attacks() -> list[Claim]:
    """Four attacks in eight reports; two of one day and town that differ in the toll, and one with a wrong date."""
    return [
        event("a", "bombing", KABUL, "2020-03-06", killed=32, start=10),
        event("b", "bombing", KABUL, "2020-03-06", killed=32, start=10),
        event("c", "bombing", KABUL, "2020-03-06", killed=33, start=10),
        event("d", "armed_assault", KABUL, "2020-03-06", killed=4, start=10),
        event("e", "armed_assault", KABUL, "2020-03-06", killed=4, start=10),
        event("f", "bombing", HERAT, "2020-05-01", killed=7, start=10),
        event("g", "bombing", HERAT, "2020-05-01", killed=7, start=10),
        event("h", "bombing", HERAT, "2020-06-11", killed=7, start=10),
    ]


CLAIMS = attacks()


def base(decisions: list[Decision]) -> object:
    return resolve(corpus(*CLAIMS), judgements_of(decisions, CLAIMS))


def groups(decisions: list[Decision]) -> set[frozenset[str]]:
    return {frozenset(e.claims) for e in resolve(corpus(*CLAIMS), judgements_of(decisions, CLAIMS)).events}


@st.composite
def journals(draw: st.DrawFn) -> list[Decision]:
    """Any decisions on any claims, in any order, with undoings."""
    made: list[Decision] = []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        act = draw(st.sampled_from(("same", "different", "unsure", "merge", "split", "undo")))
        if act == "undo":
            if made:
                made.append(decided(number, act, undoes=draw(st.integers(1, len(made)))))
            else:
                made.append(decided(number, "same", CLAIMS[:1], CLAIMS[1:2]))
            continue
        chosen = draw(st.lists(st.sampled_from(CLAIMS), min_size=2, max_size=5, unique_by=lambda c: c.id))
        cut = draw(st.integers(1, len(chosen) - 1))
        made.append(decided(number, act, chosen[:cut], chosen[cut:]))
    return made


@settings(max_examples=60, deadline=None)
@given(journals(), st.randoms())
def test_the_base_is_a_function_of_claims_and_decisions_in_any_order(made: list[Decision], rng: object) -> None:
    claims = list(CLAIMS)
    shuffled = list(made)
    rng.shuffle(claims)  # type: ignore[attr-defined]
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert resolve(Corpus(claims, types=corpus().types, known=corpus().known), judgements_of(shuffled, claims)) == base(
        made
    )


@settings(max_examples=60, deadline=None)
@given(journals(), st.data())
def test_undoing_restores_exactly_what_was(made: list[Decision], data: st.DataObject) -> None:
    before = base(made)
    number = len(made) + 1
    chosen = data.draw(st.lists(st.sampled_from(CLAIMS), min_size=2, max_size=6, unique_by=lambda c: c.id))
    act = data.draw(st.sampled_from(("same", "different", "unsure", "merge", "split")))
    after = [*made, decided(number, act, chosen[:1], chosen[1:]), decided(number + 1, "undo", undoes=number)]
    assert base(after) == before
    assert base([*after, decided(number + 2, "undo", undoes=number + 1)]) == base(after[:-1])


@settings(max_examples=60, deadline=None)
@given(journals(), st.data())
def test_a_merge_and_a_split_along_its_seam_cancel_out(made: list[Decision], data: st.DataObject) -> None:
    before = groups(made)
    if len(before) < 2:
        return
    left, right = data.draw(st.permutations(sorted(map(sorted, before))))[:2]
    by_id = {c.id: c for c in CLAIMS}
    sides = [[by_id[i] for i in side] for side in (left, right)]
    merged = [*made, decided(len(made) + 1, "merge", *sides)]
    assert frozenset((*left, *right)) in groups(merged)
    assert groups([*merged, decided(len(made) + 2, "split", *sides)]) == before


@settings(max_examples=40, deadline=None)
@given(journals())
def test_the_last_decision_is_always_obeyed(made: list[Decision]) -> None:
    if not made or made[-1].act == "undo":
        return
    group_of = {claim: g for g in groups(made) for claim in g}
    last = made[-1]
    joined = {group_of[p.key] for side in last.sides for p in side}
    if last.verdict == "same":
        assert len(joined) == 1
    else:
        left, *others = [{group_of[p.key] for p in side} for side in last.sides]
        if last.verdict == "different":
            assert all(not left & other for other in others)
