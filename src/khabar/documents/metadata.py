"""Title, author, publisher and kind of a report, from the lines around it. Invariant: taken only from lines that stand
apart from the prose and say it in so many words; what no line says stays None.

Works on the reading text (repairs applied). Dates are in `khabar.documents.published`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from khabar.documents.cues import cues
from khabar.documents.dates import find_dates
from khabar.records import GENRES

__all__ = ["Zones", "author", "genre", "publisher", "title", "zones"]

_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]*)*")
_SPACE = re.compile(r"\s+")
_HEADER_LINES = 12
_FOOTER_LINES = 10
_LONGEST_HEADER = 200  # characters of a line that is no prose
_NOTES = 5  # lines at the end among which a note on the author or on opinions stands
_LONGEST_NOTE = 600  # characters of such a note
_FOOTER_SIZE = 6_000  # characters at the end in which footer lines are looked for

_STOP = re.compile(r"(?<![A-Z])[.;:,]\s*\Z")
_SENTENCES = re.compile(r"[a-z]{3}[.!?][\"”’)]?\s+[A-Z]")
_NAME_WORD = r"(?:[A-Z][\w.’'-]*|(?:al|el|ul|bin|ibn|de|del|della|van|von|der|da|di|le|la|du|dos|e|y)[-\w’']*)"
_NAME = re.compile(rf"[A-Z][\w.’'-]*(?:\s+{_NAME_WORD}){{0,5}}\Z")
_AND = re.compile(r"(?<!\s)\s+(?:and|&|with)\s|[,;]")
_NUMBERED_ISSUE = re.compile(r"\b(?:vol(?:ume)?\.?|issue|no\.?|nr\.?)\s*\d+", re.IGNORECASE)
_EPAPER = re.compile(r"e-?paper\s*[-–—:|]\s*(?P<name>.{2,60})\Z", re.IGNORECASE)
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)[\s©,]*(?:\(c\)\s*)?(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?[\s,]*)?(?:by\s+)?(?P<name>[A-Z].{1,60}?)"
    r"(?:[\s,]*(?:19|20)\d\d)?[.,\s|]*(?:all rights reserved.*)?\Z",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"(?:source|publisher|publication|newspaper|outlet)\s*:\s*(?P<name>\S.{1,60})\Z|"
    r"(?:this (?:article|story|post|piece) (?:was |has been )?(?:first |originally )*(?:published|appeared|posted)"
    r" (?:in|on|by)|"
    r"(?:first |originally )?published (?:in|by))\s+(?P<name2>(?:the\s+)?[A-Z].{1,60}?)(?:\s+(?:on|in)\s+.*)?\.?\Z",
    re.IGNORECASE,
)
# The press agency of a dateline: "KABUL (Reuters) -", "QUETTA, May 12 (AFP):".
_AGENCY = re.compile(
    r"\A[A-Z][^()\n]{1,60}(?:\([^()\n]{2,30}\)[^()\n]{0,30})?\((?P<name>[A-Z][\w. /-]{1,40})\)\s*(?:[-–—:]|\Z)"
)
_LISTED = re.compile(
    r"\s*(?:[-•*–▪●◦]|\(?\d{1,3}[.)]|(?:[0-3]?\d[ -])?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ .])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Zones:
    """The lines of a text that stand apart from its prose, white space made plain.

    header: the lines before the first prose. lead: the beginning of that prose. footer: the last lines.
    """

    header: tuple[str, ...]
    lead: str
    footer: tuple[str, ...]


def zones(text: str) -> Zones:
    """Header, lead and footer of a reading text. Looks at its beginning and end only."""
    header: list[str] = []
    lead = ""
    for match in islice(_PARAGRAPH.finditer(text), _HEADER_LINES + 1):
        line = _SPACE.sub(" ", match.group()[: 2 * _LONGEST_HEADER]).strip()
        if _is_prose(line) or len(header) == _HEADER_LINES:
            lead = line
            break
        header.append(line)
    tail = [_SPACE.sub(" ", m.group()).strip() for m in _PARAGRAPH.finditer(text[-_FOOTER_SIZE:])]
    return Zones(tuple(header), lead, tuple(tail[-_FOOTER_LINES:]) if lead else ())


def _is_prose(line: str) -> bool:
    if len(line) > _LONGEST_HEADER or _SENTENCES.search(line):
        return True
    # one full sentence, longer than any title that ends in a stop
    return len(line) > 60 and line.rstrip('"”’)').endswith(".") and not find_dates(line)


def title(text_zones: Zones) -> str | None:
    """The first header line that is no byline, date, section mark or notice; None for a text that begins with prose."""
    for line in text_zones.header[:4]:
        if _byline(line) is not None or cues().lines.match(line) or _is_date_line(line) or _NUMBERED_ISSUE.search(line):
            continue
        if any(kind.heading and kind.heading.match(line) and len(line) < 30 for kind in cues().genres):
            continue
        if _STOP.search(line) or not any(c.isalpha() for c in line) or len(line) < 4:
            return None
        return line.strip("#*_= ")  # marks of headings in Markdown and its kin
    return None


def _is_date_line(line: str) -> bool:
    dates = find_dates(line)
    return bool(dates) and len(line) - (dates[0].end - dates[0].start) < 40


def author(text_zones: Zones) -> str | None:
    """Who signs: the names of the first byline ("By A. Name and B. Name, Institute")."""
    for line in text_zones.header:
        parts = _byline(line)
        if parts:
            return " and ".join(parts)
    return None


def _byline(line: str) -> list[str] | None:
    """The names of a line which says who wrote; None for any other line. What follows the first comma behind a name
    and is no full name is where the author works.
    """
    cue = cues().bylines.match(line)
    if cue is None or len(line) > 120 or line[cue.end() : cue.end() + 1] not in (" ", ":"):
        return None
    rest = line[cue.end() :].strip(" :")
    rest = re.split(r"(?<!\s)\s+(?:[|•·–—-]\s|\()", rest)[0]
    for date in find_dates(rest)[:1]:
        rest = rest[: date.start].rstrip(" ,|")
    parts = [part.strip() for part in _AND.split(rest) if part.strip()]
    names = [
        part
        for i, part in enumerate(parts)
        if _NAME.match(part) and (i == 0 or (len(part.split()) > 1 and not _is_house(part)))
    ]
    return names if names and _NAME.match(parts[0]) and len(parts[0].split()) <= 6 else None


_HOUSE_WORDS = """
    institute university college school center centre press news times post agency council department ministry
    foundation group network correspondent bureau desk editor society academy studies international research
    programme program
