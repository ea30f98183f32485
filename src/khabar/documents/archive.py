"""The originals, kept under the hash of their bytes. Invariant: a file in the archive is complete and is what its name
says, or reading it is an error; writing is atomic and may be repeated at will.
"""

from __future__ import annotations

import errno
import gzip
import os
import re
import tempfile
import zlib
from pathlib import Path

from khabar.errors import DocumentError, StoreError
from khabar.text import sha256

__all__ = ["Archive"]

_ID = re.compile(r"[0-9a-f]{64}\Z")
_REMEDIES = {
    errno.ENOSPC: "Free some space on the disk and run the command again.",
    errno.EDQUOT: "Free some of your disk quota and run the command again.",
    errno.EROFS: "The disk is read-only: choose another place with --store.",
    errno.EACCES: "Change the permissions of the folder, or choose another place with --store.",
    errno.EPERM: "Change the permissions of the folder, or choose another place with --store.",
}


class Archive:
    """A folder of gzip'ed originals, `ab/cd/<sha-256>.gz`, beside the store. It is created by the first put."""

    __slots__ = ("root",)

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, document_id: str) -> Path:
        """Where the original of `document_id` is or would be; DocumentError if that is no SHA-256."""
        if not _ID.match(document_id):
            raise DocumentError(
                f"{document_id!r} is not the id of an archived original.", "Ids are 64 hexadecimal digits."
            )
        return self.root / document_id[:2] / document_id[2:4] / f"{document_id}.gz"

    def put(self, data: bytes) -> str:
        """Keep `data` and return its id; a repeated put writes nothing, unless what is there was damaged meanwhile.

        StoreError if the folder cannot be written.
        """
        document_id = sha256(data)
        target = self.path(document_id)
        try:
            if not _holds(target, data):
                target.parent.mkdir(parents=True, exist_ok=True)
                # mtime 0 makes equal originals equal files, so that archives can be compared and copied by rsync
                _write(target, gzip.compress(data, compresslevel=6, mtime=0))
        except OSError as problem:
            raise StoreError(
                f"{self.root}: the archive cannot be written ({problem.strerror or problem}).",
                _REMEDIES.get(problem.errno or 0, "Check the disk, or choose another place with --store."),
            ) from problem
        return document_id

    def has(self, document_id: str) -> bool:
        """Whether the original of `document_id` is in the archive."""
        return self.path(document_id).exists()

    def get(self, document_id: str) -> bytes:
        """The original bytes; DocumentError if they are missing, unreadable or not what their name says."""
        path = self.path(document_id)
        try:
            data = gzip.decompress(path.read_bytes())
        except FileNotFoundError as problem:
            raise DocumentError(
                f"{path}: the archived original is missing.", "Add the report again with `khabar add`."
            ) from problem
        except (OSError, EOFError, zlib.error) as problem:
            raise DocumentError(
                f"{path}: the archived original cannot be read ({problem}).",
                "Restore it from a backup, or delete it and add the report again.",
            ) from problem
        if sha256(data) != document_id:
            raise DocumentError(
                f"{path}: the archived original was changed after it was archived.",
                "Restore it from a backup, or delete it and add the report again.",
            )
        return data


def _holds(target: Path, data: bytes) -> bool:
    """Whether the file is there and holds `data`; one that was torn or altered does not."""
    try:
        return target.exists() and gzip.decompress(target.read_bytes()) == data
    except (OSError, EOFError, zlib.error):
        return False


def _write(target: Path, data: bytes) -> None:
    """Write a file so that it is there complete or not at all, also after a crash."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".writing-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
