"""The whole system on one page: reports in, a sourced incident base out.

    paths ── fetch ── parse ── archive ──▶ store            add
    store ── read ── extract ──▶ store                      run, a document at a time, in worker processes
    store ── copies, resolve ──▶ store                      run, over the whole corpus
    paths ── fetch ── parse ── read ── extract              extract, without a store

Invariant: a document's claims are written in one transaction, so an interrupted run loses and doubles nothing; the
stages themselves are pure and know neither store nor engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from khabar.codebook.load import DEFAULT, load_codebook
from khabar.codebook.model import Codebook
from khabar.documents import (
    Archive,
    Fetched,
    Origin,
    Parsed,
    ParseOptions,
    Problem,
    fetch,
    group_copies,
    parse,
    parse_all,
)
from khabar.documents.options import AddOptions
from khabar.engine import Engine
from khabar.errors import DocumentError, ReadingError
from khabar.extraction.doubts import Doubts
from khabar.extraction.extractor import Extractor as ClaimExtractor
from khabar.extraction.extractor import RuleExtractor
from khabar.plugins import find_plugin
from khabar.reading.actors import actors_by_id
from khabar.reading.gazetteer import open_gazetteer
from khabar.reading.reader import Reader
from khabar.records import CLAIM_KINDS, Claim, Document, Extractor
from khabar.resolution.model import Corpus, DocumentFacts, Resolution, TypeFacts
from khabar.resolution.resolve import resolve
from khabar.settings import Settings, load_settings
from khabar.store.base import ActorLink, Assembled, Store, View
from khabar.store.questions import ClaimFilter, DocumentFilter

__all__ = [
    "AddOptions",
    "Added",
    "Extraction",
    "Progress",
    "Ran",
    "Settings",
    "add",
    "doubted_texts",
    "extract_text",
    "extract_texts",
    "resolve_base",
    "run",
    "summary",
]

Progress = Callable[[int, int, str], None]
"""Told how many of how many are done (0 where that is not known), and of what."""


_Found = TypeVar("_Found")


def _silent(_done: int, _total: int, _what: str) -> None:
    """Nobody is watching."""


# ------------------------------------------------------------------ add: paths to archived documents


@dataclass(slots=True)
class Added:
    """What became of the files: new and known documents, how many of the new ones stay unread, and problems."""

    new: int = 0
    known: int = 0
    unread: int = 0
    problems: list[Problem] = field(default_factory=list)


def add(
    base: Store, paths: Sequence[str | Path], options: AddOptions | None = None, progress: Progress = _silent
) -> Added:
    """Archive the reports of `paths`; one transaction a document. A file that is no report is a problem, not a stop."""
    parse_options = (options or AddOptions()).parsed()
    archive = Archive(Path(f"{base.address}.archive"))
    run_id = base.begin_run("add")
    done = Added()
    tried: set[str] = set()
    under = options.under if options else None
    for seen, item in enumerate(_parsed(paths, parse_options, under), 1):
        progress(seen, 0, "archiving")
        file = item.file if isinstance(item, Problem) else item.document.file
        if file not in tried:
            tried.add(file)
            base.clear_problems(file)  # what was wrong with it before may be mended
        if isinstance(item, Problem):
            base.add_problem(item.file, item.message, item.remedy)
            done.problems.append(item)
            continue
        archive.put(item.original)
        if base.add_document(item.document):
            done.new += 1
            done.unread += item.document.unread is not None
        else:
            done.known += 1
    base.end_run(run_id, {"new": done.new, "known": done.known, "problems": len(done.problems)})
    return done


def _parsed(
    paths: Iterable[str | Path], options: ParseOptions, under: Path | None = None
) -> Iterator[Parsed | Problem]:
    """Every document and every problem behind the paths."""
    for item in fetch(paths):
        if isinstance(item, Problem):
            yield item
        elif under is not None:
            short = Path(item.origin.file).relative_to(under).as_posix()
            yield from _parsed_file(Fetched(item.data, replace(item.origin, file=short)), options)
        else:
            yield from _parsed_file(item, options)


def _parsed_file(item: Fetched, options: ParseOptions) -> Iterator[Parsed | Problem]:
    try:
        yield from parse_all(item.data, item.origin, options)
    except DocumentError as problem:
        yield Problem.of(item.origin.file, problem)


# ------------------------------------------------------------------ read and extract: a document to claims


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
        reader, book, extractor = _parts(self.cache, self.codebook, self.known_actors)
        return extractor.extract(reader.read(document, book), book)


@lru_cache(maxsize=2)
def _parts(cache: Path, codebook: str, known_actors: bool) -> tuple[Reader, Codebook, ClaimExtractor]:
    reader = find_plugin("readers", "english")(cache, known_actors=known_actors)
    return reader, load_codebook(codebook), find_plugin("extractors", "rules")()


def _coder(settings: Settings) -> Coder:
    return Coder(settings.cache, settings.codebook or DEFAULT)


def _engine(processes: int) -> Engine:
    engine: Engine = find_plugin("engines", "local")(processes)
    return engine


def _extractor(book: Codebook) -> Extractor:
    return Extractor(RuleExtractor.name, RuleExtractor.version, book.key)


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
        progress: Progress = _silent,
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
        engine = _engine(self._settings.processes if self._many() else 1)
        for done, outcome in enumerate(engine.map(_coder(self._settings), self._documents()), 1):
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
        for item in _parsed(self._paths, self._options):
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
    return document, _coder(settings)(document)


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
    for outcome in _engine(settings.processes if len(documents) > _FEW else 1).map(step, documents):
        if outcome.error is not None:
            raise ReadingError(f"{outcome.item.file} could not be read ({outcome.error}).", "Report this as a bug.")
        found.append((outcome.item, outcome.result or []))
    return found


_FEW = 40  # documents for which starting worker processes takes longer than it saves


# ------------------------------------------------------------------ run: what is new, then the whole corpus


@dataclass(slots=True)
class Ran:
    """What a run did: documents read, claims found, and the documents that failed with the reason."""

    read: int = 0
    claims: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)


def run(base: Store, settings: Settings, progress: Progress = _silent) -> Ran:
    """Read and extract what is not read with this codebook yet, then put actors and incidents together anew."""
    book = load_codebook(settings.codebook or DEFAULT)
    open_gazetteer(settings.cache, progress).close()  # compiled once, here, before workers need it
    run_id = base.begin_run("run")
    done = _read_pending(base, settings, _extractor(book), progress)
    standing = base.overview()
    if done.read or not standing.resolved or standing.doubt != settings.doubt:
        resolve_base(base, book, settings.doubt, progress)
    base.end_run(run_id, {"read": done.read, "claims": done.claims, "failed": len(done.failed)})
    return done


def _read_pending(base: Store, settings: Settings, extractor: Extractor, progress: Progress) -> Ran:
    done = Ran()
    pending = list(base.pending(extractor))
    processes = min(settings.processes, max(1, len(pending) // 4))
    documents = (base.document(key) for key in pending)
    for count, outcome in enumerate(_engine(processes).map(_coder(settings), documents), 1):
        document = outcome.item
        if outcome.error is not None:
            base.save_failure(document.id, extractor, outcome.error)
            done.failed.append((document.file, outcome.error))
        else:
            claims = outcome.result or []
            base.save_claims(document.id, claims, extractor)
            done.read += 1
            done.claims += len(claims)
        progress(count, len(pending), "reading")
    return done


def resolve_base(base: Store, book: Codebook, doubt: float, progress: Progress = _silent) -> Resolution:
    """Group copies, resolve the claims of the base that are coded at this threshold, and keep the result."""
    progress(0, 2, "putting incidents together")
    groups = group_copies((d.id, d.text) for d in base.documents(DocumentFilter()) if d.unread is None)
    base.save_copies([_origin_first(base, group) for group in groups])
    progress(1, 2, "putting incidents together")
    resolution = resolve(_corpus(base, book, groups, doubt), list(base.judgements(users_only=True)))
    links = tuple(ActorLink(link.claim, link.role, link.actor) for link in resolution.links)
    base.save_resolution(
        Assembled(resolution.actors, links, resolution.events, resolution.judgements, resolution.contradictions, doubt)
    )
    progress(2, 2, "putting incidents together")
    return resolution


def _origin_first(base: View, group: frozenset[str]) -> list[str]:
    """The copies of one text, the one published first (else the longest) as their origin."""

    def age(key: str) -> tuple[str, int, str]:
        document = base.document(key)
        return document.published.earliest or "9999", -len(document.text), key

    return sorted(group, key=age)


def _corpus(base: View, book: Codebook, copies: Sequence[frozenset[str]], doubt: float) -> Corpus:
    documents = {
        d.id: DocumentFacts(d.id, d.file, d.external_id, d.publisher, d.published, d.title)
        for d in base.document_list(DocumentFilter())
    }
    coded = list(base.claims(ClaimFilter(coded=doubt)))
    return Corpus(coded, documents, copies, actors_by_id(), _types(book))


def _types(book: Codebook) -> TypeFacts:
    """What resolution may know of the codebook's event types."""
    events: Mapping[str, object] = book.events
    return TypeFacts(
        parents={name: kind.parent for name, kind in book.events.items()},
        violent=frozenset(name for name, kind in book.events.items() if kind.violent),
        general=frozenset({book.unspecific.incident, book.unspecific.aggregate} & set(events)),
        state_actions=frozenset(name for name, kind in book.events.items() if kind.state_action),
    )


# ------------------------------------------------------------------ what a base holds


def summary(base: View) -> list[str]:
    """What the base holds, a line each: documents, claims by kind, incidents, actors, contradictions."""
    numbers = base.overview()
    kinds = ", ".join(f"{numbers.claims.get(kind, 0)} {kind}" for kind in CLAIM_KINDS)
    unread = f" ({numbers.unread} kept unread)" if numbers.unread else ""
    return [
        f"documents       {numbers.documents}{unread}",
        f"claims          {sum(numbers.claims.values())} ({kinds})",
        f"incidents       {numbers.events}",
        f"actors          {numbers.actors}",
        f"contradictions  {numbers.contradictions}",
    ]
