from __future__ import annotations

import pytest

from khabar.extraction.indexed import index_reading
from khabar.extraction.triggers import find_hits
from khabar.extraction.units import split_units


def units(read, book, text: str) -> list[str]:
    index = index_reading(read(text), book)
    return [
        " ".join(line.lemmas[h.token] for h in unit.hits)
        for line in index.sentences
        for unit in split_units(line, find_hits(line, book), book)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen ambushed a bus, killed 12 people and wounded 30.", ["ambush kill wound"]),
        ("The shooting came an hour after a bombing in Kabul killed nine.", ["shooting", "bombing kill"]),
        ("A bomb killed four in Mosul; gunmen killed six in Kirkuk.", ["kill", "kill"]),
        ("The attack on the barracks left nine soldiers dead.", ["attack dead"]),
        ("He was killed in a drone strike in Shabwa.", ["kill strike"]),
        ("The cell was involved in the murder of an activist.", ["murder"]),
        ("Four people died after a grenade exploded at a bar in Bern.", ["die explode"]),
        ("All three attackers died after they had shot dead two guards.", ["die shoot"]),
        ("The gunman killed four people before he shot himself.", ["kill shoot"]),
        ("Three men were arrested after a bombing in Bern.", ["arrest", "bombing"]),
        ("The attackers killed three guards before being shot dead by police.", ["kill shoot"]),
        (
            "Police said nine people were killed, but the rebels said 40 were killed in the attack.",
            ["kill", "kill attack"],
        ),
    ],
)
def test_reports_are_parted_where_incidents_part(read, book, text: str, expected: list[str]) -> None:
    assert units(read, book, text) == expected


def test_every_token_belongs_to_one_unit_at_most(read, book) -> None:
    text = "On 3 May 2018 a bomb killed four in Mosul; an hour after that attack, gunmen killed six in Kirkuk."
    index = index_reading(read(text), book)
    [line] = index.sentences
    parts = split_units(line, find_hits(line, book), book)
    assert len(parts) >= 2
    for k, one in enumerate(parts):
        assert {h.token for h in one.hits} <= one.tokens
        for other in parts[k + 1 :]:
            assert not one.tokens & other.tokens


def test_a_lone_unit_has_its_sentence_as_evidence(read, book) -> None:
    text = "Gunmen killed six farmers near Bamenda on Monday."
    [line] = index_reading(read(text), book).sentences
    [unit] = split_units(line, find_hits(line, book), book)
    assert unit.span == (0, len(text))