"""
_HOUSE = frozenset(_HOUSE_WORDS.split())


def _is_house(name: str) -> bool:
    return any(word.lower().strip(".,") in _HOUSE for word in name.split())


def publisher(text_zones: Zones) -> str | None:
    """Where it appeared, by the first of these that says so: a journal named beside its volume or issue, a paper named
    beside the date, a line about source, rights or electronic edition, the press agency of the dateline.
    """
    header, footer = text_zones.header, text_zones.footer
    agency = _AGENCY.match(text_zones.lead)
    names = (
        _beside_issue(header),
        *(_beside_date(line) for line in header[1:]),
        *(_stated(line) for line in (*header, *reversed(footer))),
        agency["name"].strip() if agency else None,
    )
    return next((name for name in names if name), None)


def _beside_issue(header: tuple[str, ...]) -> str | None:
    """The journal on the line of its volume or issue number, or alone on the line above."""
    for i, line in enumerate(header):
        issue = _NUMBERED_ISSUE.search(line)
        if issue is None:
            continue
        before = line[: issue.start()].strip(" ,|:;-–—")
        if before and before[0].isupper():
            return before
        if i > 1 and _byline(header[i - 1]) is None and not find_dates(header[i - 1]):
            return header[i - 1]  # the first line is the title
    return None


def _stated(line: str) -> str | None:
    for form in (_EPAPER, _SOURCE, _RIGHTS):
        match = form.match(line)
        if match:
            groups = match.groupdict()
            name = (groups.get("name") or groups.get("name2") or "").strip(" .|,")
            if name and name.lower() not in ("all rights reserved", "the author", "the authors"):
                return name
    return None


def _beside_date(line: str) -> str | None:
    """The paper that a line names before its date: "The Example Courier | 26 April 2019".

    Before a comma it must sound like a paper, since places stand there too.
    """
    dates = find_dates(line)
    if not dates or _byline(line) is not None or line[dates[0].end :].strip(" .)|"):
        return None
    before = line[: dates[0].start].rstrip()
    name = re.split(r"[|•·]", before)[0].strip(" ,–—-(")
    words = name.split()
    if not 1 < len(words) <= 8 or any(w[0].islower() and len(w) > 3 for w in words) or ":" in name:
        return None
    set_apart = name != before.strip(" ,–—-(")
    return name if set_apart or any(w.lower().strip(".,") in _PAPER for w in words) else None


_PAPER_WORDS = """
    agency bulletin chronicle courier daily digest dispatch express gazette guardian herald independent journal
    magazine mail mirror monitor news observer post press quarterly record reporter review star sun telegraph times
    today tribune weekly wire world
"""
_PAPER = frozenset(_PAPER_WORDS.split())


def genre(text: str, text_zones: Zones, house: str | None = None) -> str:
    """The kind of report, one of `khabar.records.GENRES`: by the marks listed in `cues.yml`, or a list by its form.

    house: the publisher, if known.
    """
    lines = [line for line in (*text_zones.header, *text_zones.footer[-_NOTES:]) if len(line) <= _LONGEST_NOTE]
    for kind in cues().genres:
        if kind.genre not in GENRES:
            continue
        if kind.heading and any(kind.heading.match(line) for line in text_zones.header):
            return kind.genre
        if kind.anywhere and any(kind.anywhere.search(line) for line in lines):
            return kind.genre
    body = [m.group()[:40] for m in islice(_PARAGRAPH.finditer(text), 400)]
    if len(body) >= 6 and sum(1 for line in body if _LISTED.match(line)) >= 0.8 * len(body):
        return "list"
    known = (kind.genre for kind in cues().genres if house and kind.publisher and kind.publisher.search(house))
    return next(known, "news")
