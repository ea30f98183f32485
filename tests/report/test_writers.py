"""Each form is read back with the ordinary tool for it."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import docx as word
import openpyxl
import pypdf
import pytest

from khabar.report.docx import docx
from khabar.report.html import html
from khabar.report.model import Incident, Passage, Report
from khabar.report.pdf import pdf
from khabar.report.sheets import csv_files, xlsx


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.loads: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            if name == "href" and value and value.startswith("#"):
                self.links.add(value[1:])
            if name == "src" or (tag == "link" and name == "href"):
                self.loads.append(value or "")


def test_html_needs_nothing_beside_itself_and_every_link_leads_somewhere(report: Report) -> None:
    page = _Page(html(report))
    assert page.loads == []
    assert "script" not in page.tags
    assert page.links
    assert page.links <= page.ids


def test_words_of_a_source_are_never_markup(report: Report) -> None:
    nasty = '<script>alert(1)</script> #eval("1") $x$ @label *bold* \\ "quoted"'
    passage = Passage(nasty, nasty, nasty, by=nasty)
    entry = Incident("e", 1, "2016", nasty, nasty, "", "", "", (nasty,), "1 report", (passage,))
    told = replace(report, title=nasty, incidents=(entry,), perhaps=(), earlier=(), sections=(), headline=(nasty,))
    assert "<script>" not in html(told)
    read = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf(told))).pages)
    assert "alert(1)" in read
    assert '#eval("1")' in read.replace("“", '"').replace("”", '"')
    assert nasty in "\n".join(p.text for p in word.Document(io.BytesIO(docx(told))).paragraphs)


def test_pdf_has_every_incident(report: Report) -> None:
    read = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf(report))).pages)
    assert report.period in read
    assert all(re.search(rf"(?<!\d){i.number}\. ", read) for i in report.incidents)


def test_docx_has_the_tables_of_the_report(report: Report) -> None:
    read = word.Document(io.BytesIO(docx(report)))
    assert [t.cell(0, 0).text for t in read.tables] == [t.columns[0] for t in report.tables()]
    assert [len(t.rows) - 1 for t in read.tables] == [len(t.rows) for t in report.tables()]


def test_xlsx_has_a_sheet_a_table_and_numbers_are_numbers(report: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx(report)))
    assert book.sheetnames == [*(t.name for t in report.tables()), "incidents"]
    rows = list(book["type"].iter_rows(min_row=2, values_only=True))
    assert sum(int(row[1]) for row in rows if isinstance(row[1], int)) > 0
    listed = list(book["incidents"].iter_rows(min_row=2, values_only=True))
    assert len(listed) == len(list(report.all_incidents()))


def test_csv_says_the_same_as_the_tables(report: Report) -> None:
    files = csv_files(report)
    assert set(files) == {f"{t.name}.csv" for t in report.tables()} | {"incidents.csv"}
    [types] = [t for t in report.tables() if t.name == "type"]
    rows = list(csv.reader(io.StringIO(files["type.csv"])))
    assert rows[0] == list(types.columns)
    assert len(rows) == len(types.rows) + 1


@pytest.mark.parametrize("write", [pdf, docx, xlsx])
def test_made_twice_it_is_the_same_bytes(report: Report, write: object) -> None:
    assert callable(write)
    assert write(report) == write(report)
    assert html(report) == html(report)
