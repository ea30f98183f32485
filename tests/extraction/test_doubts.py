"""What there is to doubt in claims of short texts: how a value was come by, and what stands beside it."""

from __future__ import annotations

from collections.abc import Callable

from khabar.codebook.model import Codebook
from khabar.extraction.doubts import CLAIM, Doubts
from khabar.extraction.extractor import RuleExtractor
from khabar.reading.model import Reading
from khabar.records import Claim

Read = Callable[[str], Reading]


def _doubted(read: Read, book: Codebook, text: str, kind: str = "event") -> list[tuple[Claim, Doubts]]:
    return [(c, d) for c, d in RuleExtractor().doubted(read(text), book) if c.kind == kind]


def test_a_value_of_the_report_itself_is_told_from_one_taken_from_elsewhere(read: Read, book: Codebook) -> None:
    text = "A bomb exploded at a market in Baidoa on Monday. Police said nine people were killed in the blast."
    [(_, doubts)] = _doubted(read, book, text)
    assert doubts[CLAIM]["own date"] == doubts[CLAIM]["own place"] == 1.0
    assert doubts["when"].get("elsewhere", 0.0) == 0.0
    assert doubts["killed"]["elsewhere"] == 1.0


def test_numbers_beside_a_toll_are_counted_and_bounds_are_seen(read: Read, book: Codebook) -> None:
    [(_, one)] = _doubted(read, book, "Gunmen killed 12 people in Gao on 3 May 2018.")
    [(_, more)] = _doubted(read, book, "Gunmen killed at least 12 people and wounded 30 others in Gao on 3 May 2018.")
    assert one["killed"].get("other numbers", 0.0) < more["killed"]["other numbers"]
    assert "rounded" not in one["killed"]
    assert more["killed"]["rounded"] == 1.0


def test_two_incidents_of_a_sentence_stand_against_each_other(read: Read, book: Codebook) -> None:
    text = "A bomb killed four people in Mosul on Sunday, and gunmen shot dead three policemen in Kirkuk on Monday."
    found = _doubted(read, book, text)
    assert len(found) == 2
    assert all(doubts[CLAIM]["others of its kind in the sentence"] > 0 for _, doubts in found)


def test_how_an_actor_was_named_is_kept(read: Read, book: Codebook) -> None:
    [(claim, doubts)] = _doubted(read, book, "Boko Haram attacked Baga on 3 May 2018 and killed nine fishermen.")
    assert claim.body.attributions  # type: ignore[union-attr]
    assert doubts["attribution:0"]["in the dictionary"] == 1.0
    assert "small letters" not in doubts["attribution:0"]


def test_every_slot_of_every_claim_has_features_between_minus_one_and_one(read: Read, book: Codebook) -> None:
    text = (
        "Islamic State claimed the bombing of a mosque in Mingora on Friday that killed at least 20 worshippers. The "
        "group has cells in Swat, officials fear. Its leader, Omar Adil, was killed in a drone strike in May 2017."
    )
    doubted = RuleExtractor().doubted(read(text), book)
    assert {claim.kind for claim, _ in doubted} >= {"event", "relation", "presence"}
    for _, doubts in doubted:
        assert CLAIM in doubts
        assert all(-1 <= value <= 1 and value for features in doubts.values() for value in features.values())


def test_extracted_claims_carry_confidences_for_their_values(read: Read, book: Codebook) -> None:
    [claim] = [
        c
        for c in RuleExtractor().extract(read("A car bomb in Jalalabad killed nine people on Tuesday."), book)
        if c.kind == "event"
    ]
    assert {"type", "when", "places", "killed"} == {slot for slot, _ in claim.slot_confidence}
    assert 0.5 < claim.confidence < 1
