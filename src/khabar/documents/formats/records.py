"""JSON lines, JSON and tables: many reports in one file. Invariant: a bad row becomes a `Problem` that names its line,
and the rows after it go on; a document's id is the hash of its own row.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from typing import Any

from khabar.documents.dates import parse_date
from khabar.documents.decode import decode
from khabar.documents.model import Columns, Draft, Origin, ParseOptions, Problem
from khabar.documents.sniff import CSV, JSON, JSON_LINES
from khabar.errors import DocumentError, RecordError
from khabar.records import GENRES, Interval
from khabar.text import fold

__all__ = ["json_drafts", "json_line_drafts", "table_drafts"]

_FIELDS = ("title", "published", "author", "publisher", "url", "external_id", "language", "genre")
_CSV_LIMIT = 131_072  # characters of a cell, as the csv module has it: never lowered, it holds for the whole process
_DATE_REMEDY = "Write the date as 2016-10-25, or as earliest and latest day."


def json_line_drafts(data: bytes, origin: Origin, options: ParseOptions) -> Iterator[Draft | Problem]:
    """One document a line, in the shape of the exchange format; only the text is required."""
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        line = raw.strip()
        if line:
            where = f"{origin.file}:{number}"
            try:
                value = json.loads(decode(line, where))
            except (ValueError, RecursionError) as problem:
                yield Problem(where, f"not a line of JSON ({_short(problem)}).", "Mend or remove the line.")
                continue
            except DocumentError as problem:
                yield Problem.of(where, problem)
                continue
            yield _draft(value, line, where, JSON_LINES, options)


def json_drafts(data: bytes, origin: Origin, options: ParseOptions) -> Iterator[Draft | Problem]:
    """A JSON file: one document, or a list of them."""
    try:
        value = json.loads(decode(data, origin.file).removeprefix("\ufeff"))
    except (ValueError, RecursionError) as problem:
        yield Problem(
            origin.file, f"not valid JSON ({_short(problem)}).", "Mend it, or give one document a line as .jsonl."
        )
        return
    if not isinstance(value, list):
        yield _draft(value, data, origin.file, JSON, options)
        return
    for number, item in enumerate(value, start=1):
        original = json.dumps(item, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
        yield _draft(item, original, f"{origin.file}:{number}", JSON, options)


def table_drafts(data: bytes, origin: Origin, options: ParseOptions) -> Iterator[Draft | Problem]:
    """One document a row of a CSV or TSV export; `options.columns` says which column is which."""
    text = decode(data, origin.file).removeprefix("\ufeff")
    # a longer cell than the longest text has a quotation mark that is never closed
    csv.field_size_limit(max(_CSV_LIMIT, options.longest_text))
    lines = _Lines(text)
    rows = csv.reader(lines, delimiter=_delimiter(text, origin))
    header = _next(rows)
    if not isinstance(header, list):
        yield Problem(origin.file, "the table has no header row.", "Name the columns in the first line.")
        return
    places = _places(header, options.columns)
    if not places.get("text"):
        names = ", ".join(cell.strip() for cell in header)[:120]
        yield Problem(
            origin.file,
            f"no text column among: {names}.",
            "Say which column holds the text, for example --column 'text=Body Text'.",
        )
        return
    while True:
        lines.begin()
        row = _next(rows)
        if row is None:
            return
        where = f"{origin.file}:{lines.first}"
        if isinstance(row, csv.Error):
            yield Problem(where, f"the row cannot be read ({row}).", "Check that its quotation marks are closed.")
            return  # where the next row begins, nobody can tell
        elif any(cell.strip() for cell in row[len(header) :]):
            yield Problem(
                where,
                f"the row has {len(row)} cells and the header {len(header)}.",
                "Put cells that hold the separator in quotes.",
            )
        elif any(cell.strip() for cell in row):
            yield _draft(_cells(row, places), lines.record().encode("utf-8"), where, CSV, options, named=True)


class _Lines:
    """The lines of a table, remembering which ones the current row took."""

    def __init__(self, text: str) -> None:
        self._lines = iter(text.splitlines(keepends=True) if "\n" not in text else _split(text))
        self._taken: list[str] = []
        self._number = 0
        self.first = 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._taken.append(line)
        self._number += 1
        return line

    def begin(self) -> None:
        """A row begins with the next line."""
        self._taken = []
        self.first = self._number + 1

    def record(self) -> str:
        """The lines of the row, as they stand in the file."""
        return "".join(self._taken)


def _split(text: str) -> Iterator[str]:
    """Lines with their ends; only line feeds end them, since other separators may stand inside a cell."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _next(rows: Iterator[list[str]]) -> list[str] | csv.Error | None:
    try:
        return next(rows, None)
    except csv.Error as problem:
        return problem


