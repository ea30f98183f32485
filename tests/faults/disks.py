"""A disk with as little room as one likes. Invariant: what is mounted is unmounted."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Self

__all__ = ["SmallDisk"]

_PAGE = 4096


class SmallDisk:
    """A file system of its own in memory. `why_not` says why there is none, where the machine does not allow it."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder, self._size = folder, size
        self.why_not: str | None = None

    def __enter__(self) -> Self:
        self.folder.mkdir()
        mount = shutil.which("mount")
        if mount is None:
            self.why_not = "there is no mount command here"
            return self
        command = [mount, "-t", "tmpfs", "-o", f"size={self._size}", "tmpfs", str(self.folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            self.why_not = f"no file system can be mounted here ({done.stderr.strip().splitlines()[0]})"
        return self

    def leave_room(self, size: int) -> None:
        """Fill it up but for so many bytes."""
        self.make_room()
        status = os.statvfs(self.folder)
        filler = self.folder / "filler"
        with filler.open("wb") as out:
            for _ in range(max(0, status.f_bavail - max(1, size // _PAGE))):
                out.write(bytes(_PAGE))

    def make_room(self) -> None:
        """Take away what fills it up."""
        (self.folder / "filler").unlink(missing_ok=True)

    def __exit__(self, *_: object) -> None:
        if self.why_not is None:
            subprocess.run(["umount", str(self.folder)], check=True)
