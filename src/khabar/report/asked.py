"""Which report is asked for: a period, an area, a rule. Invariant: a period is whole days, and the period before it is
as long: the month before a month, the year before a year, else as many days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from khabar.errors import SettingsError

__all__ = ["Asked", "Period", "period_of"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_QUARTERS = ("first", "second", "third", "fourth")
_FORM = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<month>\d{2})|[Qq](?P<quarter>[1-4])))?")
_REMEDY = "Write a year (2016), a month (2016-10), a quarter (2016-Q4) or two days (2016-10-01/2016-10-15)."


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included; `months` is how many calendar months it is, 0 where it is none."""

    first: date
    last: date
    months: int = 0

    @property
    def words(self) -> str:
        """As a heading says it: "October 2016", "fourth quarter of 2016", "2016", "1 to 15 October 2016"."""
        if self.months == 12:
            return str(self.first.year)
        if self.months == 3:
            return f"{_QUARTERS[(self.first.month - 1) // 3]} quarter of {self.first.year}"
        if self.months == 1:
            return f"{_MONTHS[self.first.month - 1]} {self.first.year}"
        if self.first == self.last:
            return _day(self.first)
        return f"{_day(self.first)} to {_day(self.last)}"

    @property
    def before(self) -> Period:
        """The period that ends the day before this one begins, as long as this one."""
        last = self.first - timedelta(days=1)
        if not self.months:
            return Period(last - (self.last - self.first), last)
        return Period(_months_on(self.first, -self.months), last, self.months)

    def holds(self, earliest: str | None, latest: str | None) -> bool:
        """True where the whole interval lies inside."""
        return bool(earliest and latest) and str(self.first) <= str(earliest) and str(latest) <= str(self.last)

    def meets(self, earliest: str | None, latest: str | None) -> bool:
        """True where the date may lie inside: an interval that overlaps, or one open at an end whose known end is in
        the period; one that begins or ends anywhere else says too little.
        """
        ends = [day for day in (earliest, latest) if day]
        if len(ends) == 2:
            return ends[0] <= str(self.last) and str(self.first) <= ends[1]
        return any(str(self.first) <= day <= str(self.last) for day in ends)


@dataclass(frozen=True, slots=True)
class Asked:
    """The report that is asked for. `made` is the day it is made, the only thing in it that the base does not give.

    `countries` are ISO2 codes; `admin1` a province's name; `types` are event types; `actor` a full id. `names` keeps
    the names of private persons, who have pseudonyms else. `origins` is how many independent origins must hold an
    actor responsible that claims nothing, for it to be named.
    """

    period: Period
    made: str
    countries: tuple[str, ...] = ()
    admin1: str | None = None
    types: tuple[str, ...] = ()
    actor: str | None = None
    rule: str | None = None
    title: str | None = None
    names: bool = False
    origins: int = 0

    @property
    def before(self) -> Asked:
        """The same for the period before."""
        return replace(self, period=self.period.before)


def period_of(text: str) -> Period:
    """The period of "2016", "2016-10", "2016-Q4", "2016-10-01/2016-10-15"; SettingsError for anything else."""
    if "/" in text:
        return _days(*text.split("/", 1))
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise SettingsError(f"{text!r} is no period.", _REMEDY)
    year, month, quarter = (int(found[name]) if found[name] else 0 for name in ("year", "month", "quarter"))
    if month > 12 or (found["month"] and not month) or not year:
        raise SettingsError(f"{text!r} is no period: there is no such month.", _REMEDY)
    months = 3 if quarter else 1 if month else 12
    first = date(year, 3 * quarter - 2 if quarter else month or 1, 1)
    return Period(first, _months_on(first, months) - timedelta(days=1), months)


def _days(first: str, last: str) -> Period:
    try:
        period = Period(date.fromisoformat(first.strip()), date.fromisoformat(last.strip()))
    except ValueError as problem:
        raise SettingsError(f"{first}/{last} is no period: {problem}.", _REMEDY) from None
    if period.last < period.first:
        raise SettingsError(f"{first}/{last} ends before it begins.", "Write the earlier day first.")
    return period


def _months_on(day: date, months: int) -> date:
    n = day.year * 12 + day.month - 1 + months
    return date(n // 12, n % 12 + 1, 1)


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
