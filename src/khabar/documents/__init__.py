"""From files, feeds and folders to archived documents. Invariant: the original bytes decide a document's id.

for item in fetch(["reports/", "digest.jsonl"]):
    if isinstance(item, Problem): ...            # one line for the user; the others go on
    for parsed in parse_all(item.data, item.origin):
        archive.put(parsed.original)             # gives parsed.document.id
"""

from __future__ import annotations

from khabar.documents.archive import Archive
from khabar.documents.copies import group_copies
from khabar.documents.fetch import FetchOptions, fetch
from khabar.documents.model import Columns, Fetched, Origin, Parsed, ParseOptions, Problem
from khabar.documents.parse import parse, parse_all
from khabar.documents.web import WebRules

__all__ = [
    "Archive",
    "Columns",
    "FetchOptions",
    "Fetched",
    "Origin",
    "ParseOptions",
    "Parsed",
    "Problem",
    "WebRules",
    "fetch",
    "group_copies",
    "parse",
    "parse_all",
]
