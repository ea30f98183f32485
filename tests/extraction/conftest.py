"""A real reader and the default codebook, once a session; readings of short texts written for these tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from khabar.codebook.load import load_codebook
from khabar.codebook.model import Codebook
from khabar.extraction.events import extract_events
from khabar.reading.model import Reading
from khabar.reading.reader import EnglishReader, open_reader
from khabar.records import Claim, Document, Interval
from khabar.settings import load_settings
from khabar.text import sha256

Read = Callable[..., Reading]
Events = Callable[..., list[Claim]]


@pytest.fixture(scope="session")
def book() -> Codebook:
    return load_codebook()


@pytest.fixture(scope="session")
def reader() -> EnglishReader:
    return open_reader(load_settings().cache)


@pytest.fixture(scope="session")
def read(reader: EnglishReader, book: Codebook) -> Read:
    def one(text: str, published: str | None = "2018-05-10") -> Reading:
        document = Document(id=sha256(text.encode()), text=text, published=Interval(published, published))
        return reader.read(document, book)

    return one


@pytest.fixture(scope="session")
def events(read: Read, book: Codebook) -> Events:
    def one(text: str, published: str | None = "2018-05-10") -> list[Claim]:
        return extract_events(read(text, published), book)

    return one


class Everything:
    """Cues that pick every sentence."""

    def matters(self, text: str) -> bool:
        return True

    def matters_with_actor(self, text: str) -> bool:
        return True


@pytest.fixture(scope="session")
def read_all(reader: EnglishReader) -> Read:
    """Every sentence parsed, whatever words it holds."""

    def one(text: str, published: str | None = "2018-05-10") -> Reading:
        document = Document(id=sha256(text.encode()), text=text, published=Interval(published, published))
        return reader.read(document, Everything())

    return one
