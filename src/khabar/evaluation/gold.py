"""Where the gold lies, and its fingerprint. Invariant: a figure of another corpus is never compared with a floor.

Two roots: "own" is the folder `eval` of the project (floors, own cases, own codebook), "shared" a folder of other
people's data that we may measure on but not pass on.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from khabar.errors import EvaluationError
from khabar.evaluation.model import Measure

__all__ = ["Gold", "find_gold"]

_CHECKOUT = Path(__file__).resolve().parents[3] / "eval"


@dataclass(frozen=True, slots=True)
class Gold:
    """The two folders gold is read from; `shared` is None where other people's data are not on this machine."""

    own: Path
    shared: Path | None

    @property
    def floors(self) -> Path:
        """The file of floors."""
        return self.own / "floors.yml"

    def folder(self, measure: Measure) -> Path | None:
        """The folder a measure's paths are below; None where its data are not here."""
        root = self.own if measure.root == "own" else self.shared
        if root is None or not all((root / path).exists() for path in measure.data):
            return None
        return root

    def fingerprint(self, measure: Measure) -> str:
        """A hash of the measure's data, file by file with their names; EvaluationError where they are not here."""
        root = self.folder(measure)
        if root is None:
            raise EvaluationError(
                f"the data of {measure.name!r} are not here.", "Set KHABAR_SHARED to the folder that holds them."
            )
        total = sha256()
        for path in measure.data:
            for file in _files(root / path):
                total.update(file.relative_to(root).as_posix().encode() + b"\0")
                total.update(sha256(file.read_bytes()).digest())
        return total.hexdigest()[:16]


def find_gold(folder: Path | None = None) -> Gold:
    """The gold in `folder`, else in `eval` here or in Khabar's checkout; EvaluationError where there is none."""
    own = folder or next((p for p in (Path("eval"), _CHECKOUT) if (p / "floors.yml").is_file()), None)
    if own is None or not own.is_dir():
        raise EvaluationError(
            f"there is no folder of gold{f' {folder}' if folder else ' here'}.",
            "Run in a checkout of Khabar, or name the folder with --gold.",
        )
    named = os.environ.get("KHABAR_SHARED")
    shared = Path(named) if named else own.resolve().parent.parent / "shared"
    if named and not shared.is_dir():
        raise EvaluationError(f"KHABAR_SHARED is {named}, which is no folder.", "Set it to the folder of shared data.")
    return Gold(own, shared if shared.is_dir() else None)


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    else:
        yield from sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
