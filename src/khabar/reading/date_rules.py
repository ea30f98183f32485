"""The forms of time expressions. Invariant: a rule reads one form at one place; bounded patterns, so linear time.

A rule is tried only at the words that can begin its form (`triggers`), so a text costs one look-up per word. Rules that
begin another expression ("early ...", "the night of ...") say so with `opens`: what follows is read by the rules again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from khabar.reading.calendar_words import (
    CENTURIES,
    DAY,
    DAY_PARTS,
    DECADES,
    GAP,
    HOLIDAYS,
    LUNAR,
    LUNAR_ORDINALS,
    MONTH,
    MONTHS,
    NAMED_DAYS,
    NUMBER,
    ORDINALS,
    SEASONS,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    any_of,
)
from khabar.reading.date_expressions import Decade, Expression, Fixed, Open
from khabar.reading.date_forms import (
    read_bare_year,
    read_calendar,
    read_century,
    read_day_alone,
    read_decade,
    read_feast,
    read_figures,
    read_iso,
    read_lunar,
    read_weekday,
    read_years,
)
from khabar.reading.date_offsets import Around, Step
from khabar.reading.date_relative_forms import (
    PART_WORDS,
    read_ago,
    read_day_beside,
    read_fraction_of_now,
    read_half_ago,
    read_neighbour,
    read_part_of_now,
    read_season_of_now,
    read_step,
    read_then,
    read_today,
    read_unit_of_now,
    read_weekday_beside,
    read_whole_past,
    wrap_eve,
    wrap_fraction,
    wrap_part,
    wrap_quarter_figure,
    wrap_same_period,
    wrap_season,
    wrap_time_of,
    wrap_week_of,
)
from khabar.reading.number_words import SMALL_NUMBERS

__all__ = ["DIGITS", "RULES_BY_WORD", "Rule"]

Found = re.Match[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One form. `read` turns a match into an expression, or None where the context speaks against it; where `opens` is
    true it is given the expression that follows the match as well.
    """

    name: str
    triggers: tuple[str, ...]
    pattern: re.Pattern[str]
    read: Callable[[Found], Expression | None] | None = None
    wrap: Callable[[Found, Expression], Expression | None] | None = None


def _rule(name: str, triggers: Iterable[str], pattern: str, read: Callable[[Found], Expression | None]) -> Rule:
    return Rule(name, tuple(triggers), re.compile(pattern.replace(" ", GAP), re.IGNORECASE), read=read)


def _opener(
    name: str, triggers: Iterable[str], pattern: str, wrap: Callable[[Found, Expression], Expression | None]
) -> Rule:
    return Rule(name, tuple(triggers), re.compile(pattern.replace(" ", GAP), re.IGNORECASE), wrap=wrap)


_YEAR_AFTER = (
    rf"(?:,?(?: of)? (?P<y>{YEAR})|, ?(?P<y1>{YEAR})| (?:of )?(?P<yr>last|this|next) year(?!\w)"
    r"|,? ['’‘]?(?P<yy>\d\d)(?!\w))"
)
_AND = r"(?: ?(?:-|–|—|/|&) ?| (?:to|and|or|until|till) (?:the )?)"
_DAYS_BEFORE = rf"(?P<d>{DAY})(?:{_AND}(?P<e>{DAY}))?"
# After the month, "3 and 5" are two days only where no counted noun can follow: "March 3 and 5 soldiers".
_NO_NOUN = rf"(?=,? {YEAR}|\s{{0,2}}(?:[,.;:)\]]|\Z)| (?:of|in|at|near|by|on|the|when|as|for|with|last)(?!\w))"
_DAYS_AFTER = rf"(?P<d>{DAY})(?: ?[-–—/] ?(?P<e>{DAY})|{_AND}(?P<f>{DAY}){_NO_NOUN})?"

_UNITS = ("seconds", "moments", "minutes", "hours", "days", "weeks", "months", "years", "decades")
_NUMBERS = ("0", "a", "an", "half", "couple", "few", "several", "some", "many", "the", *SMALL_NUMBERS)
_COUNT = rf"(?:(?P<n>{NUMBER})(?: |-))?(?:more )?(?P<u>{UNIT})"
_AGO = r"(?:ago|back(?! (?:in|to|home|at|with|on|from|into|the|his|her|their)(?!\w)))(?!\w)"
_AND_A_HALF = r"(?: |-)and(?: |-)a(?: |-)half"
_DIGIT = ("0",)  # stands for every figure

