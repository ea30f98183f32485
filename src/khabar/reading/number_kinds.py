"""What a number in figures or words counts, by what stands around it. Invariant: bounded look around, pure functions.

Only `cardinal` and `vague` numbers can be tolls (`khabar.reading.model.CountMention`); everything else is named for
what it is, so that a reader of the code can see why "AK-47" or "aged 35" was passed over.
"""

from __future__ import annotations

import re

from khabar.reading.calendar_words import MONTH
from khabar.reading.date_context import is_year_word
from khabar.reading.number_words import PEOPLE

__all__ = ["follows_word", "kind_of"]

_FLAGS = re.IGNORECASE

_PERCENT = re.compile(r"\s?(?:%|per\s?cent(?:age)?\b)", _FLAGS)
_MONEY_BEFORE = re.compile(r"(?:(?:US|A|C)?\$|[€£₹]|\b(?:Rs|PKR|USD|INR|EUR|GBP|AFN|Dh|Dhs)\.?)\s{0,2}\Z", _FLAGS)
_MONEY_AFTER = re.compile(
    r"\s?(?:-\s?)?(?:(?:m|mn|bn|billion|million)\s)?(?:us\s|u\.s\.\s)?"
    r"(?:dollars?|rupees?|euros?|pounds\ssterling|afghanis?|pesos?|colones|riyals?|dirhams?|cents)\b",
    _FLAGS,
)
_AGE_AFTER = re.compile(r"[\s-]{1,2}(?:years?|months?|days?|yrs?)[\s-](?:old\b|of\sage\b)", _FLAGS)
_AGE_BEFORE = re.compile(r"\b(?:aged|age|ages)\s(?:of\s|between\s|about\s|around\s)?\Z", _FLAGS)
_AGE_BETWEEN = re.compile(r"[A-Z][\w’'-]{1,30},\s\Z")
_CLOCK_AFTER = re.compile(
    r"(?:[:.][0-5]\d)?\s?(?:a\.?m\b|p\.?m\b|o['’]?clock\b|hours\s(?:local|gmt)|hrs\b|gmt\b|utc\b)", _FLAGS
)
_HOURS_AFTER = re.compile(r"\s(?:hours|hrs|local)\b", _FLAGS)
_UNIT_AFTER = re.compile(
    r"(?:\s|-|\s?)(?:km/?h?|kms|kilomet(?:er|re)s?|mph|miles?|met(?:er|re)s?|mm|cm|feet|foot|ft|inch(?:es)?|yards?|kgs?|kilos?|"
    r"kilograms?|grams?|tons?|tonnes?|lit(?:er|re)s?|gallons?|barrels?|acres?|hectares?|kanals?|marlas?|degrees?|megawatts?|mw|"
    r"square|sq|cubic|seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centuries|percent|caliber|calibre|"
    r"volts?|knots|horsepower|megabytes?|gb|mb|x|times)(?![\w])",
    _FLAGS,
)
_FRACTION = re.compile(r"[\s-](?:halves|half|thirds?|quarters?|fifths?|tenths?)\b", _FLAGS)
_HYPHENED = re.compile(r"-(?!odd|plus)[A-Za-z]", _FLAGS)
_PEOPLE_AFTER = re.compile(r"\s(?:\w+\s)?(?:" + "|".join(sorted(PEOPLE)) + r")\b", _FLAGS)
_NUMBERED = re.compile(  # words after which a number is a name, however written
    r"\b(?:resolutions?|unscr|sections?|articles?|clause|schedule|annex|flight|boeing|airbus|route|highway|motorway|"
    r"interstate|page|pages|chapter|volume|vol|no|nos|number|figure|chak|type|psalm|surah|verse|u/s|fm|magnitude|"
    r"world\swar)\.?\s#?\Z",
    _FLAGS,
)
_NAMED = re.compile(  # and those after which it is one where they are capitalised: "Camp 7", not "at the camp 7 men"
    r"\b(?:Room|Issue|Table|Channel|Class|Grade|Phase|Sector|Block|Ward|Zone|Camp|Brigade|Division|Regiment|Unit|Gate|"
    r"Terminal|Platform|Pillar|Model|Version|Rescue|Bill|Act|Ordinance|Case|Radio|Group|Formula|Batch|Level|Lot|Street|"
    r"House|Apartment|Building|Tower|Corps|Battalion|Company|District|Line|Area|Order|Appendix|Cell)\s#?\Z"
)
_MONTH_BEFORE = re.compile(rf"(?:^|(?P<in>\bin)|[^\w])\s?{MONTH}\s\Z", _FLAGS)
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)?(?:\s(?:of\s)?|-){MONTH}", _FLAGS)
_SCORE_BEFORE = re.compile(
    r"\b(?:won|lost|win|beat|beaten|defeated|score|lead|led|draw|drew|vote|voted|ruled|ruling|victory)\s(?:\w+\s){0,2}(?:by\s)?\Z",
    _FLAGS,
)
_BULLET_BEFORE = re.compile(r"(?:\A|\n)[ \t]*[(\[]?\Z")
_NOT_ONE = re.compile(r"\b(?:no|any|every|some|each|which|this|that|another)\s\Z", _FLAGS)
_ONE_WHAT = re.compile(
    r"\s(?:another|day|time|point|hand|side|thing|way|else|reason|example|such|can|must|should|may|might|would|could)\b",
    _FLAGS,
)


