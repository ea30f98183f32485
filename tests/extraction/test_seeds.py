"""The three articles the project was drawn for: every incident they tell, with its toll, and quotes that are theirs.

Facts: ANCHORS section 5; the texts themselves stay outside the project.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from khabar.codebook.model import Codebook
from khabar.documents.model import Origin
from khabar.documents.parse import parse
from khabar.extraction.events import extract_events
from khabar.reading.reader import EnglishReader
from khabar.records import Claim, EventBody

pytestmark = pytest.mark.shared

# Start of the file name, place word, earliest day or None, killed, injured, attackers killed.
INCIDENTS = [
    ("003", "Kabul", "2020-03-06", 32, 80, None),
    ("003", "Kabul", "2020-03-25", 25, None, None),
    ("003", "Kabul", "2020-05-12", 24, None, 3),
    ("003", "Kuz Kunar", "2020-05-12", 32, 133, None),
    ("003", "prison", "2020-08-03", 29, None, None),
    ("003", "Niger", None, 71, 12, None),
    ("003", "Streatham", "2020-02-02", None, 3, 1),
    ("004", "Karachi", "2015-12-01", 43, None, None),
    ("004", "Sehwan", "2017-02-01", 75, 200, None),
    ("004", "Quetta", None, 61, None, None),
    ("004", "Khuzdar", None, 52, 102, None),
    ("004", "Muzaf", None, 1, None, None),
    ("004", "Afghanistan", "2016-07-01", 1, None, None),
    ("004", "Karachi", "2016-03-01", 1, None, None),
]


def low(claim: Claim, field: str) -> int | None:
    count = getattr(claim.body, field)
    return count.low if count else None


@pytest.fixture(scope="module")
def found(shared: Path, reader: EnglishReader, book: Codebook) -> dict[str, list[Claim]]:
    claims: dict[str, list[Claim]] = {}
    for path in sorted((shared / "seeds").glob("*.txt")):
        [document] = parse(path.read_bytes(), Origin(str(path)))
        claims[path.name[:3]] = extract_events(reader.read(document, book), book)
        for claim in claims[path.name[:3]]:
            for passage in claim.passages:
                assert passage.quote == document.text[passage.start : passage.end]
                assert len(passage.quote) <= 700
    return claims


@pytest.mark.parametrize(("file", "place", "day", "killed", "injured", "attackers"), INCIDENTS)
def test_every_incident_is_found_with_its_toll(
    found: dict[str, list[Claim]],
    file: str,
    place: str,
    day: str | None,
    killed: int | None,
    injured: int | None,
    attackers: int | None,
) -> None:
    matching = [
        c
        for c in found[file]
        if isinstance(c.body, EventBody)
        and c.body.aggregate is None
        and any(place in f"{p.text} {p.name}" for p in c.body.places)
        and c.when.earliest == day
        and (low(c, "killed"), low(c, "injured"), low(c, "attackers_killed")) == (killed, injured, attackers)
    ]
    assert len(matching) == 1
