"""Persons whom courts and police hold to have done it."""

from __future__ import annotations

import pytest

from khabar.extraction.charged import charged_persons
from khabar.extraction.indexed import index_reading
from khabar.extraction.triggers import find_hits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peter Lang was charged with the murder of nine people.", [("Peter Lang", "blamed")]),
        ("A court in Graz sentenced Peter Lang to life for the bombing.", [("Peter Lang", "blamed")]),
        ("Police charged a baker from Graz, Peter Lang, with planting the bomb.", [("Peter Lang", "blamed")]),
        ("Peter Lang was arrested on suspicion of murder after the bombing.", [("Peter Lang", "suspected")]),
        ("Peter Lang was not charged with the murder of nine people.", []),
        ("Peter Lang was charged with fraud after the bombing.", []),
        ("Hamas was charged with the bombing of the bus.", []),
    ],
)
def test_who_is_charged_with_a_crime_of_violence(read_all, book, text: str, expected: list[tuple[str, str]]) -> None:
    reading = read_all(text)
    [line] = index_reading(reading, book).sentences
    found = charged_persons(line, find_hits(line, book), reading.text)
    assert [(a.name, a.stance) for r in found for a in r.attributions] == expected