_LUNAR = any_of(LUNAR).replace(GAP, "(?: |-)").replace("'", "['’]")
# After a day of the month alone no noun stands: "on the 12th floor".
_NO_FLOOR = (
    r"(?=\s{0,2}(?:[.;:)]|,(?! ?\d)|\Z)"
    r"| (?:and|at|in|when|to|until|but|while|near|after|before|by|as|an?|the|he|she|they|it)(?!\w))"
)

_ELEVENTH = (
    r"(?:(?:september|sept?\.?) 11(?:th)?|11(?:th)?(?: of)? september)(?= (?:terror\w{0,5} )?(?:attacks|hijackings))"
)

FIGURES = (
    _rule("eleventh of September", ("0", "september", "sept", "sep"), _ELEVENTH, lambda _: Fixed(date(2001, 9, 11))),
    _rule(
        "named day", _DIGIT, rf"(?P<f>{'|'.join(NAMED_DAYS)})(?![\w/])",
        lambda m: Fixed(date.fromisoformat(NAMED_DAYS[m["f"]])),
    ),
    _rule("ISO", _DIGIT, r"(?P<y>(?:19|20)\d\d)(?P<s>[-/.])(?P<m>\d\d?)(?P=s)(?P<d>\d\d?)(?!\d|[-/.]\d)", read_iso),
    _rule(
        "figures", _DIGIT,
        r"(?P<a>\d\d?)(?P<s>[-/.])(?P<b>\d\d?)(?P=s)(?P<y>(?:19|20)\d\d|\d\d)(?![\w]|[-/.]\d)",
        read_figures,
    ),
    _rule(
        "years", _DIGIT, r"(?P<y>(?:19|20)\d\d)\s?[-–/]\s?(?P<z>(?:19|20)\d\d|\d\d)(?![\w]|[-/.,]\d)", read_years
    ),
    _rule("decade", _DIGIT, r"(?P<y>(?:18|19|20)\d0)['’]?s(?!\w)", lambda m: Decade(int(m["y"]))),
    _rule("day month year", _DIGIT, rf"{_DAYS_BEFORE}(?: of)?(?: |-)(?P<m>{MONTH}){_YEAR_AFTER}", read_calendar),
    _rule("day-month-year", _DIGIT, rf"(?P<d>{DAY})[-/](?P<m>{MONTH})[-/](?P<y>{YEAR}|\d\d(?!\w))", read_calendar),
    _rule("day month", _DIGIT, rf"{_DAYS_BEFORE}(?: of)? (?P<m>{MONTH})", read_calendar),
    _rule("the '80s", _DIGIT, r"(?P<t>[2-9]0)['’]?s(?!\w)", read_decade),
    _rule("nineties", DECADES, rf"(?P<t>{any_of(DECADES)})", read_decade),
    _rule(
        "19th century", (*_DIGIT, *(w.split("-")[0] for w in CENTURIES)),
        rf"(?P<c>\d\d(?:st|nd|rd|th)|{'|'.join(CENTURIES)})(?: |-)century(?!\w)", read_century,
    ),
)  # fmt: skip

MONTH_RULES = (
    _rule("month day year", MONTHS, rf"(?P<m>{MONTH}) (?:the )?{_DAYS_AFTER}{_YEAR_AFTER}", read_calendar),
    _rule("month day", MONTHS, rf"(?P<m>{MONTH}) (?:the )?{_DAYS_AFTER}", read_calendar),
    _rule("month year", MONTHS, rf"(?P<m>{MONTH}){_YEAR_AFTER}", read_calendar),
    _rule("month-year", MONTHS, rf"(?P<m>{MONTH})[-/](?P<y>{YEAR})", read_calendar),
    _rule(
        "last 12 July", ("last", "this", "next"),
        rf"(?P<which>last|this|next) (?P<d>{DAY}) (?P<m>{MONTH})(?! (?:of )?{YEAR})", read_calendar,
    ),
    _rule(
        "last July", ("last", "this", "next"),
        rf"(?P<which>last|this|next) (?P<m>{MONTH})(?! \d)(?! (?:of )?{YEAR})", read_calendar,
    ),
    _rule(
        "feast", {re.split("[ '’]", w)[0] for w in HOLIDAYS},
        rf"(?P<f>{any_of(HOLIDAYS)})(?:,?(?: of)? (?P<y>{YEAR})| (?:of )?(?P<yr>last|this|next) year(?!\w))?",
        read_feast,
    ),
    _rule(
        "lunar feast", (*_DIGIT, *LUNAR_ORDINALS, *{re.split("[ ']", w)[0] for w in LUNAR}),
        rf"(?:(?P<o>{DAY}|{'|'.join(LUNAR_ORDINALS)})(?: day)?(?: of)?(?: the)?(?: month of)?(?: holy month of)? )?"
        rf"(?P<f>{_LUNAR})(?:,?(?: of| in)? (?P<y>{YEAR})| (?:of )?(?P<yr>last|this|next) year(?!\w))?",
        read_lunar,
    ),
    _rule("month alone", MONTHS, rf"(?P<m>{MONTH})", read_calendar),
    _rule("bare year", _DIGIT, rf"(?P<y>{YEAR})", read_bare_year),
    _rule("on the 24th", _DIGIT, rf"(?P<d>[12]?\d|3[01])(?:st|nd|rd|th){_NO_FLOOR}", read_day_alone),
)  # fmt: skip

