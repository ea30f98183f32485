"""What every database offers for words in texts. Invariant: any input is a valid question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Select, Table

from khabar.store.questions import Hit

__all__ = ["COMMON", "FullText"]

COMMON = 2000
"""Documents that have the words looked for; of more of them a rank says little, and would take seconds to work out."""


class FullText(Protocol):
    """Full-text conditions and hits, in the words of one database."""

    def condition(self, base: Table, text: str, *, sifted: bool = False) -> ColumnElement[bool]:
        """That a row of `base` contains all words of `text`. `sifted` advises to go through rows in the order asked for
        and look at each, not to look up each that has the words: for tables of which most words are in many rows.
        """

    def latest(self, base: Table, text: str) -> Select[Any]:
        """The numbers of the rows of `base` that contain all words of `text`, the last first."""

    def hits(self, connection: Connection, text: str, limit: int, offset: int) -> Iterator[Hit]:
        """Documents that contain all words of `text`, the best first; of more than COMMON the last added."""

    def faults(self, connection: Connection) -> Iterator[str]:
        """Full-text indexes that do not match their tables, one line each."""
