"""Dates as read, before they are resolved. Invariant: resolving is a pure function of the anchors.

An expression knows what its words say; `Anchors` holds what they are to be resolved against: the publication interval
and the dated mention before. Nothing is resolved against the machine's clock.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from khabar.reading.calendar_spans import Span, days, decade, hull, month, months, year

__all__ = [
    "Anchors",
    "Calendar",
    "DayOfMonth",
    "Decade",
    "Expression",
    "Fixed",
    "Numeric",
    "Open",
    "Resolved",
    "capped",
]

_SOME_DAY = date(2001, 1, 1)  # stands in for an unknown publication day where only the precision is wanted
_ISSUE = timedelta(days=92)  # a publication interval this short counts as one time: an issue of a month or a quarter
_HALF_A_YEAR = timedelta(days=183)
_NEAR = timedelta(days=62)  # a date without a year this close before publication is news, whatever stands before it


class Resolved(NamedTuple):
    """A span and what it was resolved against (`khabar.reading.model.DateMention.anchor`)."""

    span: Span
    anchor: str


@dataclass(frozen=True, slots=True)
class Anchors:
    """What expressions are resolved against. `previous` is the last dated mention before, None if there is none;
    `story` the last one in the same paragraph that named its year and at least its month;
    `near` is whether the previous one stands in the same paragraph, `future` whether the sentence looks ahead; `day`
    the last one in the same paragraph that is as precise as days; `lead` the text's first weekday, on which falls
    what the report is about.
    """

    earliest: date | None
    latest: date | None
    previous: Span | None = None
    story: Span | None = None
    month_first: bool | None = None
    future: bool = False
    near: bool = False
    day: Span | None = None
    lead: Span | None = None

    def of_issue(self) -> Anchors:
        """The same with a short publication interval seen from its end, where only the year is in question."""
        if self.earliest is None or self.latest is None or self.latest - self.earliest > _ISSUE:
            return self
        return replace(self, earliest=self.latest)

    def from_publication(self, at: Callable[[date], Span], *, past: bool = True) -> Resolved:
        """The hull of `at` over the days the document may have been published on; past ones end with publication."""
        if self.latest is None:
            return Resolved(Span(None, None, at(_SOME_DAY).precision), "open")
        if self.earliest is None:
            there = at(self.latest)
            span = Span(None, there.last, "range")
        else:
            span = hull(at(self.earliest), at(self.latest))
        return Resolved(capped(span, self.latest) if past else span, "published")


def capped(span: Span, latest: date) -> Span:
    """`span` with its end not after `latest`."""
    first, last, precision = span
    if last is not None and last > latest:
        last = latest
        first = min(first, latest) if first is not None else None
    return Span(first, last, precision)


class Expression(Protocol):
    """What a time expression says."""

    def resolve(self, anchors: Anchors) -> Resolved:
        """The interval meant, given the anchors."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Parts of a calendar date, as many as the words give: year, month, day (to `last_day`), weekday. A season is
    `months` months.

    `years` is a year given by the publication ("July last year" is -1); `which` is "last" or "next" before a month.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    months: int = 1
    weekday: int | None = None
    years: int | None = None
    which: str = ""

    def in_year(self, number: int) -> Span:
        """The span in a given year; the 29 February of a common year is its 28th."""
        if self.month is None:
            return year(number)
        if self.months > 1:
            return months(number, self.month, self.months)
        whole = month(number, self.month)
        if self.day is None or whole.last is None:
            return whole
        length = whole.last.day
        first = date(number, self.month, min(self.day, length))
        return days(first, date(number, self.month, min(self.last_day or self.day, length)))

    def resolve(self, anchors: Anchors) -> Resolved:
        """Absolute with a year; otherwise the latest such date not after publication, or in the story's year."""
        if self.year is not None:
            return Resolved(self.in_year(self.year), "absolute")
        if self.years is not None:
            ahead = self.years
            return anchors.from_publication(lambda day: self.in_year(day.year + ahead), past=ahead < 0)
        if self.which == "next" or (anchors.future and not self.which):
            ahead_of = anchors.from_publication(self._next, past=False)
            if self.which or not self._just_passed(ahead_of.span, anchors):
                return ahead_of
        ahead = self.day is not None and not self.which
        found = anchors.of_issue().from_publication(self._latest, past=not ahead)
        if self.which or _is_news(found.span, anchors):
            return found
        told = self._in_story(anchors)
        if told is not None:
            return told
        if anchors.latest is None and self.weekday is not None and anchors.earliest is not None:
            return self._by_weekday(anchors.earliest)
        return found

    def _latest(self, day: date) -> Span:
        """The latest such date that has begun by `day`; one that also agrees with the weekday within five years."""
        candidates = [self.in_year(number) for number in range(day.year + 1, day.year - 9, -1) if self._exists(number)]
        begun = [c for c in candidates if c.first is not None and c.first <= day]
        if self.which == "last":
            begun = [c for c in begun if c.last is not None and c.last < day.replace(day=1)] or begun
        elif self.day is not None and (soon := _just_ahead(candidates, day)) is not None:
            return soon
        nearest = begun[0]
        fitting = [c for c in begun if c.first is not None and c.first.weekday() == self.weekday]
        # Reports get weekdays wrong more often than they leave out the year of an old date.
        if not fitting or (nearest.last is not None and day - nearest.last <= _NEAR):
            return nearest
        return fitting[0]

    def _just_passed(self, ahead: Span, anchors: Anchors) -> bool:
        """Whether the next such date is more than half a year ahead and the last one news: "will try those of July" in
        August means the July gone by.
        """
        far = bool(ahead.first and anchors.latest and ahead.first - anchors.latest > _HALF_A_YEAR)
        return far and _is_news(anchors.of_issue().from_publication(self._latest).span, anchors)

    def _exists(self, number: int) -> bool:
        """Whether a year has such a day: only leap years have a 29 February."""
        return (self.month, self.day) != (2, 29) or isleap(number)

    def _next(self, day: date) -> Span:
        candidates = [self.in_year(number) for number in range(day.year, day.year + 9) if self._exists(number)]
        return next((c for c in candidates if c.last is not None and c.last >= day), candidates[0])

    def _in_story(self, anchors: Anchors) -> Resolved | None:
        """The story's year, where the text goes forward in time from a date that named its year."""
        story = anchors.story
        if story is None or story.first is None or self.month is None:
            return None
        span = self.in_year(story.first.year)
        if span.last is None or span.last < story.first or (anchors.latest and span.last > anchors.latest):
            return None
        return Resolved(span, "previous")

    def _by_weekday(self, earliest: date) -> Resolved:
        """With a lower bound of publication only: the one year of the next five in which day and weekday agree."""
        spans = [self.in_year(number) for number in range(earliest.year - 1, earliest.year + 5)]
        fitting = [s for s in spans if s.first is not None and s.first.weekday() == self.weekday]
        if len(fitting) == 1:
            return Resolved(fitting[0], "published")
        return Resolved(Span(None, None, spans[0].precision), "open")


