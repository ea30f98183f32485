"""Time expressions counted from another time. Invariant: resolving is a pure function of the anchors.

From publication (`Around`, `Past`, `Weekday`), from the dated mention before (`Step`, `WeekdayBeside`), and built of
other expressions (`InPart`, `Joined`, `Night`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from khabar.reading.calendar_spans import Span, days, hull, month, moved, part_of, unit_around
from khabar.reading.date_expressions import Anchors, Calendar, Expression, Resolved, capped

__all__ = ["Around", "InPart", "Joined", "Night", "Past", "SamePeriod", "Step", "Weekday", "WeekdayBeside"]

_WEEK = 6  # days from the first to the last of a week


@dataclass(frozen=True, slots=True)
class Around:
    """The calendar unit `offset` away from publication's: yesterday is (day, -1), this month (month, 0).

    `overnight` reaches into the next day; `from_now` is for "later this month". This weekend is the coming one until it
    begins.
    """

    unit: str
    offset: int
    overnight: bool = False
    from_now: bool = False

    def resolve(self, anchors: Anchors) -> Resolved:
        """Past units end with publication."""

        def at(day: date) -> Span:
            span = unit_around(day, self.unit, self.offset)
            if self.overnight:
                span = hull(span, unit_around(day, "day", self.offset + 1))
            if self.from_now and span.last is not None:
                return Span(min(day, span.last), span.last, span.precision)
            return span

        coming = False
        if self.unit == "weekend" and self.offset == 0 and anchors.latest is not None:
            saturday = at(anchors.latest).first
            coming = saturday is not None and saturday > anchors.latest
        return anchors.from_publication(at, past=self.offset <= 0 and not self.from_now and not coming)


@dataclass(frozen=True, slots=True)
class Past:
    """So many units before publication (`ago`), or the whole time since then; ahead of it where `sign` is 1. `exact` is
    for "a year ago to the day".
    """

    unit: str
    low: int
    high: int
    whole: bool = False
    sign: int = -1
    exact: bool = False

    def resolve(self, anchors: Anchors) -> Resolved:
        """The hull over the quantity's bounds."""

        def at(day: date) -> Span:
            today = days(day)
            if self.unit == "moment":
                return today
            if self.exact and self.low == self.high:
                return days(self._exact(day))
            near = moved(today, self.unit, self.sign * self.low)
            span = hull(near, moved(today, self.unit, self.sign * self.high))
            if not self.whole:
                return span
            far = self._exact(day)
            return days(min(far, day), max(far, day))

        return anchors.from_publication(at, past=self.sign < 0)

    def _exact(self, day: date) -> date:
        """The day exactly so many units away: "in the past six months" begins on this day six months ago."""
        size = {"day": 1, "week": 7, "fortnight": 14}.get(self.unit)
        if size is not None:
            return moved(days(day), "day", self.sign * self.high * size).first or day
        unit, count = ("year", self.high * 10) if self.unit == "decade" else (self.unit, self.high)
        there = unit_around(day, unit, self.sign * count).first or day
        number = day.month if unit == "year" else there.month
        last = month(there.year, number).last or there
        return last.replace(day=min(day.day, last.day))


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week. `which`: '' or "last", "next", "this"; `weeks` moves it by whole weeks from "last week"."""

    number: int
    which: str = ""
    weeks: int | None = None

    def resolve(self, anchors: Anchors) -> Resolved:
        """The latest such day not after publication ("last Monday" is before it); the next one where the text looks
        ahead.
        """
        if self.which == "next":
            return Weekday(self.number, weeks=1).resolve(anchors)
        ahead = anchors.future and self.which in ("", "this")

        def at(day: date) -> Span:
            if self.weeks is not None:
                monday = unit_around(day, "week", self.weeks).first or day
                return days(monday + timedelta(days=self.number))
            back = (day.weekday() - self.number) % 7
            if ahead:
                return days(day + timedelta(days=7 - back if back else 0))
            return days(day - timedelta(days=back or (7 if self.which == "last" else 0)))

        return anchors.from_publication(at, past=not ahead and (self.weeks or 0) <= 0)


@dataclass(frozen=True, slots=True)
class Step:
    """So many units after (or with negative bounds before) the dated mention before; (0, 0) is "the same day".

    `base` is the mention stepped from where it follows ("two days before 12 May"). `unit` of the result is the unit
    of the words, except that hours and minutes stay on the day. `whole` gives the calendar unit itself ("that week").
    """

    unit: str
    low: int
    high: int
    whole: bool = False
    base: Expression | None = None
    event: bool = False

    def resolve(self, anchors: Anchors) -> Resolved:
        """Without a dated mention before it: no bounds. So too where the words name the event they are counted from
        ("three years after the defeat of ..."), unless it is days away and its date stands in the same paragraph; what
        is only hours away is counted from the day that the report is about.
        """
        base = self.base.resolve(anchors) if self.base else None
        start, anchor = (base.span, base.anchor) if base else (anchors.previous, "previous")
        if not base and self.unit in ("day", "moment") and anchors.day is not None:
            start = anchors.day
        then = not self.whole and self.low == self.high == 0  # "since then" may be a year
        if not base and start is not None and self.unit in ("day", "moment") and not then and _long(start):
            start = None
        named = self.event and not base
        if named and (not anchors.near or self.unit in ("month", "year", "decade")):
            start = None
        if start is None and named and self.unit == "moment":
            start = anchors.lead  # "hours after the announcement" that the report is about
        if start is None or start.first is None or start.last is None:
            precision = self.unit if self.unit in ("day", "week", "month", "year") else "unknown"
            return Resolved(Span(None, None, "day" if self.unit == "moment" else precision), anchor)
        if self.whole and self.unit != "day":
            near = unit_around(start.first, self.unit, self.low)
            return Resolved(hull(near, unit_around(start.last, self.unit, self.high)), anchor)
        return Resolved(hull(moved(start, self.unit, self.low), moved(start, self.unit, self.high)), anchor)


def _long(span: Span) -> bool:
    """Whether a span is too long to count days from."""
    return span.first is None or span.last is None or (span.last - span.first).days > _TWO_MONTHS


_TWO_MONTHS = 62


@dataclass(frozen=True, slots=True)
class SamePeriod:
    """The dated stretch before, moved into another year: "the same period of 2021"."""

    year: Expression

    def resolve(self, anchors: Anchors) -> Resolved:
        """The whole year where no stretch of one year stands before."""
        there = self.year.resolve(anchors)
        before = anchors.previous
        if there.span.first is None or before is None or before.first is None or before.last is None:
            return there
        if before.first.year != before.last.year or before.precision == "year":
            return there
        year = there.span.first.year
        leap = (before.last.month, before.last.day) == (2, 29)
        first, last = (
            before.first.replace(year=year),
            before.last.replace(year=year, day=28 if leap else before.last.day),
        )
        return Resolved(Span(first, last, before.precision), there.anchor)


@dataclass(frozen=True, slots=True)
class WeekdayBeside:
    """A weekday counted from the date before: "the following Friday" (`offset` 1), "the previous Monday" (-1), "that
    Friday" (0).
    """

    number: int
    offset: int

    def resolve(self, anchors: Anchors) -> Resolved:
        """The nearest such day after, before, or in the week of the date before; without one, seen from publication."""
        start = anchors.day or anchors.previous
        if start is None or start.first is None or start.last is None or (start.last - start.first).days > _WEEK:
            which = {1: "next", 0: "", -1: "last"}[self.offset]
            return Weekday(self.number, which).resolve(anchors)
        if self.offset > 0:
            found = start.last + timedelta(days=(self.number - start.last.weekday() - 1) % 7 + 1)
        elif self.offset < 0:
            found = start.first - timedelta(days=(start.first.weekday() - self.number - 1) % 7 + 1)
        else:
            found = start.first + timedelta(days=self.number - start.first.weekday())
        return Resolved(days(found), "previous")


@dataclass(frozen=True, slots=True)
class Night:
    """The night of a day, which ends on the next: "overnight on Saturday"; of `into`, the night that ends on it."""

    of: Expression
    into: bool = False

    def resolve(self, anchors: Anchors) -> Resolved:
        """Both days; one day alone where nothing else can be meant."""
        span, anchor = self.of.resolve(anchors)
        if span.first is None or span.last is None:
            return Resolved(span, anchor)
        other = moved(span, "day", -1 if self.into else 1)
        return Resolved(hull(span, other), anchor)


@dataclass(frozen=True, slots=True)
class InPart:
    """A part of what another expression says: "early 2015", "the first quarter of last year". With `whole_end` it ends
    where the words say, also after publication: "by the end of the year".
    """

    part: str
    whole: Expression
    whole_end: bool = False

    def resolve(self, anchors: Anchors) -> Resolved:
        """Cut out of the whole unit, also where publication cuts its end off."""
        found = self.whole.resolve(anchors)
        if found.span.first is None or found.span.last is None:
            return Resolved(Span(None, None, "quarter" if self.part.startswith("q") else "range"), found.anchor)
        span = part_of(_restored(found.span), self.part) or found.span
        begun = anchors.latest is not None and span.first is not None and span.first <= anchors.latest
        if found.anchor == "published" and begun and not self.whole_end:
            span = capped(span, max(anchors.latest or found.span.last, found.span.last))
        return Resolved(span, found.anchor)


def _restored(span: Span) -> Span:
    """The whole calendar unit of which publication cut off the end."""
    if span.first is None or span.precision not in ("week", "month", "year"):
        return span
    if span.precision != "week" and span.first.day != 1:
        return span
    return unit_around(span.first, span.precision, 0)


@dataclass(frozen=True, slots=True)
class Joined:
    """Two expressions that bound a range: "from 2004 to 2009", "between 3 March and 5 May 2016"."""

    begin: Expression
    end: Expression

    def resolve(self, anchors: Anchors) -> Resolved:
        """From the first day of one to the last of the other; the one without a year takes it from the one with."""
        begin, end = self._with_years()
        one, other = begin.resolve(anchors), end.resolve(anchors)
        first, last = one.span.first, other.span.last
        anchor = (
            one.anchor if one.anchor == other.anchor else "published" if "published" in (one[1], other[1]) else one[1]
        )
        if first is not None and last is not None and first > last:
            begin_span, end_span = one.span, other.span
            first, last = min(begin_span.first or first, end_span.first or last), max(begin_span.last or first, last)
        return Resolved(Span(first, last, "range"), anchor)

    def _with_years(self) -> tuple[Expression, Expression]:
        begin, end = self.begin, self.end
        inner = begin.whole if isinstance(begin, InPart) else begin
        outer = end.whole if isinstance(end, InPart) else end
        if not isinstance(inner, Calendar) or not isinstance(outer, Calendar):
            return begin, end
        if inner.year is None and inner.years is None and outer.year is not None and inner.month is not None:
            late = outer.month is not None and inner.month > outer.month
            given = replace(inner, year=outer.year - late)
            return (replace(begin, whole=given) if isinstance(begin, InPart) else given), end
        if outer.year is None and outer.years is None and inner.year is not None and outer.month is not None:
            late = inner.month is not None and inner.month > outer.month
            given = replace(outer, year=inner.year + late)
            return begin, (replace(end, whole=given) if isinstance(end, InPart) else given)
        return begin, end
