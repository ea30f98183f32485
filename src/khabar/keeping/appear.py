"""A finished file takes its name. Invariant: never that of another file, and for good, also after a power cut."""

from __future__ import annotations

import os
from pathlib import Path

from khabar.errors import StoreError

__all__ = ["appear", "sync_folder"]


def appear(written: Path, path: Path) -> None:
    """The file takes its name, and never that of another; it is on the disk, name and all, when this returns."""
    try:
        os.link(written, path)
    except FileExistsError:
        raise StoreError(f"{path} is there already.", "Choose another name.") from None
    except OSError:  # a disk without hard links
        if path.exists():
            raise StoreError(f"{path} is there already.", "Choose another name.") from None
        written.rename(path)
    sync_folder(path.absolute().parent)


def sync_folder(folder: Path) -> None:
    """Names in a folder are on the disk; some systems have no such thing, and need none."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)
