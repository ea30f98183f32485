"""Agreement of two codings by hand, and from two codings to one that enters the base."""

from __future__ import annotations

from dataclasses import replace

from review_samples import DOCUMENT, claim, event, relation

from khabar.codebook.load import load_codebook
from khabar.exchange import claim_id
from khabar.records import Claim, EventBody
from khabar.review.acts import Act, review_of
from khabar.review.adjudicate import into_base, settled_claims, undecided, units_of
from khabar.review.agreement import agreement_of, likeness, paired
from khabar.review.bench import Bench, coded_of
from khabar.review.order import reason_of, weight_of
from khabar.stakes import LEAST, stakes_of

SHOOTING = claim("event", "Gunmen shot two guards in Southport.", EventBody("armed_assault"), confidence=0.9)


def _kept(bench: Bench, *acts: Act) -> Bench:
    for act in acts:
        review = replace(review_of(bench, act, load_codebook()), number=len(bench.reviews) + 1)
        bench = replace(bench, reviews=(*bench.reviews, review))
    return bench


def _of_another_type(made: Claim, name: str) -> Claim:
    assert isinstance(made.body, EventBody)
    other = replace(made, body=replace(made.body, type=name))
    return replace(other, id=claim_id(other))


def test_agreement_by_hand() -> None:
    """Three claims each: one alike, one with another toll, one that only the first found."""
    left = [event(), event(killed=3, words="A bomb"), SHOOTING]
    right = [event(), event(killed=4, words="A bomb")]
    found = {row.slot: row for row in agreement_of([(left, right)])}
    whole = found["claim"]
    assert (whole.both, whole.left, whole.right) == (2, 1, 0)
    assert whole.f1 == 2 * 2 / (2 * 2 + 1)
    killed = found["killed"]
    assert (killed.both, killed.left, killed.right, killed.units) == (1, 1, 1, 2)
    # values 12 12 3 4, squared ratios: within pairs (1/7)^2; between all pairs of the four values
    ratio = lambda a, b: ((a - b) / (a + b)) ** 2  # noqa: E731
    between = sum(ratio(a, b) for i, a in enumerate([12, 12, 3, 4]) for j, b in enumerate([12, 12, 3, 4]) if i != j) / 3
    assert killed.alpha is not None
    assert abs(killed.alpha - (1 - 2 * ratio(3, 4) / between)) < 1e-12
    assert found["type"].alpha is None  # all bombings: no variation
    assert found["type"].f1 == 2 * 2 / (2 * 2 + 1)
    assert "quantity" not in found


def test_agreement_knows_no_sides() -> None:
    left, right = [event(), SHOOTING], [_of_another_type(event(), "arson"), relation()]
    one = {r.slot: (r.alpha, r.both, r.left, r.right) for r in agreement_of([(left, right)])}
    other = {r.slot: (r.alpha, r.both, r.right, r.left) for r in agreement_of([(right, left)])}
    assert one == other


def test_claims_pair_by_passage_and_values_never_across_kinds() -> None:
    assert likeness(event(), relation()) == 0
    assert paired([SHOOTING, event()], [event(killed=1), SHOOTING]) == [(0, 1), (1, 0)]
    assert likeness(SHOOTING, event(words="A bomb")) == 0


def test_what_both_say_stands_and_differences_wait() -> None:
    mine, theirs = [event(), SHOOTING, relation()], [event(killed=14), SHOOTING]
    units = units_of([("bo", mine), ("zoe", theirs)])
    assert [unit.agreed for unit in units] == [False, True, False]
    assert units[0].differ == ("killed",)
    read = tuple({c.id: c for c in [*mine, *theirs]}.values())
    bench = Bench(DOCUMENT, read, coding=3)
    assert len(undecided(units, bench)) == 2
    assert settled_claims(units, bench) == [SHOOTING]
    third = Act("correct", "lead", mine[0].id, values={"killed.best": "13"}, partly=True)
    done = _kept(bench, third, Act("reject", "lead", relation().id))
    assert undecided(units, done) == []
    settled = settled_claims(units, done)
    assert {c.body.killed.best if isinstance(c.body, EventBody) and c.body.killed else None for c in settled} == {
        13,
        None,
    }


def test_the_result_is_what_stands_in_the_base_afterwards() -> None:
    wrong = claim("event", "A bomb", EventBody("kidnapping"), confidence=0.9)
    base = Bench(DOCUMENT, (event(), wrong, relation()))
    settled = [event(killed=14), SHOOTING, relation()]
    reviews = into_base(base, settled, "lead", "adjudication of pilot", 0.5)
    assert sorted(r.decision for r in reviews) == ["accept", "add", "correct", "reject"]
    numbered = tuple(replace(r, number=n) for n, r in enumerate(reviews, 1))
    assert {c.id for c in coded_of(replace(base, reviews=numbered), 0.5)} == {c.id for c in settled}
    assert {r.note for r in reviews} == {"adjudication of pilot"}
    again = into_base(replace(base, reviews=numbered), settled, "lead", "", 0.5)
    assert again == []


def test_the_queue_weighs_doubt_and_what_hangs_on_a_claim() -> None:
    many, few = event(killed=200), event(killed=1)
    assert stakes_of(many) > stakes_of(few) > stakes_of(replace(few, modality="planned")) >= LEAST
    unsure = replace(few, confidence=0.2)
    assert weight_of(unsure).product > weight_of(few).product
    assert weight_of(few, "waiting").doubt == 1
    assert [reason_of(few, 0.95), reason_of(few, 0.5), reason_of(few, 0.5, "waiting")] == [
        "left out",
        "value",
        "later reading",
    ]