def follows_word(text: str, start: int) -> bool:
    """Whether a word, a space and then `start`: only then can words before a number say anything about it."""
    at = start - 1
    if at < 1 or not text[at].isspace():
        return False
    before = text[at - 1]
    if before.isspace() and at > 1:
        before = text[at - 2]
    return before.isalpha() or before in ".#-"


def kind_of(text: str, start: int, end: int, *, whole: bool = True) -> str:
    """The kind of the number at `start:end`, cardinal unless its neighbours make it something else.

    `whole` is false for a decimal fraction. Looks at most 40 characters around.
    """
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    digits, worded = text[start].isdigit(), follows_word(text, start)
    if _PERCENT.match(after):
        return "percent"
    if _MONEY_BEFORE.search(before[-8:]) or _MONEY_AFTER.match(after):
        return "money"
    if _AGE_AFTER.match(after) or (worded and _AGE_BEFORE.search(before)):
        return "age"
    if digits and _is_age(text[start:end], before, after):
        return "age"
    if digits and _is_clock(text[start:end], before, after):
        return "time"
    if digits and _is_part(text[start:end], before, after, worded=worded):
        return "part"
    if digits and end - start == 4 and text[start:end].isdigit() and is_year_word(text, start, end, len(text)):
        return "year"
    if _UNIT_AFTER.match(after) or _FRACTION.match(after) or _HYPHENED.match(after) or not whole:
        return "measure"
    if text[start:end].lower() == "one" and (_NOT_ONE.search(before) or _ONE_WHAT.match(after)):
        return "part"
    if worded and _NUMBERED.search(before):
        return "part"
    named = worded and digits and _NAMED.search(before) and not _PEOPLE_AFTER.match(after)
    return "part" if named else "cardinal"


def _is_age(number: str, before: str, after: str) -> bool:
    """A number between commas or in brackets after a name: "Khan, 42, was", "Ali (23)"."""
    if not re.fullmatch(r"1?\d?\d", number) or before[-1:] not in (" ", "("):
        return False
    if _AGE_BETWEEN.search(before) and re.match(r",(?!\s?\d)|\)|\.(?:\s|\Z)|;", after):
        return True
    return after.startswith(")") and bool(re.search(r"[A-Z][\w’'-]{1,30}\s\(\Z", before))


def _is_clock(number: str, before: str, after: str) -> bool:
    if _CLOCK_AFTER.match(after) or re.match(r":[0-5]\d(?!\d)", after):
        return True
    if number.isdigit() and len(number) == 4 and number < "2400" and number[2] < "6":
        at = number.startswith("0") and re.search(r"\bat\s\Z", before, _FLAGS)
        return bool(_HOURS_AFTER.match(after) or at)
    return before[-1:] == ":" and before[-2:-1].isdigit()


def _is_part(number: str, before: str, after: str, *, worded: bool) -> bool:
    """Figures which belong to a name, a list, a reference, a telephone number, a fraction or a date."""
    last = before[-1:]
    if last in ("-", "/", "_", "#", "@", "№", ".", "+") and before[-2:-1].strip():
        return True
    if last in ("+", ".") or (number.isdigit() and len(number) > 6) or re.match(r"0\d", number):
        return True
    if re.match(r"[/_]\d|-\d{4,}|\.\d+\.\d", after) or (re.match(r"[A-Za-z]", after) and not _UNIT_AFTER.match(after)):
        return True
    if last == "[" and after.startswith("]"):
        return True
    if re.match(r"[.)]\s", after) and _BULLET_BEFORE.search(before):
        return True
    if _MONTH_AFTER.match(after):
        return True
    if not worded:
        return False
    month = _MONTH_BEFORE.search(before) if re.fullmatch(r"[0-3]?\d", number) else None
    if month and not _PEOPLE_AFTER.match(after) and not (month["in"] and re.match(r"\s[A-Za-z]", after)):
        return True  # "on October 28 she", but "in October 28 shells"
    return bool(re.match(r"\s?[-–]\s?\d", after) and _SCORE_BEFORE.search(before))
