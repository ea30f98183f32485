"""What is archived and where in it something stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from khabar.records.measures import Interval
from khabar.records.vocabulary import GENRES, need, one_of

__all__ = [
    "Document",
    "Edit",
    "Passage",
]


@dataclass(frozen=True, slots=True)
class Edit:
    """One repair: `Document.text[start:end]` is read as `replacement`, because `why`."""

    start: int
    end: int
    replacement: str
    why: str


@dataclass(frozen=True, slots=True)
class Document:
    """An archived report.

    `text` is what offsets refer to: the decoded file for plain text, the extracted text for everything else.
    Readers read `text` with `repairs` applied and `skipped` spans (boilerplate) left out; see `khabar.text.Repaired`.
    `published_by` says how the publication interval was found: operator, metadata, text, file, or open.
    `unread` is None or the reason why the document is archived but never coded (language, empty text).
    """

    id: str
    text: str
    file: str = ""
    external_id: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    genre: str = "news"
    published: Interval = field(default_factory=Interval)
    published_by: str = "open"
    retrieved_at: str | None = None
    media_type: str = "text/plain"
    repairs: tuple[Edit, ...] = ()
    skipped: tuple[tuple[int, int], ...] = ()
    unread: str | None = None

    def __post_init__(self) -> None:
        need(self.id, "a document needs an id")
        one_of(self.genre, GENRES, "document.genre")


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters of one document; `quote` is kept beside the offsets so that a claim can be checked on its own."""

    document: str
    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        need(0 <= self.start < self.end, f"passage offsets out of order: {self.start}, {self.end}")
        need(len(self.quote) == self.end - self.start, "a quote is as long as its passage")
