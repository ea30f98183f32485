"""What a backup says of itself. Invariant: everything in a backup is named here with its SHA-256, or follows from it.

A backup is a gzip'ed tar of `manifest.json`, `store.db` and `originals/<SHA-256>.gz`, in this order, originals in the
order of their names. The name of an original is the SHA-256 of its bytes; the manifest has the SHA-256 of the list.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from khabar.errors import StoreError

__all__ = ["FORMAT", "MANIFEST", "ORIGINAL", "STORE", "Manifest", "listed", "manifest_from"]

FORMAT = 1  # of the backup; a program knows this one and all before it
MANIFEST = "manifest.json"
STORE = "store.db"
ORIGINAL = re.compile(r"originals/([0-9a-f]{64})\.gz\Z")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup: the file of the store with its schema and its rows by table, and how many originals.

    `missing` are ids of documents whose original was gone or damaged when the backup was made.
    """

    made_at: str
    khabar: str
    schema: str
    store_sha256: str
    store_bytes: int
    rows: Mapping[str, int]
    originals: int
    originals_sha256: str
    missing: tuple[str, ...] = ()
    format: int = FORMAT

    @property
    def told(self) -> str:
        """What is in it, for people."""
        number = self.rows.get
        decisions = number("decisions", 0) + number("reviews", 0)
        return (
            f"the base of {self.made_at}: {number('documents', 0)} documents, {self.originals} originals, "
            f"{number('claims', 0)} claims, {decisions} decisions"
        )

    def data(self) -> bytes:
        """The manifest as it is written."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()


def manifest_from(data: bytes, name: str) -> Manifest:
    """The manifest of a backup called `name`; StoreError where it is none, or of a newer program."""
    try:
        told: Any = json.loads(data)
        newer = told["format"] > FORMAT
    except (ValueError, TypeError, KeyError) as problem:
        raise _no_backup(name) from problem
    if newer:
        raise StoreError(
            f"{name} was written by a newer Khabar (backup format {told['format']}; this one knows {FORMAT}).",
            "Install the newer version: pip install --upgrade khabar.",
        )
    try:
        found = Manifest(**{**told, "missing": tuple(told["missing"])})
    except (TypeError, KeyError) as problem:
        raise _no_backup(name) from problem
    texts = (found.made_at, found.khabar, found.schema, found.store_sha256, found.originals_sha256, *found.missing)
    numbers = (found.store_bytes, found.originals, *_values(found.rows, name))
    if not all(isinstance(t, str) for t in texts) or not all(type(n) is int and n >= 0 for n in numbers):
        raise _no_backup(name)
    return found


def listed(ids: Iterable[str]) -> tuple[int, str]:
    """How many originals a list has, and the SHA-256 of it, a line each."""
    digest, count = hashlib.sha256(), 0
    for id_ in ids:
        digest.update(f"{id_}\n".encode())
        count += 1
    return count, digest.hexdigest()


def _values(rows: Any, name: str) -> Iterable[Any]:
    if not isinstance(rows, dict):
        raise _no_backup(name)
    return rows.values()


def _no_backup(name: str) -> StoreError:
    return StoreError(f"{name} is no backup of Khabar.", "Name a file that `khabar backup` has written.")
