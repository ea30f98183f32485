"""Heads and feet of reports, written for this test: what is taken from them and what is not."""

from __future__ import annotations

import pytest

from documents.files import STORY, read
from khabar.documents import ParseOptions
from khabar.records import Document, Interval

REPORT = f"""The Valley After the Truce: Who Holds the Road

By Amina Bin-Yusuf and John R. Doe, Institute of Mountain Studies

The Review of Quiet Wars

Vol. 3, No. 2 | June-July 2018

{STORY}

{STORY}
"""


def dated(document: Document) -> tuple[str | None, str | None, str]:
    return document.published.earliest, document.published.latest, document.published_by


def test_the_head_of_a_journal_article() -> None:
    document = read(REPORT)
    assert document.title == "The Valley After the Truce: Who Holds the Road"
    assert document.author == "Amina Bin-Yusuf and John R. Doe"
    assert document.publisher == "The Review of Quiet Wars"
    assert document.genre == "analysis"
    assert dated(document) == ("2018-06-01", "2018-07-31", "text")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Published: 3 March 2019", ("2019-03-03", "2019-03-03", "text")),
        ("Last updated on March 5, 2019 at 10:30 AM\n\nPosted on March 3, 2019", ("2019-03-03", "2019-03-03", "text")),
        ("March 3, 2019", ("2019-03-03", "2019-03-03", "text")),
        ("Sunday, 3rd March 2019, 10:30 GMT", ("2019-03-03", "2019-03-03", "text")),
        ("The Example Daily – March 3, 2019", ("2019-03-03", "2019-03-03", "text")),
        ("By Jane Roe | March 3, 2019", ("2019-03-03", "2019-03-03", "text")),
        ("Accessed 3 March 2019", ("2019-03-03", None, "open")),
    ],
)
def test_header_lines_with_a_date(head: str, expected: tuple[str | None, str | None, str]) -> None:
    assert dated(read(f"Nine killed in town\n\n{head}\n\n{STORY}")) == expected


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("KABUL, 12 May 2020 — ", ("2020-05-12", "2020-05-12", "text")),
        ("KABUL, May 12, 2020 (AFP) - ", ("2020-05-12", "2020-05-12", "text")),
        ("NEW DELHI/LAHORE, 28th Aug, 2024: ", ("2024-08-28", "2024-08-28", "text")),
        ("SAN SALVADOR, 18 FEB 90 (RADIO UNO) -- [TEXT] ", ("1990-02-18", "1990-02-18", "text")),
        ("Weekly update, 3 March 2019. ", ("2019-03-03", "2019-03-03", "text")),
        ("KABUL (Reuters) - ", (None, None, "open")),
        ("On 12 May 2020 the road was closed. ", ("2020-05-12", None, "open")),
        ("In Kabul, 12 May 2020 was a day of mourning. ", ("2020-05-12", None, "open")),
    ],
)
def test_datelines_and_prose(lead: str, expected: tuple[str | None, str | None, str]) -> None:
    assert dated(read(lead + STORY)) == expected


def test_a_date_in_the_title_or_the_story_is_none_of_publication() -> None:
    text = f"The attacks of 3 March 2019: a review\n\n{STORY} It began on 4 May 2018.\n\nHe died on 5 June 2018."
    assert dated(read(text)) == ("2019-03-03", None, "open")


def test_the_footer_dates_a_text_and_names_its_paper() -> None:
    document = read(f"Nine killed in town\n\n{STORY}\n\n{STORY}\n\nPublished in The Example Daily, March 3rd, 2019.")
    assert dated(document) == ("2019-03-03", "2019-03-03", "text")


def test_the_order_of_sources_for_the_date() -> None:
    options = ParseOptions(published=Interval("2021-01-01", "2021-01-31"))
    assert dated(read(REPORT, "2019-09-09.txt", options))[2] == "text"
    assert dated(read(STORY, "2019-09-09 blast.txt", options)) == ("2021-01-01", "2021-01-31", "operator")
    assert dated(read(STORY, "2019-09-09 blast.txt")) == ("2019-09-09", "2019-09-09", "file")
    assert dated(read(STORY)) == (None, None, "open")


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        (STORY, "news"),
        (f"Opinion\n\nA road of sorrow\n\n{STORY}", "op-ed"),
        (f"{STORY}\n\n{STORY}\n\nThe writer is a former minister.", "op-ed"),
        (f"{STORY}\n\nThe views expressed here are solely my own.", "op-ed"),
        (f"Policy brief\n\nWho holds the road\n\n{STORY}", "analysis"),
        (f"FOR IMMEDIATE RELEASE\n\nMinistry condemns attack\n\n{STORY}", "release"),
        ("\n".join(f"{n} March 2019: A bomb killed {n} in the town." for n in range(1, 12)), "list"),
        (f"{STORY} The writer of the letter is unknown, and opinions differ.", "news"),
    ],
)
def test_the_kind_of_a_report(text: str, genre: str) -> None:
    assert read(text).genre == genre


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Roe", "Jane Roe"),
        ("BY JANE ROE", "JANE ROE"),
        ("Written by: Jane Roe and John Doe", "Jane Roe and John Doe"),
        ("By Our Correspondent", "Our Correspondent"),
        ("By Dr. Syed Ali al-Khan, Example Centre", "Dr. Syed Ali al-Khan"),
        ("By the time the army came", None),
        ("By Friday evening the road was open again and the trucks went through the pass", None),
    ],
)
def test_bylines(line: str, author: str | None) -> None:
    assert read(f"A title of the report\n\n{line}\n\n{STORY}").author == author


def test_a_text_that_begins_with_prose_has_no_title() -> None:
    assert read(STORY).title is None
    assert read(f"{STORY}\n\n{STORY}").title is None


def test_publishers_stated_in_the_text() -> None:
    assert read(f"Nine killed\n\n{STORY}\n\nePaper - Example Daily").publisher == "Example Daily"
    assert read(f"KABUL (Reuters) - {STORY}").publisher == "Reuters"
    assert read(f"Nine killed\n\n{STORY}\n\n© 2019 Example Press. All rights reserved.").publisher == "Example Press"
    assert read(STORY).publisher is None


def test_a_head_without_blank_lines_is_read_line_by_line() -> None:
    head = "Nine killed in town after long quarrel over road\nBy Jane Roe\nThe Example Courier | 26 April 2019"
    document = read(f"{head}\n\n{STORY}")
    assert document.title == "Nine killed in town after long quarrel over road"
    assert (document.author, document.publisher) == ("Jane Roe", "The Example Courier")
    assert dated(document) == ("2019-04-26", "2019-04-26", "text")


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("Example Daily | Wednesday | 26 October 2016", "Example Daily"),
        ("Example Morning News, 25 July 2011", "Example Morning News"),
        ("New Delhi, 25 July 2011", None),
        ("By Jane Roe | 25 July 2011", None),
    ],
)
def test_the_paper_beside_the_date(line: str, publisher: str | None) -> None:
    document = read(f"Nine killed in town\n\n{line}\n\n{STORY}")
    assert document.publisher == publisher
    assert document.published_by == "text"


def test_an_institute_publishes_analysis_unless_the_report_says_otherwise() -> None:
    options = ParseOptions(publisher="Example Institute for Peace Studies")
    assert read(STORY, options=options).genre == "analysis"
    assert read(f"Opinion\n\nOn sorrow\n\n{STORY}", options=options).genre == "op-ed"
