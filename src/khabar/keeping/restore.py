"""Reading a backup. Invariant: nothing is restored before all of it is verified; the store appears whole or not at all,
and nothing that is there is written over.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from khabar.documents import Archive
from khabar.errors import StoreError
from khabar.keeping.appear import appear
from khabar.keeping.copying import copied
from khabar.keeping.manifest import MANIFEST, ORIGINAL, STORE, Manifest, listed, manifest_from
from khabar.store.addresses import beside, is_server
from khabar.store.copying import copy_rows
from khabar.store.opening import open_store
from khabar.store.snapshot import rows_of, schema_of

__all__ = ["restore_backup", "verify_backup"]

Progress = Callable[[int, int, str], None]

_BLOCK = 1 << 20
_MANIFEST_BYTES = 1 << 24  # no manifest is longer


def verify_backup(path: Path, progress: Progress, *, called: str | None = None) -> Manifest:
    """Read a backup from end to end and check all of it; what it says of itself. StoreError where anything is wrong."""
    name = called or str(path)
    with _faults_of(name), tempfile.TemporaryDirectory(dir=path.absolute().parent, prefix=f".{path.name}.") as folder:
        return _unpacked(path, name, Path(folder), None, progress)


def restore_backup(path: Path, address: str, progress: Progress) -> Manifest:
    """Make the store of a backup anew at `address`, a path where nothing is or an empty database, with its originals.

    StoreError where the backup is damaged or newer than this program, and where a store is there already.
    """
    if is_server(address):
        return _restored_to_server(path, address, progress)
    target = Path(address)
    if target.exists() or Path(f"{target}-wal").exists():
        raise StoreError(f"{target} is there already.", "Name a file that does not exist yet with --store.")
    if not target.absolute().parent.is_dir():
        raise StoreError(f"The folder of {target} does not exist.", "Make the folder, or use another --store.")
    with (
        _faults_of(str(path)),
        tempfile.TemporaryDirectory(dir=target.absolute().parent, prefix=f".{target.name}.") as folder,
    ):
        archive = Archive(Path(folder) / "archive")
        manifest = _unpacked(path, str(path), Path(folder), archive, progress)
        _settle_originals(archive, Archive(Path(f"{target}.archive")))
        appear(Path(folder) / STORE, target)
    return manifest


def _restored_to_server(path: Path, address: str, progress: Progress) -> Manifest:
    with open_store(address) as target, _faults_of(str(path)), tempfile.TemporaryDirectory() as folder:
        if target.overview().documents:
            raise StoreError(f"{target.address} is not empty.", "Name a database that holds no base yet with --store.")
        archive = Archive(Path(folder) / "archive")
        manifest = _unpacked(path, str(path), Path(folder), archive, progress)
        for original in sorted(archive.root.rglob("*.gz")):  # first: they change nothing before the rows are there
            Archive(beside(address, "archive")).put(archive.get(original.name.removesuffix(".gz")))
        with open_store(Path(folder) / STORE, create=False) as source:
            copy_rows(copied(source), copied(target), progress)
    return manifest


@contextmanager
def _faults_of(name: str) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as problem:
        raise StoreError(f"{name} is damaged, cut short, or no backup ({problem}).", "Use another backup.") from problem
    except OSError as problem:
        where = f"{problem.filename}: " if problem.filename else ""
        raise StoreError(
            f"{name} cannot be read or restored ({where}{problem.strerror or problem}).",
            "Check the paths, their rights and the disk's free space.",
        ) from problem


def _unpacked(path: Path, name: str, folder: Path, archive: Archive | None, progress: Progress) -> Manifest:
    """Everything verified; the store lies in `folder` then, and its originals in `archive` where one is given."""
    with gzip.open(path, "rb") as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
        members = _members(tar, name)
        manifest = manifest_from(_first(members, name), name)
        _store(members, manifest, name, folder / STORE)
        _originals(members, manifest, name, archive, progress)
        while packed.read(_BLOCK):  # to the checksum at the end
            pass
    if schema_of(folder / STORE) != manifest.schema or rows_of(folder / STORE) != dict(manifest.rows):
        raise _damaged(name, "the store in it is not the one it lists")
    with open_store(folder / STORE, create=False) as base:  # an older one is brought up to date here
        faults = base.check()
    if faults:
        raise _damaged(name, faults[0])
    return manifest


def _members(tar: tarfile.TarFile, name: str) -> Iterator[tuple[str, IO[bytes]]]:
    """The files of a backup; anything that could lead elsewhere is refused, and no name is ever taken for a path."""
    for member in tar:
        known = member.name in (MANIFEST, STORE) or ORIGINAL.match(member.name)
        data = tar.extractfile(member) if member.isreg() and known else None
        if data is None:
            raise _damaged(name, f"{member.name!r} is no part of a backup")
        yield member.name, data


def _first(members: Iterator[tuple[str, IO[bytes]]], name: str) -> bytes:
    for member, data in members:
        if member == MANIFEST:
            return data.read(_MANIFEST_BYTES)
        break
    raise StoreError(f"{name} is no backup of Khabar.", "Name a file that `khabar backup` has written.")


def _store(members: Iterator[tuple[str, IO[bytes]]], manifest: Manifest, name: str, to: Path) -> None:
    member, data = next(members, ("", None))
    if member != STORE or data is None:
        raise _damaged(name, "the store is missing")
    digest, size = hashlib.sha256(), 0
    with to.open("wb") as out:
        while block := data.read(_BLOCK):
            size += len(block)
            if size > manifest.store_bytes:
                break
            digest.update(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    if size != manifest.store_bytes or digest.hexdigest() != manifest.store_sha256:
        raise _damaged(name, "the store in it was changed")


def _originals(
    members: Iterator[tuple[str, IO[bytes]]], manifest: Manifest, name: str, archive: Archive | None, progress: Progress
) -> None:
    def checked() -> Iterator[str]:
        for done, (member, data) in enumerate(members, 1):
            found = ORIGINAL.match(member)
            if found is None:
                raise _damaged(name, f"{member!r} stands where no file like it may stand")
            progress(done, manifest.originals, "checking originals")
            _original(data, found.group(1), name, archive)
            yield found.group(1)

    if listed(checked()) != (manifest.originals, manifest.originals_sha256):
        raise _damaged(name, "its originals are not those that it lists")


def _original(data: IO[bytes], id_: str, name: str, archive: Archive | None) -> None:
    """Check one original as it goes by, and keep it as it came."""
    digest = hashlib.sha256()
    target = archive.path(id_) if archive is not None else Path(os.devnull)
    if archive is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        unpacking = zlib.decompressobj(wbits=31)
        while block := data.read(_BLOCK):
            out.write(block)
            while block:
                digest.update(unpacking.decompress(block, _BLOCK))
                block = unpacking.unconsumed_tail
        if archive is not None:
            out.flush()
            os.fsync(out.fileno())
    if not unpacking.eof or unpacking.unused_data or digest.hexdigest() != id_:
        raise _damaged(name, f"the original {id_[:12]} was changed")


def _settle_originals(found: Archive, target: Archive) -> None:
    """Originals take their place. They are named by what they hold: one that is there already, and good, stays."""
    if not found.root.exists():
        return
    if not target.root.exists():
        found.root.rename(target.root)
        return
    for path in sorted(found.root.rglob("*.gz")):
        place = target.path(path.name.removesuffix(".gz"))
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)


def _damaged(name: str, what: str) -> StoreError:
    return StoreError(f"{name} is damaged: {what}.", "Use another backup.")
