"""What each form of time expression says. Invariant: a reader sees one match and its surroundings, and keeps no state.

The patterns which these readers read stand in `date_rules`; the group names are agreed between the two. A reader gives
None where the context speaks against a date.
"""

from __future__ import annotations

import re
from datetime import date

from khabar.reading.calendar_words import (
    HOLIDAYS,
    ORDINALS,
    SEASONS,
    WEEKDAYS,
    day_number,
    month_number,
    quantity,
    unit_name,
)
from khabar.reading.date_context import (
    begins_name,
    full_year,
    is_month_word,
    is_year_word,
    month_day_is_count,
    short_year_stands,
    weekday_stands,
)
from khabar.reading.date_expressions import Calendar, Decade, Expression, Feast, Fixed, Numeric, Open
from khabar.reading.date_offsets import Around, InPart, Past, Step, Weekday

__all__ = [
    "PART_WORDS",
    "read_ago",
    "read_bare_year",
    "read_calendar",
    "read_day_beside",
    "read_feast",
    "read_figures",
    "read_iso",
    "read_lunar",
    "read_neighbour",
    "read_season_of_now",
    "read_step",
    "read_today",
    "read_unit_of_now",
    "read_weekday",
    "read_whole_past",
    "read_years",
    "wrap_fraction",
    "wrap_part",
    "wrap_quarter_figure",
    "wrap_season",
    "wrap_time_of",
    "wrap_week_of",
]

Found = re.Match[str]

# ------------------------------------------------------------------ figures


def read_iso(m: Found) -> Expression | None:
    """2016-05-12."""
    try:
        return Fixed(date(int(m["y"]), int(m["m"]), int(m["d"])))
    except ValueError:
        return None


def read_figures(m: Found) -> Expression | None:
    """12/05/2016; two figures of a year only after a slash."""
    a, b, y = int(m["a"]), int(m["b"]), full_year(m["y"])
    if len(m["y"]) == 2 and m["s"] != "/":
        return None
    one, other = _day_or_none(y, b, a), _day_or_none(y, a, b)
    if one and other and one != other:
        return Numeric(one, other)
    found = one or other
    return Fixed(found) if found else None


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_years(m: Found) -> Expression | None:
    """2015-16, 2004-2009."""
    begin, end = int(m["y"]), int(m["z"])
    if end < 100:
        end += begin // 100 * 100
    return Fixed(date(begin, 1, 1), date(end, 12, 31)) if begin < end < begin + 60 else None


def read_bare_year(m: Found) -> Expression | None:
    """2016 alone."""
    return Calendar(year=int(m["y"])) if is_year_word(m.string, m.start(), m.end(), m.endpos) else None


# ------------------------------------------------------------------ days and months

_RELATIVE_YEARS = {"last": -1, "this": 0, "next": 1}


_LONGEST_MONTHS = {number: 29 if number == 2 else 30 if number in (4, 6, 9, 11) else 31 for number in range(1, 13)}


def read_calendar(m: Found) -> Expression | None:
    """Day and month in either order, with or without a year; a month alone; one day or two."""
    groups = m.groupdict()
    month_text = m["m"]
    year = groups.get("y") or groups.get("y1")
    relative = groups.get("yr")
    if groups.get("yy"):
        if not short_year_stands(m.string, m.start("yy"), m.end("yy"), m.endpos):
            return None
        year = m["yy"]
    has_year = bool(year or relative)
    has_day = bool(groups.get("d"))
    if begins_name(m.string, m.end(), m.endpos):
        return None
    if not is_month_word(m.string, m.start("m"), m.end("m"), dated=has_year or has_day, whole=m.span()):
        return None
    if has_day and not has_year and month_day_is_count(m.string, m.start("m"), m.start("d"), m.end(), m.endpos):
        return None
    first = day_number(m["d"]) if has_day else None
    last_text = groups.get("e") or groups.get("f")
    last = day_number(last_text) if last_text else None
    if first and last and last <= first:
        return None
    if max(first or 0, last or 0) > _LONGEST_MONTHS[month_number(month_text)]:
        return None
    which = (groups.get("which") or "").lower()
    return Calendar(
        year=full_year(year) if year else None,
        month=month_number(month_text),
        day=first,
        last_day=last,
        years=_RELATIVE_YEARS[relative.lower()] if relative else 0 if which == "this" else None,
        which=which if which != "this" else "",
    )


# ------------------------------------------------------------------ weekdays, feasts


def read_weekday(m: Found) -> Expression | None:
    """Monday, last Friday night, Tuesday last week."""
    if not weekday_stands(m.string, m.start("w"), m.end("w")):
        return None
    which = (m["which"] or "").lower().split()
    word = which[-1] if which else ""
    if m["wk"]:
        return Weekday(WEEKDAYS[m["w"].lower().rstrip(".")], weeks=_RELATIVE_YEARS[m["wk"].lower()])
    word = {"past": "last", "coming": "next", "previous": "last"}.get(word, word)
    return Weekday(WEEKDAYS[m["w"].lower().rstrip(".")], which=word)


def read_feast(m: Found) -> Expression | None:
    """Christmas Day, Easter Sunday 2016."""
    if not m.group()[0].isupper():
        return None
    name = re.sub(r"\s+", " ", m["f"].lower())
    relative = m["yr"]
    if m["f"][:6].lower() == "may da" and not m["f"].istitle() and not m["f"].isupper():
        return None
    return Feast(
        HOLIDAYS[name],
        year=int(m["y"]) if m["y"] else None,
        years=_RELATIVE_YEARS[relative.lower()] if relative else None,
    )


def read_lunar(m: Found) -> Expression | None:
    """Ramadan; with a year, that year."""
    if not m.group()[0].isupper():
        return None
    return Calendar(year=int(m["y"])) if m["y"] else Open()


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
    """Two days ago, months ago."""
    return Past(*_length(m))


def read_whole_past(m: Found) -> Expression | None:
    """The past six months, the next few days; without a number only one unit, as in "the past year"."""
    if not m["n"] and (m["u"].lower().endswith("s") or m["which"].lower() in ("next", "coming")):
        return Open() if m["which"].lower() == "recent" else None
    if not m["n"] and m["which"].lower() in ("previous", "preceding"):
        return None
    unit, low, high = _length(m) if m["n"] else (unit_name(m["u"]), 1, 1)
    return Past(unit, low, high, whole=True, sign=1 if m["which"].lower() in ("next", "coming") else -1)


# ------------------------------------------------------------------ relative to the date before


def read_step(m: Found) -> Expression | None:
    """Two days later, an hour after, five days before."""
    unit, low, high = _length(m)
    if m["dir"].lower() in ("earlier", "before", "previously", "prior", "before that"):
        low, high = -high, -low
    # "two days after the raid" names an event; "two days after." does not
    named = re.match(r"\s[\w“\"'‘]", m.string[m.end() : m.end() + 2]) is not None
    return Step(unit, low, high, event=named and m["dir"].lower() in ("after", "before"))


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
