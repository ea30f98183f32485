"""Writing a backup. Invariant: the file appears whole and verified or not at all, and others may write meanwhile."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from khabar import __version__
from khabar.documents import Archive
from khabar.errors import StoreError
from khabar.keeping.appear import appear
from khabar.keeping.copying import copied
from khabar.keeping.examine import faults_of_originals
from khabar.keeping.manifest import MANIFEST, STORE, Manifest, listed
from khabar.keeping.restore import verify_backup
from khabar.store.addresses import is_server, without_password
from khabar.store.copying import copy_rows
from khabar.store.opening import open_store
from khabar.store.snapshot import rows_of, schema_of, snapshot

__all__ = ["Backup", "Progress", "write_backup"]

Progress = Callable[[int, int, str], None]
"""Told how many of how many are done, and of what."""

_BLOCK = 1 << 20
_LEVEL = 6  # of gzip: what is above costs twice the time for a hundredth of the size


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written, and one line for each original that could not be put into it."""

    path: Path
    manifest: Manifest
    faults: tuple[str, ...]


def write_backup(address: str, archive: Archive, path: Path, progress: Progress) -> Backup:
    """Write the store at `address`, as it is at this moment, with its originals into the file `path`.

    What was written is read back and verified before the file takes its name. StoreError where the file is there
    already or cannot be written, and where the store is damaged: a backup of it could replace a good one.
    """
    if path.exists():
        raise StoreError(f"{path} is there already.", "Choose another name: a backup never takes the place of a file.")
    with _faults_of(path), _folder_beside(path) as folder:
        store = folder / STORE
        if is_server(address):
            _gathered(address, store, progress)
        else:
            snapshot(Path(address), store, lambda done, total: progress(done, total, "copying the store"))
        documents = _documents(store, without_password(address))
        told = faults_of_originals(documents, archive, progress)  # before anything is written
        faults = {id_: f"{fault} It is not in the backup." for id_, fault in told}
        originals = [id_ for id_, _ in documents if id_ not in faults]
        manifest = _manifest(store, originals, faults)
        written = folder / "backup"
        with written.open("wb") as out:
            _write(out, manifest, store, archive, originals, progress)
            out.flush()
            os.fsync(out.fileno())
        verify_backup(written, progress, called=str(path))
        appear(written, path)
    return Backup(path, manifest, tuple(faults.values()))


@contextmanager
def _folder_beside(path: Path) -> Iterator[Path]:
    """A folder for the work, on the disk where the file is to lie; it goes when the work is done."""
    with tempfile.TemporaryDirectory(dir=path.absolute().parent, prefix=f".{path.name}.") as name:
        yield Path(name)


@contextmanager
def _faults_of(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise StoreError(
            f"{path} cannot be written ({problem.strerror or problem}).", "Choose another place, or make room there."
        ) from problem


def _gathered(address: str, store: Path, progress: Progress) -> None:
    """Copy a base on a server into a new file: all of it is read in one transaction, at one moment."""
    with open_store(address, create=False) as source, open_store(store) as target:
        copy_rows(copied(source), copied(target), progress)


def _documents(store: Path, address: str) -> list[tuple[str, str]]:
    """The documents of a copy, id and file in the order of ids; StoreError where the copy is damaged."""
    with open_store(store, create=False) as copy:
        if faults := copy.check():
            more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
            raise StoreError(
                f"{address} is damaged, and no backup was written: {faults[0]}{more}",
                "`khabar check` names every fault.",
            )
        return sorted((row.id, row.file) for row in copy.document_list())


def _manifest(store: Path, originals: Sequence[str], missing: Collection[str]) -> Manifest:
    digest = hashlib.sha256()
    with store.open("rb") as data:
        while block := data.read(_BLOCK):
            digest.update(block)
    count, names = listed(originals)
    return Manifest(
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        khabar=__version__,
        schema=schema_of(store),
        store_sha256=digest.hexdigest(),
        store_bytes=store.stat().st_size,
        rows=rows_of(store),
        originals=count,
        originals_sha256=names,
        missing=tuple(sorted(missing)),
    )


def _write(
    out: io.BufferedWriter,
    manifest: Manifest,
    store: Path,
    archive: Archive,
    originals: Sequence[str],
    progress: Progress,
) -> None:
    with (
        gzip.GzipFile(filename="", fileobj=out, mode="wb", compresslevel=_LEVEL, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        data = manifest.data()
        tar.addfile(_member(MANIFEST, len(data)), io.BytesIO(data))
        with store.open("rb") as file:
            tar.addfile(_member(STORE, manifest.store_bytes), file)
        for done, id_ in enumerate(originals, 1):
            progress(done, len(originals), "writing originals")
            path = archive.path(id_)
            with path.open("rb") as file:
                tar.addfile(_member(f"originals/{id_}.gz", path.stat().st_size), file)


def _member(name: str, size: int) -> tarfile.TarInfo:
    found = tarfile.TarInfo(name)
    found.size, found.mode = size, 0o600
    return found
