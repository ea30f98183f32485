"""The comparer of golden cases, tried on claims made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from by_hand import claim_in
from khabar.codebook.load import load_codebook
from khabar.evaluation.golden import Case, compare, find_quote
from khabar.evaluation.golden_check import flaws
from khabar.records import (
    ActorRef,
    Attribution,
    Claim,
    ClaimBody,
    Count,
    Document,
    EventBody,
    Place,
    Presence,
    Quantity,
    Relation,
    Speaker,
    Statement,
    When,
)

TEXT = (
    "Gunmen killed 59 cadets in Quetta on 24 October 2016. Islamic State claimed the attack.\n"
    "About 250 cadets were led to safety. Boko Haram pledged allegiance to Islamic State."
)
DOCUMENT = Document(id="d", text=TEXT)
BOOK = load_codebook()


def claim(quote: str, body: ClaimBody, **rest: Any) -> Claim:
    """A claim about `TEXT` with `quote` as its evidence."""
    return claim_in(TEXT, quote, body, **rest)


def actor(name: str) -> ActorRef:
    return ActorRef(text=name, name=name)


KILLING = claim(
    "Gunmen killed 59 cadets in Quetta on 24 October 2016.",
    EventBody(
        "armed_assault",
        places=(Place("Quetta", "Quetta", country="PK"),),
        killed=Count(59, 59, 59),
        attributions=(Attribution(actor("Islamic State of Iraq and the Levant"), "claimed"),),
    ),
    when=When("2016-10-24", "2016-10-24", "day"),
)
PLEDGE = claim(
    "Boko Haram pledged allegiance to Islamic State.",
    Relation("pledged_allegiance", actor("Boko Haram"), actor("Islamic State")),
)


def case(*claims: dict[str, Any], forbidden: tuple[dict[str, Any], ...] = ()) -> Case:
    return Case("case", TEXT, "case.txt", "2016-10-25", claims, forbidden)


def expect(**fields: Any) -> dict[str, Any]:
    return {"kind": "event", "quote": "Gunmen killed 59 cadets", **fields}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"type": "armed_assault"},
        {"type": ["clash", "armed_assault"]},
        {"killed": [59, 59, 59]},
        {"killed": [59, "any", "any"]},
        {"killed": [[60, 60, 60], [59, 59, 59]]},
        {"injured": None},
        {"when": ["2016-10-24", "2016-10-24"]},
        {"when": ["2016-10-24", "2016-10-25"]},
        {"when": ["any", "any"]},
        {"places": ["Quetta"], "country": "PK"},
        {"attributions": [["Islamic State", "claimed"]]},
        {"attributions": [["Daesh|Islamic State", "blamed|claimed", "perpetrator"]]},
        {"aggregate": False, "modality": "actual", "stance": "asserted", "speaker": None},
    ],
)
def test_an_agreeing_claim_is_no_miss(fields: dict[str, Any]) -> None:
    assert compare(case(expect(**fields)), [KILLING], DOCUMENT) == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"type": "bombing"}, "type: expected bombing, got armed_assault"),
        ({"killed": [60, 60, None]}, "killed: expected 60/60/-, got 59/59/59"),
        ({"killed": None}, "killed: expected none, got 59/59/59"),
        ({"injured": [3, 3, 3]}, "injured: expected 3/3/3, got none"),
        ({"when": ["2016-10-01", "2016-10-31"]}, "when: expected 2016-10-01 to 2016-10-31"),
        ({"when": [None, "2016-10-24"]}, "when: expected open to 2016-10-24"),
        ({"places": ["Karachi"]}, "places: Karachi not among ['Quetta']"),
        ({"country": "AF"}, "country: expected AF"),
        ({"attributions": [["Islamic State", "denied"]]}, "attributions: missing Islamic State denied"),
        ({"attributions": []}, "attributions: expected none"),
        ({"attributions": [["Islamic State", "claimed", "funder"]]}, "Islamic State claimed as funder"),
        ({"aggregate": 9}, "aggregate: expected 9, got None"),
        ({"aggregate": True}, "aggregate: expected True"),
        ({"modality": "foiled"}, "modality: expected foiled, got actual"),
        ({"speaker": "minister"}, "speaker: expected minister, got the document's own voice"),
    ],
)
def test_a_miss_says_what_was_expected_what_was_found_and_where(fields: dict[str, Any], words: str) -> None:
    misses = compare(case(expect(**fields)), [KILLING], DOCUMENT)
    assert len(misses) == 1
    assert words in misses[0]
    assert misses[0].startswith("case: ")
    assert misses[0].endswith("'Gunmen killed 59 cadets'")


def test_a_missing_claim_is_named() -> None:
    assert compare(case(expect()), [PLEDGE], DOCUMENT) == ["case: no event claim covers 'Gunmen killed 59 cadets'"]


def test_the_nearest_of_several_claims_is_compared() -> None:
    far = claim("Gunmen killed 59 cadets in Quetta", EventBody("bombing"))
    assert compare(case(expect(type="armed_assault", killed=[59, 59, 59])), [far, KILLING], DOCUMENT) == []


def test_an_attribution_may_stand_on_another_claim_of_the_same_incident() -> None:
    bare = claim("Gunmen killed 59 cadets in Quetta", EventBody("armed_assault"), when=KILLING.when)
    told_later = claim(
        "Islamic State claimed the attack.",
        EventBody("armed_assault", attributions=(Attribution(actor("Islamic State"), "claimed"),)),
    )
    other_year = claim("Islamic State claimed the attack.", told_later.body, when=When("2014-01-01", "2014-12-31"))
    wanted = case(expect(attributions=[["Islamic State", "claimed"]]))
    assert compare(wanted, [bare, told_later], DOCUMENT) == []
    assert compare(wanted, [bare, other_year], DOCUMENT)


def test_what_must_not_be_coded_is_reported() -> None:
    rescue = claim("About 250 cadets were led to safety.", EventBody("other", injured=Count(250, 250, None)))
    sentence = "About 250 cadets were led to safety."
    forbids = case(forbidden=({"kind": "event", "quote": sentence},))
    assert compare(forbids, [rescue], DOCUMENT) == [f"case: must not be coded as actual other: '{sentence}'"]
    assert compare(forbids, [KILLING], DOCUMENT) == []
    only_deaths = case(forbidden=({"kind": "event", "quote": sentence, "killed": [250, "any", "any"]},))
    assert compare(only_deaths, [rescue], DOCUMENT) == []


def test_a_claim_that_reaches_beyond_a_forbidden_passage_is_no_breach() -> None:
    forbids = case(forbidden=({"kind": "event", "quote": "on 24 October 2016."},))
    assert compare(forbids, [KILLING], DOCUMENT) == []


def test_relations_are_compared_end_by_end_unless_symmetric() -> None:
    quote = "Boko Haram pledged allegiance"
    right = {"kind": "relation", "quote": quote, "subject": "Boko Haram", "object": "Islamic State"}
    turned = {"kind": "relation", "quote": quote, "subject": "Islamic State", "object": "Boko Haram"}
    assert compare(case(right), [PLEDGE], DOCUMENT) == []
    assert len(compare(case(turned), [PLEDGE], DOCUMENT)) == 2
    rivals = claim(PLEDGE.passages[0].quote, Relation("rival_of", actor("Boko Haram"), actor("Islamic State")))
    assert compare(case(turned), [rivals], DOCUMENT) == []


def test_presence_and_statements_are_compared_by_their_own_fields() -> None:
    quote = "Islamic State claimed the attack."
    here = claim(quote, Presence(actor("Islamic State"), Place("Quetta", "Quetta"), "present"))
    wanted = {"kind": "presence", "quote": quote, "actor": "Islamic State", "place": "Quetta", "status": "present"}
    assert compare(case(wanted), [here], DOCUMENT) == []
    assert "status: expected denied, got present" in compare(case({**wanted, "status": "denied"}), [here], DOCUMENT)[0]
    said = claim(
        quote,
        Statement("estimate", (actor("Islamic State"),), Quantity(100, 150, 200)),
        speaker=Speaker("a spokesman", role="spokesman"),
    )
    estimate = {"kind": "statement", "quote": quote, "statement": "estimate", "about": ["Islamic State"]}
    assert compare(case({**estimate, "quantity": [100, "any", 200], "speaker": "spokesman"}), [said], DOCUMENT) == []
    assert "quantity: expected 1/1/1" in compare(case({**estimate, "quantity": [1, 1, 1]}), [said], DOCUMENT)[0]
    assert "about: Taliban not among" in compare(case({**estimate, "about": ["Taliban"]}), [said], DOCUMENT)[0]


def test_names_are_met_by_longer_names_but_not_by_shorter_or_cut_ones() -> None:
    def wants(name: str) -> list[str]:
        return compare(case(expect(attributions=[[name, "claimed"]])), [KILLING], DOCUMENT)

    assert wants("islamic state") == []
    assert wants("Islamic State of Iraq and the Levant in Sinai")
    assert wants("Islamic St")


def test_quotes_are_found_across_line_ends() -> None:
    assert find_quote("one two\nthree", "two three") == (4, 13)
    assert find_quote("one two", "three") is None
    assert find_quote("one", "  ") is None


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        (expect(death_toll=3), "unknown keys ['death_toll']"),
        ({"kind": "incident", "quote": "Gunmen"}, "unknown kind 'incident'"),
        ({"kind": "event", "quote": "nowhere"}, "the quote is not in the text"),
        (expect(killed=[5, 3, None]), "killed is not low, best, high"),
        (expect(type="masacre"), "type: 'masacre' is not in the vocabulary"),
        (expect(modality="real"), "modality: 'real' is not in the vocabulary"),
    ],
)
def test_a_flawed_case_is_found_out(expected: dict[str, Any], words: str) -> None:
    assert any(words in flaw for flaw in flaws(case(expected), BOOK))