def _delimiter(text: str, origin: Origin) -> str:
    if origin.file.lower().endswith((".tsv", ".tab")):
        return "\t"
    head = text.partition("\n")[0]
    return max(",", "\t", ";", key=head.count)


def _places(header: list[str], columns: Columns) -> dict[str, list[int]]:
    """For `text` and every field of a document, the columns it is made of; empty where the table has none."""
    known = {fold(cell): i for i, cell in reversed(list(enumerate(header))) if cell.strip()}
    places: dict[str, list[int]] = {}
    for alternative in columns.text:
        parts = [fold(part) for part in alternative.split("+")]
        if all(part in known for part in parts):
            places["text"] = [known[part] for part in parts]
            break
    for field in _FIELDS:
        aliases: tuple[str, ...] = getattr(columns, field)
        places[field] = [known[fold(alias)] for alias in aliases if fold(alias) in known][:1]
    return places


def _cells(row: list[str], places: dict[str, list[int]]) -> dict[str, str]:
    return {
        field: "\n\n".join(row[i].strip() if len(numbers) > 1 else row[i] for i in numbers if i < len(row))
        for field, numbers in places.items()
    }


def _draft(
    value: Any, original: bytes, where: str, kind: str, options: ParseOptions, *, named: bool = False
) -> Draft | Problem:
    if not isinstance(value, Mapping):
        return Problem(where, f"a document is a JSON object, not {type(value).__name__}.", "See docs/claims.md.")
    fields = value if named else _named(value, options.columns)
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        return Problem(where, "the document has no text.", "Give its wording in the text field or column.")
    if len(text) > options.longest_text:
        return Problem(
            where, f"the text is longer than {options.longest_text:,} characters.", "Split it into single reports."
        )
    try:
        published = _published(fields.get("published"), options.columns.day_first)
    except RecordError as problem:
        return Problem(where, problem.message, _DATE_REMEDY)
    genre = _words(fields.get("genre"))
    if genre is not None and genre not in GENRES:
        if not named:
            return Problem(where, f"genre {genre!r} is not one of {', '.join(GENRES)}.", "Correct it or leave it out.")
        genre = None  # an export's own document types are not ours
    return Draft(
        original=original,
        text=_sound(text),
        media_type=kind,
        title=_words(fields.get("title")),
        author=_words(fields.get("author")),
        publisher=_words(fields.get("publisher")),
        url=_words(fields.get("url")),
        language=_words(fields.get("language")),
        genre=genre,
        published=published,
        external_id=_words(fields.get("external_id")),
        where=where,
    )


def _named(value: Mapping[str, Any], columns: Columns) -> dict[str, Any]:
    """A JSON object under our field names: the first alias of each that it has a value for."""
    known = {fold(str(key)): item for key, item in reversed(list(value.items()))}
    fields: dict[str, Any] = {}
    for field in ("text", *_FIELDS):
        aliases: tuple[str, ...] = getattr(columns, field)
        fields[field] = next((known[fold(a)] for a in aliases if known.get(fold(a)) not in (None, "")), None)
    return fields


def _published(value: Any, day_first: bool | None) -> Interval | None:
    """A publication interval as an export states it; None where it states none; RecordError for what is no date."""
    if value is None or value == "" or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, Mapping):
        bounds = (value.get("earliest"), value.get("latest"))
        if all(bound is None or isinstance(bound, str) for bound in bounds):
            return None if bounds == (None, None) else Interval(*bounds)
    elif isinstance(value, str | int) and not isinstance(value, bool):
        interval = parse_date(str(value), day_first=day_first)
        if interval is not None:
            return interval
    raise RecordError(f"the publication date {str(value)[:60]!r} is not a date.")


def _words(value: Any) -> str | None:
    if isinstance(value, list):
        value = " and ".join(str(item) for item in value)
    if isinstance(value, Mapping) or value is None:
        return None
    return " ".join(_sound(str(value)).split()) or None


def _sound(text: str) -> str:
    """Lone surrogates, which JSON escapes can spell, replaced: they cannot be stored as UTF-8."""
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text) if not text.isascii() else text


def _short(problem: Exception) -> str:
    return " ".join(str(problem).split())[:80] or type(problem).__name__
