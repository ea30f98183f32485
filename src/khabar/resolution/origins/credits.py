"""Whose work a report is: its publisher, and the agencies it credits. Invariant: a credit is read only where credits
stand (publisher, byline, dateline, last lines), never from what a report tells.

"KABUL (Reuters) -" and "Daily Star (AFP)" say that the text is the agency's, "with inputs from agencies" that it is of
agencies which it does not name.
"""

from __future__ import annotations

import re
from functools import lru_cache

from khabar.records import Document
from khabar.resolution.origins.lists import load_source_lists
from khabar.text import fold

__all__ = ["UNNAMED_AGENCY", "agency_named", "credits_of", "house_key", "house_name"]

UNNAMED_AGENCY = "agencies it does not name"
"""The credit of a report that says it is an agency's and not which."""

_OPENING, _CLOSING = 400, 400  # characters in which a dateline or a closing credit stands
_DATELINE = re.compile(r"^[^\n()]{2,80}\(([^()\n]{2,60})\)\s*[-–—:]", re.MULTILINE)
_ALONE = re.compile(r"^\W*(?:[Bb]y\s+|[Ss]ource:\s*|©\s*(?:\d{4}\s+)?)?([A-Z][\w.\- /,&]{1,50}?)\W*$", re.MULTILINE)
_BRACKET = re.compile(r"\(([^()\n]{2,80})\)[\s.]*\Z")
_DASH = re.compile(r"[-–—]\s*([A-Z][\w.\- /,&]{1,50}?)[\s.]*\Z")
_INPUT = re.compile(
    r"(?:\b[Ii]nputs?\s+from|\b[Aa]dditional\s+(?:reporting|input)\s+(?:by|from)|©\s*\d{4}|\bCopyright\b)\s*([^\n]{2,80})"
)
_CONTRIBUTED = re.compile(r"([^\n.]{2,80})\s+contributed to this (?:report|story|article)")
_AGENCIES = re.compile(r"(?<![\w-])(?:[Nn]ews\s+)?[Aa]gencies(?!\w)|(?<!\w)AGENCIES(?!\w)")
_BRACKETS = re.compile(r"(?<!\s)\s*\([^()]*\)")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_JOINED = re.compile(r"[/,;|&]|\band\b")
_WORDS = re.compile(r"\w{2}")
_SMALL = re.compile(r"\b(?:and|the|by|news|with)\b", re.IGNORECASE)
_ADDRESS = re.compile(
    r"^(?:https?://)?(?:www\.|m\.)?|(?:\.(?:com|org|net|co|gov|edu|info|tv|news))?(?:\.[a-z]{2})?(?:/.*)?$"
)
_ARTICLE = re.compile(r"^the\s+")
_KIND = re.compile(r" (?:newspaper|news agency|website|online|reports?)$")  # as folded


def credits_of(document: Document) -> tuple[str, ...]:
    """The agencies that a report credits, sorted; `UNNAMED_AGENCY` where it credits some without a name.

    An agency that publishes its own report credits nobody by that.
    """
    text = document.text
    opening, closing = text[:_OPENING], text[-_CLOSING:].rstrip()
    wholes = [*_BRACKETED.findall(document.publisher or ""), *_parts(document.author or "")]
    wholes += [credit for place in (_DATELINE, _ALONE) for credit in place.findall(opening)]
    wholes += [credit for place in (_BRACKET, _DASH, _ALONE) for credit in place.findall(closing)]
    found = {agency for credit in wholes for agency in _agencies(credit, whole=True)}
    for place in (_INPUT, _CONTRIBUTED):
        found.update(agency for credit in place.findall(closing) for agency in _agencies(credit, whole=False))
    return tuple(sorted(found - {UNNAMED_AGENCY})) or tuple(found)


def _parts(words: str) -> list[str]:
    """The names of a byline, and what stands in brackets behind them."""
    return [*_BRACKETED.findall(words), *_JOINED.split(_BRACKETS.sub("", words))]


def _agencies(credit: str, *, whole: bool) -> set[str]:
    """The agencies named in the words of a credit; with `whole`, only if it holds nothing else ("AP Photo" is none)."""
    lists = load_source_lists()
    found = {lists.written[name] for name in lists.credited.findall(credit)}
    rest = lists.credited.sub("", credit)
    if _AGENCIES.search(rest):
        found.add(UNNAMED_AGENCY)
        rest = _AGENCIES.sub("", rest)
    return set() if whole and _WORDS.search(_SMALL.sub("", rest)) else found


@lru_cache(maxsize=65536)
def agency_named(name: str) -> str | None:
    """The agency that a name or acronym is of; None for anything else."""
    return load_source_lists().agency.get(_KIND.sub("", _ARTICLE.sub("", fold(name))))


@lru_cache(maxsize=65536)
def house_name(publisher: str) -> str:
    """A publisher's name without the remarks in brackets behind it."""
    return _BRACKETS.sub("", publisher).strip() or publisher.strip()


@lru_cache(maxsize=65536)
def house_key(publisher: str) -> str:
    """What spellings of one publisher have in common ("The Dawn", "DAWN.COM", "www.dawn.com"); '' for none."""
    bare = _ADDRESS.sub("", house_name(publisher).casefold().strip())
    return _KIND.sub("", _ARTICLE.sub("", fold(bare))).replace(" ", "")
