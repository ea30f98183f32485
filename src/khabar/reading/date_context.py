"""Is this word a date here? Invariant: each test looks at a bounded stretch around the word and says yes or no."""

from __future__ import annotations

import re

from khabar.reading.calendar_words import MONTHS
from khabar.reading.number_words import PEOPLE

__all__ = [
    "begins_name",
    "full_year",
    "is_month_word",
    "is_year_word",
    "looks_ahead",
    "month_day_is_count",
    "outlet_puts_month_first",
    "short_year_stands",
    "weekday_stands",
]

# Months whose names are English words or first names too: alone they need a word before them that asks for a time.
_AMBIGUOUS = frozenset({"may", "march", "april", "june", "august"})
_ASKS_TIME = re.compile(
    r"(?:^|[\s(\[“\"'‘—–-])(?:in|of|since|by|until|till|during|early|mid|late|from|to|through|throughout|between|before|after|last|"
    r"this|next|every|each|for|around|about|and|and|into|beginning|end|as|the|its|their|his|her|a)[\s-]{1,3}\Z",
    re.IGNORECASE,
)
_ASKS_TIME_ONLY = re.compile(
    r"(?:^|[\s(\[“\"'‘—–-])(?:in|since|by|until|till|during|early|mid|late|last|this|next|of|as)[\s-]{1,3}\Z",
    re.IGNORECASE,
)
_AFTER_MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\s"
    r"(?:and|to|or|through|until|till)\s\Z",
    re.IGNORECASE,
)
# "the March attacks", not "the March on the town" nor "the March was long"
_DESCRIBED = re.compile(
    r"\s(?!(?:on|of|to|through|towards?|across|from|past|against|for|by|in|into|was|were|is|are|had|has|will|began|ended|"
    r"started|turned|that|which|and)\b)[a-z]{3,}"
)
_NAME_AFTER = re.compile(
    r"[\s-]{1,2}(?:Movement|Movements|Brigades?|Front|Group|Organi[sz]ation|Party|Street|Road|Avenue|Square|Bridge|Hospital|"
    r"University|Battalion|Committee|Society|Alliance|Foundation|Day Parade|[Dd]istrict|City|Stadium|Tunnel|Airport)\b"
)
_COUNTED = re.compile(r"[\s-]{1,3}([A-Za-z]+)(?:[\s-]{1,2}([A-Za-z]+))?")
_QUANTIFIED = re.compile(
    r"(?:\b(?:about|over|some|nearly|almost|than|least|most|only|another|around|approximately|roughly|estimated|all|an?|killed|"
    r"killing|injured|injuring|wounded|wounding|at|to|than|page|number|numbers|no|channel|resolution|resolutions|unscr|section|"
    r"article|articles|flight|boeing|route|highway|room|bill|act|ordinance|code|convention|protocol|order|regulation|regulations|rules|"
    r"constitution|agenda|vision|copyright|tel|phone|fax|radio|force)\b[.,]?|[$€£#№:+]|\bRs\.?)\s{0,2}\Z",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"\b(?:Act|Ordinance|Code|Convention|Protocol|Constitution|Regulations?|Rules)(?: of)?,?\s\Z", re.IGNORECASE
)
_LAW_AFTER = re.compile(r"\s(?:[A-Z][\w-]{1,20}\s){0,4}(?:Act|Ordinance|Law|Code|Convention|Protocol|Constitution)\b")
_TO_YEAR = re.compile(
    r"(?:\b(?:19|20)\d\d\s(?:up\s)?to|\b(?:up|prior|back|dates|dating|dated|due)\s(?:back\s)?to)\s\Z", re.IGNORECASE
)
_IN = re.compile(r"\b(?:in|since|during|until|by|from|throughout|and)\s{1,2}\Z", re.IGNORECASE)
_PART = re.compile(r"\b(?:mid|early|late)[\s-]\Z", re.IGNORECASE)
_CLOCK_AFTER = re.compile(r"\s?(?:hours|hrs|gmt|utc|pst|local\stime|a\.?m\b|p\.?m\b)", re.IGNORECASE)
_MEASURE_WORDS = """
    km kms kilometers kilometres miles meters metres feet ft acres hectares kg kgs kilograms kilos tons tonnes
    litres liters dollars rupees euros pounds votes seats units points times hours minutes days weeks months
    years sq square rpm cc percent"""
_MEASURE = frozenset(_MEASURE_WORDS.split())


_HOST = re.compile(r"\A[a-z]+://(?:[^/@]*@)?([^/:?#]+)", re.IGNORECASE)
_MONTH_FIRST = frozenset(("us", "gov", "mil", "edu", "ph"))
_EITHER = frozenset(("ca", "io", "tv", "me", "co", "ai", "fm", "cc", "ly", "to"))  # both orders, or names sold abroad


def outlet_puts_month_first(url: str | None) -> bool | None:
    """Whether the country of a report's address writes 04/05 for April 5th; None where the address does not tell."""
    host = _HOST.match(url or "")
    top = host[1].lower().rstrip(".").rpartition(".")[2] if host else ""
    if top in _MONTH_FIRST:
        return True
    return False if len(top) == len("uk") and top.isalpha() and top not in _EITHER else None


def full_year(text: str) -> int:
    """The year of two or four figures; two are read as 1950 to 2049."""
    number = int(text)
    if number >= 100:
        return number
    return 2000 + number if number < 50 else 1900 + number


