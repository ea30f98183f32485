from __future__ import annotations

import pytest

from khabar.extraction.indexed import index_reading
from khabar.extraction.modality import modality_of, simulated
from khabar.extraction.triggers import find_hits
from khabar.extraction.units import split_units


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen attacked a school in Lahore.", "actual"),
        ("Gunmen may attack a school in Lahore.", "hypothetical"),
        ("Militants will attack a school in Lahore.", "predicted"),
        ("If gunmen attacked a school, it would close.", "hypothetical"),
        ("Militants planned to attack a school in Lahore.", "planned"),
        ("Police foiled an attack on a school in Lahore.", "foiled"),
        ("No attack took place in Lahore.", "negated"),
        ("Gunmen did not attack the school.", "negated"),
        ("Gunmen tried to kidnap a teacher in Lahore.", "attempted"),
    ],
)
def test_what_governs_a_report_tells_whether_it_happened(read, book, text: str, expected: str) -> None:
    [line] = index_reading(read(text), book).sentences
    units = split_units(line, find_hits(line, book), book)
    found = {modality_of(unit, hit, book) for unit in units for hit in unit.hits if hit.trigger}
    assert expected in found


def test_exercises_are_no_events(read, book) -> None:
    [line] = index_reading(read("In a mock exercise police shot dead four attackers."), book).sentences
    assert simulated(line, book)
