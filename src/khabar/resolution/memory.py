"""What was compared before. Invariant: a memory saves work and changes nothing: with any memory, also one of another
corpus or of another version of the program, a resolution is equal to one without.

Verdicts on pairs are kept with the fingerprint of each of the two mentions. A pair is looked up only if both are what
they were; everything else about a resolution is worked out from claims and judgements each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from khabar.resolution.columns import Bools, Ints

__all__ = ["Memory", "Remembered", "Work", "load_memory", "save_memory"]


@dataclass(frozen=True, slots=True)
class Remembered:
    """Pairs of rows that were compared, sorted, the smaller row first, and what came of it (see `verdicts.Judged`).

    `telling` says which of them people should see, whatever else is decided.
    """

    left: Ints
    right: Ints
    verdicts: NDArray[np.uint8]
    sums: NDArray[np.float32]
    opposed: Bools
    telling: Bools

    @classmethod
    def nothing(cls) -> Remembered:
        """No pairs."""
        none = np.zeros(0, np.int64)
        return cls(none, none, np.zeros(0, np.uint8), np.zeros(0, np.float32), *(np.zeros(0, np.bool_),) * 2)

    def __len__(self) -> int:
        return len(self.left)

    def chosen(self, which: Ints | Bools) -> Remembered:
        """Some of the pairs."""
        return Remembered(*(getattr(self, name)[which] for name in _COLUMNS))

    def joined(self, other: Remembered, rows: int) -> Remembered:
        """These and other pairs of a table of so many rows, each once."""
        if not len(self) or not len(other):
            return self if len(self) else other
        both = Remembered(*(np.append(getattr(self, name), getattr(other, name)) for name in _COLUMNS))
        _, first = np.unique(both.left * rows + both.right, return_index=True)
        return both.chosen(first)


_COLUMNS = ("left", "right", "verdicts", "sums", "opposed", "telling")


@dataclass(slots=True)
class Work:
    """What the last resolution with a memory did: pairs it compared, and pairs it had compared before."""

    compared: int = 0
    recalled: int = 0


@dataclass(slots=True)
class Memory:
    """What a resolution leaves for the next: `version` of the program and settings, `prints` of the mentions by row,
    and the `pairs` of rows. `work` tells what was done.
    """

    version: str = ""
    prints: Sequence[str] = ()
    pairs: Remembered = field(default_factory=Remembered.nothing)
    work: Work = field(default_factory=Work)

    def recall(self, version: str, prints: Sequence[str]) -> Remembered:
        """The pairs of rows of another table, with these fingerprints by row, that were compared before.

        Tables are sorted by claim, and so the pairs come in order.
        """
        if version != self.version or not len(self.pairs):
            return Remembered.nothing()
        row = {each: number for number, each in enumerate(prints)}
        now = np.fromiter((row.get(each, -1) for each in self.prints), np.int64, len(self.prints))
        left, right = now[self.pairs.left], now[self.pairs.right]
        there = np.flatnonzero((left >= 0) & (right >= 0))
        found = self.pairs.chosen(there)
        return replace(found, left=left[there], right=right[there])

    def keep(self, version: str, prints: Sequence[str], pairs: Remembered, work: Work) -> None:
        """Replace what is remembered by what was needed this time, so that a memory does not grow for ever."""
        self.version, self.prints, self.pairs, self.work = version, prints, pairs, work


# ------------------------------------------------------------------ in a file


def load_memory(path: Path) -> tuple[Memory, str]:
    """The memory of a file, and a note where there is a file but no use for it: then the memory is empty.

    Nothing in such a file is ever run as a program.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
            version = str(data["version"])
            prints = [each.decode("ascii") for each in data["prints"].tolist()]
            pairs = Remembered(
                data["left"].astype(np.int64),
                data["right"].astype(np.int64),
                data["verdicts"].astype(np.uint8),
                data["sums"].astype(np.float32),
                data["opposed"].astype(np.bool_),
                data["telling"].astype(np.bool_),
            )
            _check(prints, pairs)
    except FileNotFoundError:
        return Memory(), ""
    except (OSError, ValueError, KeyError, AttributeError, EOFError, BadZipFile) as problem:
        return Memory(), f"{path} is damaged and not used ({problem}); it will be written anew."
    return Memory(version, prints, pairs), ""


def _check(prints: Sequence[str], pairs: Remembered) -> None:
    """ValueError where columns do not belong together."""
    sizes = {len(getattr(pairs, name)) for name in _COLUMNS}
    rows = np.append(pairs.left, pairs.right)
    if len(sizes) > 1 or (len(rows) and (rows.min() < 0 or rows.max() >= len(prints))):
        raise ValueError("its columns do not fit each other")
    codes = pairs.left * len(prints) + pairs.right
    if (pairs.left >= pairs.right).any() or (codes[1:] <= codes[:-1]).any():
        raise ValueError("its pairs are not in order")


def save_memory(memory: Memory, path: Path) -> str:
    """Write a memory to a file, whole or not at all; a note where that is not possible: the next run takes longer."""
    fresh = path.with_name(f"{path.name}.new")
    pairs = memory.pairs
    try:
        with fresh.open("wb") as file:
            np.savez(
                file,
                version=np.array(memory.version),
                prints=np.array([each.encode("ascii") for each in memory.prints], np.bytes_),
                left=pairs.left.astype(np.int32),
                right=pairs.right.astype(np.int32),
                verdicts=pairs.verdicts,
                sums=pairs.sums,
                opposed=pairs.opposed,
                telling=pairs.telling,
            )
        fresh.replace(path)
    except OSError as problem:
        return f"{path} cannot be written ({problem.strerror}); the next run will take longer."
    return ""
