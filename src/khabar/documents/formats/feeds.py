"""RSS and Atom files: one document an entry. Invariant: an entry's id is the hash of its own bytes in the file, so an
entry that stays in the feed stays one document.
"""

from __future__ import annotations

import json
import time
import xml.parsers.expat
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from khabar.documents.dates import parse_date
from khabar.documents.formats.html import html_text
from khabar.documents.model import Draft, Origin, Problem
from khabar.documents.sniff import FEED
from khabar.errors import DocumentError
from khabar.records import Interval

__all__ = ["feed_drafts"]


def feed_drafts(data: bytes, origin: Origin) -> Iterator[Draft | Problem]:
    """The entries of a feed with their content, or else summary, without markup; the feed's title is the publisher."""
    import feedparser

    try:
        feed: Any = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except MemoryError:
        raise  # told by the worker, with its limit
    except Exception as problem:  # a parser of broken feeds may fail in any way; the next file must go on
        raise DocumentError(
            f"{origin.file}: the feed cannot be parsed ({type(problem).__name__}).", "Fetch it again."
        ) from problem
    if not feed.entries:
        raise DocumentError(f"{origin.file}: the feed has no entries.", "Check that it is an RSS or Atom file.")
    originals = _originals(data)
    if len(originals) != len(feed.entries):
        originals = [_content(entry) for entry in feed.entries]
    for number, (entry, original) in enumerate(zip(feed.entries, originals, strict=True), start=1):
        where = f"{origin.file}:{number}"
        text = html_text(_markup(entry))
        if not text:
            yield Problem(where, "the entry has no text.", "Fetch the page behind it.")
            continue
        yield Draft(
            original=original,
            text=text,
            media_type=FEED,
            title=html_text(entry.get("title") or "") or None,
            author=entry.get("author") or None,
            publisher=html_text(feed.feed.get("title") or "") or None,
            url=entry.get("link") or None,
            published=_published(entry),
            external_id=entry.get("id") or None,
            where=where,
        )


def _markup(entry: Any) -> str:
    """The longest of an entry's contents and its summary."""
    texts = [part.get("value") or "" for part in entry.get("content", [])] + [entry.get("summary") or ""]
    return max(texts, key=len)


def _published(entry: Any) -> Interval | None:
    """The day as the feed prints it, in its own time zone; else the parsed time."""
    for name in ("published", "updated"):
        # feedparser's own `get` gives the day of publication for the day of a change that is not there
        stated = parse_date(dict.get(entry, name) or "")
        if stated is not None:
            return stated
        parsed = dict.get(entry, f"{name}_parsed")
        if parsed:
            day = time.strftime("%Y-%m-%d", parsed)
            return Interval(day, day)
    return None


def _content(entry: Any) -> bytes:
    """What identifies an entry of a feed that is not well-formed: its link, id, title and wording."""
    facts = [entry.get(name) or "" for name in ("id", "link", "title")]
    return json.dumps([*facts, _markup(entry)], ensure_ascii=False).encode("utf-8", "replace")


def _originals(data: bytes) -> list[bytes]:
    """The bytes of every `item` and `entry` element of a well-formed feed, in order; else an empty list."""
    parser = xml.parsers.expat.ParserCreate()
    starts: list[int] = []
    found: list[bytes] = []

    def start(name: str, _: object) -> None:
        if name.rpartition(":")[2] in ("item", "entry"):
            starts.append(parser.CurrentByteIndex)

    def end(name: str) -> None:
        if name.rpartition(":")[2] in ("item", "entry") and starts:
            begin = starts.pop()
            found.append(data[begin : data.find(b">", parser.CurrentByteIndex) + 1])

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except (xml.parsers.expat.ExpatError, ValueError, LookupError):
        return []
    return found
