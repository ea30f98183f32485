"""Bytes to documents, whatever their format. Invariant: `Document.text` is what offsets refer to and is never changed;
arbitrary bytes give documents and problems, and raise nothing but a KhabarError.

For one file:

1. sniff the format (`sniff`), and let its module in `formats/` give drafts: text and stated metadata
2. repair the text by edits beside it (`repair`), and mark the furniture (`boilerplate`)
3. find what the metadata leaves open: title, author, publisher, genre (`metadata`), publication interval (`published`)
4. identify the language (`language`): what is not English is kept and not read
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from khabar.documents import metadata
from khabar.documents.boilerplate import boilerplate
from khabar.documents.decode import decode
from khabar.documents.formats.docx import docx_draft
from khabar.documents.formats.feeds import feed_drafts
from khabar.documents.formats.html import html_draft
from khabar.documents.formats.pdf import pdf_draft
from khabar.documents.formats.records import json_drafts, json_line_drafts, table_drafts
from khabar.documents.language import detect_language
from khabar.documents.model import Draft, Origin, Parsed, ParseOptions, Problem
from khabar.documents.published import publication
from khabar.documents.repair import repair
from khabar.documents.sniff import CSV, DOCX, FEED, HTML, JSON, JSON_LINES, PDF, TEXT, media_type
from khabar.errors import DocumentError
from khabar.records import Document
from khabar.text import Repaired, sha256

__all__ = ["parse", "parse_all"]


def parse(data: bytes, origin: Origin, options: ParseOptions | None = None) -> list[Document]:
    """The documents of one file: one for a page, PDF or text, one a row or entry for tables, JSON lines and feeds.

    DocumentError if the file as a whole is no report. Bad rows are left out here; `parse_all` tells of them.
    """
    return [item.document for item in parse_all(data, origin, options) if isinstance(item, Parsed)]


def parse_all(data: bytes, origin: Origin, options: ParseOptions | None = None) -> Iterator[Parsed | Problem]:
    """As `parse`, one document at a time with its original bytes, and a `Problem` for every row that is none."""
    options = options or ParseOptions()
    for draft in _drafts(data, origin, options):
        yield draft if isinstance(draft, Problem) else Parsed(document_of(draft, origin, options), draft.original)


def _drafts(data: bytes, origin: Origin, options: ParseOptions) -> Iterator[Draft | Problem]:
    kind = media_type(data, origin, options.columns)
    if kind == JSON_LINES:
        return json_line_drafts(data, origin, options)
    if kind == JSON:
        return json_drafts(data, origin, options)
    if kind == CSV:
        return table_drafts(data, origin, options)
    if kind == FEED:
        return feed_drafts(data, origin)
    return iter((_single(kind, data, origin, options),))


def _single(kind: str, data: bytes, origin: Origin, options: ParseOptions) -> Draft:
    if kind == PDF:
        draft = pdf_draft(data, origin, options.longest_text)
    elif kind == DOCX:
        draft = docx_draft(data, origin)
    elif kind == HTML:
        draft = html_draft(data, origin)
    else:
        _check_length(len(data) // 4, origin, options)  # no encoding takes more than four bytes a character
        draft = Draft(data, decode(data, origin.file), TEXT)
    _check_length(len(draft.text), origin, options)
    return draft


def _check_length(length: int, origin: Origin, options: ParseOptions) -> None:
    if length > options.longest_text:
        raise DocumentError(
            f"{origin.file}: the text is longer than {options.longest_text:,} characters.",
            "Split it into single reports, or give them as JSON lines.",
        )


def document_of(draft: Draft, origin: Origin, options: ParseOptions) -> Document:
    """The document of a draft: repaired, dated, and with what its own lines say about it."""
    text = draft.text
    repairs = repair(text)
    reading = Repaired(text, repairs).text
    zones = metadata.zones(reading)
    language = detect_language(text, draft.language)
    # the names of a file with many reports say nothing about one of them
    names = (draft.url or "",) if draft.where else (PurePath(origin.file).name, draft.url or origin.url or "")
    retrieved = origin.retrieved_at[:10] if origin.retrieved_at else None
    published = publication(reading, zones, draft.published, options.published, names, retrieved)
    publisher = _plain(draft.publisher) or options.publisher or metadata.publisher(zones)
    return Document(
        id=sha256(draft.original),
        text=text,
        file=origin.file,
        external_id=draft.external_id,
        title=_title(draft, zones),
        author=_author(draft, zones),
        publisher=publisher,
        url=draft.url or origin.url,
        language=language.code,
        genre=draft.genre or options.genre or metadata.genre(reading, zones, publisher),
        published=published.interval,
        published_by=published.by,
        retrieved_at=origin.retrieved_at,
        media_type=draft.media_type,
        repairs=repairs,
        skipped=boilerplate(text),
        unread=language.unread,
    )


def _plain(words: str | None) -> str | None:
    """A field of metadata with the damage of its text repaired; nothing points into it."""
    return " ".join(Repaired(words, repair(words)).text.split()) or None if words else None


def _title(draft: Draft, zones: metadata.Zones) -> str | None:
    if draft.firm and draft.title:
        return _plain(draft.title)
    # a word processor's title is often that of a template: the report's own heading goes first
    return metadata.title(zones) or _plain(draft.title)


def _author(draft: Draft, zones: metadata.Zones) -> str | None:
    if draft.firm and draft.author:
        return _plain(draft.author)
    # likewise its author is the name of an account, which says nothing of who signs
    return metadata.author(zones)
