"""When a report was published, as an interval, and how that was found. Invariant: a date in running prose is never the
publication date; a text without one is open, no older than the latest date it mentions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from khabar.documents.dates import FoundDate, find_dates, latest_mentioned, name_date, wire_date
from khabar.documents.metadata import Zones
from khabar.records import Interval

__all__ = ["Published", "publication"]


@dataclass(frozen=True, slots=True)
class Published:
    """The publication interval; `by` is metadata, operator, text, file or open."""

    interval: Interval
    by: str


_LABEL = re.compile(
    r"\b(?:(?:first |originally |last )?(?:published|posted|released|issued|created|uploaded|updated|modified|filed|"
    r"printed|added|submitted)(?: (?:on|at|online|in))?|pub(?:lication)? ?date|"
    r"date(?:d| published| of (?:publication|issue|release))?|as of|release date)\b",
    re.IGNORECASE,
)
_LATER = re.compile(r"\b(?:updated|modified|accessed|retrieved|as of)\b", re.IGNORECASE)
_RETRIEVED = re.compile(r"\b(?:accessed|retrieved|event date|date of birth|dob)\b", re.IGNORECASE)
# What else stands beside a date in a line that is about publication: weekday, time, zone, issue, byline.
_BESIDE = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?|"
    r"\b\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?|hrs|hours)?|"
    r"\b\d{1,2}\s*[ap]\.?m\.?|"
    r"\b(?:gmt|utc|est|edt|pst|pdt|bst|cet|ist|pkt|aft|et|pt|local time)\b(?:[+-]\d{1,2}(?::\d\d)?)?|"
    r"\b(?:volume|vol|issue|number|no|nr|edition|print edition|special|week|page|p)\b\.?\s*[\d.]*|"
    r"\b(?:at|on|in|by|the|of|and)\b|"
    r"[\s|•·,;:()\[\]/–—-]+|\d{1,2}\s*min(?:ute)?s?\s*read",
    re.IGNORECASE,
)
_PLACE = r"[A-Z][\w.’'-]*(?:[ /-][A-Z][\w.’'-]*){0,3}"
# One to three names of places, an agency: KABUL, or Quetta, Balochistan (AFP), or NEW DELHI/LAHORE
_DATELINE_PLACE = re.compile(
    rf"\A[\"“(]?{_PLACE}(?:, ?{_PLACE}){{0,2}}[,:.]?\s*(?:\([A-Za-z. /-]{{2,30}}\)\s*[-–—,:]*\s*)?[-–—(]?\s*\Z"
)
_DATELINE_MARK = re.compile(r"\s*(?:\([A-Za-z. /-]{2,30}\)\s*)?(?:[:–—.)]|-|\Z|\([A-Z])")
_DATELINE_END = re.compile(r"\s*(?:\([\w. /-]{2,40}\)\s*)?(?:[:–—.|)]|--?\s|\s-\s)")
_SEPARATED = re.compile(r"[|•·,–—(:-]\s*\Z")
_LABELLED = re.compile(r"\A[\w ,.’'-]{0,40}[.:]?\s*\Z")


def publication(
    text: str,
    text_zones: Zones,
    metadata: Interval | None,
    operator: Interval | None,
    names: tuple[str, ...],
    not_after: str | None = None,
) -> Published:
    """The publication interval, by the first of these that gives one: the format's metadata, the header, dateline and
    footer of `text`, the operator, the file name or address (`names`). Else open: not before the latest date mentioned,
    where dates after the ISO day `not_after` (the day of retrieval) do not count.
    """
    if metadata is not None:
        return Published(metadata, "metadata")
    stated = header_date(text_zones)
    if stated is not None:
        return Published(stated, "text")
    if operator is not None:
        return Published(operator, "operator")
    for name in names:
        day = name_date(name)
        if day is not None:
            return Published(day, "file")
    return Published(Interval(latest_mentioned(text, not_after), None), "open")


def header_date(text_zones: Zones) -> Interval | None:
    """The date of publication that header lines, dateline or footer state; None if none does.

    A line that says "published" wins over one that only bears a date, and that over one that says "updated".
    """
    found: list[tuple[int, Interval]] = []
    for i, line in enumerate(text_zones.header):
        found += [(_rank(line), date.interval) for date in _line_dates(line, is_title=i == 0)]
    if text_zones.lead:
        found += [(1, date.interval) for date in _dateline_dates(text_zones.lead)]
    for line in text_zones.footer:
        if len(line) <= 160 and _LABEL.search(line) and not _RETRIEVED.search(line):
            found += [(_rank(line) + 3, date.interval) for date in _line_dates(line, is_title=False)]
    return min(found, key=lambda item: item[0])[1] if found else None


def _rank(line: str) -> int:
    if _LATER.search(line) and not re.search(r"\bpublished|posted\b", line, re.IGNORECASE):
        return 2
    return 0 if _LABEL.search(line) else 1


def _line_dates(line: str, *, is_title: bool) -> list[FoundDate]:
    """The first date of a line about publication; nothing for a line which only happens to mention one."""
    dates = find_dates(line)
    if not dates or _RETRIEVED.search(line):
        return []
    first = dates[0]
    before, after = line[: first.start], line[first.end :]
    if _LABEL.search(before[-40:]) and len(_BESIDE.sub("", _LABEL.sub("", before))) <= 60:
        return [first]
    rest = _BESIDE.sub("", before) + _BESIDE.sub("", after)
    if not rest or not rest.strip("., "):
        return [first]
    if _DATELINE_PLACE.match(before) and _DATELINE_MARK.match(after):
        return [first]
    # a name beside the date, set apart from it by a mark: "The Review of Conflict | May 2017"
    apart = _SEPARATED.search(before) is not None and not after.strip(" .)|")
    return [first] if apart and not is_title and _is_name(before) else []


def _is_name(words: str) -> bool:
    """Whether all words but the little ones begin with a capital or digit, as in the name of a journal or author."""
    parts = [
        p
        for p in re.findall(r"[\w’'-]+", words)
        if p.lower() not in ("of", "and", "the", "for", "in", "on", "by", "to", "a")
    ]
    return 0 < len(parts) <= 10 and all(p[0].isupper() or p[0].isdigit() for p in parts)


def _dateline_dates(lead: str) -> list[FoundDate]:
    """The date with which prose begins: "KABUL, 12 May 2020 —", "Weekly update, 3 March 2019."."""
    head = lead[:120]
    first = next(iter(find_dates(head)), None) or wire_date(head)
    if first is None:
        return []
    before, after = lead[: first.start].strip(), lead[first.end :]
    opens = not before or _DATELINE_PLACE.match(before) or (before[-1] in ",:." and _LABELLED.match(before))
    return [first] if opens and _DATELINE_END.match(after) else []
