"""The sample corpus is what its README says: complete, labelled, readable in every format, and free of real outlets."""

from __future__ import annotations

import calendar
import csv
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path

import pytest

from khabar.samples import sample_folder

FOLDER = sample_folder()
README = FOLDER.parent / "README.md"
REAL_OUTLETS = (
    "reuters|associated press|agence france|afp|bbc|cnn|al jazeera|dawn|the nation|the news|express tribune|guardian|"
    "new york times|washington post|le monde|el pais|el mundo|xinhua|tass|voice of america|deutsche welle|daily times|"
    "daily star|times of india|hindu|daily nation|punch|vanguard|premium times|el tiempo|nrk|vg|haaretz|telegraph"
)


@dataclass(frozen=True)
class Report:
    """One report as a reader meets it: where it lies, who signs it, and its running text."""

    name: str
    label: str
    date_line: str
    body: str


def plain_reports() -> list[Report]:
    """The text files: a header block, an empty line, the report."""
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        header, body = path.read_text(encoding="utf-8").split("\n\n", 1)
        lines = header.split("\n")
        found.append(Report(path.name, lines[1], lines[2] if len(lines) > 2 else "", body))
    return found


def row_reports() -> list[Report]:
    """The rows of the JSON lines and of the CSV file."""
    found = []
    for line in (FOLDER / "reports.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        label = f"{row['author']} {row['publisher']}"
        found.append(Report(f"reports.jsonl#{row['id']}", label, str(row["published"]), row["text"]))
    with (FOLDER / "export.csv").open(encoding="utf-8", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream), start=1):
            label = f"{row['Byline']} {row['Publication']}"
            found.append(Report(f"export.csv#{number}", label, row["Date"], row["Body"]))
    return found


def web_reports() -> list[Report]:
    """The HTML pages and the items of the feed, without their markup."""
    found = []
    for path in sorted(FOLDER.glob("*.html")):
        page = path.read_text(encoding="utf-8")
        day = re.search(r'datetime="([^"]+)"', page)
        article = page[page.index("<article>") : page.index("</article>")]
        label = " ".join(re.findall(r'(?:name="author"|og:site_name") content="([^"]+)"', page))
        found.append(Report(path.name, label, day[1] if day else "", unescape(re.sub(r"<[^>]+>", " ", article))))
    feed = ET.parse(FOLDER / "feed.xml")  # noqa: S314 - a file of ours
    for item in feed.iter("item"):
        label = (item.findtext("{http://purl.org/dc/elements/1.1/}creator") or "") + " Sample Broadcasting"
        body = re.sub(r"<[^>]+>", " ", item.findtext("description") or "")
        name = f"feed.xml#{item.findtext('guid')}"
        found.append(
            Report(name, label, parsedate_to_datetime(item.findtext("pubDate") or "").date().isoformat(), body)
        )
    return found


REPORTS = plain_reports() + row_reports() + web_reports()
BY_NAME = {report.name: report for report in REPORTS}


