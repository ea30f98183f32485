"""What each form of time expression says. Invariant: a reader sees one match and its surroundings, and keeps no state.

The patterns which these readers read stand in `date_rules`; the group names are agreed between the two. A reader gives
None where the context speaks against a date.
"""

from __future__ import annotations

import re
from datetime import date

from khabar.reading.calendar_words import (
    CENTURIES,
    DECADES,
    HOLIDAYS,
    LUNAR,
    LUNAR_ORDINALS,
    WEEKDAYS,
    day_number,
    month_number,
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
from khabar.reading.date_expressions import Calendar, DayOfMonth, Decade, Expression, Fixed, Numeric
from khabar.reading.date_feasts import Feast, LunarFeast
from khabar.reading.date_offsets import Weekday

__all__ = [
    "read_bare_year",
    "read_calendar",
    "read_century",
    "read_day_alone",
    "read_decade",
    "read_feast",
    "read_figures",
    "read_iso",
    "read_lunar",
    "read_weekday",
    "read_years",
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


_OF_A_FEAST = re.compile(
    r"\s{1,2}(?:markets?|trees?|shopping|shoppers|part(?:y|ies)|dinner|lights?|fairs?|concerts?|carols?|presents?|gifts?|"
    r"cards?|season|holidays?|break|truce|message|play|parade|egg|bunny|islands?)\b",
    re.IGNORECASE,
)


def read_feast(m: Found) -> Expression | None:
    """Christmas Day, Easter Sunday 2016."""
    if not m.group()[0].isupper():
        return None
    name = re.sub(r"\s+", " ", m["f"].lower())
    relative = m["yr"]
    if _OF_A_FEAST.match(m.string, m.end("f")):
        return None  # a Christmas market is open for weeks
    if m["f"][:6].lower() == "may da" and not m["f"].istitle() and not m["f"].isupper():
        return None
    return Feast(
        HOLIDAYS[name],
        year=int(m["y"]) if m["y"] else None,
        years=_RELATIVE_YEARS[relative.lower()] if relative else None,
    )


def read_lunar(m: Found) -> Expression | None:
    """Ramadan, Ashura 2015, the ninth of Muharram."""
    if not m["f"][0].isupper():
        return None
    ordinal = m["o"]
    day = None
    if ordinal:
        day = LUNAR_ORDINALS.get(ordinal.lower()) or day_number(ordinal)
    relative = m["yr"]
    return LunarFeast(
        LUNAR[re.sub(r"[\s-]+", " ", m["f"].lower().replace("’", "'"))],
        day=day,
        year=int(m["y"]) if m["y"] else None,
        years=_RELATIVE_YEARS[relative.lower()] if relative else None,
    )


_BEFORE_DAY = re.compile(r"\b(?:on|from|until|till|by|since|before|after)\s{1,2}the\s{1,2}\Z", re.IGNORECASE)


def read_day_alone(m: Found) -> Expression | None:
    """On the 24th: a day of the month that nothing else names, and no noun follows."""
    return DayOfMonth(int(m["d"])) if _BEFORE_DAY.search(m.string, max(0, m.start() - 12), m.start()) else None


def read_century(m: Found) -> Expression | None:
    """The 19th century: 1801 to 1900."""
    word = m["c"].lower()
    number = CENTURIES.get(word) or day_number(word)
    return Fixed(date(100 * number - 99, 1, 1), date(100 * number, 12, 31)) if 10 < number < 22 else None


_NO_AGE = re.compile(r"(?:\bthe|\bearly|\bmid|\blate)[\s-]{1,2}['’‘]?\Z", re.IGNORECASE)


def read_decade(m: Found) -> Expression | None:
    """The nineties, the '80s; not "a man in his nineties"."""
    if not _NO_AGE.search(m.string, max(0, m.start() - 8), m.start()):
        return None
    word = m["t"].lower()
    return Decade(DECADES.get(word) or 1900 + int(word[:2]))
