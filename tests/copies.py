"""Copies of a base that somebody has open. Invariant: SQLite makes them, so no lock is dropped and no write is missed.

To copy the file itself would close it, and by the rules of POSIX that drops the locks of all who have it open in this
program.
"""

from __future__ import annotations

from pathlib import Path

from khabar.store.snapshot import snapshot

__all__ = ["copied"]


def copied(base: Path, to: Path) -> Path:
    """A copy of a base at `to`, without the originals."""
    snapshot(base, to)
    return to
