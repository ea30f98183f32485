"""What a measurement is made of. Invariant: a figure always carries how many cases it was counted over.

gold ── system ──▶ answers ── scorer ──▶ Outcome (figures, slips) ── gate ──▶ above or below the floor
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from khabar.evaluation.system import System

__all__ = ["SLIP_KINDS", "Figure", "Measure", "Outcome", "Slip", "Table"]

SLIP_KINDS = ("missed", "false", "wrong")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its size: `value` of `name`, counted over `size` cases of the gold.

    `value` is a share or an F1 between 0 and 1, of which the best is 1, unless `count` says that it counts mistakes, of
    which the best is none (ungrounded claims, incidents found in reports that have none, the error of a confidence).
    """

    name: str
    value: float
    size: int
    note: str = ""
    count: bool = False

    def meets(self, floor: float) -> bool:
        """Whether it is at least the floor; for a count, at most."""
        return self.value <= floor if self.count else round(self.value, 4) >= floor


@dataclass(frozen=True, slots=True)
class Slip:
    """One mistake a reader can look at: where, of what kind, its cause in plain words, and the sentence.

    `cause` is one of a scorer's few phrases, so that slips can be grouped ("the actor is not found").
    """

    place: str
    kind: str
    what: str
    cause: str
    expected: str = ""
    found: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """More than a figure can say, for the method note: a title, column heads, and rows of texts."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a measure says: its figures, the slips behind them, and tables for the method note."""

    figures: tuple[Figure, ...]
    slips: tuple[Slip, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """An ability with its gold. `data` are paths below the `root` the gold lives in: "own" is the project's `eval`
    folder, "shared" the folder of other people's data (`KHABAR_SHARED`), which may be absent.
    """

    name: str
    ability: str
    root: str
    data: tuple[str, ...]
    source: str
    run: Callable[[Path, System], Outcome]
