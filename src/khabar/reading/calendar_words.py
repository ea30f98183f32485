"""The words of the calendar and what they stand for. Invariant: data and regular-expression fragments only.

Every fragment is written for `re.IGNORECASE`, has bounded repeats and no groups, so that rules built from them run in
linear time and can name their own groups.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from khabar.reading.number_words import SMALL_NUMBERS

__all__ = [
    "CENTURIES",
    "DAY",
    "DAY_PARTS",
    "DECADES",
    "GAP",
    "HOLIDAYS",
    "LUNAR",
    "LUNAR_ORDINALS",
    "MONTH",
    "MONTHS",
    "NAMED_DAYS",
    "NUMBER",
    "ORDINALS",
    "SEASONS",
    "UNIT",
    "WEEKDAY",
    "WEEKDAYS",
    "YEAR",
    "LunarDays",
    "any_of",
    "day_number",
    "month_number",
    "quantity",
    "unit_name",
]

# One gap between words: blanks, or one line break of wrapped wire text. Never an empty line.
GAP = r"(?:[^\S\n]{1,4}|[^\S\n]{0,4}\n[^\S\n]{0,8}(?=\S))"

_MONTH_NAMES = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_MONTH_SHORT = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11,
    "dec": 12,
}  # fmt: skip
MONTHS: dict[str, int] = {name: k for k, name in enumerate(_MONTH_NAMES, 1)} | _MONTH_SHORT
MONTH = (
    r"(?:" + "|".join(_MONTH_NAMES) + r"|(?:" + "|".join(sorted(_MONTH_SHORT, key=len, reverse=True)) + r")\.?)(?!\w)"
)

_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY_SHORT = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
WEEKDAYS: dict[str, int] = {name: k for k, name in enumerate(_WEEKDAY_NAMES)} | _WEEKDAY_SHORT
WEEKDAY = (
    r"(?:"
    + "|".join(_WEEKDAY_NAMES)
    + r"|(?:"
    + "|".join(sorted(_WEEKDAY_SHORT, key=len, reverse=True))
    + r")\.?)(?!\w)"
)

DAY_PARTS = r"(?:(?:early|late)(?:\s|-))?(?:morning|afternoon|evening|night|dawn|noon|midnight)"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\w%]|[.:]\d|,\d{3}(?!\d))"
YEAR = r"(?:1[6-9]\d\d|20\d\d)(?![\w%]|[.,:]\d)"

UNIT = r"(?:seconds?|moments?|minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|decades?)(?!\w)"
_VAGUE = {"couple": (2, 2), "few": (2, 7), "several": (3, 9), "some": (2, 9), "many": (3, 9)}
_ARTICLES = {"a": 1, "an": 1, "half": 1}
NUMBER = (
    r"(?:\d{1,3}|half an?|(?:a )?couple(?: of)?|(?:a |the )?few|several|some|many|an?|"
    + "|".join(sorted(SMALL_NUMBERS, key=len, reverse=True))
    + r")(?!\w)"
)

ORDINALS = {
    "first": 1, "1st": 1, "opening": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "last": -1, "final": -1,
}  # fmt: skip

_TENTH = "first second third fourth fifth sixth seventh eighth ninth tenth".split()  # noqa: SIM905
LUNAR_ORDINALS: dict[str, int] = {word: k for k, word in enumerate(_TENTH, 1)}
CENTURIES = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}
DECADES = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970,
    "eighties": 1980, "nineties": 1990,
}  # fmt: skip

# Meteorological seasons of the northern hemisphere, where nearly all reports of this field are written:
# first month and number of months; winter is named after the year in which it begins.
SEASONS = {"spring": (3, 3), "summer": (6, 3), "autumn": (9, 3), "fall": (9, 3), "winter": (12, 3)}

# Feasts of the civil calendar as (month, day), or as days after Easter Sunday.
HOLIDAYS: dict[str, tuple[int, int] | int] = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26),
    "new year's day": (1, 1), "new year's eve": (12, 31), "new year’s day": (1, 1), "new year’s eve": (12, 31),
    "new years eve": (12, 31), "new years day": (1, 1), "valentine's day": (2, 14), "valentine’s day": (2, 14),
    "may day": (5, 1), "good friday": -2, "easter sunday": 0, "easter monday": 1, "palm sunday": -7,
    "ash wednesday": -46, "easter": 0,
}  # fmt: skip


class LunarDays(NamedTuple):
    """Days of the Islamic calendar: month (1 is Muharram), first day, and how many."""

    month: int
    day: int
    length: int


_FITR, _ADHA, _MAWLID = LunarDays(10, 1, 1), LunarDays(12, 10, 1), LunarDays(3, 12, 1)

# Months and feasts of the Islamic calendar; "Eid" alone is either of two.
LUNAR: dict[str, tuple[LunarDays, ...]] = {
    **dict.fromkeys(("muharram", "moharram", "muharram ul haram"), (LunarDays(1, 1, 30),)),
    **dict.fromkeys(("ashura", "ashoura", "yaum e ashur", "youm e ashur", "yom e ashur"), (LunarDays(1, 10, 1),)),
    **dict.fromkeys(("safar",), (LunarDays(2, 1, 29),)),
    **dict.fromkeys(("arbaeen", "arba'een", "chehlum"), (LunarDays(2, 20, 1),)),
    **dict.fromkeys(("rabi ul awal", "rabi al awwal", "rabi ul awwal"), (LunarDays(3, 1, 30),)),
    **dict.fromkeys(("mawlid", "mawlid al nabi", "eid milad un nabi", "eid miladun nabi", "milad un nabi"), (_MAWLID,)),
    **dict.fromkeys(("rajab",), (LunarDays(7, 1, 30),)),
    **dict.fromkeys(("shaban", "sha'ban"), (LunarDays(8, 1, 29),)),
    **dict.fromkeys(("ramadan", "ramadhan", "ramazan", "ramzan"), (LunarDays(9, 1, 30),)),
    **dict.fromkeys(("shawwal",), (LunarDays(10, 1, 29),)),
    **dict.fromkeys(("dhul hijja", "dhu al hijja", "zil hajj", "zul hijja"), (LunarDays(12, 1, 30),)),
    **dict.fromkeys(("eid al fitr", "eid ul fitr", "idul fitri"), (_FITR,)),
    **dict.fromkeys(("eid al adha", "eid ul adha", "eid ul azha", "eid al azha", "bakra eid"), (_ADHA,)),
    "eid": (_FITR, _ADHA),
}

# Days which the field calls by their figures.
NAMED_DAYS = {"9/11": "2001-09-11", "26/11": "2008-11-26"}


def any_of(words: Iterable[str]) -> str:
    """An alternation of the words, longest first, with gaps for their blanks."""
    return r"(?:" + "|".join(w.replace(" ", GAP) for w in sorted(words, key=len, reverse=True)) + r")(?!\w)"


def day_number(text: str) -> int:
    """12 for "12", "12th"."""
    return int(text.rstrip("stndrhSTNDRH"))


def month_number(text: str) -> int:
    """9 for "September", "SEPT." and "sep"."""
    return MONTHS[text.lower().rstrip(".")]


def quantity(text: str | None) -> tuple[int, int]:
    """The least and the greatest number meant by a quantity before a unit of time; (2, 9) where none is given.

    Convention: a few is 2 to 7, several 3 to 9.
    """
    if not text:
        return 2, 9
    for word in text.lower().split():
        if word.isdigit():
            return int(word), int(word)
        if word in _VAGUE:
            return _VAGUE[word]
        if word in SMALL_NUMBERS:
            return SMALL_NUMBERS[word], SMALL_NUMBERS[word]
    return 1, 1


def unit_name(text: str) -> str:
    """day, week, month, year, decade or moment (anything shorter than a day) for a unit as written."""
    unit = text.lower().rstrip("s")
    if unit in ("second", "moment", "minute", "hour"):
        return "moment"
    return {"night": "day"}.get(unit, unit)
