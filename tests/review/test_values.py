"""A claim as the values of a form and back: nothing is lost, and what cannot be is named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_samples import KEY, TEXT, event, passage, presence, relation, statement

from khabar.codebook.load import load_codebook
from khabar.errors import RecordError
from khabar.exchange import claim_id
from khabar.records import Claim, Count, EventBody, Speaker, When
from khabar.review.form import groups_of
from khabar.review.values import EVIDENCE, claim_of, passages_of, slot_of, values_of

_COUNTS = st.one_of(
    st.none(),
    st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50)).map(lambda n: Count(*sorted(n), "so many")),
    st.integers(0, 50).map(lambda n: Count(n, n, None, "at least")),
    st.integers(0, 50).map(lambda n: Count(None, n, None, "about")),
)


def _plain(values: dict[str, str]) -> dict[str, str]:
    return {path: said for path, said in values.items() if not path.startswith("evidence.")}


@pytest.mark.parametrize("claim", [event(), relation(), presence(), statement()], ids=lambda c: c.kind)
def test_a_claim_comes_back_and_every_value_has_its_field(claim: Claim) -> None:
    values = values_of(claim)
    assert claim_of(claim.kind, _plain(values), claim.passages, "x@1").id == claim.id
    fields = {f.path for group in groups_of(claim.kind, values, load_codebook()) for f in group.fields}
    assert set(_plain(values)) <= fields


@given(
    killed=_COUNTS, injured=_COUNTS, aggregate=st.sampled_from([None, -1, 9]), via=st.sampled_from([None, "state TV"])
)
def test_any_count_total_and_speaker_comes_back(
    killed: Count | None, injured: Count | None, aggregate: int | None, via: str | None
) -> None:
    made = event()
    assert isinstance(made.body, EventBody)
    body = replace(made.body, killed=killed, injured=injured, aggregate=aggregate)
    made = replace(made, body=body, speaker=Speaker("police", via=via), when=When(None, "2019-05-04", "range"))
    made = replace(made, id=claim_id(made))
    assert claim_of("event", _plain(values_of(made)), made.passages, "x").id == made.id


def test_an_empty_row_falls_away_and_a_name_stands_in_for_words() -> None:
    values = {"type": "bombing", "places.0.name": " ", "places.1.name": "Northport", "places.1.precision": "near"}
    values |= {"attributions.0.actor.name": "", "attributions.0.stance": "blamed", "targets.0.class": "police"}
    body = claim_of("event", values, passage("A bomb"), "x").body
    assert isinstance(body, EventBody)
    assert [(p.name, p.text, p.precision) for p in body.places] == [("Northport", "Northport", "near")]
    assert (body.attributions, body.targets) == ((), ())


def test_a_day_without_an_end_is_that_day_and_anything_coarser_stays_open() -> None:
    day = claim_of("event", {"type": "bombing", "when.earliest": "2019-05-03"}, passage("A bomb"), "x").when
    assert day == When("2019-05-03", "2019-05-03", "day")
    since = {"type": "bombing", "when.earliest": "2019-05-03", "when.precision": "range"}
    assert claim_of("event", since, passage("A bomb"), "x").when == When("2019-05-03", None, "range")


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        ("event", {}, "Type is missing"),
        ("relation", {"type": "leads", "subject.name": "A"}, "Object is missing"),
        ("event", {"type": "bombing", "killed.low": "a few"}, "killed.low: 'a few' is no number"),
        ("event", {"type": "bombing", "type.x": "1"}, "type is a single value"),
        ("event", {"type": "bombing", "stance": "sworn"}, "claim.stance"),
        ("rumour", {"type": "x"}, "no kind of claim"),
    ],
)
def test_what_cannot_be_is_named(kind: str, values: dict[str, str], words: str) -> None:
    with pytest.raises(RecordError, match=words):
        claim_of(kind, values, passage("A bomb"), "x")


@pytest.mark.parametrize("spans", [[], [(5, 5)], [(-1, 4)], [(0, len(TEXT) + 1)], [(0, EVIDENCE + 1)]])
def test_a_passage_is_a_stretch_of_the_text(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(RecordError):
        passages_of(TEXT + "x" * EVIDENCE if spans == [(0, EVIDENCE + 1)] else TEXT, KEY, spans)


def test_slots() -> None:
    assert [slot_of(p) for p in ("killed.best", "places.1.name", "attributions.0.actor.id", "type")] == [
        "killed", "places.1", "attributions.0", "type",
    ]  # fmt: skip
