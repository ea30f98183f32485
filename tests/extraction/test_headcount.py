"""How many people a noun stands for."""

from __future__ import annotations

import pytest

from khabar.extraction.headcount import headcount
from khabar.extraction.indexed import index_reading
from khabar.extraction.triggers import find_hits

Bounds = tuple[int | None, int | None, int | None]


@pytest.mark.parametrize(
    ("text", "noun", "expected"),
    [
        ("Gunmen killed nine guards in Bern.", "guards", (9, 9, 9)),
        ("Gunmen killed a guard in Bern.", "guard", (1, 1, 1)),
        ("Gunmen killed both guards in Bern.", "guards", (2, 2, 2)),
        ("Gunmen killed guards in Bern.", "guards", (2, None, None)),
        ("Gunmen killed a number of guards in Bern.", "number", (2, None, None)),
        ("Gunmen killed the nine of them in Bern.", "nine", (9, 9, 9)),
        ("The gunmen attacked the 847 flight and killed its pilot.", "flight", None),
        ("It is not known how many guards were killed.", "guards", None),
        ("No guards were killed in the attack.", "guards", None),
        ("Rain killed the match in Bern.", "match", None),
        ("Gunmen killed the tenor in Bern.", "tenor", (1, 1, 1)),
    ],
)
def test_how_many(read, book, text: str, noun: str, expected: Bounds | None) -> None:
    [line] = index_reading(read(text), book).sentences
    hit = next(h for h in find_hits(line, book) if h.effect == "killed")
    head = next(t.i for t in line.sentence.tokens if t.text == noun)
    found = headcount(line, head, hit, book)
    assert (found and (found.count.low, found.count.best, found.count.high)) == expected
