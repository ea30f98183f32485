"""Repairs of lines and pages: hyphens at line ends, paragraphs without blank lines, page heads and feet.

Invariant: these edits touch only line ends, page breaks and the lines that a printer repeats on every page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from khabar.documents.words import is_word
from khabar.records import Edit

__all__ = ["hyphenated_breaks", "page_breaks", "paragraph_breaks"]

_HYPHEN = re.compile("[-\u2010\u00ad](?<=[^\\W\\d_].)[ \t]*\r?\n[ \t]*(?=[a-z]|[A-Z][^\\W\\d_])")
_BEFORE = re.compile(r"[^\W\d_]+\Z")
_AFTER = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_END = re.compile(r"[.!?…:][\"'”’)\]]{0,3}\s*\Z")
_GOES_ON = (
    r"\b(?:a|an|the|of|and|or|in|on|at|to|for|by|from|with|as|that|which|who|is|was|were|are|has|had|have|be|al|bin|ul)"
)
_DANGLING = re.compile(rf"(?:[,;(–—-]|{_GOES_ON})\s*\Z", re.IGNORECASE)
_UNFINISHED = re.compile(rf"[a-z,] {_GOES_ON}\s*\Z")  # "was listed on": no paragraph ends so, however long its lines
_LONG_LINE = 200  # characters: no typewriter or page has lines so long, so each line is a paragraph
_HEAD = 8  # lines of a report's head
_PAGE_NUMBER = re.compile(
    r"\s*+(?:page\s++)?[-–—|]?\s*+\d{1,4}\s*+(?:(?:of|/)\s*+\d{1,4}|\|)?\s*+[-–—]?\s*+\Z", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_EDGE = 2  # lines at the top and bottom of a page that can be its head or foot


def hyphenated_breaks(text: str) -> Iterator[Edit]:
    """Words divided at a line end, joined again ("govern-/ment"); a real hyphen stays ("suicide-/bomber").

    It stays before a capital ("Al-/Qaeda"), inside a chain ("Hizb-/ul-Ahrar"), and where the two parts are words and
    the whole is not; unless the text, or the lexicon, has the whole.
    """
    matches = list(_HYPHEN.finditer(text))
    if not matches:
        return
    seen = {word.lower() for word in _WORDS.findall(text)}
    for match in matches:
        before = _BEFORE.search(text, max(0, match.start() - 40), match.start())
        after = _AFTER.match(text, match.end())
        if before is None or after is None:
            continue
        first, second = before.group(), after.group()
        chained = text[after.end() : after.end() + 1] == "-" or text[before.start() - 1 : before.start()] == "-"
        name = second[0].isupper() and not (first + second).isupper()  # in text all of capitals these say nothing
        compound = name or _is_compound(first.lower(), second.lower(), seen, chained=chained)
        keep = compound and match.group()[0] != "\u00ad"
        yield Edit(match.start(), match.end(), "-" if keep else "", "hyphen at line end")


def _is_compound(first: str, second: str, seen: set[str], *, chained: bool) -> bool:
    whole = first + second
    if f"{first}-{second}" in seen:
        return True
    if whole in seen or is_word(whole):
        return False
    return chained or (is_word(first) and is_word(second))


def paragraph_breaks(text: str) -> Iterator[Edit]:
    """Line ends that end a paragraph, heading or item although no blank line follows, made blank lines.

    In text with long lines every line is a paragraph, and so is each where all end in a stop, and in the head of a
    report. In wrapped text a line
    which leaves room for the next line's first word, and is a heading or ends a sentence, was broken on purpose.
    """
    blocks = list(_blocks(text))
    lengths = sorted(end - start for block in blocks if len(block) > 2 for start, end in block)
    usual = lengths[len(lengths) * 9 // 10] if lengths else 60
    for block in blocks:
        if len(block) < 2:
            continue
        width = max(usual, *(end - start for start, end in block))
        lines = [text[start:end] for start, end in block] + [""]
        stops = sum(1 for line in lines if _END.search(line[-8:]))
        apart = _is_head(lines, block, text) or width > _LONG_LINE or (stops > 2 and stops >= 0.9 * len(block))
        for i, (following, _) in enumerate(block[1:]):
            if _breaks(lines[i], lines[i + 1], lines[i + 2], width, apart=apart):
                yield Edit(following - 1, following, "\n\n", "paragraph break")


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """Stretches of lines between blank lines; each line as its offsets without the line end."""
    block: list[tuple[int, int]] = []
    position = 0
    for line in text.split("\n"):
        if line.strip():
            block.append((position, position + len(line.rstrip())))
        elif block:
            yield block
            block = []
        position += len(line) + 1
    if block:
        yield block


def _is_head(lines: list[str], block: list[tuple[int, int]], text: str) -> bool:
    """Title, byline and date on a line each at the very beginning: none ends in a stop or goes on in the next."""
    if len(block) > _HEAD or text[: block[0][0]].strip("\ufeff \t\r\n"):
        return False
    inside = lines[: len(block)]
    return not any(
        _END.search(line[-8:]) or line.lstrip()[0].islower() or _DANGLING.search(line[-12:]) for line in inside
    )


def _breaks(line: str, after: str, beyond: str, width: int, *, apart: bool) -> bool:
    """Whether a paragraph ends between `line` and `after`; `beyond` is the line that follows on them, or empty."""
    first = after.split(None, 1)[0]
    if first[0].islower() or "\f" in line or "\f" in after:
        return False
    if apart:
        return _UNFINISHED.search(line[-12:]) is None
    ends = _END.search(line[-8:]) is not None
    if len(line) + 1 + len(first) > 0.9 * width:
        return ends and _is_heading(after, beyond, width)
    return ends or _is_heading(line, after, width)


def _is_heading(line: str, after: str, width: int) -> bool:
    """A short line without a stop, before a line that does not go on with its sentence."""
    if len(line) >= 0.75 * width or not after or after[0].islower():
        return False
    return not _END.search(line[-8:]) and not _DANGLING.search(line[-12:])


def page_breaks(text: str) -> Iterator[Edit]:
    """Form feeds between pages, with the heads, feet and page numbers around them.

    A sentence that runs over the page is joined by a blank; otherwise a new paragraph begins.
    """
    if "\f" not in text:
        return
    pages = [_lines(page, offset) for page, offset in _pages(text)]
    repeated = _repeated(pages, text)
    bodies = [_body(page, text, repeated) for page in pages]
    last = None
    for body in bodies:
        if body is None:
            continue
        if last is not None:
            flows = not _END.search(text[max(0, last - 8) : last]) or text[body[0]].islower()
            yield Edit(last, body[0], " " if flows else "\n\n", "page break")
        last = body[1]


def _pages(text: str) -> Iterator[tuple[str, int]]:
    position = 0
    for page in text.split("\f"):
        yield page, position
        position += len(page) + 1


def _lines(page: str, offset: int) -> list[tuple[int, int]]:
    """Offsets of the lines of a page which are not blank, without the blanks around them."""
    found = []
    for line in page.split("\n"):
        inner = line.strip()
        if inner:
            start = offset + line.index(inner)
            found.append((start, start + len(inner)))
        offset += len(line) + 1
    return found


def _repeated(pages: list[list[tuple[int, int]]], text: str) -> set[str]:
    """What stands, numbers aside, at the edge of at least three pages and of a third of all."""
    counts: Counter[str] = Counter()
    for page in pages:
        edge = {_key(text[s:e]) for s, e in (*page[:_EDGE], *page[-_EDGE:])}
        counts.update(edge)
    least = max(3, len(pages) // 3)
    return {key for key, count in counts.items() if count >= least}


def _key(line: str) -> str:
    return _DIGITS.sub("#", line[:200])


def _body(page: list[tuple[int, int]], text: str, repeated: set[str]) -> tuple[int, int] | None:
    """First and last offset of a page without its head and foot; None for an empty page."""

    def furniture(line: tuple[int, int]) -> bool:
        words = text[line[0] : line[1]]
        return _key(words) in repeated or _PAGE_NUMBER.match(words) is not None

    first, last = 0, len(page)
    while first < min(_EDGE, last) and furniture(page[first]):
        first += 1
    while last > first and last > len(page) - _EDGE and furniture(page[last - 1]):
        last -= 1
    return (page[first][0], page[last - 1][1]) if first < last else None
