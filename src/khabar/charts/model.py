"""A chart and the table that says the same. Invariant: every number drawn stands in the table, and every number of the
table says by which filter of incidents it can be looked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Cell", "Chart"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell of the table. `asks` is the filter of the list of incidents that gives exactly the
    incidents counted here; None where it is no number of incidents of its own.
    """

    words: str
    asks: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """`spec` is Vega-Lite, with colours by the names of `khabar.charts.drawing.INKS`; `note` says what was counted and
    how, in words that stand under the picture; rows have as many cells as there are columns, words first.
    """

    name: str
    title: str
    note: str
    spec: Mapping[str, Any]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(default=())