WEEKDAY_RULES = (
    _rule(
        "weekday", (*WEEKDAYS, "last", "next", "this", "past", "previous", "coming"),
        rf"(?:(?P<which>last|next|this past|this coming|this|past|previous|coming) )?(?P<w>{WEEKDAY})"
        rf"(?: (?:of )?(?P<wk>last|this|next) week(?!\w))?(?: {DAY_PARTS}(?!\w))?",
        read_weekday,
    ),
    _rule(
        "every Friday", ("every", "each", *(f"{w}s" for w in WEEKDAYS if len(w) > 5)),
        rf"(?:every|each) (?:{WEEKDAY}|{MONTH}|year|month|week|summer|winter|spring|ramadan)(?!\w)"
        r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days(?!\w)",
        lambda _: Open("unknown", "recurring"),
    ),
)  # fmt: skip

PUBLICATION_RULES = (
    _rule(
        "today", ("today", "tonight", "overnight", "yesterday", "tomorrow", "the", "day"),
        r"(?P<t>(?:the )?day (?:before yesterday|after tomorrow)|today|tonight|overnight|yesterday|tomorrow)(?!\w)"
        rf"(?: {DAY_PARTS}(?!\w))?",
        read_today,
    ),
    _rule(
        "last week", ("last", "this", "next", "earlier", "later"),
        r"(?:(?P<when>earlier|later) )?(?P<which>last|this|next) (?P<u>week|weekend|month|year|decade|night)(?![\w-])",
        read_unit_of_now,
    ),
    _rule(
        "this morning", ("this", "earlier"), r"(?:earlier )?this (?:morning|afternoon|evening)(?!\w)",
        lambda _: Around("day", 0),
    ),
    _rule("weekend", ("the", "weekend"), r"(?:the )?weekend(?!\w)", lambda _: Around("weekend", -1)),
    _rule(
        "last summer", ("last", "this", "next"), rf"(?P<which>last|this) (?P<s>{any_of(SEASONS)})(?!\w)",
        read_season_of_now,
    ),
    _rule(
        "a year and a half ago", _NUMBERS,
        rf"(?:(?P<n>{NUMBER}) (?P<u>{UNIT}){_AND_A_HALF}|(?P<n2>{NUMBER}){_AND_A_HALF}(?: |-)(?P<u2>{UNIT})) {_AGO}",
        read_half_ago,
    ),
    _rule(
        "ago", ("exactly", *_NUMBERS, *_UNITS),
        rf"(?P<exact>exactly )?{_COUNT} {_AGO}(?P<today> today(?!\w)| to the day(?!\w))?", read_ago,
    ),
    _rule(
        "past months", ("last", "past", "recent", "next", "coming", "previous", "preceding", "the"),
        r"(?:the )?(?P<which>last|past|recent|next|coming|previous|preceding) "
        rf"(?:(?P<n>{NUMBER})(?: |-))?(?P<u>{UNIT})",
        read_whole_past,
    ),
    _rule(
        "recently", ("recently", "lately", "the"), r"(?:recently(?! as(?!\w))|lately|the other day)(?!\w)",
        lambda _: Open(),
    ),
)  # fmt: skip

