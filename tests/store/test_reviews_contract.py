"""Reviews, assignments, codings and drafts: one body over every kind of store."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import (
    EXTRACTOR,
    LATER,
    accepted,
    bombing,
    claim,
    claims_of,
    corrected,
    decision,
    document,
    rejected_by,
    undone,
)

from khabar.errors import ConflictError, NotFoundError, RecordError, StoreError
from khabar.exchange import claim_id
from khabar.records import Assignment, Claim, Count, Draft, EventBody, Review
from khabar.standing import ACCEPTED, CORRECTED, OWN, REJECTED, WAITING
from khabar.store import Assembled, AssignmentFilter, ClaimFilter, ReviewFilter, Store


def with_toll(made: Claim, number: int, **more: object) -> Claim:
    """The claim with another number of dead."""
    assert isinstance(made.body, EventBody)
    body = replace(made.body, killed=Count(number, number, number, "at least 12 people"))
    other = replace(made, body=body, **more)  # type: ignore[arg-type]
    return replace(other, id=claim_id(other))


def coded(store: Store) -> set[str]:
    return {c.id for c in store.claims(ClaimFilter(coded=0.5))}


@pytest.fixture
def made(store: Store) -> list[Claim]:
    doc = document()
    store.add_document(doc)
    found = claims_of(doc)
    store.save_claims(doc.id, found, EXTRACTOR)
    store.save_resolution(Assembled(doubt=0.5))
    return found


def test_a_correction_takes_the_place_of_the_proposal_which_is_kept(store: Store, made: list[Claim]) -> None:
    other = with_toll(made[0], 14)
    kept = store.add_review(
        corrected(made[0], other, note="Counted again.", evidence=(("killed", made[0].passages[0]),))
    )
    assert (kept.number, kept.document) == (1, made[0].passages[0].document)
    assert list(store.reviews()) == [kept]
    assert list(store.reviews(ReviewFilter(target=made[0].id))) == [kept]
    assert store.claim(other.id) == other
    assert store.claim(made[0].id) == made[0]
    assert coded(store) == {other.id}
    assert store.standings([c.id for c in made] + [other.id]) == {made[0].id: (CORRECTED, 1), other.id: (OWN, 1)}
    assert [c.id for c in store.claims(ClaimFilter(read=False))] == [other.id]
    assert not store.overview().resolved
    assert store.check() == []


def test_to_accept_what_is_coded_already_leaves_the_incidents_as_they_are(store: Store, made: list[Claim]) -> None:
    store.add_review(accepted(made[0]))
    assert store.overview().resolved
    store.add_review(accepted(made[1]))  # below the threshold
    assert not store.overview().resolved
    assert coded(store) == {made[0].id, made[1].id}


def test_a_missing_claim_is_added(store: Store, made: list[Claim]) -> None:
    doc = store.document(made[0].passages[0].document)
    missing = claim(doc, "A bomb killed", EventBody("arson"), confidence=1.0)
    said = accepted(missing)
    store.add_review(replace(said, decision="add", proposed=None, beside=(made[0].id, made[4].id)))
    assert coded(store) == {made[0].id, missing.id}
    store.save_claims(doc.id, made[1:], LATER)
    assert coded(store) == {missing.id}
    store.add_review(undone(1))
    assert coded(store) == set()
    assert {c.id for c in store.claims()} == {c.id for c in made[1:]}


def test_a_later_reading_undoes_no_decision(store: Store, made: list[Claim]) -> None:
    """The reading gives another claim at the place of one that was corrected, and drops one that was rejected."""
    doc = made[0].passages[0].document
    store.add_review(corrected(made[0], right := with_toll(made[0], 14)))
    store.add_review(rejected_by(made[1]))
    store.add_review(accepted(made[2]))
    better = replace(with_toll(made[0], 13), extractor=LATER, confidence=0.9)
    store.save_claims(doc, [better, replace(made[3], extractor=LATER)], LATER)
    assert coded(store) == {right.id, made[2].id}
    stand = store.standings([better.id, right.id, made[0].id, made[1].id, made[2].id])
    assert {key: state for key, (state, _) in stand.items()} == {
        better.id: WAITING,
        right.id: OWN,
        made[0].id: CORRECTED,
        made[1].id: REJECTED,
        made[2].id: ACCEPTED,
    }
    assert better.id in {c.id for c in store.claims(ClaimFilter(doubtful=0.1))}
    store.add_review(accepted(better))  # the person thinks better of it
    assert coded(store) == {right.id, better.id, made[2].id}
    store.save_claims(doc, made, EXTRACTOR)
    assert coded(store) == {right.id, better.id, made[2].id}
    assert store.check() == []


def test_what_stood_beside_a_decision_is_not_meant_by_it(store: Store, made: list[Claim]) -> None:
    """Two claims of one passage: to correct the first says nothing about the second, whatever the next run gives."""
    doc = made[0].passages[0].document
    second = with_toll(made[0], 2, confidence=0.9)
    store.save_claims(doc, [made[0], second], LATER)
    store.add_review(corrected(made[0], right := with_toll(made[0], 14), beside=(second.id,)))
    third = with_toll(made[0], 3, confidence=0.9)
    store.save_claims(doc, [second, third], EXTRACTOR)
    assert coded(store) == {right.id, second.id}


def test_who_did_not_know_of_the_last_decision_is_told(store: Store, made: list[Claim]) -> None:
    store.add_review(accepted(made[0]), seen=0)
    with pytest.raises(ConflictError, match="amal"):
        store.add_review(rejected_by(made[0], "zoe"), seen=0)
    assert len(list(store.reviews())) == 1
    store.add_review(rejected_by(made[0], "zoe"), seen=1)
    assert [r.user for r in store.reviews()] == ["amal", "zoe"]
    assert [r.user for r in store.reviews(ReviewFilter(limit=1))] == ["zoe"]


def test_to_undo_what_is_not_there_is_named(store: Store, made: list[Claim]) -> None:
    with pytest.raises(NotFoundError, match="no review 7"):
        store.add_review(undone(7))
    assert made


def _state(store: Store) -> object:
    claims = {c.id: c for c in store.claims()}
    given = {c.id for c in store.claims(ClaimFilter(read=True))}
    ids = sorted(claims)
    return claims, given, coded(store), {k: s for k, (s, _) in store.standings(ids).items()}


_ACT = st.tuples(st.sampled_from(["accept", "correct", "reject", "undo", "read"]), st.integers(0, 30))


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(_ACT, min_size=1, max_size=10))
def test_undoing_brings_back_exactly_what_was_there(store: Store, acts: list[tuple[str, int]]) -> None:
    """Whatever was done before, and whichever reading came last: to undo the last act gives the state before it."""
    doc = document(f"{acts}.txt")
    store.add_document(doc)
    readings = [claims_of(doc), [bombing(doc), with_toll(bombing(doc), 13)], claims_of(doc)[1:]]
    for made in readings:
        store.save_claims(doc.id, made, EXTRACTOR)
    for act, number in acts:
        if act == "read":
            store.save_claims(doc.id, readings[number % 3], EXTRACTOR)
            continue
        before = _state(store)
        every = list(store.reviews(ReviewFilter(document=doc.id)))
        there = list(store.claims(ClaimFilter(document=doc.id, read=True)))
        target = there[number % len(there)]
        if act == "undo":
            if not every:
                continue
            kept = store.add_review(undone(every[number % len(every)].number))
        elif act == "correct" and isinstance(target.body, EventBody):
            kept = store.add_review(corrected(target, with_toll(target, number)))
        else:
            kept = store.add_review(rejected_by(target) if act == "reject" else accepted(target))
        assert kept.document or kept.decision == "undo"
        again = store.add_review(undone(kept.number))
        assert _state(store) == before
        store.add_review(undone(again.number))
    assert store.check() == []


def test_a_coding_leaves_the_base_alone(store: Store, made: list[Claim]) -> None:
    doc = made[0].passages[0].document
    [given_] = store.add_assignments([Assignment(doc, "zoe", "coding", "amal", "pilot", sees_machine=False)])
    assert given_.number == 1
    before = _state(store)
    kept = store.add_review(replace(rejected_by(made[0], "zoe"), coding=1), seen=0)
    store.add_review(accepted(made[0]), seen=0)  # versions are counted apart
    store.add_review(undone(2))
    assert _state(store) == before
    assert list(store.reviews(ReviewFilter(coding=1))) == [kept]
    with pytest.raises(NotFoundError, match="not finished"):
        store.coding(1)
    store.finish_assignment(1, made[:2])
    assert store.coding(1) == tuple(made[:2])
    assert [a.done_at != "" for a in store.assignments(AssignmentFilter(batch="pilot", done=True))] == [True]
    store.reopen_assignment(1)
    assert store.assignments(AssignmentFilter(user="zoe", done=False)) == [given_]
    with pytest.raises(NotFoundError):
        store.finish_assignment(9)
    with pytest.raises(StoreError, match="not in the store"):
        store.add_assignments([given_, Assignment("f" * 64, "zoe", "review", "amal")])
    assert store.assignments() == [given_]


def test_documents_given_to_a_coder_are_asked_for(store: Store, made: list[Claim]) -> None:
    doc = made[0].passages[0].document
    [given_] = store.add_assignments([Assignment(doc, "zoe", "review", "amal")])
    assert store.count(ClaimFilter(assigned="zoe")) == len(made)
    assert store.count(ClaimFilter(assigned="zoe", besides=(doc,))) == 0
    assert store.count(ClaimFilter(assigned="amal")) == 0
    store.finish_assignment(given_.number)
    assert store.count(ClaimFilter(assigned="zoe")) == 0


def test_what_is_typed_is_kept_until_it_is_decided(store: Store, made: list[Claim]) -> None:
    doc, key = made[0].passages[0].document, made[0].id
    store.save_draft(Draft(doc, key, "zoe", {"killed.best": "1"}))
    store.save_draft(Draft(doc, key, "zoe", {"killed.best": "14"}))
    store.save_draft(Draft(doc, key, "amal", {"killed.best": "15"}))
    store.save_draft(Draft(doc, "new", "zoe", {"type": "arson"}, coding=3))
    assert {t: d.values for t, d in store.drafts(doc, "zoe").items()} == {key: {"killed.best": "14"}}
    assert list(store.drafts(doc, "zoe", 3)) == ["new"]
    store.add_review(rejected_by(made[0], "zoe"))
    assert store.drafts(doc, "zoe") == {}
    assert list(store.drafts(doc, "amal")) == [key]
    store.drop_draft(Draft(doc, key, "amal", {}))
    assert store.drafts(doc, "amal") == {}


def test_the_queue_begins_with_what_is_most_doubtful_and_weighs_most(store: Store, made: list[Claim]) -> None:
    doc = made[0].passages[0].document
    rated = [replace(c, confidence=share) for c, share in zip(made, (0.4, 0.3, 0.45, 0.2, 0.3), strict=True)]
    store.save_claims(doc, rated, LATER)
    order = [c.id for c in store.claims(ClaimFilter(doubtful=0.5, order="doubt"))]
    assert order[0] == made[0].id  # twelve dead
    assert set(order) == {c.id for c in made}
    assert store.count(ClaimFilter(doubtful=0.5, country="xn")) == 1


@pytest.mark.parametrize(
    "values",
    [
        {"decision": "maybe"},
        {"decision": "accept"},
        {"decision": "undo"},
        {"decision": "reject", "proposed": {}, "user": "rule:x"},
    ],
)
def test_a_review_that_says_nothing_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(RecordError):
        Review(**{"target": "x", "user": "amal", **values})  # type: ignore[arg-type]


def test_a_journal_has_no_gaps_where_a_line_was_not_kept(
    store: Store, made: list[Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Databases give numbers away before they know whether a line is kept."""
    decided = decision("same", "a", "b")
    assert (store.add_review(accepted(made[0])).number, store.add_decision(decided).number) == (1, 1)

    def cut_off(*_given: object) -> None:
        raise StoreError("cut off")

    with monkeypatch.context() as patch:
        patch.setattr("khabar.store.reviewing.logged_review", cut_off)
        patch.setattr("khabar.store.writer.logged_decision", cut_off)
        with pytest.raises(StoreError):
            store.add_review(accepted(made[1]))
        with pytest.raises(StoreError):
            store.add_decision(decided)
    assert (store.add_review(accepted(made[1])).number, store.add_decision(decided).number) == (2, 2)
