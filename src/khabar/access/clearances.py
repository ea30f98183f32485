"""The base as people see it who may not see all of it. Invariant: what somebody may not see is not in the base that
answers them, so that no list, count, search, export or derived value can tell of it.

A base is worked out of documents, claims and decisions alone. Of those that the groups of a person may see a base of
its own is kept, a projection, put together by the same resolution. It lies in a file beside the base and may be deleted
at any time. Before each answer a fingerprint tells whether the whole base changed; only then is what is new copied, and
incidents are worked out again as far as they are concerned.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Lock

from khabar.access.deciding import ClearedDesk
from khabar.access.seeing import sight_of
from khabar.access.store import ClearedStore
from khabar.codebook.load import DEFAULT, load_codebook
from khabar.deciding import Desk
from khabar.errors import SettingsError
from khabar.pipeline import resolve_base
from khabar.renewing import BaseMemory
from khabar.settings import Settings, load_settings
from khabar.store.addresses import beside
from khabar.store.base import Store, View
from khabar.store.projected import epoch_of, hides, mark_kept, mark_of, set_mark
from khabar.store.projecting import Projected, project
from khabar.store.sql import SqlSource

__all__ = ["Clearances", "cleared"]

_WAIT_SECONDS = 3600.0  # for another program that brings the same projection up to date
_KEPT = 2  # files of the same groups: the present one, and the one that a request under way may still read


def cleared(base: Store, groups: frozenset[str], settings: Settings | None = None) -> View:
    """A base as people of these groups see it; itself where nothing is hidden from them. Whoever asks again and again
    keeps a `Clearances`, that remembers what is open.
    """
    return Clearances(base, settings or load_settings()).view(groups)


class Clearances:
    """The projections of one base, each made when somebody first asks for it; for several threads and programs."""

    def __init__(self, base: Store, settings: Settings, desk: Desk | None = None) -> None:
        """`desk` is that of the whole base, whose turn all desks wait for."""
        self._base = base
        if not isinstance(base, SqlSource):
            raise SettingsError(f"{base.address} cannot hide documents.", "Use a store in a file or in PostgreSQL.")
        self._source = base
        self._settings = settings
        self._desk = desk or Desk(base, settings)
        self._folder = beside(base.address, "views")
        self._one = Lock()
        self._locks: dict[frozenset[str], Lock] = {}
        self._open: dict[tuple[frozenset[str], int], ClearedStore] = {}

    def view(self, groups: frozenset[str]) -> Store:
        """The base as people of these groups see it now."""
        if not hides(self._source, groups):
            return self._base
        with self._turn(groups):
            store = self._store(groups, epoch_of(self._source))
            self._brought_up(store, groups)
        return store

    def desk(self, groups: frozenset[str]) -> Desk:
        """The desk at which people of these groups decide about what they see."""
        seen = self.view(groups)
        if seen is self._base:
            return self._desk
        return ClearedDesk(seen, self._settings, self._desk.one, whole=self._base)

    def close(self) -> None:
        """Give back all connections."""
        with self._one:
            for store in self._open.values():
                store.close()
            self._open.clear()

    # ---------------- one projection

    @contextmanager
    def _turn(self, groups: frozenset[str]) -> Iterator[None]:
        with self._one:
            lock = self._locks.setdefault(groups, Lock())
        with lock:
            yield

    def _store(self, groups: frozenset[str], epoch: int) -> ClearedStore:
        """The projection, open. After documents were hidden or opened it is another file, so that whoever reads the
        one before reads it to the end as it was.
        """
        key = (groups, epoch)
        if key not in self._open:
            self._folder.mkdir(parents=True, exist_ok=True)
            name = _name(groups)
            store = ClearedStore(self._folder / f"{name}-{epoch:08}.db", self._base, groups, self._followed)
            self._open[key] = store
            _forget_old(self._folder, name)
        return self._open[key]

    def _followed(self, store: ClearedStore) -> None:
        """Copy what is new, for somebody who just decided and puts together herself what follows."""
        project(self._source, store, sight_of(store.groups))

    def _brought_up(self, store: ClearedStore, groups: frozenset[str]) -> None:
        if mark_kept(store) == mark_of(self._source):
            return
        with _alone(Path(f"{store.address}.lock")):
            mark = mark_of(self._source)  # before anything is copied: what comes later is copied the next time
            if mark_kept(store) == mark:
                return
            self._resolved(store, project(self._source, store, sight_of(groups)))
            set_mark(store, mark)

    def _resolved(self, store: ClearedStore, found: Projected) -> None:
        """Put incidents together as they are in the whole base: by the same threshold and rule, and when it is."""
        here = store.overview()
        same = here.resolved and (here.doubt, here.rule) == (found.doubt, found.rule or here.rule)
        if found.doubt is None or (same and here.doubt is not None):
            return
        if not found.resolved and here.doubt is not None:
            return  # a run is at work; what is there stays until it has put the whole base together
        book = load_codebook(self._settings.codebook or DEFAULT)
        memory = _memory(store.address, self._base.address)
        resolve_base(store, book, found.doubt, rule=found.rule, memory=memory)


def _memory(address: str, whole: str) -> BaseMemory:
    """What is remembered of a projection, at first what is remembered of the whole base: the same texts, the same
    pairs. It changes no result.
    """
    own = BaseMemory.beside(address)
    if own.folder is None or own.folder.exists():
        return own
    found = BaseMemory.beside(whole)
    found.folder = own.folder
    return found


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One program at a time, on every system: by the lock of an empty database."""
    with closing(sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield


def _name(groups: frozenset[str]) -> str:
    return sha256("\0".join(sorted(groups)).encode()).hexdigest()[:16]


def _forget_old(folder: Path, name: str) -> None:
    """Remove projections of before documents were hidden or opened; what another system holds on to stays for now."""
    for old in sorted(folder.glob(f"{name}-*.db"))[:-_KEPT]:
        for path in (old, Path(f"{old}-wal"), Path(f"{old}-shm"), Path(f"{old}.lock")):
            try:
                path.unlink(missing_ok=True)
            except OSError:
                continue
