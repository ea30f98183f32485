"""What can be asked of list pages and their API twins. Invariant: one definition serves page, API and download."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, Field, field_validator

from khabar.settings import RULE_NAMES
from khabar.store.base import View
from khabar.store.place_rows import NOWHERE, PLACE_LEVELS
from khabar.store.questions import EventFilter

__all__ = ["PAGE_SIZE", "IncidentQuery", "Pages", "RuleQuery", "page_number"]

PAGE_SIZE = 50
_KNOWN = (*PLACE_LEVELS, NOWHERE)
_POINT = re.compile(r"(-?\d{1,2}(?:\.\d{1,9})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,9})?)")
_LAST_PAGE = 1_000_000
"""No list is longer; larger numbers would not fit into a question to the store."""


class RuleQuery(BaseModel):
    """By which rule values are shown; an empty string is the rule of the base."""

    rule: str = Field("", description=f"Which stated value is shown: {', '.join(RULE_NAMES)}.")

    @field_validator("rule")
    @classmethod
    def _known_rule(cls, value: str) -> str:
        if value and value not in RULE_NAMES:
            raise ValueError(f"use one of {', '.join(RULE_NAMES)}")
        return value


class IncidentQuery(RuleQuery):
    """Filters of incidents; empty strings, as forms send them, ask for nothing."""

    text: str = Field("", description="Words in quotes, places, actors and types.", max_length=300)
    type: str = Field("", description="An event type of the codebook.")
    country: str = Field("", description="Two-letter country code.")
    admin1: str = Field("", description="Province or state, by name.")
    admin2: str = Field("", description="District, by name.")
    known: str = Field("", description=f"How closely the place is known: {', '.join(_KNOWN)}.")
    at: str = Field("", description="At this point: latitude, longitude (24.86,67.01).")
    actor: str = Field("", description="An actor's id.")
    since: str = Field("", description="Not before this day (2016-10-24).")
    until: str = Field("", description="Not after this day.")
    within: str = Field(
        "",
        pattern=r"^(\d{4}(-\d\d(-\d\d)?)?|no-year|no-month)?$",
        description="A year, month or day in which the whole date lies; no-year and no-month: not known so exactly.",
    )
    stance: Literal["", "claimed", "asserted", "blamed", "suspected", "denied"] = Field(
        "", description="How it is attributed, to the actor or to anybody."
    )
    min_killed: int | None = Field(None, ge=0, le=1_000_000_000, description="At least this many killed.")
    order: Literal["oldest", "newest", "killed"] = "newest"
    page: int = Field(1, ge=1, le=_LAST_PAGE)

    @field_validator("min_killed", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("since", "until")
    @classmethod
    def _day(cls, value: str) -> str:
        from datetime import date

        if value:
            date.fromisoformat(value)
        return value

    @field_validator("known")
    @classmethod
    def _level(cls, value: str) -> str:
        if value and value not in _KNOWN:
            raise ValueError(f"use one of {', '.join(_KNOWN)}")
        return value

    @field_validator("at")
    @classmethod
    def _point(cls, value: str) -> str:
        if value and _degrees(value) is None:
            raise ValueError("use latitude, longitude in degrees, as in 24.86,67.01")
        return value

    def where(self, base: View) -> EventFilter:
        """The filter of the base, which compares values as the base shows them; an actor may be given by id or name."""
        return EventFilter(
            types=(self.type,) if self.type else (),
            country=self.country.upper() or None,
            admin1=self.admin1 or None,
            admin2=self.admin2 or None,
            known=self.known or None,
            at=_degrees(self.at),
            actor=base.actor(self.actor).id if self.actor else None,
            since=self.since or None,
            until=self.until or None,
            within=self.within or None,
            stance=self.stance or None,
            min_killed=self.min_killed,
            text=self.text or None,
            order=self.order,
            limit=PAGE_SIZE,
            offset=(self.page - 1) * PAGE_SIZE,
        )


def _degrees(point: str) -> tuple[float, float] | None:
    """Latitude and longitude of "24.86,67.01"; None where that is not what it says."""
    found = _POINT.fullmatch(point.strip())
    if found is None:
        return None
    latitude, longitude = (float(number) for number in found.groups())
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def page_number(asked: int) -> int:
    """The nearest number that a page of a list can have."""
    return min(max(1, asked), _LAST_PAGE)


@dataclass(frozen=True, slots=True)
class Pages:
    """Where one is in a long list: page `number` (from 1) of `total` rows."""

    number: int
    total: int
    size: int

    @property
    def last(self) -> int:
        """The number of the last page, at least 1."""
        return max(1, -(-self.total // self.size))
