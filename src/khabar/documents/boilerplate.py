"""Which lines are furniture and not report: links, notices, cookies, who the author is. Invariant: only whole lines
go, a list says which (`cues.yml`), and a paragraph of prose goes only at the end and only as a note about its author.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from khabar.documents.cues import cues

__all__ = ["boilerplate"]

_LINE = re.compile(r"\S[^\n\f]*")
_SPACE = re.compile(r"\s+")
_PROSE = re.compile(r"[.!?][\"”’)]?\s*\Z")
_SOURCE = re.compile(
    r"^\W{0,2}\d{1,3}[\].):]?\s|^\W?[“\"‘]|https?://|\bwww\.|"
    r"\bibid\b|\bop\. ?cit|\bpp?\. ?\d|\b(?:accessed|retrieved) ",
    re.IGNORECASE,
)
_LONGEST_LINE = 400  # characters: the longest notice; a longer line is prose
_LONGEST_NOTE = 1_500  # characters of a note about the author
_SHORT = 140  # characters: headlines and links after the report; longer lines are prose
_TAIL = 0.6  # share of the text after which a heading of furniture can begin the tail
_NOTES = 8  # lines at either end of the text among which a note about the author is looked for


class _Line(NamedTuple):
    start: int
    end: int
    words: str


def boilerplate(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of `text` that are not read, in order, without overlaps, none of them empty. Linear in its length."""
    lines = [_line(match, text) for match in _LINE.finditer(text)]
    skipped = {i for i, line in enumerate(lines) if len(line.words) <= _LONGEST_LINE and cues().lines.match(line.words)}
    skipped |= _tail(lines, skipped)
    skipped |= _references(lines)
    skipped |= _author_notes(lines, skipped)
    if len(skipped) == len(lines):
        return ()  # nothing but furniture: leave the decision to the reader
    return _spans([lines[i] for i in sorted(skipped)], text)


def _line(match: re.Match[str], text: str) -> _Line:
    raw = text[match.start() : match.end()].rstrip()
    end = match.start() + len(raw)
    # long lines are prose whatever they say, so their white space need not be made plain
    words = _SPACE.sub(" ", raw.replace("\u200b", "")) if len(raw) <= 4 * _LONGEST_LINE else raw
    return _Line(match.start(), end, words)


def _tail(lines: list[_Line], skipped: set[int]) -> set[int]:
    """The headings of furniture near the end, each with the short lines after it up to the next prose."""
    tail: set[int] = set()
    if not lines:
        return tail
    begin = lines[0].start + _TAIL * (lines[-1].end - lines[0].start)
    inside = False
    for i, line in enumerate(lines):
        if line.start < begin:
            continue
        if len(line.words) <= _SHORT and cues().tails.match(line.words):
            inside = True
        elif i not in skipped and (len(line.words) > _SHORT or _PROSE.search(line.words)):
            inside = False
        if inside:
            tail.add(i)
    return tail


def _references(lines: list[_Line]) -> set[int]:
    """Lists of sources at the end, whose titles would be read as news: the heading and every line with their form."""
    headings = [i for i, line in enumerate(lines) if len(line.words) < 40 and cues().references.match(line.words)]
    found: set[int] = set()
    for i in headings:
        if i > 0 and lines[i].start >= 0.5 * lines[-1].end:
            found.add(i)
            found.update(k for k in range(i + 1, len(lines)) if _SOURCE.search(lines[k].words[:_LONGEST_LINE]))
    return found


def _author_notes(lines: list[_Line], skipped: set[int]) -> set[int]:
    """Paragraphs about the author among the last lines that are left, and notices of opinion among the first."""
    left = [i for i in range(len(lines)) if i not in skipped]
    notes: set[int] = set()
    for i in left[-_NOTES:]:
        line = lines[i]
        if i != left[0] and len(line.words) <= _LONGEST_NOTE and cues().authors.match(line.words):
            notes.add(i)
    return notes


def _spans(lines: list[_Line], text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of lines; neighbours with only white space between them become one span."""
    spans: list[tuple[int, int]] = []
    for line in lines:
        if spans and not text[spans[-1][1] : line.start].strip():
            spans[-1] = (spans[-1][0], line.end)
        else:
            spans.append((line.start, line.end))
    return tuple(spans)
