"""Where bases lie that are to be hurt: a prototype is made once, and every attempt begins with a copy of one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Protocol

from faults.forge import Forge
from khabar.samples import sample_folder
from khabar.store.opening import open_store
from old_stores import older

__all__ = ["BESIDE", "REPORTS", "Ground", "SqliteGround", "prototypes", "reports_in"]

REPORTS = (
    "easter-correction.txt", "easter-first.txt", "export.csv", "kabul-maternity-first.txt", "quetta-college-toll.txt",
)  # fmt: skip
"""The sample reports that are used: those of incidents that several tell of, and files of several reports."""

BESIDE = (".archive", ".memory")
"""What lies beside a base in a file."""


class Ground(Protocol):
    """A kind of store, and a folder for it."""

    name: str
    folder: Path

    def copy(self, prototype: str, to: str) -> str:
        """A new base like another one, under a name; gives its address."""

    def drop(self, address: str) -> None:
        """Remove a base and all that lies beside it."""

    def address(self, name: str) -> str:
        """The address of a base of that name."""


class SqliteGround:
    """Bases in files."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def address(self, name: str) -> str:
        """The path of a base of that name."""
        return str(self.folder / f"{name}.db")

    def copy(self, prototype: str, to: str) -> str:
        """A copy of the file and of what lies beside it, under a name; gives its path."""
        address = self.address(to)
        if Path(prototype).exists():
            shutil.copyfile(prototype, address)
        for end in BESIDE:
            if Path(f"{prototype}{end}").is_dir():
                shutil.copytree(f"{prototype}{end}", f"{address}{end}")
        return address

    def drop(self, address: str) -> None:
        """Remove the file and what lies beside it."""
        for end in ("", "-wal", "-shm"):
            Path(f"{address}{end}").unlink(missing_ok=True)
        for end in BESIDE:
            shutil.rmtree(f"{address}{end}", ignore_errors=True)


def reports_in(folder: Path) -> Path:
    """A folder with the reports that are used."""
    target = folder / "reports"
    target.mkdir()
    for name in REPORTS:
        shutil.copyfile(sample_folder() / name, target / name)
    return target


def prototypes(ground: Ground, forge: Forge) -> dict[str, str]:
    """Addresses of a base with reports in it (`added`), of one that is put together (`built`), and of one in which the
    first two incidents were said to be the same (`decided`), and of one as the first release wrote it (`old`).
    """
    reports = reports_in(ground.folder)
    added = ground.address("added")
    forge.run(["add", "--store", added, reports], ground.folder)
    built = ground.copy(added, "built")
    forge.run(["run", "--store", built, "--processes", "1"], ground.folder)
    decided = ground.copy(built, "decided")
    with open_store(decided) as base:
        left, right = sorted(e.id for e in base.events())[:2]
    forge.run(["judge", "same", left, right, "--store", decided], ground.folder)
    old = ground.address("old")
    older(built, old)
    return {"added": added, "built": built, "decided": decided, "old": old}