STORY_RULES = (
    _rule(
        "the following Friday", ("the", "that", "following"),
        rf"(?:(?P<which>(?:the )?(?:following|ensuing)|the (?:next|previous|preceding|same)|that(?: same)?) )"
        rf"(?P<w>{WEEKDAY})(?P<dir>(?!))?(?: {DAY_PARTS}(?!\w))?",
        read_weekday_beside,
    ),
    _rule(
        "the Friday after", ("the",), rf"(?P<which>(?!))?the (?P<w>{WEEKDAY}) (?P<dir>before|after)(?=[.,;]|\Z)",
        read_weekday_beside,
    ),
    _rule(
        "two days later", (*_NUMBERS, *_UNITS),
        rf"{_COUNT} (?P<dir>earlier|later|afterwards?|after|before|previously|prior)(?!\w)", read_step,
    ),
    _rule(
        "the day before", ("the", "day", "night"),
        r"(?:the )?(?P<u>day|night|morning|evening|week|month|year) (?P<dir>before|after|earlier)"
        r"(?! (?:yesterday|tomorrow))(?!\w)",
        read_day_beside,
    ),
    _rule(
        "the same day", ("the", "that", "this", "same", "following", "later", "earlier", "next"),
        r"(?:(?:later|earlier)(?: on)?(?: in)? )?"
        r"(?P<which>the (?:very )?(?:same|next|following|ensuing|previous|preceding)|that(?: very| same)?"
        r"|same|following)"
        r" (?P<u>day|night|morning|afternoon|evening|week|month|year|weekend)(?![\w-])",
        read_neighbour,
    ),
    _rule(
        "later in the day", ("later", "earlier"), r"(?:later|earlier)(?: on)? in the (?:day|night|evening)(?!\w)",
        lambda _: Step("day", 0, 0),
    ),
    _rule("since then", ("then",), r"then(?!\w)", read_then),
)  # fmt: skip

OPENERS = (
    _rule(
        "end of the year", PART_WORDS,
        rf"(?P<p>{any_of(PART_WORDS)}) (?:of|in) the (?P<u>year|month|week)(?!\w| of| (?:19|20)\d\d)", read_part_of_now,
    ),
    _rule(
        "first half of the year", ORDINALS,
        rf"(?P<o>{any_of(ORDINALS)})(?: (?P<n>{NUMBER}))?(?: |-)(?P<k>quarter|half|weeks?|months?|days?)"
        r" (?:of|in) the (?P<now>year|month)(?!\w| of| (?:19|20)\d\d)",
        read_fraction_of_now,
    ),
    _opener(
        "early", PART_WORDS,
        r"(?P<p>early|mid|late|beginning|start|middle|end|close|onset|later|earlier)"
        r"(?: part)?(?:(?: of| in| on)?(?: the)?(?: month of| year)? |-)",
        wrap_part,
    ),
    _opener(
        "first quarter", ORDINALS,
        rf"(?P<o>{any_of(ORDINALS)})(?: (?P<n>{NUMBER}))?(?: |-)(?P<k>quarter|half|weeks?|months?|days?)"
        r"(?: of| in)?(?: the)? ",
        wrap_fraction,
    ),
    _opener("Q1", ("q",), r"(?P<k>q)(?P<o>[1-4])(?: of)?,? ", wrap_quarter_figure),
    _opener("summer of", SEASONS, rf"(?P<s>{any_of(SEASONS)})(?: of| in)?,? (?:the year )?", wrap_season),
    _opener(
        "night of", ("night", "nights", "morning", "evening", "afternoon", "dawn", "midnight", "noon", "dusk"),
        r"(?:nights?|morning|evening|afternoon|dawn|midnight|noon|dusk)(?: (?:of|between|on))(?: the)? ",
        wrap_time_of,
    ),
    _opener(
        "same period of", ("same", "corresponding"),
        r"(?:same|corresponding) (?:period|time|months?) (?:of|in) (?:the year )?",
        wrap_same_period,
    ),
    _opener("eve of", ("eve",), r"eve of(?: the)? ", wrap_eve),
    _opener("week of", ("week", "month", "year"), r"(?:week|month|year)(?: of)? (?:the )?", wrap_week_of),
)  # fmt: skip

# In the order in which they are tried at a word.
RULES = (*FIGURES, *MONTH_RULES, *WEEKDAY_RULES, *PUBLICATION_RULES, *STORY_RULES, *OPENERS)


def _by_word(rules: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    table: dict[str, list[Rule]] = {}
    for rule in rules:
        for word in sorted(set(rule.triggers)):
            for written in {word, word.capitalize(), word.upper()}:
                table.setdefault(written, []).append(rule)
    return {word: tuple(found) for word, found in table.items()}


# Which rules are tried at which word; those tried at figures are DIGITS.
RULES_BY_WORD: dict[str, tuple[Rule, ...]] = _by_word(RULES)
DIGITS: tuple[Rule, ...] = RULES_BY_WORD["0"]
