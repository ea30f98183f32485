"""What is fuzzed: a function from bytes for everything that reads what others wrote. Invariant: a target may end in a
KhabarError, which is one line for the user; any other exception, a broken promise or a long silence is a finding.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from khabar.codebook.check import check_codebook
from khabar.codebook.load import load_codebook
from khabar.documents.dates import parse_date
from khabar.documents.decode import decode
from khabar.documents.formats.docx import docx_draft
from khabar.documents.formats.feeds import feed_drafts
from khabar.documents.formats.html import html_draft, html_text
from khabar.documents.formats.pdf import pdf_draft
from khabar.documents.formats.records import json_drafts, json_line_drafts, table_drafts
from khabar.documents.model import Origin, ParseOptions, Problem
from khabar.documents.parse import parse_all
from khabar.documents.repair import repair
from khabar.documents.web import WebRules, is_address, read_address
from khabar.errors import KhabarError
from khabar.export.tables import csv_lines
from khabar.imports.shapes import open_reference, shape_named
from khabar.reading.dates import find_dates
from khabar.reading.gazetteer import open_gazetteer
from khabar.reading.numbers import find_counts
from khabar.reading.places import find_places
from khabar.reading.syntax import split_sentences
from khabar.records import Interval
from khabar.settings import load_settings
from khabar.store.fts import fts_query
from khabar.text import Repaired, fold

__all__ = ["TARGETS", "Target", "one"]

_LONGEST = 200_000  # characters of a text that a target takes
_OPTIONS = ParseOptions(longest_text=_LONGEST)


@dataclass(frozen=True)
class Target:
    """A target: its name, what it does with bytes, its share of all cases, bytes of its largest input."""

    name: str
    run: Callable[[bytes], None]
    share: int
    largest: int


def one(name: str, data: bytes) -> None:
    """One case of a target, where a KhabarError is a good answer."""
    try:
        TARGETS[name].run(data)
    except KhabarError as problem:
        words = str(problem)
        if not words or "\n" in words.strip():
            raise AssertionError(f"an error of {words.count(chr(10)) + 1} lines") from problem


def _origin(file: str) -> Origin:
    return Origin(file, None, "2026-01-01T00:00:00+00:00")


def _drafts(found: Any) -> None:
    for draft in found:
        if isinstance(draft, Problem):
            _sound(str(draft))
        else:
            _sound(draft.text)


def _sound(text: str) -> None:
    """What goes on to the store can be written as UTF-8."""
    text.encode("utf-8")


def _html(data: bytes) -> None:
    _drafts([html_draft(data, _origin("a.html"))])


def _markup(data: bytes) -> None:
    text = html_text(data.decode("utf-8", "replace"))
    assert text == text.strip()


def _pdf(data: bytes) -> None:
    _drafts([pdf_draft(data, _origin("a.pdf"), _LONGEST)])


def _docx(data: bytes) -> None:
    _drafts([docx_draft(data, _origin("a.docx"))])


def _feed(data: bytes) -> None:
    _drafts(feed_drafts(data, _origin("a.rss")))


def _json(data: bytes) -> None:
    _drafts(json_drafts(data, _origin("a.json"), _OPTIONS))
    _drafts(json_line_drafts(data, _origin("a.jsonl"), _OPTIONS))


def _table(data: bytes) -> None:
    _drafts(table_drafts(data, _origin("a.csv"), _OPTIONS))


def _file(data: bytes) -> None:
    """Any bytes under any name: the first one says which."""
    names = ("a.txt", "a.html", "a.pdf", "a.docx", "a.rss", "a.json", "a.jsonl", "a.csv", "a.tsv", "2019-03-04 a", "-")
    name = names[data[0] % len(names)] if data else "-"
    for item in parse_all(data[1:], _origin(name), _OPTIONS):
        if isinstance(item, Problem):
            continue
        document = item.document
        _sound(document.text)
        repaired = Repaired(document.text, document.repairs)
        if repaired.text:
            start, end = repaired.span(0, len(repaired.text))
            assert 0 <= start < end <= len(document.text)


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="khabar-fuzz-"))


def _codebook(data: bytes) -> None:
    path = _folder() / "book.yml"
    path.write_bytes(data)
    for finding in check_codebook(path):
        assert finding.line >= 1
    load_codebook(path)


def _imported(shape: str, ending: str) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        path = _folder() / f"reference.{ending}"
        path.write_bytes(data)
        _, rows = open_reference(shape_named(shape), path)
        for row in rows:
            _sound(repr(row))

    return run


@cache
def _index() -> sqlite3.Connection:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize='porter unicode61 remove_diacritics 2')")
    base.execute("INSERT INTO words VALUES ('a bomb killed nine people in Quetta')")
    return base


def _search(data: bytes) -> None:
    query = fts_query(data.decode("utf-8", "surrogateescape"))
    if query is not None:
        _index().execute("SELECT count(*) FROM words WHERE words MATCH ?", (query,)).fetchone()


_PUBLISHED = Interval("2019-03-04", "2019-03-04")


def _dates(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    found = find_dates(text, _PUBLISHED)
    done = 0
    for mention in found:
        assert done <= mention.start < mention.end <= len(text)
        done = mention.end
        days = [date.fromisoformat(day) for day in (mention.earliest, mention.latest) if day is not None]
        assert days == sorted(days)
    parse_date(text)


def _numbers(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    for mention in find_counts(text):
        assert 0 <= mention.start < mention.end <= len(text)
        told = [n for n in (mention.count.low, mention.count.best, mention.count.high) if n is not None]
        assert told == sorted(told)


@cache
def _gazetteer() -> Any:
    return open_gazetteer(load_settings().cache)


def _places(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    for mention in find_places(text, (), _gazetteer()):
        assert text[mention.start : mention.end] == mention.text


def _text(data: bytes) -> None:
    text = decode(data, "a.txt")
    edits = repair(text)
    repaired = Repaired(text, edits)
    for sentence in split_sentences(repaired.text):
        assert 0 <= sentence.start < sentence.end <= len(repaired.text)
    fold(text)


def _cells(data: bytes) -> None:
    """A cell for people never begins like a formula, and is one cell."""
    import csv

    text = data.decode("utf-8", "replace")
    (_, line) = csv_lines([{"a": text}], ["a"])
    (row,) = csv.reader([line + "\r\n"]) if "\n" not in line and "\r" not in line else [[line]]
    assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r")) or not text.strip()


def _address(data: bytes) -> None:
    """Only what is no public address is tried here: nothing is sent anywhere."""
    name = data.decode("utf-8", "replace")
    if is_address(name) and not name.lower().startswith(("http:", "https:")):
        try:
            read_address(name, WebRules(timeout=0.01), 10)
        except KhabarError:
            return
        raise AssertionError(f"{name!r} was read")


_ALL = (
    Target("html", _html, 2, 20_000),
    Target("markup", _markup, 12, 8_000),
    Target("pdf", _pdf, 4, 20_000),
    Target("docx", _docx, 4, 60_000),
    Target("feed", _feed, 4, 8_000),
    Target("json", _json, 14, 4_000),
    Target("table", _table, 14, 4_000),
    Target("file", _file, 4, 20_000),
    Target("codebook", _codebook, 3, 8_000),
    Target("ged", _imported("ucdp-ged", "csv"), 8, 8_000),
    Target("unlist", _imported("un-list", "xml"), 8, 8_000),
    Target("search", _search, 12, 1_000),
    Target("dates", _dates, 14, 600),
    Target("numbers", _numbers, 14, 600),
    Target("places", _places, 4, 1_000),
    Target("text", _text, 8, 4_000),
    Target("cells", _cells, 10, 500),
    Target("address", _address, 6, 300),
)
TARGETS = {target.name: target for target in _ALL}