def short_year_stands(text: str, start: int, end: int, limit: int) -> bool:
    """Whether two figures after a month are its year: after an apostrophe, or before a mark, bracket, dash or the end.

    "12 May 20 people" has no year.
    """
    if start and text[start - 1] in "'’‘":
        return True
    return end >= limit or bool(re.match(r"(?:[ \t]{0,3}(?:[)(\]\[;:.–—\n]|--)|,(?!\s?\d))", text[end : end + 6]))


def begins_name(text: str, end: int, limit: int) -> bool:
    """Whether a date begins the name of a movement, a brigade or a street."""
    return bool(_NAME_AFTER.match(text, end, limit))


def is_month_word(text: str, start: int, end: int, *, dated: bool, whole: tuple[int, int]) -> bool:
    """Whether a word that can be a month is one: by its case, its neighbours, and a day or year beside it."""
    word = text[start:end]
    plain = word.lower().rstrip(".")
    figures = whole[0] > 0 and text[whole[0]].isdigit()
    if figures and text[whole[0] - 1] in "-,.$#" and text[whole[0] - 2 : whole[0] - 1].isdigit():
        return False
    if dated:
        return (
            word[0].isupper()
            or plain not in ("may", "march", "mar", "dec", "sun")
            or bool(re.match(r",?\s(?:of\s)?(?:19|20)\d\d", text[end : end + 9]))
        )
    if plain in MONTHS and len(plain) <= 4 and plain not in ("may", "june", "july"):
        return False  # an abbreviation alone
    if not word[0].isupper():
        return False
    before = text[max(0, start - 14) : start]
    if plain in _AMBIGUOUS:
        capitals = word.isupper() and text[end : end + 12].isupper()
        asks = _ASKS_TIME_ONLY if plain in ("may", "march") or capitals else _ASKS_TIME
        known = asks.search(before) or _AFTER_MONTH.search(text, max(0, start - 20), start)
        if not known and not (before.lower().endswith("the ") and _DESCRIBED.match(text, end)):
            return False
        following = re.match(r"\s{1,2}([A-Z][a-z]+)", text[end : end + 20])
        return following is None
    return not before.endswith("Black ")


def month_day_is_count(text: str, month: int, day: int, end: int, limit: int) -> bool:
    """Whether the figures after a month count something: "In March 12 soldiers" against "On March 12 soldiers"."""
    if day < month:
        return False
    word = _COUNTED.match(text, end, limit)
    if word is None or text[end - 1].isalpha():
        return False
    before = text[max(0, month - 4) : month].lower()
    return before.endswith(("in ", "in\n")) or (word[1].lower() in PEOPLE and not before.endswith(("on ", "on\n")))


def weekday_stands(text: str, start: int, end: int) -> bool:
    """Whether a weekday's name is one: capitalised, no part of a proper name; short forms only before a date."""
    word = text[start:end]
    if not word[0].isupper():
        return False
    if len(word.rstrip(".")) <= 5 and word.lower().rstrip(".") not in ("monday", "friday", "sunday"):
        return bool(re.match(r",?\s(?:\d|[A-Z][a-z]{2,8}\.?\s\d)", text[end : end + 14]))
    before = text[max(0, start - 8) : start]
    return not re.search(r"\b(?:Black|Bloody|Good|Palm|Man)\s\Z", before)


def is_year_word(text: str, start: int, end: int, limit: int) -> bool:
    """Whether four figures alone are a year: 1900 to 2099, no quantity before and nothing counted after them."""
    number = int(text[start:end])
    before = text[max(0, start - 16) : start]
    if start and (
        text[start - 1] in "-/.,+$€£#_" and not re.search(r"(?:mid|pre|post|early|late)-\Z", before, re.IGNORECASE)
    ):
        return False
    if end < limit and (text[end] in "/_" or (text[end] == "-" and text[end + 1 : end + 2].isdigit())):
        return False
    if (
        _LAW.search(text[max(0, start - 24) : start])
        or _LAW_AFTER.match(text, end, limit)
        or _CLOCK_AFTER.match(text, end, limit)
    ):
        return False
    if number < 1900 and not re.search(r"\b(?:in|since|from|until|of|by)\s\Z", before, re.IGNORECASE):
        return False
    if number > 2099 or (_QUANTIFIED.search(before) and not _TO_YEAR.search(before)):
        return False
    word = _COUNTED.match(text, end, limit)
    if word is None:
        return True
    words = [w.lower() for w in word.groups() if w]
    if words[0] in _MEASURE:
        return False
    if number % 100 and (_IN.search(before) or _PART.search(before)):
        return True  # "In 2014 militants came": a toll of just this size is rarer than the year
    if words[0] in PEOPLE:
        return False
    # A round number before a plural is a number: "2000 armed men".
    return not (number % 100 == 0 and words[-1].endswith("s") and words[-1] not in ("was", "has", "as", "is", "its"))


_AHEAD = re.compile(
    r"\b(?:will|shall|scheduled|due|upcoming|planned for|to be held|is to|are to|set to|expected to|slated)\b",
    re.IGNORECASE,
)


def looks_ahead(text: str, begin: int, start: int) -> bool:
    """Whether the sentence up to a date speaks of the future: "will", "is scheduled", "due to"."""
    window = text[max(begin, start - 90) : start]
    stop = max(window.rfind(". "), window.rfind("\n\n"), window.rfind("; "))
    return bool(_AHEAD.search(window, stop + 1))
