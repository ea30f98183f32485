"""Who stands beside a quote: of an attribution the one who makes it."""

from __future__ import annotations

from khabar.records import ActorRef, Attribution, Claim, EventBody, Extractor, Passage, Side, Speaker
from khabar.serve.evidence import Source, quotes_of, said_of

TOLL = "Nine people died, a hospital director said."
CLAIMED = "The Northern Front said it had planted the bomb."
BLAMED = "A minister blamed the Red Band."
SOURCE = Source("d", "A report", None, "2019-01-01", "a.txt", "a.txt")


def _claim() -> Claim:
    passages = tuple(Passage("d", at, at + len(q), q) for at, q in ((0, TOLL), (100, CLAIMED), (200, BLAMED)))
    body = EventBody(
        "bombing",
        attributions=(
            Attribution(ActorRef("The Northern Front", "Northern Front"), "claimed"),
            Attribution(ActorRef("the Red Band", "Red Band"), "blamed", by="minister"),
        ),
    )
    return Claim("c", "event", passages, body, Extractor("hand", "1", "b@1"), speaker=Speaker("hospital director"))


def test_a_toll_is_said_by_the_speaker_of_the_claim() -> None:
    [quote] = quotes_of(_claim(), SOURCE, {"low": 9, "text": "Nine people"})
    assert quote.said_by == "hospital director"


def test_who_claims_or_blames_is_quoted_and_not_who_counts_the_dead() -> None:
    claim = _claim()
    for says, words, who in (
        ("claimed by Northern Front", CLAIMED, "Northern Front"),
        ("blamed on Red Band", BLAMED, "minister"),
    ):
        [quote] = quotes_of(claim, SOURCE, said_of(Side(says, ("c",)), "attribution", claim))
        assert "".join(text for text, _ in quote.parts) == words
        assert quote.said_by == who


def test_an_attribution_of_an_incident_is_quoted_with_its_maker() -> None:
    value = {"actor": "Northern Front", "actor_id": None, "stance": "claimed", "by": None}
    [quote] = quotes_of(_claim(), SOURCE, value)
    assert quote.said_by == "Northern Front"
