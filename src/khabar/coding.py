"""Reports to claims, without a store: the step that is mapped over documents, and those who map it.

    paths ── fetch ── parse ── read ── extract

Invariant: a document's claims depend on the document, the codebook and the list of actors alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from khabar.codebook.load import DEFAULT, load_codebook
from khabar.codebook.model import Codebook
from khabar.documents import Origin, Problem, parse
from khabar.documents.options import AddOptions
from khabar.engine import Engine
from khabar.engine.limits import limits_of
from khabar.errors import ReadingError
from khabar.extraction.doubts import Doubts
from khabar.extraction.extractor import Extractor as ClaimExtractor
from khabar.extraction.extractor import RuleExtractor
from khabar.parsing import parsed
from khabar.plugins import find_plugin
from khabar.reading.gazetteer import open_gazetteer
from khabar.reading.reader import Reader
from khabar.records import Claim, Document
from khabar.settings import Settings, load_settings

__all__ = [
    "FEW",
    "Coder",
    "Extraction",
    "Progress",
    "coder_of",
    "doubted_texts",
    "engine_of",
    "extract_text",
    "extract_texts",
    "silent",
]

Progress = Callable[[int, int, str], None]
"""Told how many of how many are done (0 where that is not known), and of what."""

FEW = 40
"""Documents for which starting worker processes takes longer than it saves."""

_Found = TypeVar("_Found")


def silent(_done: int, _total: int, _what: str) -> None:
    """Nobody is watching."""


@dataclass(frozen=True, slots=True)
class Coder:
    """The step that is mapped over documents: read, then extract.

    It travels to worker processes, so it holds only where its parts are to be found; each process loads them once.
    """

    cache: Path
    codebook: str
    known_actors: bool = True

    def __call__(self, document: Document) -> list[Claim]:
        """The claims of one document; none for a document that is not to be read."""
        if document.unread is not None:
            return []
        reader, book, extractor = self._parts()
        return extractor.extract(reader.read(document, book), book)

    def load(self) -> None:
        """Load its parts in this process; what is missing is said once then, not of every document."""
        self._parts()[0].load()

    def _parts(self) -> tuple[Reader, Codebook, ClaimExtractor]:
        return _parts(self.cache, self.codebook, self.known_actors)


@lru_cache(maxsize=2)
def _parts(cache: Path, codebook: str, known_actors: bool) -> tuple[Reader, Codebook, ClaimExtractor]:
    reader = find_plugin("readers", "english")(cache, known_actors=known_actors)
    return reader, load_codebook(codebook), find_plugin("extractors", "rules")()


def coder_of(settings: Settings) -> Coder:
    """The step with the parts that the settings name."""
    return Coder(settings.cache, settings.codebook or DEFAULT)


def engine_of(settings: Settings, *, few: bool = False) -> Engine:
    """The engine that maps it over documents, with the limits of the settings; for `few` documents, on this machine,
    with one process, since to start another takes longer than it saves.
    """
    processes = 1 if few and settings.engine == "local" else settings.processes
    engine: Engine = find_plugin("engines", settings.engine)(
        processes, limits=limits_of(settings), address=settings.address
    )
    return engine


class Extraction:
    """The claims of files, document by document, without a store; `problems` fills up while it is iterated.

    Claims below the confidence `settings.doubt` are counted in `left_out` and not given, unless `doubtful` asks for
    them.
    """

    def __init__(
        self,
        paths: Sequence[str],
        options: AddOptions,
        settings: Settings,
        progress: Progress = silent,
        *,
        doubtful: bool = False,
    ) -> None:
        self._paths = paths
        self._doubtful = doubtful
        self._options = options.parsed()
        self._settings = settings
        self._progress = progress
        self.problems: list[Problem] = []
        self.left_out = 0

    def __iter__(self) -> Iterator[tuple[Document, list[Claim]]]:
        load_codebook(self._settings.codebook or DEFAULT)  # a codebook that cannot be used is said before any work
        open_gazetteer(self._settings.cache, self._progress).close()
        engine = engine_of(self._settings, few=not self._many())
        coder = coder_of(self._settings)
        for done, outcome in enumerate(engine.map(coder, self._documents(), setup=coder.load), 1):
            self._progress(done, 0, "reading")
            if outcome.error is not None:
                self.problems.append(Problem(outcome.item.file, outcome.error))
            found = outcome.result or []
            coded = found if self._doubtful else [c for c in found if c.confidence >= self._settings.doubt]
            self.left_out += len(found) - len(coded)
            yield outcome.item, coded

    def _many(self) -> bool:
        """Worker processes pay only where there is more than one file, or a file of many reports."""
        return len(self._paths) > 1 or Path(self._paths[0]).is_dir() or Path(self._paths[0]).suffix in _TABLES

    def _documents(self) -> Iterator[Document]:
        for item in parsed(self._paths, self._options, self._settings):
            if isinstance(item, Problem):
                self.problems.append(item)
            else:
                yield item.document


_TABLES = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".xml", ".rss", ".atom")


def extract_text(text: str, file: str = "text.txt", published: str | None = None) -> tuple[Document, list[Claim]]:
    """The document and claims of one text, with the default codebook: for tests and notebooks."""
    settings = load_settings()
    options = AddOptions(published).parsed()
    [document] = parse(text.encode(), Origin(file), options)
    return document, coder_of(settings)(document)


def extract_texts(
    items: Sequence[tuple[str, str, str | None]], settings: Settings, known_actors: bool = True
) -> list[tuple[Document, list[Claim]]]:
    """The document and claims of each (text, file name, date of publication), in order; ReadingError if one fails.

    Claims below the confidence `settings.doubt` are not given, as in `Extraction`. Without `known_actors` the list of
    groups and persons is left aside, to measure what the texts alone say.
    """
    found = _each_text(items, Coder(settings.cache, settings.codebook or DEFAULT, known_actors), settings)
    return [(document, [c for c in claims if c.confidence >= settings.doubt]) for document, claims in found]


def doubted_texts(
    items: Sequence[tuple[str, str, str | None]], settings: Settings
) -> list[tuple[Document, list[tuple[Claim, Doubts]]]]:
    """The same with claims that are not rated yet, each with what there is to doubt in it: for fitting confidences."""
    return _each_text(items, _Doubter(settings.cache, settings.codebook or DEFAULT), settings)


@dataclass(frozen=True, slots=True)
class _Doubter:
    """The step of `doubted_texts`; see `Coder`."""

    cache: Path
    codebook: str

    def __call__(self, document: Document) -> list[tuple[Claim, Doubts]]:
        if document.unread is not None:
            return []
        reader, book, _ = _parts(self.cache, self.codebook, True)
        return RuleExtractor().doubted(reader.read(document, book), book)


def _each_text(
    items: Sequence[tuple[str, str, str | None]], step: Callable[[Document], list[_Found]], settings: Settings
) -> list[tuple[Document, list[_Found]]]:
    documents = [
        document
        for text, file, published in items
        for document in parse(text.encode(), Origin(file), AddOptions(published).parsed())
    ]
    found = []
    open_gazetteer(settings.cache).close()  # compiled once, here, before workers need it
    unlimited = replace(settings, timeout=None, memory=None)  # texts of our own: few are read in this process
    for outcome in engine_of(unlimited, few=len(documents) <= FEW).map(step, documents):
        if outcome.error is not None:
            raise ReadingError(f"{outcome.item.file} could not be read ({outcome.error}).", "Report this as a bug.")
        found.append((outcome.item, outcome.result or []))
    return found
