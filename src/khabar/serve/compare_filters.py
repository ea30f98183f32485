"""What can be asked of a comparison, and the parts of it that a page shows. Invariant: page and API ask alike."""

from __future__ import annotations

from datetime import date

from fastapi import Request
from pydantic import BaseModel, Field, field_validator

from khabar.codebook.load import load_codebook
from khabar.comparing.ask import Comparisons
from khabar.comparing.compare import Within
from khabar.comparing.listings import list_order
from khabar.comparing.model import VERDICTS, Comparison, Row
from khabar.errors import NotFoundError
from khabar.records import ReferenceSet
from khabar.serve.filters import PAGE_SIZE
from khabar.serve.seat import base_of
from khabar.store.base import View

__all__ = ["CompareQuery", "asked_of", "row_of", "rows_of", "version_of", "whole_of"]

_LAST_PAGE = 1_000_000


class CompareQuery(BaseModel):
    """Filters of a comparison; empty strings, as forms send them, ask for nothing."""

    verdict: str = Field("", description=f"Only rows that are {', '.join(VERDICTS)}.")
    country: str = Field("", description="Two-letter country code, on both sides.", max_length=2)
    since: str = Field("", description="Not before this day (2016-10-24), on both sides.")
    until: str = Field("", description="Not after this day.")
    page: int = Field(1, ge=1, le=_LAST_PAGE)

    @field_validator("verdict")
    @classmethod
    def _known(cls, value: str) -> str:
        if value and value not in VERDICTS:
            raise ValueError(f"use one of {', '.join(VERDICTS)}")
        return value

    @field_validator("since", "until")
    @classmethod
    def _day(cls, value: str) -> str:
        if value:
            date.fromisoformat(value)
        return value

    def within(self) -> Within:
        """What part of both sides is compared."""
        return Within(self.since or None, self.until or None, self.country.upper() or None)


def asked_of(request: Request, name: str, asked: CompareQuery) -> Comparison:
    """The comparison asked for, worked out anew only where base or imported files changed."""
    kept: Comparisons = request.app.state.comparisons
    return kept.of(base_of(request), name, load_codebook(), asked.within())


def whole_of(request: Request, name: str) -> Comparison:
    """The comparison without filters."""
    return asked_of(request, name, CompareQuery.model_validate({}))


def rows_of(found: Comparison, asked: CompareQuery) -> tuple[list[Row], int]:
    """One page of the rows that are asked for, and how many there are."""
    rows = [row for row in found.rows if not asked.verdict or row.verdict == asked.verdict]
    begin = (asked.page - 1) * PAGE_SIZE
    return rows[begin : begin + PAGE_SIZE], len(rows)


def row_of(found: Comparison, key: str) -> Row:
    """The row of a record's or an incident's id; NotFoundError where neither side has it."""
    for row in found.rows:
        if (row.theirs and key in (row.theirs.key, *(part.key for part in row.parts))) or (
            row.mine and row.mine.id == key
        ):
            return row
    raise NotFoundError(f"Neither {found.name} nor your base has {key}.", "An incident's id changes with its reports.")


def version_of(base: View, key: str) -> ReferenceSet:
    """The imported version of the list with an id, or of a day; NotFoundError names what there is."""
    every = list_order(base.reference_sets())
    for version in reversed(every):
        if key in (version.id, version.version):
            return version
    there = ", ".join(v.version or v.id for v in every) or "none is imported"
    raise NotFoundError(f"There is no version {key!r} of the list ({there}).", "`khabar import un-list` takes one in.")
