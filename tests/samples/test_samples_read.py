"""The sample reports as the documents room reads them: every one is archived, dated and grouped as the README says."""

from __future__ import annotations

import pytest

from khabar.documents import Origin, Parsed, group_copies, parse_all
from khabar.records import Document
from khabar.samples import sample_folder


def read_all() -> dict[str, Document]:
    """Every document of the corpus under its README name."""
    found: dict[str, Document] = {}
    for path in sorted(sample_folder().iterdir()):
        results = parse_all(path.read_bytes(), Origin(file=path.name))
        for number, item in enumerate(results, start=1):
            assert isinstance(item, Parsed), item
            document = item.document
            row = document.external_id or str(number)
            many = path.suffix in {".jsonl", ".csv", ".xml"}
            found[f"{path.name}#{row}" if many else path.name] = document
    return found


DOCUMENTS = read_all()
DATED = {
    "quetta-college-first.txt": ("2016-10-25", "2016-10-25"),
    "quetta-college-toll.txt": ("2016-10-26", "2016-10-26"),
    "kabul-maternity-denial.txt": ("2020-05-13", "2020-05-13"),
    "easter-correction.txt": ("2019-04-26", "2019-04-26"),
    "analysis-sahel.txt": ("2017-03-01", "2017-03-31"),
    "annual-totals.txt": ("2017-01-01", "2017-01-31"),
    "manchester-arena.html": ("2017-05-23", "2017-05-23"),
    "reports.jsonl#garissa": ("2015-04-03", "2015-04-03"),
    "reports.jsonl#noorani-chronology": ("2017-03-01", "2017-03-31"),
    "export.csv#4": ("2022-07-07", "2022-07-07"),
    "feed.xml#mastung": ("2018-07-13", "2018-07-13"),
}


def test_every_report_is_read_as_one_document() -> None:
    assert len(DOCUMENTS) >= 36
    assert all(document.text.strip() for document in DOCUMENTS.values())


@pytest.mark.parametrize("name", sorted(DATED))
def test_the_day_or_month_of_publication_is_found(name: str) -> None:
    published = DOCUMENTS[name].published
    assert (published.earliest, published.latest) == DATED[name]


def test_the_undated_opinion_stays_open() -> None:
    opinion = DOCUMENTS["opinion-undated.txt"]
    assert opinion.published.latest is None
    assert opinion.genre == "op-ed"


def test_only_the_french_report_is_unread() -> None:
    unread = [name for name, document in DOCUMENTS.items() if document.unread]
    assert unread == ["grand-bassam.fr.txt"]


def test_the_wire_copies_and_nothing_else_are_grouped() -> None:
    groups = group_copies((name, document.text) for name, document in DOCUMENTS.items())
    assert set(groups) == {
        frozenset({"quetta-college-first.txt", "export.csv#1"}),
        frozenset({"sehwan-first.txt", "reports.jsonl#sehwan-copy"}),
    }
