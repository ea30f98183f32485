"""What can be exported: the protocol of a shape. Invariant: a shape only reads, streams, and writes through `out`.

Another package adds a shape under the entry-point group `khabar.exporters`: a name, and a function without arguments
(or a class) that gives something with this protocol. `tables.Table` is a base for shapes that are one table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO, Protocol

from khabar.export.shapes.material import Material
from khabar.export.shapes.parts import Column, Loss, LossRule, Row

__all__ = ["Shape"]


class Shape(Protocol):
    """One shape: what it is called, what it holds, how rows are made of the base and how they are written."""

    @property
    def name(self) -> str:
        """The word after `khabar export`."""

    @property
    def title(self) -> str:
        """What it is, in one line."""

    @property
    def ending(self) -> str:
        """How its files end, without the dot: `csv`."""

    @property
    def rule(self) -> str | None:
        """The rule by which values are shown where nobody asks for another; None: the rule of the base."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns in their order; for shapes that are no table, the fields that expectations can be stated of."""

    @property
    def losses(self) -> tuple[LossRule, ...]:
        """Every rule under which something can be lost."""

    @property
    def options(self) -> Mapping[str, str]:
        """What can be asked for with `--with`, and what each means."""

    def records(self, material: Material) -> Iterator[Row | Loss]:
        """Rows and losses as a stream: each incident of `material.cases()` gives rows, or one loss `left out`."""

    def write(self, rows: Iterable[Row], out: BinaryIO, options: frozenset[str]) -> None:
        """Write the rows as a file of this shape, reading each row once; `out` can be written and told, not read."""
