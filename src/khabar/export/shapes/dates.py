"""Days of a case as other data sets write them. Invariant: a day is never made up; where one must stand for many it is
the middle one, and the narrowing is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from khabar.export.shapes.cases import Case

__all__ = ["Days", "days_of"]


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last possible day, both known."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """How many days, at least 1."""
        return (self.last - self.first).days + 1

    @property
    def middle(self) -> date:
        """The day in the middle, the earlier of two."""
        return self.first + timedelta(days=(self.length - 1) // 2)

    @property
    def words(self) -> str:
        """The interval in words: "2016-10-01 to 2016-10-31"."""
        first, last = self.first.isoformat(), self.last.isoformat()
        return first if first == last else f"{first} to {last}"


def days_of(case: Case) -> Days | None:
    """The days on which an incident may have happened; None where one of the bounds is open, or nothing is said."""
    when = case.shown("when") or {}
    earliest, latest = when.get("earliest"), when.get("latest")
    if not earliest or not latest:
        return None
    return Days(date.fromisoformat(earliest), date.fromisoformat(latest))
