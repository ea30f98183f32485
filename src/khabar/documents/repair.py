"""Repairs of damaged text, as edits beside it. Invariant: the text itself never changes; edits are sorted, do not
overlap, and each says why. Every rule is one pass over the text.

The rules are the list `RULES`, in order of precedence: where two edits overlap, the earlier rule's stands. A rule acts
only on what no sound text contains; what could be meant as it stands is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from khabar.documents.letters import LIGATURES, STYLED, accents, ligatures, look_alikes, styled
from khabar.documents.lines import hyphenated_breaks, page_breaks, paragraph_breaks
from khabar.documents.words import glued_words
from khabar.records import Edit
from khabar.text import TWINS

__all__ = ["RULES", "Rule", "repair"]

_BLANKS = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"

_BLANK_RUN = re.compile(f"[{_BLANKS}{_INVISIBLE}]{{2,}}|[{_BLANKS[1:]}]")
_INVISIBLE_RUN = re.compile(f"[{_INVISIBLE}]+")
_HAS_BLANK = re.compile(f"[{_BLANKS}]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\u2028]|\u2029")

# UTF-8 read as cp1252: a lead byte's character, then one to three characters of continuation bytes.
_CONTINUATION = (
    "\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d"
    "\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178"
)
_MOJIBAKE = re.compile(f"(?:[\u00c2-\u00f4][{_CONTINUATION}]{{1,3}})+|\u00ef\u00bb\u00bf")
_C1 = re.compile("[\u0080-\u009f]")

_APOSTROPHE = re.compile(
    r"[‘`´‛](?:(?<=[^\W\d_].)(?=(?:s|t|d|m|re|ve|ll)\b)|(?<=[^\W\d_][sS]‘)(?=[\s,.;:)]|\Z)|(?<=\b[OD].)(?=[A-Z]))"
)
_BAR_OPEN = re.compile(r"(?:(?<=[\s(\[])|(?<=\A))\u2015(?=\w)")
_BAR_CLOSE = re.compile(r"(?<=[\w.,!?])\u2016(?!\w)")

_STOP_GAP = re.compile(r"[.!?](?<=[a-z][a-z][a-z].)(?=[A-Z][a-z]+(?:[\s,]|\Z))")
_WEB = re.compile(r"(?:https?:|www\.|@|/)\S*\Z", re.IGNORECASE)

_NOTE = re.compile(
    r"[.!?](?<=[\w)\]”\"].)[\"”’')\]]{0,2}(?P<n>\d{1,3})(?=[ \t\u00a0]+[\"“‘'(\[―]?[A-Z]|[ \t\u00a0]*(?:\r?\n|\Z))"
)
_NOTE_AFTER_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{3,30}\Z")
_NOTE_AFTER_YEAR = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|in|of|since|by|until|"
    r"during|early|late|mid|and|from|to|through|before|after)[\s-](?:19|20)\d\d\Z",
    re.IGNORECASE,
)
_NUMBERED_WORDS = """
    nos vol vols art arts sec sect para paras fig figs ver tab app ref refs res jan feb mar apr jun jul aug sep
    sept oct nov dec section article chapter table figure page pages number resolution phase volume issue appendix
    annex part item version point rule grade class type unit block sector
