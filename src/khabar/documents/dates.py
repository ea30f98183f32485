"""Absolute dates in headers, metadata and names. Invariant: only what is written in full becomes an interval; a day
without a year, or "last Tuesday", is left to the reader of the text.

Numeric dates which can be read two ways (03/04/2019) become the interval that covers both readings.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

from khabar.records import Interval

__all__ = ["FoundDate", "find_dates", "latest_mentioned", "name_date", "parse_date", "wire_date"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_M = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_Y = r"(?:19|20)\d\d"
_D = r"[0-3]?\d"
_CLOCK = r"(?:[T ][0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)?)?"
_TO = r"\s?(?:-|–|—|/|to|until|and)\s?"

# Every form as one regular expression; the names of the groups say what they hold. Longer forms come first.
_FORMS = tuple(
    re.compile(rf"(?<![\w./-])(?:{form})(?![\w/]|[.-]\d)", re.IGNORECASE)
    for form in (
        rf"(?P<y>{_Y})[-/.](?P<n>[01]?\d)[-/.](?P<d>{_D}){_CLOCK}",
        rf"(?P<d>{_D})(?:st|nd|rd|th)?{_TO}(?P<d2>{_D})(?:st|nd|rd|th)?,?\s+(?:of\s+)?(?P<m>{_M}),?\s+(?P<y>{_Y})",
        rf"(?P<m>{_M})\s+(?P<d>{_D}){_TO}(?P<d2>{_D}),?\s+(?P<y>{_Y})",
        rf"(?P<d>{_D})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<m>{_M})[,\s-]+(?P<y>{_Y})",
        rf"(?P<m>{_M})\s+(?P<d>{_D})(?:st|nd|rd|th)?,?\s+(?P<y>{_Y})",
        rf"(?P<m>{_M}){_TO}(?P<m2>{_M}),?\s+(?P<y>{_Y})",
        rf"(?P<m>{_M}),?\s+(?P<y>{_Y})",
        rf"(?P<a>{_D})(?P<sep>[/.-])(?P<b>{_D})(?P=sep)(?P<y>{_Y})",
    )
)
# The old wire services' dateline: "SAN SALVADOR, 18 FEB 90 (DPA) --"
_WIRE = re.compile(rf"(?<![\w./-])(?P<d>{_D})\s(?P<m>{_M})\s(?P<y>\d\d)(?![\w/.,-])", re.IGNORECASE)
_PIVOT = 70  # two-digit years from here on are of the last century
_YEAR = re.compile(rf"\b(?:in|since|during|early|late|mid)[ -](?P<y>{_Y})\b(?![./-]\d|\s?[-–]\s?\d)", re.IGNORECASE)
_BARE = re.compile(rf"\s*(?P<y>{_Y})(?:-(?P<n>0[1-9]|1[0-2]))?\s*\Z")
_NAME = re.compile(
    r"(?<![^\W_])(?P<y>(?:19|20)\d\d)(?P<sep>[-_./]?)(?P<n>0[1-9]|1[0-2])(?P=sep)(?P<d>0[1-9]|[12]\d|3[01])(?![^\W_])"
)
# Words that point forward: what stands after them may lie after publication.
_AHEAD = re.compile(
    r"\b(?:will|by|until|till|before|due|scheduled|slated|expected|expire[sd]?|deadline|planned|plans|ahead)\b[^.;]{0,30}\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: where it stands (end exclusive) and the days it covers."""

    start: int
    end: int
    interval: Interval


def find_dates(text: str, *, day_first: bool | None = None) -> list[FoundDate]:
    """Every fully written date of a line or field (day, month or range with its year), in order, without overlaps."""
    found: list[FoundDate] = []
    for form in _FORMS:
        for match in form.finditer(text):
            interval = _interval(match.groupdict(), day_first)
            if interval is not None and not any(f.start < match.end() and match.start() < f.end for f in found):
                found.append(FoundDate(match.start(), match.end(), interval))
    return sorted(found, key=lambda f: f.start)


