"""What time expressions that lean on another time say: on publication, on the date before, on what follows them.

Invariant: a reader sees one match and its surroundings, and keeps no state. The patterns stand in `date_rules`; the
group names are agreed between the two. A reader gives None where the context speaks against a date.
"""

from __future__ import annotations

import re

from khabar.reading.calendar_words import ORDINALS, SEASONS, WEEKDAYS, quantity, unit_name
from khabar.reading.date_context import weekday_stands
from khabar.reading.date_expressions import Calendar, Decade, Expression, Fixed, Open
from khabar.reading.date_feasts import Feast, LunarFeast
from khabar.reading.date_offsets import Around, InPart, Past, SamePeriod, Step, Weekday, WeekdayBeside

__all__ = [
    "PART_WORDS",
    "read_ago",
    "read_day_beside",
    "read_fraction_of_now",
    "read_half_ago",
    "read_neighbour",
    "read_part_of_now",
    "read_season_of_now",
    "read_step",
    "read_then",
    "read_today",
    "read_unit_of_now",
    "read_weekday_beside",
    "read_whole_past",
    "wrap_eve",
    "wrap_fraction",
    "wrap_part",
    "wrap_quarter_figure",
    "wrap_same_period",
    "wrap_season",
    "wrap_time_of",
    "wrap_week_of",
]

Found = re.Match[str]

_RELATIVE_YEARS = {"last": -1, "this": 0, "next": 1}

# ------------------------------------------------------------------ relative to publication


def read_unit_of_now(m: Found) -> Expression | None:
    """Last month, earlier this week, last night."""
    which, unit = m["which"].lower(), m["u"].lower()
    if unit == "night":
        return Around("day", -1 if which == "last" else 0)
    when = (m["when"] or "").lower()
    offset = _RELATIVE_YEARS[which]
    return Around(unit, offset, from_now=when == "later" and offset == 0)


_TODAY = {
    "today": 0, "tonight": 0, "overnight": 0, "yesterday": -1, "tomorrow": 1,
    "the day before yesterday": -2, "day before yesterday": -2, "the day after tomorrow": 2,
}  # fmt: skip


def read_today(m: Found) -> Expression | None:
    """today, yesterday evening, overnight."""
    words = re.sub(r"\s+", " ", m["t"].lower())
    if words == "overnight":
        return Around("day", -1, overnight=True)
    return Around("day", _TODAY[words])


def read_season_of_now(m: Found) -> Expression | None:
    """A season of now: "last summer", "this spring"."""
    begin, count = SEASONS[m["s"].lower()]
    if m["which"].lower() == "this":
        return Calendar(month=begin, months=count, years=0)
    return Calendar(month=begin, months=count, which="last")


def read_part_of_now(m: Found) -> Expression | None:
    """The end of the year: the year of publication."""
    part = PART_WORDS[m["p"].lower()]
    return InPart(part, Around(m["u"].lower(), 0))


def _length(m: Found) -> tuple[str, int, int]:
    """Unit and bounds of "three weeks", "48 hours" (two days), "hours"."""
    low, high = quantity(m["n"])
    unit = unit_name(m["u"])
    if m["u"].lower().startswith("hour") and low >= 24:
        return "day", low // 24, high // 24
    return unit, low, high


def read_ago(m: Found) -> Expression | None:
    """Two days ago, months ago, a year ago to the day."""
    return Past(*_length(m), exact=bool(m["exact"] or m["today"]))


_HALVES = {"year": ("month", 12, 6), "decade": ("year", 10, 5), "week": ("day", 7, 3), "moment": ("moment", 1, 0)}


def read_half_ago(m: Found) -> Expression | None:
    """A year and a half ago, two and a half years ago: in the smaller unit."""
    low, high = quantity(m["n"] or m["n2"])
    unit, size, half = _HALVES.get(unit_name(m["u"] or m["u2"]), ("", 0, 0))
    return Past(unit, low * size + half, high * size + half) if unit else None


def read_whole_past(m: Found) -> Expression | None:
    """The past six months, the next few days; without a number only one unit, as in "the past year"."""
    if not m["n"] and (m["u"].lower().endswith("s") or m["which"].lower() in ("next", "coming")):
        return Open() if m["which"].lower() == "recent" else None
    if not m["n"] and (m["which"].lower() in ("previous", "preceding") or unit_name(m["u"]) == "moment"):
        return None  # "the last minute" is any time at all
    unit, low, high = _length(m) if m["n"] else (unit_name(m["u"]), 1, 1)
    return Past(unit, low, high, whole=True, sign=1 if m["which"].lower() in ("next", "coming") else -1)


# ------------------------------------------------------------------ relative to the date before


# "It is three months after the bombing" counts from the day of the report, and dates the bombing.
_IT_IS_NOW = re.compile(
    r"\b(?:it is|it['’]s|it has been)\s(?:just |only |now |barely |almost |nearly )?\Z", re.IGNORECASE
)


def read_step(m: Found) -> Expression | None:
    """Two days later, an hour after, five days before."""
    unit, low, high = _length(m)
    if m["dir"].lower() == "after" and _IT_IS_NOW.search(m.string[max(0, m.start() - 24) : m.start()]):
        return Past(unit, low, high)
    if m["dir"].lower() in ("earlier", "before", "previously", "prior", "before that"):
        low, high = -high, -low
    # "two days after the raid" names an event; "two days after." does not
    named = re.match(r"\s[\w“\"'‘]", m.string[m.end() : m.end() + 2]) is not None
    return Step(unit, low, high, event=named and m["dir"].lower() in ("after", "before"))