"""
_NUMBERED = frozenset(_NUMBERED_WORDS.split())
_FIRST_NOTE = 3  # a lone number behind a stop is believed to be a note only if notes could have begun there
_NOTE_JUMP = 30  # notes of one text follow one another; a bigger jump is a number with a lost blank
_SUPERSCRIPT = re.compile("[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+(?![^\\W_])")
_MEASURE = re.compile(r"\b(?:[kcmd]?m|ft|mi|miles?|in|inch|yds?|km)\Z", re.IGNORECASE)
_BRACKETED = re.compile(
    r"\[(?<=[\w.,;:”\"’)\]].)(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,5}|citation needed|clarification needed|note \d{1,2})\]"
)


class Rule(NamedTuple):
    """`find` gives the edits of one kind; it can find some only in texts with one of `marks`, or in all if empty."""

    find: Callable[[str], Iterable[Edit]]
    marks: frozenset[str] = frozenset()


def repair(text: str) -> tuple[Edit, ...]:
    """The edits that make `text` readable: sorted by offset, without overlaps. Linear in the length of the text."""
    present = set(text)
    found: list[tuple[int, int, Edit]] = []
    for rank, rule in enumerate(RULES):
        if not rule.marks or not present.isdisjoint(rule.marks):
            found += [(edit.start, rank, edit) for edit in rule.find(text)]
    found.sort(key=lambda item: (item[0], item[1]))
    kept: list[tuple[int, Edit]] = []
    for _, rank, edit in found:
        while kept and edit.start < kept[-1][1].end and rank < kept[-1][0]:
            kept.pop()
        if not kept or edit.start >= kept[-1][1].end:
            kept.append((rank, edit))
    return tuple(edit for _, edit in kept)


def mojibake(text: str) -> Iterator[Edit]:
    """UTF-8 that was read as cp1252, such as â€™ for an apostrophe; each damaged run by itself."""
    match = _MOJIBAKE.search(text)
    if match is None:
        return
    from ftfy import fix_encoding

    while match is not None:
        fixed = fix_encoding(match.group())
        if fixed != match.group():
            yield Edit(match.start(), match.end(), _readable(fixed), "mojibake")
        match = _MOJIBAKE.search(text, match.end())


def _readable(fixed: str) -> str:
    return fixed.replace("\u00a0", " ").replace("\ufeff", "").replace("\u00ad", "")


def control_quotes(text: str) -> Iterator[Edit]:
    """Control characters that are cp1252 punctuation: U+0093 is a quotation mark."""
    for match in _C1.finditer(text):
        yield Edit(
            match.start(), match.end(), match.group().encode("latin-1").decode("cp1252", "ignore"), "control character"
        )


def footnote_numbers(text: str) -> Iterator[Edit]:
    """Numbers of footnotes glued to the end of a sentence ("in July 2016.1 The").

    Only behind a word of three letters or more, a dated year, a quotation or a bracket, never behind an abbreviation
    or number, and only where the numbers of the text ascend as notes do.
    """
    candidates = [m for m in _NOTE.finditer(text) if _may_carry_note(text[max(0, m.start() - 40) : m.start()])]
    for match in _ascending(candidates):
        yield Edit(match.start("n"), match.end("n"), "", "footnote number")


def _may_carry_note(before: str) -> bool:
    word = _NOTE_AFTER_WORD.search(before)
    if word:
        return word.group().lower() not in _NUMBERED
    return before[-1:] in ')]”"' or _NOTE_AFTER_YEAR.search(before) is not None


def _ascending(matches: list[re.Match[str]]) -> list[re.Match[str]]:
    """The longest rising sequence of note numbers."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for index, match in enumerate(matches):
        number = int(match["n"])
        place = bisect_left(tails, number)
        previous.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [number]
        ends[place : place + 1] = [index]
    chain: list[re.Match[str]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(matches[index])
        index = previous[index]
    chain.reverse()
    kept: list[re.Match[str]] = []
    for match in chain:
        if int(match["n"]) - (int(kept[-1]["n"]) if kept else 0) > _NOTE_JUMP:
            break
        kept.append(match)
    return kept if len(kept) > 1 or (kept and int(kept[0]["n"]) <= _FIRST_NOTE) else []


def superscripts(text: str) -> Iterator[Edit]:
    """Notes as superscript digits behind a word or stop; not those of a measure ("km²")."""
    for match in _SUPERSCRIPT.finditer(text):
        before = text[max(0, match.start() - 6) : match.start()]
        if before and (before[-1].isalnum() or before[-1] in ".,;:”’\"')") and not _MEASURE.search(before):
            yield Edit(match.start(), match.end(), "", "footnote number")


def bracketed_notes(text: str) -> Iterator[Edit]:
    """Notes in square brackets glued to a word or stop ("wounded.[4]", "claimed[citation needed]")."""
    for match in _BRACKETED.finditer(text):
        yield Edit(match.start(), match.end(), "", "footnote number")


def odd_quotes(text: str) -> Iterator[Edit]:
    """Bars from a broken font that stand for quotation marks, in texts which show both ("―emir‖")."""
    if _BAR_CLOSE.search(text):
        for match in _BAR_OPEN.finditer(text):
            yield Edit(match.start(), match.end(), "“", "quotation mark")
        for match in _BAR_CLOSE.finditer(text):
            yield Edit(match.start(), match.end(), "”", "quotation mark")


def odd_apostrophes(text: str) -> Iterator[Edit]:
    """An opening quotation mark or accent inside a word, or after a plural's s, is an apostrophe ("the group‘s")."""
    for match in _APOSTROPHE.finditer(text):
        yield Edit(match.start(), match.end(), "'", "apostrophe")


def lost_blanks(text: str) -> Iterator[Edit]:
    """A stop glued to the next sentence ("killed.The"); not in addresses."""
    for match in _STOP_GAP.finditer(text):
        if not _WEB.search(text, max(0, match.start() - 80), match.start()):
            yield Edit(match.start(), match.end(), match.group() + " ", "lost blank")


def invisible(text: str) -> Iterator[Edit]:
    """Soft hyphens, zero-width and direction marks, byte-order marks."""
    for match in _INVISIBLE_RUN.finditer(text):
        yield Edit(match.start(), match.end(), "", "invisible character")


def blanks(text: str) -> Iterator[Edit]:
    """Runs of blanks, and blanks of odd width, as one blank."""
    for match in _BLANK_RUN.finditer(text):
        wide = "blank" if _HAS_BLANK.search(match.group()) else ""
        yield Edit(match.start(), match.end(), " " if wide else "", "white space")


def line_ends(text: str) -> Iterator[Edit]:
    """Line ends of other systems and Unicode's line and paragraph separators."""
    for match in _LINE_ENDS.finditer(text):
        yield Edit(match.start(), match.end(), "\n\n" if match.group() == "\u2029" else "\n", "line end")


# Which characters a rule needs one of: most texts have none of them, and the rule need not run.
_LEADS = frozenset(map(chr, range(0xC2, 0xF5)))
_INVISIBLES = frozenset(
    map(chr, [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])
)

RULES: tuple[Rule, ...] = (
    Rule(mojibake, _LEADS),
    Rule(page_breaks, frozenset("\f")),
    Rule(hyphenated_breaks),
    Rule(footnote_numbers, frozenset("0123456789")),
    Rule(superscripts, frozenset("\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079")),
    Rule(bracketed_notes, frozenset("[")),
    Rule(odd_quotes, frozenset("\u2015")),
    Rule(odd_apostrophes, frozenset("‘`´‛")),
    Rule(control_quotes, frozenset(map(chr, range(0x80, 0xA0)))),
    Rule(ligatures, frozenset(LIGATURES)),
    Rule(look_alikes, frozenset(TWINS)),
    Rule(styled, STYLED),
    Rule(accents, frozenset(map(chr, range(0x300, 0x370)))),
    Rule(glued_words),
    Rule(lost_blanks),
    Rule(paragraph_breaks),
    Rule(blanks),
    Rule(invisible, _INVISIBLES),
    Rule(line_ends, frozenset("\r\x0b\u2028\u2029")),
)
