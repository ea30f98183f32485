"""Feasts as days. Invariant: a feast of the lunar calendar is never narrower than the moon's sighting leaves it.

Lunar days are those of the tabular Islamic calendar (Reingold and Dershowitz, Calendrical Calculations), and a day
before and after them, for the month begins when the new moon is seen, in one country earlier than in another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from khabar.reading.calendar_spans import Span, days, easter, hull
from khabar.reading.calendar_words import LunarDays
from khabar.reading.date_expressions import Anchors, Resolved, capped

__all__ = ["Feast", "LunarFeast", "lunar_day"]

_EPOCH = date(622, 7, 19).toordinal() - 1  # the day before 1 Muharram of the year 1
_SIGHTING = timedelta(days=1)
_LONG_PAST = timedelta(days=60)
_SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Feast:
    """A feast of the civil calendar: (month, day), or days after Easter."""

    when: tuple[int, int] | int
    year: int | None = None
    years: int | None = None

    def _in_year(self, number: int) -> Span:
        if isinstance(self.when, tuple):
            return days(date(number, *self.when))
        return days(easter(number) + timedelta(days=self.when))

    def resolve(self, anchors: Anchors) -> Resolved:
        """In its year, or the one publication is nearest to."""
        return _resolved(self._in_year, self.year, self.years, anchors)


@dataclass(frozen=True, slots=True)
class LunarFeast:
    """A feast or month of the Islamic calendar; several where its name leaves open which ("Eid"). `day` is a day of
    it, counted from 1.
    """

    feasts: tuple[LunarDays, ...]
    day: int | None = None
    year: int | None = None
    years: int | None = None

    def resolve(self, anchors: Anchors) -> Resolved:
        """In its year, or the one publication is nearest to; no bounds where a year leaves open which is meant."""
        if len(self.feasts) > 1 and (self.year is not None or self.years is not None):
            return Resolved(Span(None, None, "range"), "open")
        found = [_resolved(self._of(f), self.year, self.years, anchors) for f in self.feasts]
        return max(found, key=lambda each: each.span.first or date.min)

    def _of(self, feast: LunarDays) -> Callable[[int], Span]:
        def in_year(number: int) -> Span:
            first = (number - 622) * 33 // 32  # a Gregorian year meets two or three lunar ones
            spans = [self._in_lunar_year(feast, lunar) for lunar in range(first - 1, first + 4)]
            ours = [s for s in spans if s.first is not None and (s.first + _SIGHTING).year == number]
            return hull(ours[0], ours[-1]) if ours else spans[2]

        return in_year

    def _in_lunar_year(self, feast: LunarDays, number: int) -> Span:
        begin = lunar_day(number, feast.month, feast.day)
        length = feast.length
        if self.day is not None:
            begin, length = begin + timedelta(days=self.day - 1), 1
        return Span(begin - _SIGHTING, begin + timedelta(days=length - 1) + _SIGHTING, "range")


def lunar_day(year: int, month: int, day: int) -> date:
    """The Gregorian date of a day of the tabular Islamic calendar."""
    before = 354 * (year - 1) + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2
    return date.fromordinal(_EPOCH + before + day)


def _resolved(in_year: Callable[[int], Span], year: int | None, years: int | None, anchors: Anchors) -> Resolved:
    """In its year; else the latest that has begun by publication, or the next where it is near and that one long past,
    or where the sentence looks ahead.
    """
    if year is not None:
        return Resolved(in_year(year), "absolute")
    if years is not None:
        return anchors.from_publication(lambda day: in_year(day.year + years), past=False)

    def nearest(day: date) -> Span:
        every = sorted({in_year(number) for number in range(day.year - 1, day.year + 2)}, key=_first)
        begun = [span for span in every if _first(span) <= day]
        ahead = [span for span in every if _first(span) > day]
        long_past = begun[-1].last is not None and day - begun[-1].last > _LONG_PAST
        if ahead and (anchors.future or (long_past and _first(ahead[0]) - day <= _SOON)):
            return ahead[0]
        return begun[-1]

    span, anchor = anchors.from_publication(nearest, past=False)
    begun = anchors.latest is not None and span.first is not None and span.first <= anchors.latest
    return Resolved(capped(span, anchors.latest) if anchors.latest and begun and not anchors.future else span, anchor)


def _first(span: Span) -> date:
    return span.first or date.min