def wire_date(text: str) -> FoundDate | None:
    """The first date with a year of two digits, as wire services wrote it: only to be looked for in a dateline."""
    match = _WIRE.search(text)
    if match is None:
        return None
    year = int(match["y"]) + (1900 if int(match["y"]) >= _PIVOT else 2000)
    interval = _days(year, _month(match["m"]), int(match["d"]), _month(match["m"]), int(match["d"]))
    return FoundDate(match.start(), match.end(), interval) if interval else None


def parse_date(value: str, *, day_first: bool | None = None) -> Interval | None:
    """The interval that a metadata field states: a day, a month (2016-10), a year, or a date among other words
    ("Thursday, 3 March 2019 10:22 GMT"); None if it states none.
    """
    bare = _BARE.match(value)
    if bare:
        month = int(bare["n"]) if bare["n"] else None
        return _days(int(bare["y"]), month or 1, 1, month or 12, None)
    compact = re.fullmatch(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6}Z?)?\s*", value)
    if compact:
        return _days(int(compact[1]), int(compact[2]), int(compact[3]), int(compact[2]), int(compact[3]))
    dates = find_dates(value[:200], day_first=day_first)
    return dates[0].interval if dates else None


def name_date(name: str) -> Interval | None:
    """The day in a file name or address: `2017-02-13-foo.txt`, `20170213.htm`, `/2016/03/28/`."""
    for match in _NAME.finditer(name):
        interval = _interval(match.groupdict(), None)
        if interval is not None:
            return interval
    return None


def latest_mentioned(text: str, not_after: str | None = None) -> str | None:
    """The first day of the latest date that `text` mentions: the report cannot be older than that.

    Dates after words that point forward ("due on", "by"), and those after the ISO day `not_after`, do not count.
    """
    latest: str | None = None
    for start, day in _mentions(text):
        if (latest is not None and day <= latest) or (not_after is not None and day > not_after):
            continue
        if not _AHEAD.search(text, max(0, start - 60), start):
            latest = day
    return latest


def _mentions(text: str) -> Iterator[tuple[int, str]]:
    for form in _FORMS:
        for match in form.finditer(text):
            interval = _interval(match.groupdict(), None)
            if interval is not None and interval.earliest:
                yield match.start(), interval.earliest
    for match in _YEAR.finditer(text):
        yield match.start(), f"{match['y']}-01-01"


def _interval(parts: dict[str, str | None], day_first: bool | None) -> Interval | None:
    """The days that the groups of a form stand for; None for an impossible date such as 31 April."""
    year = int(parts.get("y") or 0)
    if parts.get("a"):
        return _numeric(year, int(parts["a"] or 0), int(parts["b"] or 0), day_first)
    month = int(parts["n"] or 0) if parts.get("n") else _month(parts.get("m"))
    last_month = _month(parts.get("m2")) if parts.get("m2") else month
    day = int(parts["d"] or 0) if parts.get("d") else None
    last_day = int(parts["d2"] or 0) if parts.get("d2") else day
    return _days(year, month, day or 1, last_month, last_day) if day != 0 else None


def _month(name: str | None) -> int:
    return _MONTHS[(name or "").rstrip(".").lower()]


def _numeric(year: int, a: int, b: int, day_first: bool | None) -> Interval | None:
    readings = []
    if day_first is not False:
        readings.append(_days(year, b, a, b, a))
    if day_first is not True:
        readings.append(_days(year, a, b, a, b))
    days = sorted(r.earliest for r in readings if r is not None and r.earliest)
    return Interval(days[0], days[-1]) if days else None


def _days(year: int, month: int, day: int, last_month: int, last_day: int | None) -> Interval | None:
    """From `day` of `month` to `last_day` (None: the end) of `last_month`."""
    if not (1 <= month <= last_month <= 12):
        return None
    end = calendar.monthrange(year, last_month)[1]
    last = end if last_day is None else last_day
    if not (1 <= day <= calendar.monthrange(year, month)[1] and 1 <= last <= end):
        return None
    first, final = f"{year:04d}-{month:02d}-{day:02d}", f"{year:04d}-{last_month:02d}-{last:02d}"
    return Interval(first, final) if first <= final else None
