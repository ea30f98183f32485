"""What can be asked of the ledger: its pages and their API twins. Invariant: one definition serves all of them."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, Field, field_validator

from khabar.records import CONTRADICTION_KINDS
from khabar.resolution.positions import POSITION_KINDS, Position
from khabar.resolution.totals import Coverage, Series
from khabar.serve.filters import PAGE_SIZE, page_number
from khabar.store.questions import ContradictionFilter
from khabar.text import fold

__all__ = ["ContradictionQuery", "PositionQuery", "TotalQuery"]


class _Paged(BaseModel):
    """Which page of a list; a page far beyond the end is an empty one."""

    page: int = Field(1, description="From 1.")

    @field_validator("page")
    @classmethod
    def _a_page(cls, value: int) -> int:
        return page_number(value)


def _one_of(value: str, known: tuple[str, ...]) -> str:
    if value and value not in known:
        raise ValueError(f"use one of {', '.join(known)}")
    return value


class ContradictionQuery(_Paged):
    """Filters of contradictions; an empty string asks for nothing."""

    kind: str = Field("", description=f"One of {', '.join(CONTRADICTION_KINDS)}.")

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        return _one_of(value, CONTRADICTION_KINDS)

    def where(self, *, everything: bool = False) -> ContradictionFilter:
        """The filter of the base, for one page or for all of them."""
        if everything:
            return ContradictionFilter(kind=self.kind or None)
        return ContradictionFilter(kind=self.kind or None, limit=PAGE_SIZE, offset=(self.page - 1) * PAGE_SIZE)


class PositionQuery(_Paged):
    """Filters of positions; empty strings ask for nothing."""

    kind: str = Field("", description=f"One of {', '.join(POSITION_KINDS)}.")
    speaker: str = Field("", description="Words of the speaker's name.", max_length=100)

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        return _one_of(value, POSITION_KINDS)

    def kept(self, found: Iterable[Position]) -> list[Position]:
        """The positions that the filter keeps."""
        asked = fold(self.speaker)
        return [p for p in found if self.kind in ("", p.kind) and asked in fold(p.speaker)]


class TotalQuery(_Paged):
    """Filters of totals; an empty string asks for nothing."""

    origin: str = Field("", description="Words of the name of who gives the total.", max_length=100)

    def kept(self, found: Iterable[Coverage]) -> list[Coverage]:
        """The totals that the filter keeps."""
        return [t for t in found if fold(self.origin) in fold(t.scope.origin)]

    def kept_series(self, found: Iterable[Series]) -> list[Series]:
        """The series that the filter keeps."""
        return [s for s in found if fold(self.origin) in fold(s.origin)]
