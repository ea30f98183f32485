"""What a coder asks for becomes a review; what stands follows from the reviews alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from review_samples import DOCUMENT, TEXT, claim, event, relation

from khabar.codebook.load import load_codebook
from khabar.errors import ConflictError, NotFoundError, RecordError, SettingsError
from khabar.records import EventBody, Review
from khabar.review.acts import Act, review_of
from khabar.review.bench import PLAIN, Bench, coded_of, entries_of, last_undoable
from khabar.standing import ACCEPTED, CORRECTED, OWN, REJECTED, WAITING

BOOK = load_codebook()
BOMBING = event()
SHOOTING = claim("event", "Gunmen shot two guards in Southport.", EventBody("armed_assault"), confidence=0.3)
BENCH = Bench(DOCUMENT, (BOMBING, SHOOTING, relation()))


def _after(bench: Bench, *acts: Act) -> Bench:
    for act in acts:
        review = replace(review_of(bench, act, BOOK), number=len(bench.reviews) + 1)
        bench = replace(bench, reviews=(*bench.reviews, review))
    return bench


def _undone(bench: Bench, number: int) -> Bench:
    target = bench.reviews[number - 1].target
    undo = Review(target, "undo", "amal", undoes=number, number=len(bench.reviews) + 1)
    return replace(bench, reviews=(*bench.reviews, undo))


def _states(bench: Bench) -> list[str]:
    return [entry.state for entry in entries_of(bench)]


def test_each_act_and_its_undoing() -> None:
    start = entries_of(BENCH)
    assert _states(BENCH) == [PLAIN, PLAIN, PLAIN]
    acts = (
        Act("accept", "amal", BOMBING.id),
        Act("correct", "amal", BOMBING.id, values={"killed.best": "14"}, partly=True),
        Act("reject", "amal", SHOOTING.id),
    )
    done = _after(BENCH, *acts)
    assert _states(done) == [CORRECTED, REJECTED, PLAIN]
    corrected = entries_of(done)[0]
    assert isinstance(corrected.claim.body, EventBody)
    assert corrected.claim.body.killed is not None
    assert (corrected.claim.body.killed.low, corrected.claim.body.killed.high) == (14, 14)
    assert corrected.proposal == BOMBING
    back = _undone(_undone(_undone(done, 3), 2), 1)
    assert [(e.target, e.claim, e.state) for e in entries_of(back)] == [(e.target, e.claim, e.state) for e in start]
    assert [e.version for e in entries_of(back)] == [6, 4, 0]
    assert _states(_undone(back, 4)) == [PLAIN, REJECTED, PLAIN]  # an undoing undone


def test_a_correction_of_a_correction_keeps_the_first_proposal() -> None:
    first = Act("correct", "amal", BOMBING.id, values={"killed.best": "14"}, partly=True)
    bench = _after(BENCH, first)
    standing = entries_of(bench)[0].claim.id
    second = Act("correct", "zoe", standing, values={"type": "arson"}, partly=True, seen=1)
    entry = entries_of(_after(bench, second))[0]
    assert entry.target == BOMBING.id
    assert entry.proposal == BOMBING
    assert isinstance(entry.claim.body, EventBody)
    assert (entry.claim.body.type, entry.claim.body.killed and entry.claim.body.killed.best) == ("arson", 14)


def test_to_correct_into_what_was_proposed_is_to_accept_it() -> None:
    same = Act("correct", "amal", BOMBING.id, values={"killed.best": "12"}, partly=True)
    [review] = _after(BENCH, same).reviews
    assert review.decision == "accept"
    assert _states(_after(BENCH, same))[0] == ACCEPTED


def test_an_added_claim_may_be_corrected_and_rejected() -> None:
    start = TEXT.index("Gunmen")
    place = {"evidence.0.start": str(start), "evidence.0.end": str(start + 6)}
    bench = _after(BENCH, Act("add", "amal", kind="event", values={"type": "arson", **place}))
    [added] = [e for e in entries_of(bench) if e.state == OWN]
    corrected = _after(
        bench, Act("correct", "amal", added.target, values={"killed.best": "1", "killed.low": "1"}, partly=True)
    )
    [entry] = [e for e in entries_of(corrected) if e.target == added.target]
    assert entry.state == CORRECTED
    rejected = _after(corrected, Act("reject", "amal", added.target))
    assert entry.claim not in coded_of(rejected, 0.5)
    with pytest.raises(RecordError, match="already"):
        review_of(bench, Act("add", "amal", kind="event", values={"type": "arson", **place}), BOOK)


def test_a_passage_of_its_own_is_evidence_of_the_claim_too() -> None:
    start = TEXT.index("two guards")
    act = Act(
        "correct",
        "amal",
        BOMBING.id,
        values={"injured.best": "2"},
        evidence={"injured": (start, start + 3)},
        partly=True,
    )
    [review] = _after(BENCH, act).reviews
    assert [(slot, p.quote) for slot, p in review.evidence] == [("injured", "two")]
    assert review.accepted
    assert [p["quote"] for p in review.accepted["evidence"]] == [BOMBING.passages[0].quote, "two"]


def test_a_later_reading_at_a_decided_place_waits() -> None:
    bench = _after(BENCH, Act("correct", "amal", BOMBING.id, values={"killed.best": "14"}, partly=True))
    later = replace(bench, read=(event(killed=13), SHOOTING, relation()))
    assert sorted(_states(later)) == [CORRECTED, PLAIN, PLAIN, WAITING]
    assert 13 not in {
        c.body.killed.best for c in coded_of(later, 0.1) if isinstance(c.body, EventBody) and c.body.killed
    }


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (Act("accept", "amal", "nothing"), NotFoundError),
        (Act("praise", "amal", BOMBING.id), SettingsError),
        (Act("accept", "amal", BOMBING.id, seen=3), ConflictError),
        (Act("correct", "amal", BOMBING.id, values={"type": "picnic"}, partly=True), RecordError),
        (Act("correct", "amal", BOMBING.id, values={"weapon.class": "spoon"}, partly=True), RecordError),
        (Act("correct", "amal", BOMBING.id, evidence={"killed": (0, 9999)}, partly=True), RecordError),
    ],
)
def test_what_cannot_be_is_refused(act: Act, error: type[Exception]) -> None:
    with pytest.raises(error):
        review_of(BENCH, act, BOOK)


def test_the_last_of_ones_own_is_undone() -> None:
    done = _after(BENCH, Act("accept", "amal", BOMBING.id), Act("reject", "zoe", SHOOTING.id))
    mine = last_undoable(done.reviews, "amal")
    assert mine is not None
    assert mine.number == 1
    assert last_undoable(_undone(done, 1).reviews, "amal") is None
