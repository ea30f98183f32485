"""Words that report, and the same words where they report nothing."""

from __future__ import annotations

import pytest

from khabar.extraction.indexed import index_reading
from khabar.extraction.triggers import find_hits


def hits(read, book, text: str) -> list[str]:
    return [line.lemmas[h.token] for line in index_reading(read(text), book).sentences for h in find_hits(line, book)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A court in Bern jailed him for the murder of a judge.", ["murder"]),
        ("A court in Bern convicted him of murder.", []),
        ("He is wanted on suspicion of kidnapping and murder.", []),
        ("Thousands demonstrated against the law in Bern.", ["demonstrate"]),
        ("The report demonstrates that the law is weak.", []),
        ("A bus strike began in Bern on Monday.", []),
        ("Thousands came to Bern on Monday for the anniversary of the bombings.", []),
        ("Thousands came to Bern for the anniversary of the bombing of a school.", ["bombing"]),
        ("The minister went on the attack in parliament.", []),
        ("13 dead, 70 hurt in suicide blast in Bern", ["dead", "hurt", "blast"]),
        ("The blast left three people in hospital.", ["blast", "hospital"]),
        ("On Monday, men on a motorbike shot dead a judge in Bern.", ["dead"]),
        ("Gunmen seized nine pupils in Bern.", ["seize"]),
        ("Police seized phones from nine pupils in Bern.", []),
        ("A bomb wrecked a bridge in Bern.", ["wreck"]),
        ("Police destroyed a bomb in Bern.", []),
        ("Dozens of mortar shells fell on Bern.", ["fall"]),
        ("Share prices fell in Bern.", []),
    ],
)
def test_what_reports(read, book, text: str, expected: list[str]) -> None:
    assert hits(read, book, text) == expected
