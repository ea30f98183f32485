"""Responsibility told by a noun."""

from __future__ import annotations

import pytest

from khabar.extraction.claim_nouns import find_noun_claims
from khabar.extraction.indexed import index_reading
from khabar.extraction.triggers import find_hits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Al-Shabaab's claim of responsibility could not be verified.", {("al-Shabaab", "claimed")}),
        ("Nothing supports the claim by Hamas that it was behind the bombing.", {("Hamas", "claimed")}),
        ("The claim of responsibility by Boko Haram came late.", {("Boko Haram", "claimed")}),
        ("Hezbollah's denial of responsibility was expected.", {("Hezbollah", "denied")}),
        ("There was no claim of responsibility by Boko Haram.", set()),
        ("Al-Shabaab's claim to the port was rejected.", set()),
    ],
)
def test_a_noun_tells_who_claims(read_all, book, text: str, expected: set[tuple[str, str]]) -> None:
    index = index_reading(read_all(text), book)
    [line] = index.sentences
    found = find_noun_claims(line, find_hits(line, book), index)
    assert {(a.name, a.stance) for c in found for a in c.attributions} == expected
