from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from by_hand import bare_claim
from khabar.errors import RecordError
from khabar.exchange import claim_from_json, claim_id, claim_line, claim_to_json
from khabar.records import (
    CLAIM_KINDS,
    MODALITIES,
    STANCES,
    STATEMENT_KINDS,
    ActorRef,
    Attribution,
    Claim,
    Count,
    Document,
    EventBody,
    Extractor,
    Interval,
    Passage,
    Place,
    Presence,
    Quantity,
    Relation,
    Speaker,
    Statement,
    Target,
    Weapon,
    When,
)

words = st.text(min_size=1, max_size=12)
actors = st.builds(ActorRef, words, words, st.none() | words, st.sampled_from(["organization", "person"]))
places = st.builds(Place, words, words, st.none() | st.integers(1, 10**7), country=st.none() | st.just("PK"))
counts = (
    st.lists(st.none() | st.integers(0, 999), min_size=3, max_size=3)
    .filter(any)
    .map(lambda n: Count(*_ordered(n), text="some"))
)
BODIES = {
    "event": st.builds(
        EventBody,
        type=words,
        aggregate=st.none() | st.integers(-1, 30),
        places=st.tuples(places),
        attributions=st.tuples(st.builds(Attribution, actors, st.just("claimed"), by=st.none() | words)),
        targets=st.tuples(st.builds(Target, words, st.none() | words)),
        weapon=st.none() | st.builds(Weapon, words, words),
        killed=st.none() | counts,
    ),
    "relation": st.builds(Relation, words, actors, actors),
    "presence": st.builds(Presence, actors, places, st.just("denied"), st.none() | words),
    "statement": st.builds(
        Statement,
        st.sampled_from(STATEMENT_KINDS),
        st.tuples(actors),
        st.none() | st.just(Quantity(200, None, 999, "people", "Pakistan")),
    ),
}


def _ordered(numbers: list[int | None]) -> list[int | None]:
    known = iter(sorted(n for n in numbers if n is not None))
    return [None if n is None else next(known) for n in numbers]


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    kind = draw(st.sampled_from(CLAIM_KINDS))
    quote = draw(words)
    start = draw(st.integers(0, 50))
    return bare_claim(
        draw(BODIES[kind]),
        Passage("d1", start, start + len(quote), quote),
        id=draw(words),
        speaker=draw(st.none() | st.builds(Speaker, words, st.none() | words, via=st.none() | words)),
        stance=draw(st.sampled_from(STANCES)),
        modality=draw(st.sampled_from(MODALITIES)),
        when=draw(st.sampled_from([When(), When("2016-10-24", "2016-10-24", "day", "on Monday")])),
        confidence=0.5,
        slot_confidence=draw(st.sampled_from([(), (("type", 0.93), ("attribution:0", 0.5))])),
    )


@given(claims())
def test_a_claim_survives_its_line(claim: Claim) -> None:
    assert claim_from_json(json.loads(claim_line(claim))) == claim


@given(claims())
def test_the_id_is_about_content_not_about_who_extracted_it(claim: Claim) -> None:
    later = replace(claim, id="other", extractor=Extractor("better", "2", "book@2"), confidence=0.9)
    later = replace(later, slot_confidence=(("type", 0.8),))
    assert claim_id(later) == claim_id(claim)
    assert claim_id(replace(claim, stance="denied" if claim.stance != "denied" else "claimed")) != claim_id(claim)


def test_the_document_travels_with_file_id_and_publication_interval() -> None:
    claim = bare_claim(Relation("leads", ActorRef("A", "A"), ActorRef("B", "B")))
    document = Document("d", "x", file="a.txt", external_id="n1", published=Interval("2017-05-01", "2017-05-31"))
    assert claim_to_json(claim, document)["document"] == {
        "id": "d",
        "file": "a.txt",
        "external_id": "n1",
        "published": {"earliest": "2017-05-01", "latest": "2017-05-31"},
    }


def test_confidences_travel_rounded_and_those_of_single_values_only_where_there_are_some() -> None:
    claim = bare_claim(EventBody("other"))
    assert "slot_confidence" not in claim_to_json(claim)
    rated = replace(claim, confidence=0.12345, slot_confidence=(("type", 0.98765),))
    data = claim_to_json(rated)
    assert (data["confidence"], data["slot_confidence"]) == (0.123, {"type": 0.988})
    assert claim_from_json(data).slot_confidence == (("type", 0.988),)


def test_an_aggregate_of_unstated_size_is_not_an_incident() -> None:
    body = EventBody("other", aggregate=-1)
    claim = bare_claim(body)
    data = claim_to_json(claim)
    assert data["event"]["aggregate"] == {"count": None}
    assert claim_from_json(data).body == body


@pytest.mark.parametrize(
    "line",
    [{}, {"kind": "event"}, {"kind": "verdict", "verdict": {}}, {"kind": "event", "event": {}, "evidence": 3}],
)
def test_what_is_not_a_claim_is_named_so(line: dict[str, object]) -> None:
    with pytest.raises(RecordError):
        claim_from_json(line)
