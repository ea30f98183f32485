"""The measure of re3d, on a document of our own scored by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from khabar.evaluation.re3d import FAMILIES, Text, Tie, claimed_ties, load_re3d, score_text
from khabar.evaluation.score import Tally
from khabar.records import ActorRef, Claim, Extractor, Passage, Place, Presence, Relation

TEXT = "Amal Front (AF), led by Omar Zaid, holds Karsa. The Zawra Army fights AF. We met three men of AF in Karsa."
ENTITIES = {
    "Amal Front": "Organisation", "AF": "Organisation", "Omar Zaid": "Person", "Karsa": "Location",
    "The Zawra Army": "Organisation", "We": "Organisation", "three": "Quantity",
}  # fmt: skip
RELATIONS = [
    ("IsSynonymOf", "Amal Front", "AF", 1), ("IsSynonymOf", "AF", "Amal Front", 1),
    ("InChargeOf", "Omar Zaid", "Amal Front", 1), ("InChargeOf", "Amal Front", "Karsa", 1),
    ("FightingAgainst", "The Zawra Army", "AF", 0.9), ("BelongsTo", "Omar Zaid", "The Zawra Army", 0.2),
    ("CommWith", "We", "AF", 1), ("FightingAgainst", "We", "AF", 1), ("HasAttrOf", "AF", "three", 1),
    ("BelongsTo", "Amal Front", "three", 1),
]  # fmt: skip


def spanned(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


@pytest.fixture
def text(tmp_path: Path) -> Text:
    source = tmp_path / "made up"
    source.mkdir()
    rows: dict[str, list[dict[str, Any]]] = {"documents": [{"_id": "d", "text": TEXT}], "entities": [], "relations": []}
    for words, kind in ENTITIES.items():
        begin, end = spanned(words)
        rows["entities"].append({"documentId": "d", "begin": begin, "end": end, "type": kind, "value": words})
    for kind, one, other, sure in RELATIONS:
        (a, b), (c, d) = spanned(one), spanned(other)
        rows["relations"].append(
            {"documentId": "d", "type": kind, "source": one, "target": other, "confidence": sure,
             "sourceBegin": a, "sourceEnd": b, "targetBegin": c, "targetEnd": d}
        )  # fmt: skip
    for name, content in rows.items():
        lines = "".join(json.dumps(row) + "\n" for row in content)
        (source / f"{name}.json").write_text("\ufeff" + lines, encoding="utf-8")
    [loaded] = load_re3d(tmp_path)
    return loaded


def test_what_is_in_scope(text: Text) -> None:
    assert [(t.type, t.source, t.target) for t in text.ties] == [
        ("IsSynonymOf", "AF", "Amal Front"),
        ("InChargeOf", "Omar Zaid", "Amal Front"),
        ("Controls", "Amal Front", "Karsa"),
        ("FightingAgainst", "The Zawra Army", "AF"),
    ]
    assert text.out == {
        "the same pair again": 1, "below half in the gold's own confidence": 1,
        "no type of a conflict codebook: CommWith": 1, "no type of a conflict codebook: HasAttrOf": 1,
        "a side that names nobody": 1, "a side that is no actor": 1,
    }  # fmt: skip


def tie(kind: str, one: str, other: str) -> Tie:
    return Tie(kind, (one,), (other,), 0, len(TEXT))


def scored(text: Text, ties: list[Tie]) -> tuple[dict[str, Tally], Tally, int]:
    tallies, untyped = {family: Tally() for family in FAMILIES}, Tally()
    slips = list(score_text(text, ties, tallies, untyped))
    return tallies, untyped, len(slips)


def test_nothing_found_is_all_missed(text: Text) -> None:
    tallies, untyped, slips = scored(text, [])
    assert (untyped.right, untyped.wrong, untyped.missed, slips) == (0, 0, 4, 4)
    assert tallies["InChargeOf"].missed == 1


def test_right_wrong_type_and_false(text: Text) -> None:
    found = [
        tie("alias_of", "Amal Front", "AF"),
        tie("member_of", "Omar Zaid", "Amal Front"),  # the pair is right, the type is not
        tie("event", "AF", "Zawra Army"),  # fighting has no direction
        tie("allied_with", "Omar Zaid", "Zawra Army"),  # not in the gold
        tie("leads", "Nobody Known", "AF"),  # no entity of the gold: not counted
    ]
    tallies, untyped, slips = scored(text, found)
    assert (untyped.right, untyped.wrong, untyped.missed) == (3, 1, 1)
    assert (tallies["IsSynonymOf"].right, tallies["FightingAgainst"].right) == (1, 1)
    assert (tallies["InChargeOf"].right, tallies["InChargeOf"].missed) == (0, 1)
    assert (tallies["BelongsTo"].wrong, tallies["AlliesOf"].wrong, tallies["Controls"].missed) == (1, 1, 1)
    assert slips == 3


def test_claims_become_ties() -> None:
    passage = Passage("d", 0, 40, TEXT[:40])
    extractor = Extractor("test", "1", "b@1")
    front, army = ActorRef("AF", "Amal Front"), ActorRef("Zawra Army", "Zawra Army")
    fight = Claim("1", "relation", (passage,), Relation("rival_of", front, army), extractor)
    denied = Claim("2", "relation", (passage,), Relation("rival_of", front, army), extractor, stance="denied")
    held = Claim("3", "presence", (passage,), Presence(front, Place("Karsa", "Karsa"), "present"), extractor)
    gone = Claim("4", "presence", (passage,), Presence(front, Place("Karsa", "Karsa"), "absent"), extractor)
    assert [t.type for t in claimed_ties([fight, denied, held, gone])] == ["rival_of", "presence"]
