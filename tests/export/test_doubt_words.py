"""What is doubtful in a claim, in words; and which confidence belongs to a value of an incident."""

from __future__ import annotations

from khabar.export.doubts import QUEUE_COLUMNS, doubt_words, queue_json, queue_row, share_of
from khabar.records import ActorRef, Attribution, Claim, Document, EventBody, Extractor, Passage

_FRONT = ActorRef("the Front", "Red Lantern Front")
_CLAIM = Claim(
    "c", "event", (Passage("d", 0, 1, "x"),),
    EventBody("bombing", attributions=(Attribution(_FRONT, "blamed"), Attribution(_FRONT, "claimed"))),
    Extractor("rules", "1", "b@1"), confidence=0.8,
    slot_confidence=(("type", 0.9), ("when", 0.46), ("attribution:0", 0.31), ("attribution:1", 0.75)),
)  # fmt: skip
_DOCUMENT = Document("d", "x", file="a.txt")


def test_doubts_are_told_the_least_sure_first_and_the_claim_before_its_values() -> None:
    assert doubt_words(_CLAIM, 0.5) == "attribution to Red Lantern Front (31 %); date (46 %)"
    assert doubt_words(_CLAIM, 0.85).startswith("the claim (80 %); attribution to")
    assert doubt_words(_CLAIM, 0.2) == ""


def test_a_value_of_an_incident_has_the_confidence_of_the_claim_that_states_it() -> None:
    assert share_of(_CLAIM, "when", {"earliest": "2019-05-03"}) == 0.46
    assert share_of(_CLAIM, "weapon", {"text": "a bomb"}) is None
    assert share_of(_CLAIM, "attributions", {"actor": "Red Lantern Front", "stance": "claimed"}) == 0.75
    assert share_of(_CLAIM, "attributions", {"actor": "RLF", "stance": "blamed"}) == 0.31
    assert share_of(_CLAIM, "attributions", {"actor": "RLF", "stance": "denied"}) is None


def test_queue_rows_say_whether_the_claim_is_coded_all_the_same() -> None:
    row = queue_row(_CLAIM, _DOCUMENT, 0.5)
    assert tuple(row) == QUEUE_COLUMNS
    assert (row["coded"], row["file"]) == ("yes", "a.txt")
    assert queue_row(_CLAIM, _DOCUMENT, 0.9)["coded"] == "no"
    data = queue_json(_CLAIM, _DOCUMENT, 0.9)
    assert data["coded"] is False
    assert data["slot_confidence"]["when"] == 0.46
