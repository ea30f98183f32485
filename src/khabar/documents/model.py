"""What the documents room passes around. Invariant: a bad file or row becomes a `Problem` beside the good ones.

`Draft` is what a format yields before text repair, language and dates are looked at; `khabar.documents.parse` turns
it into a `Document`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from khabar.errors import DocumentError, KhabarError
from khabar.records import Document, Interval

__all__ = ["Columns", "Draft", "Fetched", "Origin", "ParseOptions", "Parsed", "Problem"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One file, row or address that cannot become a document: which, why, and what the user can do about it."""

    file: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        return " ".join(f"{self.file}: {self.message} {self.remedy}".split())

    @classmethod
    def of(cls, file: str, error: KhabarError) -> Problem:
        """The problem an error describes; a file name that the message begins with is not repeated."""
        return cls(file, error.message.removeprefix(f"{file}: "), error.remedy)

    def error(self) -> DocumentError:
        """The same as an error, for callers which have only this one file."""
        return DocumentError(f"{self.file}: {self.message}", self.remedy)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where bytes came from: the file name as the user gave it, the address, the UTC time, the server's media type."""

    file: str
    url: str | None = None
    retrieved_at: str | None = None
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes of one file, stream or address, before anybody looked inside."""

    data: bytes
    origin: Origin


@dataclass(frozen=True, slots=True)
class Columns:
    """Under which names a table or JSON export keeps what; compared without case, accents and punctuation.

    `text` is a list of alternatives, and an alternative may join several columns by "+" (Factiva keeps the lead
    paragraph apart from the rest). `day_first` says how 03/04/2019 is meant; None keeps both readings as an interval.
    """

    text: tuple[str, ...] = (
        "text", "body", "full text", "fulltext", "article text", "article", "content", "LP+TD", "TD", "LP",
        "story",
    )  # fmt: skip
    title: tuple[str, ...] = ("title", "headline", "HD", "heading")
    published: tuple[str, ...] = (
        "published", "publication date", "published date", "date published", "pubdate", "date", "load date", "PD",
    )  # fmt: skip
    author: tuple[str, ...] = ("author", "authors", "byline", "by line", "BY", "creator")
    publisher: tuple[str, ...] = (
        "publisher", "publication", "publication name", "source", "source name", "outlet", "newspaper",
        "SN", "sitename",
    )  # fmt: skip
    url: tuple[str, ...] = ("url", "link", "web address", "permalink")
    external_id: tuple[str, ...] = ("id", "external id", "document id", "accession number", "article id", "AN", "guid")
    language: tuple[str, ...] = ("language", "lang", "LA")
    genre: tuple[str, ...] = ("genre", "document type", "article type")
    day_first: bool | None = None


@dataclass(frozen=True, slots=True)
class ParseOptions:
    """What the operator knows about the files, and how much is read.

    published: the publication interval of documents which do not state theirs. publisher, genre: likewise.
    longest_text: characters of one report; a longer one is refused, since no report is that long and reading
    would take hours.
    """

    published: Interval | None = None
    publisher: str | None = None
    genre: str | None = None
    columns: Columns = field(default_factory=Columns)
    longest_text: int = 5_000_000


@dataclass(frozen=True, slots=True)
class Draft:
    """One report as its format gives it. `original` are the bytes whose hash is the document's id.

    `title` and `author` stand in the format's own metadata; `firm` says whether these were written for readers
    (a web page, an export) or by a word processor, whose properties often name a template or an account.
    """

    original: bytes
    text: str
    media_type: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    genre: str | None = None
    published: Interval | None = None
    external_id: str | None = None
    where: str = ""
    firm: bool = True


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document, and the original bytes to archive under its id."""

    document: Document
    original: bytes
