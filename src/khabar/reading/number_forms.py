"""The written forms of numbers and of the words that bound them. Invariant: patterns only, all with bounded repeats."""

from __future__ import annotations

import re

from khabar.reading.calendar_words import GAP, any_of
from khabar.reading.number_words import MAGNITUDES, ORDINAL_WORDS, SMALL_NUMBERS, VAGUE_NUMBERS

__all__ = [
    "ALTERNATIVES",
    "AND",
    "ARTICLE",
    "CHANGE",
    "LARGEST",
    "LEAST_AFTER",
    "MOST_AFTER",
    "NUMBER",
    "ORDINAL",
    "OR_FEWER",
    "OR_MORE",
    "OR_SO",
    "QUALIFIER",
    "QUALIFIER_OF",
    "TO",
    "TOKEN",
    "TRIGGERS",
    "VAGUE",
]

LARGEST = 10**12  # larger figures are account or telephone numbers

_UNITS = any_of(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
_TEENS = any_of([w for w, n in SMALL_NUMBERS.items() if 10 <= n < 20] + ["zero"])
_TENS = any_of([w for w, n in SMALL_NUMBERS.items() if n >= 20])
_MAGNITUDE = any_of(MAGNITUDES)
_BELOW_100 = rf"(?:{_TENS}(?:(?:-| ){_UNITS})?|{_TEENS}|{_UNITS})"
_BELOW_1000 = rf"(?:(?:(?:an?|{_BELOW_100}) )?hundred(?!\w)(?: (?:and )?{_BELOW_100})?|{_BELOW_100})"
_WORDS = (
    rf"(?:(?:(?:half|one half) an? |half-|an? |{_BELOW_100} )?dozen(?!\w)"
    rf"|half an? {_MAGNITUDE}|{_UNITS} and a half {_MAGNITUDE}|(?:an?|{_BELOW_1000}) {_MAGNITUDE}"
    rf"(?:,? (?:and )?{_BELOW_1000}(?: thousand(?!\w)(?: (?:and )?{_BELOW_1000})?)?)?"
    rf"|(?:thousand|million)(?!\w)|{_BELOW_1000})"
)
_FIGURES = (
    r"(?:\d{1,3}(?:,\d{2,3}){1,4}(?!\d)|\d{1,15})(?:\.\d{1,4})?"
    rf"(?:(?: |-)(?:{_MAGNITUDE}|dozen(?!\w))|(?:m|bn|k)(?!\w))?"
)
NUMBER = re.compile(rf"(?:(?P<figures>{_FIGURES})|(?P<words>{_WORDS}))".replace(" ", GAP), re.IGNORECASE)

VAGUE = re.compile(
    (
        r"(?P<unit>tens|dozens|scores|hundreds|thousands|lakhs|millions)(?!\w)"
        r"(?: (?:up)?on (?:tens|dozens|scores|hundreds|thousands)(?!\w))?"
        r"(?: of (?P<of>thousands|hundreds|millions|lakhs)(?!\w))?"
        r"|(?:several|many|a few|few|some|a couple(?: of)?) "
        r"(?P<big>dozens?|scores?|hundreds?|thousands?|lakhs?|millions?)(?!\w)(?: (?P<more>thousand|million)(?!\w))?"
        r"|(?P<few>several|a few|a handful(?: of)?)(?!\w)|(?P<two>a couple(?: of)?|a pair of)(?!\w)"
    ).replace(" ", GAP),
    re.IGNORECASE,
)
ORDINAL = re.compile(
    rf"(?:\d{{1,4}}(?:st|nd|rd|th)(?!\w)|(?:{_TENS}-)?{any_of(ORDINAL_WORDS)})".replace(" ", GAP), re.IGNORECASE
)
ARTICLE = re.compile(
    r"(?:an?|another)(?!\w)(?=((?:[^\S\n]|\n)[A-Za-z’'-]{2,30}(?:[^\S\n]|\n)?(?:[A-Za-z’'-]{2,30}(?:[^\S\n]|\n)?){0,3}))",
    re.IGNORECASE,
)

_QUALIFIERS: dict[str, tuple[str, ...]] = {
    "least": ("at least", "a minimum of", "no fewer than", "no less than", "not fewer than", "not less than"),
    "over": (
        "more than", "over", "above", "upwards of", "upward of", "in excess of", "exceeding", "well over", "just over",
        "greater than", "a little over", "slightly more than", "slightly over", "well more than", "well above",
    ),
    "about": (
        "about", "around", "some", "approximately", "roughly", "nearly", "almost", "close to", "an estimated",
        "estimated", "circa", "just under", "perhaps", "approx", "in the region of",
    ),
    "most": (
        "up to", "as many as", "as much as", "at most", "not more than", "no more than", "a maximum of", "fewer than",
        "less than", "under", "below", "maximum", "not over",
    ),
    "between": ("between", "from"),
}  # fmt: skip
QUALIFIER_OF = {words: kind for kind, forms in _QUALIFIERS.items() for words in forms}
QUALIFIER = re.compile(
    r"(?:(?<=\s)|(?<=[(\[“\"'—–-])|\A)(?P<q>"
    + "|".join(w.replace(" ", r"\s{1,2}") for w in sorted(QUALIFIER_OF, key=len, reverse=True))
    + r")\s{1,2}(?:(?:about|some|an\sestimated|around|another|the|other)\s{1,2})?\Z",
    re.IGNORECASE,
)
OR_MORE = re.compile(
    r"(?:\s?\+(?!\d)|-plus\b|\splus\b(?!\s\d)|\s(?:or|and)\s(?:more|above|over)\b(?!\sthan))", re.IGNORECASE
)
# The same words after the noun; they bound the number and stay outside its span: "72 dead at least".
_BEFORE_VERB = r"(?!\s(?!(?:when|as|in|on|at|by|near|from|after|and|were|was|are|have|had|died)\b)\w)"
LEAST_AFTER = re.compile(
    rf"(?:\s[a-z]+){{0,2}}\s(?:at\sleast\b{_BEFORE_VERB}|at\sthe\s(?:very\s)?least\b|or\smore\b(?!\sthan))",
    re.IGNORECASE,
)
MOST_AFTER = re.compile(rf"(?:\s[a-z]+){{0,2}}\sat\s(?:the\s)?most\b{_BEFORE_VERB}", re.IGNORECASE)
OR_SO = re.compile(r"(?:-odd\b|\s(?:or\sso|odd)\b)", re.IGNORECASE)
OR_FEWER = re.compile(r"\s(?:or\s(?:fewer|less))\b", re.IGNORECASE)

_OTHER_WORDS = ("dozen", "half", "a", "an", "another", "couple", "many", "some")
TRIGGERS = frozenset(
    written
    for word in (*SMALL_NUMBERS, *MAGNITUDES, *VAGUE_NUMBERS, *ORDINAL_WORDS, *_OTHER_WORDS)
    for written in (word, word.capitalize(), word.upper())
)
TOKEN = re.compile(r"(?<!\w)(?:(\d+)|[A-Za-z]+)")


ALTERNATIVES = re.compile(r",\s(?=\d)|,?\sor\s(?:even\s)?", re.IGNORECASE)
TO = re.compile(r"\s?[-–—]\s?|\s(?:to|or)\s", re.IGNORECASE)
AND = re.compile(r"\sand\s", re.IGNORECASE)
CHANGE = re.compile(
    r"\b(?:rose|risen|ris(?:es?|ing)|rais(?:es?|ed|ing)|increas(?:es?|ed|ing)|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|soar(?:s|ed)?"
    r"|grown|grew|went|gone|goes|fell|fallen|drop(?:s|ped)?|cut|lower(?:s|ed|ing)?|revis(?:es|ed|ing)|brought|up|down|toll)\b"
    r"(?:\s\w{1,15}){0,8}\sfrom\s\Z",
    re.IGNORECASE,
)