def readme_rows() -> dict[str, list[str]]:
    """README table rows by the report they describe."""
    rows = re.findall(r"^\| `([^`]+)` \|(.+)\|$", README.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {name: [cell.strip() for cell in re.split(r" \| ", rest)] for name, rest in rows}


def test_the_corpus_has_the_size_and_the_formats_promised() -> None:
    assert len(REPORTS) >= 36
    assert len(BY_NAME) == len(REPORTS)
    assert len(plain_reports()) >= 20
    assert sum(name.startswith("reports.jsonl") for name in BY_NAME) >= 8
    assert sum(name.startswith("export.csv") for name in BY_NAME) >= 4
    assert sum(name.endswith(".html") for name in BY_NAME) >= 2
    assert sum(name.startswith("feed.xml") for name in BY_NAME) == 3


def test_every_report_is_described_once_and_nothing_else_is() -> None:
    assert set(readme_rows()) == set(BY_NAME)


@pytest.mark.parametrize("name", sorted(readme_rows()))
def test_every_description_says_what_it_shows_and_where_its_facts_come_from(name: str) -> None:
    cells = readme_rows()[name]
    assert len(cells) == 3
    assert all(len(cell) > 8 for cell in cells)
    assert re.search(r"article|UN |Report|briefing|statements", cells[2])


def test_several_reports_tell_of_one_incident() -> None:
    told: dict[str, int] = {}
    for cells in readme_rows().values():
        told[cells[1]] = told.get(cells[1], 0) + 1
    assert sum(count >= 2 for count in told.values()) >= 6


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_a_report_is_labelled_as_a_sample_and_names_no_real_outlet(report: Report) -> None:
    assert "Khabar sample reports" in report.label
    assert not re.search(rf"\b(?:{REAL_OUTLETS})\b", f"{report.label} {report.date_line}".casefold())


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_a_report_is_short_and_running_text(report: Report) -> None:
    words = len(report.body.split())
    assert 80 <= words <= (500 if "analysis" in report.name else 260)
    assert report.body.strip()[-1] in '.”"'


@pytest.mark.parametrize("report", plain_reports(), ids=lambda report: report.name)
def test_a_text_file_has_a_natural_header_with_sample_publisher_and_source(report: Report) -> None:
    header = (FOLDER / report.name).read_text(encoding="utf-8").split("\n\n", 1)[0]
    if report.name == "opinion-undated.txt":
        assert not re.search(r"\d{4}|Facts:", header)
        return
    assert "\nSample " in header
    assert re.search(r"^(Facts|Faits) ?: .{12,}$", header, flags=re.MULTILINE)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_a_report_is_dated_when_it_says_it_is(report: Report) -> None:
    header = (
        (FOLDER / report.name).read_text(encoding="utf-8")[:400] if report.name.endswith(".txt") else report.date_line
    )
    years = [int(year) for year in re.findall(r"\b(?:19|20)\d{2}\b", header)]
    if report.name == "opinion-undated.txt":
        years = []
        assert not re.search(r"\d{4}", report.date_line)
    else:
        assert years
    assert all(2004 <= year <= date.today().year for year in years)  # noqa: DTZ011 - a year is enough


def test_json_rows_have_the_shape_of_documents_going_in() -> None:
    keys = {"id", "text", "title", "author", "publisher", "url", "published", "language", "genre"}
    for line in (FOLDER / "reports.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert set(row) <= keys
        published = row["published"]
        bounds = [published] if isinstance(published, str) else [published["earliest"], published["latest"]]
        assert [date.fromisoformat(day) for day in bounds] == sorted(date.fromisoformat(day) for day in bounds)


def test_the_csv_file_has_the_columns_of_a_press_archive_export() -> None:
    with (FOLDER / "export.csv").open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        rows = list(reader)
    assert reader.fieldnames == ["Headline", "Publication", "Date", "Byline", "Body"]
    assert all(re.match(r"[A-Z][a-z]+ \d{1,2}, \d{4} [A-Z][a-z]+day$", row["Date"]) for row in rows)


@pytest.mark.parametrize(
    ("original", "copy"),
    [("sehwan-first.txt", "reports.jsonl#sehwan-copy"), ("quetta-college-first.txt", "export.csv#1")],
)
def test_wire_copies_share_most_of_their_words_but_not_all(original: str, copy: str) -> None:
    def shingles(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.casefold())
        return {tuple(words[i : i + 4]) for i in range(len(words) - 3)}

    first, second = shingles(BY_NAME[original].body), shingles(BY_NAME[copy].body)
    assert 0.7 < len(first & second) / len(second) < 1.0


def test_weekdays_named_beside_a_date_are_right() -> None:
    with (FOLDER / "export.csv").open(encoding="utf-8", newline="") as stream:
        dates = [row["Date"] for row in csv.DictReader(stream)]
    for text in dates:
        month, day, year, weekday = re.fullmatch(r"(\w+) (\d+), (\d+) (\w+)", text).groups()  # type: ignore[union-attr]
        assert date(int(year), list(calendar.month_name).index(month), int(day)).strftime("%A") == weekday


def test_the_folder_is_part_of_the_package() -> None:
    assert isinstance(FOLDER, Path)
    assert FOLDER.is_dir()
    assert README.read_text(encoding="utf-8").count("CC BY 4.0") == 1
