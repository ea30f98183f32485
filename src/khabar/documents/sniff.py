"""Which format bytes are in. Invariant: content is believed before the file name, and what nobody reads is refused.

A file of a kind that cannot be read (an image, an old Word file, an archive) is a DocumentError that says what to do.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import PurePath

from khabar.documents.model import Columns, Origin
from khabar.errors import DocumentError
from khabar.text import fold

__all__ = ["CSV", "DOCX", "FEED", "HTML", "JSON", "JSON_LINES", "PDF", "TEXT", "media_type"]

TEXT = "text/plain"
HTML = "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JSON = "application/json"
JSON_LINES = "application/jsonl"
CSV = "text/csv"
FEED = "application/rss+xml"

_BY_NAME = {
    ".txt": TEXT, ".text": TEXT, ".md": TEXT,
    ".html": HTML, ".htm": HTML, ".xhtml": HTML,
    ".json": JSON, ".jsonl": JSON_LINES, ".ndjson": JSON_LINES,
    ".csv": CSV, ".tsv": CSV, ".tab": CSV,
    ".rss": FEED, ".atom": FEED,
}  # fmt: skip

_BY_SERVER = {
    "text/html": HTML, "application/xhtml+xml": HTML, "text/csv": CSV, "text/tab-separated-values": CSV,
    "application/json": JSON, "application/jsonl": JSON_LINES, "application/x-ndjson": JSON_LINES,
    "application/rss+xml": FEED, "application/atom+xml": FEED,
}  # fmt: skip

# First bytes of what is no report, with what it is and the way out.
_REFUSED = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Office file", "Save it as DOCX, PDF or plain text."),
    (b"{\\rtf", "an RTF file", "Save it as DOCX, PDF or plain text."),
    (b"\x1f\x8b", "compressed with gzip", "Unpack it first."),
    (b"BZh", "compressed with bzip2", "Unpack it first."),
    (b"\xfd7zXZ\x00", "compressed with xz", "Unpack it first."),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it first."),
    (b"Rar!\x1a\x07", "a RAR archive", "Unpack it first."),
    (b"\x89PNG\r\n", "an image", "Give the text of the report; images are not read."),
    (b"\xff\xd8\xff", "an image", "Give the text of the report; images are not read."),
    (b"GIF8", "an image", "Give the text of the report; images are not read."),
    (b"SQLite format 3\x00", "a database", "Give reports as files; a Khabar store is opened with --store."),
    (b"\x7fELF", "a program", "Give reports as text, HTML, PDF, DOCX, JSON lines, CSV or feeds."),
)

_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FEED_START = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_JSON_START = re.compile(rb"\s*\{\s*\"")
_BOM = b"\xef\xbb\xbf"


def media_type(data: bytes, origin: Origin, columns: Columns) -> str:
    """The media type of `data`: by first bytes, then file name, then what the server said; else plain text."""
    head = data[:4096].removeprefix(_BOM)
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data, origin)
    for first, what, remedy in _REFUSED:
        if head.startswith(first):
            raise DocumentError(f"{origin.file}: the file is {what}, which cannot be read as a report.", remedy)
    if head.lstrip()[:1] == b"<":
        if _FEED_START.search(head[:2048]) and not _HTML_START.match(head):
            return FEED
        if _HTML_START.match(head):
            return HTML
        if head.lstrip().startswith(b"<?xml"):
            raise DocumentError(
                f"{origin.file}: the file is XML, but no RSS or Atom feed.",
                "Export the reports as JSON lines, CSV or HTML.",
            )
    named = _BY_NAME.get(PurePath(origin.file).suffix.lower())
    if named is None and origin.media_type:
        named = _BY_SERVER.get(origin.media_type.partition(";")[0].strip().lower())
    if named in (None, TEXT, JSON) and _is_json_lines(data):
        return JSON_LINES
    if named is not None:
        return named
    return CSV if _is_table(head, columns) else TEXT


def _zip(data: bytes, origin: Origin) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if "word/document.xml" in archive.namelist():
                return DOCX
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
        raise DocumentError(
            f"{origin.file}: the DOCX or ZIP file is damaged ({problem}).", "Open and save it again, or fetch it again."
        ) from problem
    raise DocumentError(f"{origin.file}: the file is a ZIP archive, not a DOCX document.", "Unpack it first.")


def _is_json_lines(data: bytes) -> bool:
    """Whether the first line is a JSON object of its own and the next one, if any, begins like one."""
    head = data.removeprefix(_BOM)
    if not _JSON_START.match(head[:4096]):
        return False
    first, _, rest = head.lstrip().partition(b"\n")
    return first.rstrip().endswith(b"}") and (not rest.strip() or rest.lstrip()[:1] == b"{")


def _is_table(head: bytes, columns: Columns) -> bool:
    """Whether the first line of nameless input is a header row with a text column and at least one more."""
    try:
        line = head.partition(b"\n")[0].decode("utf-8")
    except UnicodeDecodeError:
        return False
    known = {fold(part) for name in columns.text for part in name.split("+")}
    for delimiter in ("\t", ",", ";"):
        if line.count(delimiter) == 0 or len(line) > 2000:
            continue
        cells = {fold(cell) for cell in line.split(delimiter)}
        if cells & known and all(len(c) < 40 for c in cells):
            return True
    return False
