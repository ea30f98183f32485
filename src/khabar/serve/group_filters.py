"""What can be asked about groups: one definition for pages, their API twins and downloads. Invariant: an empty string,
as forms send it, asks for nothing.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field, field_validator

from khabar.analysis.gather import Asked, Period
from khabar.records import ACTOR_KINDS
from khabar.serve.filters import PAGE_SIZE
from khabar.store.base import View
from khabar.store.questions import ActorFilter

__all__ = ["ActorQuery", "GenealogyQuery", "GroupsQuery", "NetworkQuery", "day_of"]

_LAST_PAGE = 1_000_000
_PERSON = "person"
_GROUPS = tuple(kind for kind in ACTOR_KINDS if kind != _PERSON)
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


def day_of(text: str, *, first: bool = False) -> str | None:
    """The last (or `first`) day of a year, a month or a day as typed: 2016-06 is 2016-06-30; None for nothing.

    ValueError for anything else.
    """
    if not text.strip():
        return None
    found = _DAY.match(text.strip())
    if found is None:
        raise ValueError("use a year, a month or a day: 2016, 2016-06 or 2016-06-15")
    year, month, day = (int(part) if part else None for part in found.groups())
    assumed = (1 if first else 12) if month is None else month
    if not year or not 1 <= assumed <= 12:
        raise ValueError("there is no such month")
    end = 1 if first else calendar.monthrange(year, assumed)[1]
    return date(year, assumed, day or end).isoformat()


def _listed(value: object) -> object:
    """A single choice as a list, without the empty one."""
    values = value if isinstance(value, (list, tuple)) else [value]
    return [v for v in values if v != ""]


class ActorQuery(BaseModel):
    """Filters of the list of actors."""

    text: str = Field("", description="The beginning of any word of any name.", max_length=300)
    kind: str = Field(
        "", description=f"One of {', '.join(ACTOR_KINDS)}; empty for all but persons, who are listed by name alone."
    )
    country: str = Field("", description="Two-letter code of the country it is at home in.", max_length=2)
    page: int = Field(1, ge=1, le=_LAST_PAGE)

    def where(self, *, everything: bool = False) -> ActorFilter:
        """The filter of the base: of one page, or of everything that is kept."""
        return ActorFilter(
            kinds=(self.kind,) if self.kind else _GROUPS,
            order="name" if self.kind == _PERSON else "claims",  # people are not ranked
            text=self.text or None,
            country=self.country or None,
            min_claims=1,
            limit=None if everything else PAGE_SIZE,
            offset=0 if everything else (self.page - 1) * PAGE_SIZE,
        )


class GroupsQuery(BaseModel):
    """Which groups a picture shows, and by which ties."""

    group: str = Field("", description="Id or name of a group; empty for all.", max_length=300)
    depth: int = Field(1, ge=1, le=4, description="How many ties from it a group may be.")
    type: Annotated[list[str], BeforeValidator(_listed)] = Field(
        default_factory=list, description="Types of ties of the codebook; none for all that are drawn."
    )

    def asked(self, base: View, period: Period | None = None) -> Asked:
        """The question to a base; NotFoundError where there is no such group."""
        root = base.actor(self.group).id if self.group else None
        return Asked(root, self.depth, tuple(self.type), period or Period())


class GenealogyQuery(GroupsQuery):
    """The genealogy, or its state on a day."""

    at: str = Field("", description="The state at the end of this year, month or day: 2016, 2016-06, 2016-06-15.")

    @field_validator("at")
    @classmethod
    def _a_day(cls, value: str) -> str:
        day_of(value)
        return value.strip()

    @property
    def day(self) -> str | None:
        """The day asked for."""
        return day_of(self.at)


class NetworkQuery(GroupsQuery):
    """The network, of ties that claims date within a period."""

    since: str = Field("", description="Ties not over before this year, month or day.")
    until: str = Field("", description="Ties not begun after this year, month or day.")

    @field_validator("since", "until")
    @classmethod
    def _a_day(cls, value: str) -> str:
        day_of(value)
        return value.strip()

    @property
    def period(self) -> Period:
        """The days from the first to the last, both included."""
        return Period(day_of(self.since, first=True), day_of(self.until))
