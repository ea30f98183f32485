"""Files to documents, under limits: what the code of others takes apart is taken apart in worker processes.

    paths ── fetch ── batches ── parse ── documents and problems, in the order of the paths

Invariant: a file that hangs, eats memory or kills its process costs itself, and a problem says so. Tables, exports and
plain text are taken apart here, a row at a time: their lengths are limited, and our own code is linear in them.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from khabar.documents import Fetched, FetchOptions, Parsed, ParseOptions, Problem, fetch, parse_all
from khabar.documents.sniff import DOCX, FEED, HTML, PDF, media_type
from khabar.engine import Engine
from khabar.engine.limits import limits_of
from khabar.engine.local import LocalEngine
from khabar.errors import DocumentError
from khabar.settings import Settings

__all__ = ["parsed"]

_APART = (PDF, DOCX, HTML, FEED)

_MOST = 500  # files a batch: a batch has its workers, which take half a second to start
_SIZE = 64_000_000  # bytes
_SECONDS = 2.0  # to fetch one, so that slow addresses are archived as they come


def parsed(
    paths: Iterable[str | Path],
    options: ParseOptions,
    settings: Settings | None = None,
    under: Path | None = None,
    leave_out: frozenset[Path] = frozenset(),
) -> Iterator[Parsed | Problem]:
    """Every document and every problem behind the paths but `leave_out`, files named relative to the folder `under`.

    With `settings` under their limits of time and memory; without, all in this process: for files of one's own.
    """
    found = fetch(paths, FetchOptions(leave_out=leave_out))
    if under is not None:
        found = (_shortened(item, under) for item in found)
    if settings is None or not (limits := limits_of(settings)):
        for item in found:
            yield from _taken_apart(item, options)
        return
    engine = LocalEngine(settings.processes, limits=limits)
    for batch in _batches(found):
        yield from _parsed_batch(batch, options, engine)


def _shortened(item: Fetched | Problem, under: Path) -> Fetched | Problem:
    if isinstance(item, Problem):
        return item
    return replace(item, origin=replace(item.origin, file=Path(item.origin.file).relative_to(under).as_posix()))


def _taken_apart(item: Fetched | Problem, options: ParseOptions) -> Iterator[Parsed | Problem]:
    if isinstance(item, Problem):
        yield item
        return
    try:
        yield from parse_all(item.data, item.origin, options)
    except DocumentError as problem:
        yield Problem.of(item.origin.file, problem)


@dataclass(frozen=True, slots=True)
class _TakeApart:
    """The step that is mapped over files."""

    options: ParseOptions

    def __call__(self, item: Fetched) -> list[Parsed | Problem]:
        return list(_taken_apart(item, self.options))


def _parsed_batch(
    batch: Sequence[Fetched | Problem], options: ParseOptions, engine: Engine
) -> Iterator[Parsed | Problem]:
    apart = [item for item in batch if isinstance(item, Fetched) and _needs_worker(item, options)]
    outcomes = engine.map(_TakeApart(options), apart) if apart else iter(())
    meant = {id(item) for item in apart}
    for item in batch:
        if id(item) not in meant:
            yield from _taken_apart(item, options)
            continue
        outcome = next(outcomes)
        if outcome.error is not None:
            yield Problem(outcome.item.origin.file, outcome.error)
        yield from outcome.result or ()


def _needs_worker(item: Fetched, options: ParseOptions) -> bool:
    try:
        return media_type(item.data, item.origin, options.columns) in _APART
    except DocumentError:  # told where it is taken apart
        return False


def _batches(items: Iterator[Fetched | Problem]) -> Iterator[list[Fetched | Problem]]:
    """The items in lists that take neither much memory nor long to fetch."""
    for first in items:
        batch, size, begun = [first], _size(first), time.monotonic()
        while len(batch) < _MOST and size < _SIZE and time.monotonic() - begun < _SECONDS:
            item = next(items, None)
            if item is None:
                break
            batch.append(item)
            size += _size(item)
        yield batch


def _size(item: Fetched | Problem) -> int:
    return len(item.data) if isinstance(item, Fetched) else 0