_THAT_DAY = re.compile(r"\b(?:on|of|by|until|since|later|late|early)\s\Z", re.IGNORECASE)


def read_weekday_beside(m: Found) -> Expression | None:
    """The following Friday, the previous Monday, that Friday."""
    if not weekday_stands(m.string, m.start("w"), m.end("w")):
        return None
    which = (m["which"] or m["dir"] or "").lower().split()[-1]
    last = re.match(r"\s?(?:[.,;]|\Z)", m.string[m.end() : m.end() + 2])
    if which == "that" and not last and not _THAT_DAY.search(m.string, max(0, m.start() - 8), m.start()):
        return None  # "said that Monday's ruling": a clause
    offset = {"that": 0, "same": 0, "previous": -1, "preceding": -1, "before": -1}.get(which, 1)
    return WeekdayBeside(WEEKDAYS[m["w"].lower()], offset)


def read_neighbour(m: Found) -> Expression | None:
    """The next day, the same week, that night."""
    which = m["which"].lower().split()[-1]
    offset = {"next": 1, "following": 1, "ensuing": 1, "previous": -1, "preceding": -1}.get(which, 0)
    unit = m["u"].lower()
    if unit in ("morning", "afternoon", "evening", "night"):
        unit = "day"
    return Step(unit, offset, offset, whole=True)


def read_day_beside(m: Found) -> Expression | None:
    """The day before, the night after."""
    offset = 1 if m["dir"].lower() == "after" else -1
    unit = m["u"].lower()
    unit = "day" if unit in ("night", "morning", "evening") else unit
    return Step(unit, offset, offset, whole=True)


# ------------------------------------------------------------------ openers

PART_WORDS = {
    "early": "early", "mid": "mid", "late": "late", "beginning": "early", "start": "early", "middle": "mid",
    "end": "late", "close": "late", "earlier": "early", "later": "late", "onset": "early",
}  # fmt: skip


def read_then(m: Found) -> Expression | None:
    """Since then, by then: the date before; "then" alone is no time expression."""
    before = m.string[max(0, m.start() - 7) : m.start()]
    return Step("day", 0, 0) if re.search(r"\b(?:since|by|until)\s\Z", before, re.IGNORECASE) else None


def wrap_part(m: Found, inner: Expression) -> Expression | None:
    """Early 2015, the end of last year; "early on Monday" is Monday."""
    word = m["p"].lower()
    if word not in ("early", "mid", "late", "earlier", "later") and not re.search(r"\sof\s|-\Z", m.group()):
        return None  # "beginning in May" goes on after it, and "may close this week" is a verb
    if isinstance(inner, Weekday | Around) and not (
        isinstance(inner, Around) and inner.unit in ("month", "year", "week")
    ):
        return inner
    if isinstance(inner, Calendar) and (inner.day or inner.weekday is not None):
        return inner
    if word in ("earlier", "later"):
        return inner
    if not isinstance(inner, Calendar | Around | Decade):
        return None
    return InPart(PART_WORDS[word], inner)


def wrap_same_period(_m: Found, inner: Expression) -> Expression | None:
    """The same period of 2021, the corresponding months of last year."""
    year = isinstance(inner, Calendar) and inner.month is None
    return SamePeriod(inner) if year or (isinstance(inner, Around) and inner.unit == "year") else None


def wrap_fraction(m: Found, inner: Expression) -> Expression | None:
    """First quarter of 2017, second half of May, last three months of 2016."""
    number = ORDINALS.get(m["o"].lower(), 0)
    if not isinstance(inner, Calendar | Around | Step) or not number:
        return None
    kind = m["k"].lower().rstrip("s")
    if kind == "month":
        count = quantity(m["n"])[0] if m["n"] else 1
        return InPart(f"m{'+' if number > 0 else '-'}{count}", inner) if number in (1, -1) else None
    if kind == "week":
        return InPart(f"w{number}", inner) if -1 <= number <= 4 else None
    if kind == "day":
        return InPart("early" if number > 0 else "late", inner)
    size = 4 if kind == "quarter" else 2
    number = size if number == -1 else number
    return InPart(f"{kind[0]}{number}", inner) if number <= size else None


def read_fraction_of_now(m: Found) -> Expression | None:
    """The first half of the year: of publication's."""
    return wrap_fraction(m, Around(m["now"].lower(), 0))


def wrap_eve(m: Found, inner: Expression) -> Expression | None:  # noqa: ARG001
    """The eve of 9 May, of Eid: the day before."""
    dated = isinstance(inner, Fixed | Feast | LunarFeast) or (isinstance(inner, Calendar) and inner.day is not None)
    return Step("day", -1, -1, base=inner) if dated else None


def wrap_quarter_figure(m: Found, inner: Expression) -> Expression | None:
    """Q1 2017."""
    return InPart(f"{m['k'].lower()}{m['o']}", inner) if isinstance(inner, Calendar | Around) else None


def wrap_season(m: Found, inner: Expression) -> Expression | None:
    """Summer of 2014."""
    if (isinstance(inner, Calendar) and inner.month is None) or (isinstance(inner, Around) and inner.unit == "year"):
        return InPart(m["s"].lower(), inner)
    return None


def wrap_time_of(m: Found, inner: Expression) -> Expression | None:  # noqa: ARG001
    """The night of 24 October."""
    return inner


def wrap_week_of(m: Found, inner: Expression) -> Expression | None:
    """The week of 12 May (its calendar week), the month of May."""
    if not isinstance(inner, Calendar | Fixed | Weekday):
        return None
    return Step("week", 0, 0, whole=True, base=inner) if m.group().lower().startswith("week") else inner