def _just_ahead(candidates: list[Span], day: date) -> Span | None:
    """The date if it falls in the two weeks after `day`: a report looks ahead rather than back a whole year unsaid."""
    ahead = [c for c in candidates if c.first is not None and day < c.first <= day + timedelta(days=14)]
    return ahead[0] if ahead else None


def _is_news(span: Span, anchors: Anchors) -> bool:
    return bool(anchors.latest and span.last and anchors.latest - span.last <= _NEAR)


@dataclass(frozen=True, slots=True)
class Fixed:
    """Days the words give outright."""

    first: date
    last: date | None = None

    def resolve(self, anchors: Anchors) -> Resolved:  # noqa: ARG002
        """Always absolute."""
        return Resolved(days(self.first, self.last), "absolute")


@dataclass(frozen=True, slots=True)
class Numeric:
    """A date in figures whose order of day and month its own figures leave open, e.g. 04/05/2020."""

    one: date
    other: date

    def resolve(self, anchors: Anchors) -> Resolved:
        """By the other figures of the document, then by what publication rules out; else both days' hull.

        `one` is the reading with the day first.
        """
        if anchors.month_first is not None:
            return Resolved(days(self.other if anchors.month_first else self.one), "absolute")
        allowed = [d for d in (self.one, self.other) if anchors.latest is None or d <= anchors.latest]
        if len(allowed) == 1:
            return Resolved(days(allowed[0]), "absolute")
        return Resolved(days(min(self.one, self.other), max(self.one, self.other)), "absolute")


@dataclass(frozen=True, slots=True)
class Decade:
    """The 1990s."""

    first_year: int

    def resolve(self, anchors: Anchors) -> Resolved:  # noqa: ARG002
        """Always absolute."""
        return Resolved(decade(self.first_year), "absolute")


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """A day of the month alone: "on the 24th"."""

    day: int

    def resolve(self, anchors: Anchors) -> Resolved:
        """In the month of the date before it in the paragraph; otherwise the latest such day not after publication."""
        story = (anchors.day or anchors.previous) if anchors.near else None
        if story is not None and story.first is not None and story.precision in ("day", "month"):
            there = month(story.first.year, story.first.month)
            if there.last is not None and self.day <= there.last.day:
                return Resolved(days(story.first.replace(day=self.day)), "previous")
        return anchors.from_publication(self._latest)

    def _latest(self, day: date) -> Span:
        number = day.year * 12 + day.month - 1
        ends = (month(k // 12, k % 12 + 1).last for k in range(number, number - 4, -1))
        found = (end.replace(day=self.day) for end in ends if end is not None and self.day <= end.day)
        return days(next((there for there in found if there <= day), day))


@dataclass(frozen=True, slots=True)
class Open:
    """Words of time that give no bound: "recently", "every Friday" (`anchor` recurring)."""

    precision: str = "unknown"
    anchor: str = "open"

    def resolve(self, anchors: Anchors) -> Resolved:  # noqa: ARG002
        """Never bounded."""
        return Resolved(Span(None, None, self.precision), self.anchor)
