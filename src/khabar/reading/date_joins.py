"""Neighbouring expressions read as one. Invariant: only expressions of one stretch of text are joined.

A weekday with its date, two dates with their range, "two days after" with the date it is counted from, "overnight" with
its day, a month with "two years ago"; and in a list of dates the year that only the last one names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from khabar.reading.date_expressions import Calendar, Expression, Fixed, Numeric
from khabar.reading.date_feasts import Feast
from khabar.reading.date_offsets import Around, InPart, Joined, Night, Past, Step, Weekday

__all__ = ["Atom", "joined", "with_shared_years"]


@dataclass(frozen=True, slots=True)
class Atom:
    """An expression in its place; `relation` and `sentence` (where its stretch of text begins) once known."""

    start: int
    end: int
    says: Expression
    relation: str = ""
    begin: int = 0


_RANGE = re.compile(
    r"\s?[-–—]\s?|,?\s(?:to|until|till|through|and|up\sto)\s(?:the\s)?(?:\w{3,9}\sof\s)?", re.IGNORECASE
)
_BESIDE = re.compile(r",?\s(?:on\s|the\s)?|,?\s?\(\s?(?:on\s)?(?:the\s)?|,\s?", re.IGNORECASE)
_COUNTED_FROM = re.compile(
    r"\s(?:the\s)?(?:(?:night|morning|evening)\sof\s)?|\s(?:the|a|an|its|his)\s?(?=\d|[A-Z])", re.IGNORECASE
)
_INTO = re.compile(r"\s(?:on\s|(into\s|to\s)|from\s)?", re.IGNORECASE)
_COMMA = re.compile(r",?\s")
_LISTED = re.compile(r"(?:,|\s(?:and|or|&)|,\s(?:and|or))\s(?:on\s|in\s)?(?:the\s)?", re.IGNORECASE)
_THING = re.compile(r"\s(?:[A-Za-z-]{3,20}\s){1,3}")
_THING_OF = re.compile(r"\s(?:[A-Za-z-]{3,20}\s){1,3}(?:of|in)\s")
_BEGINS_RANGE = re.compile(r"\b(?:from|between|throughout|during|over|in both)\s(?:the\s)?\Z", re.IGNORECASE)


def joined(text: str, atoms: list[Atom]) -> list[Atom]:
    """The expressions of one stretch of text, those that belong together made one."""
    done: list[Atom] = []
    for atom in atoms:
        if done:
            both = _join(text, done[-1], atom)
            if both is not None:
                done[-1] = both
                # a range may now be complete: "from Monday, 3 May" + "to Friday, 7 May"
                if len(done) > 1 and (wider := _join(text, done[-2], done[-1])) is not None:
                    done[-2:] = [wider]
                continue
        done.append(atom)
    return done


def with_shared_years(text: str, atoms: list[Atom]) -> list[Atom]:
    """The same with years given to dates that share one: with the last of a list ("3 May and 9 June 2014"), or with
    what happened on them ("the 7 July bombings of 2005", "the 3 May raid last year").
    """
    done = list(atoms)
    for i in range(len(done) - 2, -1, -1):
        one, other = done[i], done[i + 1]
        if one.begin == other.begin:
            between = text[one.end : other.start]
            named = text[max(0, one.start - 4) : one.start].lower() == "the "
            year = _year_of_the_thing(other.says, between) if named else None
            done[i] = replace(one, says=_with_year(one.says, year) if year else _listed(one.says, other.says, between))
    return done


def _year_of_the_thing(says: Expression, between: str) -> Calendar | None:
    """The year said of the thing that a date describes, as the part of a date it is."""
    if isinstance(says, Around) and says.unit == "year" and not says.from_now and _THING.fullmatch(between):
        return Calendar(years=says.offset)
    alone = isinstance(says, Calendar) and says.year is not None and says.month is None
    return says if isinstance(says, Calendar) and alone and _THING_OF.fullmatch(between) else None


def _with_year(says: Expression, year: Calendar) -> Expression:
    bare = isinstance(says, Calendar | Feast) and says.year is None and says.years is None
    if isinstance(says, Calendar) and (says.which or says.month is None):
        return says
    return replace(says, year=year.year, years=year.years) if bare and isinstance(says, Calendar | Feast) else says


def _listed(says: Expression, following: Expression, between: str) -> Expression:
    """A date that takes the year of the next in its list, or the year before where its month is later."""
    if not isinstance(says, Calendar) or not isinstance(following, Calendar) or not _LISTED.fullmatch(between):
        return says
    if (
        following.year is None
        or following.month is None
        or says.month is None
        or (says.day is None) != (following.day is None)
    ):
        return says
    return _with_year(says, Calendar(year=following.year - (says.month > following.month)))


def _join(text: str, one: Atom, other: Atom) -> Atom | None:
    between = text[one.end : other.start]
    if len(between) > 24 or one.begin != other.begin:
        return None
    leaning = _leaning(one.says, other.says, between)
    if leaning is not None:
        return replace(one, end=other.end, says=leaning)
    weekday = _weekday_and_date(one.says, other.says)
    if weekday is not None and _BESIDE.fullmatch(between):
        closes = "(" in between and text[other.end : other.end + 1] == ")"
        return replace(one, end=other.end + closes, says=weekday)
    if (
        isinstance(one.says, Step)
        and one.says.base is None
        and text[one.start : one.end].lower().endswith(("after", "before"))
    ):
        counted = isinstance(other.says, Calendar | Fixed | Weekday | InPart) and _COUNTED_FROM.fullmatch(between)
        return replace(one, end=other.end, says=replace(one.says, base=other.says)) if counted else None
    mark = _RANGE.fullmatch(between)
    if mark is None or not isinstance(other.says, Calendar | Fixed | InPart | Weekday):
        return None
    if not isinstance(one.says, Calendar | Fixed | InPart | Weekday):
        return None
    opener = _BEGINS_RANGE.search(text, max(one.begin, one.start - 16), one.start)
    word = between.strip().lower().split(" ")[0].lstrip(",")
    if word == "and" and (opener is None or opener.group().lower().startswith("from")):
        return None
    if word in ("to", "until", "till", "through", "up") and opener is None and not _alike(one.says, other.says):
        return None
    return replace(one, end=other.end, says=Joined(one.says, other.says))


def _leaning(one: Expression, other: Expression, between: str) -> Expression | None:
    """The night of a day ("overnight on Saturday"), and a month in a year counted back ("March, two years ago")."""
    if isinstance(one, Around) and one.overnight and isinstance(other, Weekday | Calendar | Fixed):
        mark = _INTO.fullmatch(between)
        dated = not isinstance(other, Calendar) or other.day is not None
        return Night(other, into=bool(mark[1])) if mark and dated else None
    if isinstance(one, Calendar) and isinstance(other, Past) and _COMMA.fullmatch(between):
        bare = one.year is None and one.years is None and not one.which and one.month is not None
        years = other.unit == "year" and other.low == other.high and not other.whole and not other.exact
        return replace(one, years=-other.low) if bare and years else None
    return None


def _alike(one: Expression, other: Expression) -> bool:
    """Whether two expressions can bound a range without "from": both days, both months, both years, both weekdays."""
    if isinstance(one, Calendar) and isinstance(other, Calendar):
        return (one.day is None) == (other.day is None) and (one.month is None) == (other.month is None)
    return type(one) is type(other)


def _weekday_and_date(one: Expression, other: Expression) -> Expression | None:
    """A weekday and a date that are one day said twice; the date keeps its own year where it has one."""
    if isinstance(other, Weekday) and not isinstance(one, Weekday):
        one, other = other, one
    if not isinstance(one, Weekday) or one.weeks is not None:
        return None
    if isinstance(other, Fixed | Numeric):
        return other if one.which == "" else None
    if isinstance(other, Calendar) and other.day is not None and other.last_day is None and other.weekday is None:
        return replace(other, weekday=one.number)
    return None
