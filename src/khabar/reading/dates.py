"""Time expressions of a text as intervals. Invariant: mentions are sorted and disjoint, and no interval runs backwards.

How a text is read:

1. each word that can begin a time expression is tried with the rules of `date_rules`;
2. neighbours are joined: a weekday with its date, two dates with their range, "two days after" with the date it is
   counted from;
3. a word before (by, since, until, before, after) becomes the relation;
4. in text order each expression is resolved against the publication interval and the dated mention before it.

Convention of relations: "since" and "after" give the first day and leave the last at publication; "until" and "by" give
the last day; "before" ends on the day before. The words of the relation belong to the span, other prepositions do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from khabar.reading.calendar_spans import Span
from khabar.reading.date_context import looks_ahead
from khabar.reading.date_expressions import Anchors, Calendar, Expression, Fixed, Open, Resolved
from khabar.reading.date_joins import Atom, joined, with_shared_years
from khabar.reading.date_offsets import InPart, Joined, SamePeriod, Step, Weekday
from khabar.reading.date_rules import DIGITS, RULES_BY_WORD
from khabar.reading.model import DateMention
from khabar.records import Interval

__all__ = ["find_dates"]

_WORD = re.compile(r"(?<!\w)(?:(\d+)|[A-Za-z]+)")
_DEEPEST = 3  # openers inside openers: "the end of the first half of last year"


def find_dates(
    text: str,
    published: Interval,
    spans: Sequence[tuple[int, int]] | None = None,
    month_first: bool | None = None,
) -> list[DateMention]:
    """Every time expression of `text`, or of its stretches `spans` (sentences, in order), as an interval of days.

    Expressions relative to publication are the hull over the days of `published`; with an open publication they have
    no bounds and the anchor "open". Nothing of the past ends after publication. `month_first` is how the outlet writes
    04/05/2020, where that is known; what the text's other figures show goes before it.
    """
    atoms: list[Atom] = []
    for start, end in [(0, len(text))] if spans is None else spans:
        found = with_shared_years(text, joined(text, list(_scan(text, start, end))))
        atoms += [_related(text, start, atom) for atom in found]
    shown = _month_first(text, atoms)
    return _resolved(text, atoms, published, month_first if shown is None else shown)


# ------------------------------------------------------------------ 1 scan


def _scan(text: str, start: int, end: int) -> Iterator[Atom]:
    done = start
    for word in _WORD.finditer(text, start, end):
        begin = word.start()
        if begin < done or (word.lastindex is None and word.group() not in RULES_BY_WORD):
            continue
        atom = _read(text, begin, end, _DEEPEST)
        if atom is not None:
            done = atom.end
            yield replace(atom, begin=start)


def _read(text: str, at: int, end: int, depth: int) -> Atom | None:
    """The expression that begins at a word, by the first rule that reads it."""
    word = _WORD.match(text, at, end)
    if word is None or depth == 0:
        return None
    for rule in DIGITS if word.lastindex else RULES_BY_WORD.get(word.group(), ()):
        match = rule.pattern.match(text, at, end)
        if match is None:
            continue
        says: Expression | None
        if rule.wrap is not None:
            inner = _read(text, match.end(), end, depth - 1)
            says = rule.wrap(match, inner.says) if inner else None
            stop = inner.end if inner else 0
        else:
            says = rule.read(match) if rule.read else None
            stop = match.end()
        if says is not None:
            return Atom(at, stop, says)
    return None


# ------------------------------------------------------------------ 3 relation

_RELATION = re.compile(
    r"(?:^|(?<=[^\w-]))(by|since|until|till|before|prior\sto|ahead\sof|after|pre|post|up\sto|as\sof|from)"
    r"(?:[\s-]|\s(?:the|early\son|late\son)\s)\Z",
    re.IGNORECASE,
)
_RELATIONS = {
    "by": "until", "till": "until", "until": "until", "up to": "until", "since": "since", "before": "before",
    "prior to": "before", "ahead of": "before", "after": "after", "pre": "before", "post": "after", "as of": "until",
}  # fmt: skip
_ONWARDS = re.compile(r"\s(?:onwards?|on)\b", re.IGNORECASE)
_YEAR_ALONE = re.compile(r"\d{4}\b")
_CLOCK = re.compile(r"(?:dawn|noon|dusk|midnight)\b", re.IGNORECASE)
_OF_A_NOUN = re.compile(
    r"['’]s\b|['’](?=\s)|\s(?!(?:in|on|at|the|when|and|or|but|as|by|with|for|of|to|that|which|who)\b)[a-z]",
    re.IGNORECASE,
)


def _related(text: str, begin: int, atom: Atom) -> Atom:
    window = max(begin, atom.start - 14)
    found = _RELATION.search(text[window : atom.start])
    if found is None or isinstance(atom.says, Joined):
        return atom
    word = re.sub(r"\s+", " ", found[1].lower())
    if word in ("pre", "post") and found[0].endswith(" ") and not _YEAR_ALONE.match(text, atom.start, atom.end):
        return atom  # "a post May 30 accused": a noun
    if (
        word == "by"
        and isinstance(atom.says, Calendar)
        and "the" in found[0].lower().split()
        and _OF_A_NOUN.match(text, atom.end)
    ):
        return atom  # "by the 2018 polls": who did it
    if isinstance(atom.says, Step) and word not in ("by", "since", "until", "till"):
        return atom
    if word == "from":
        on = _ONWARDS.match(text, atom.end)
        return replace(atom, start=window + found.start(1), end=on.end(), relation="since") if on else atom
    relation = _RELATIONS[word]
    if relation in ("after", "before") and _CLOCK.match(text, atom.start):
        return atom  # "before dawn on Friday": the day is Friday
    if relation in ("after", "before") and _OF_A_NOUN.match(text, atom.end) and word not in ("pre", "post"):
        return atom  # "after Monday's attack": the day is the attack's own
    if relation == "until" and text[atom.end : atom.end + 2] in ("'s", "’s"):
        return atom
    if relation == "before" and isinstance(atom.says, InPart) and atom.says.part == "late":
        relation = "until"  # "before the end of the year"
    says = replace(atom.says, whole_end=relation == "until") if isinstance(atom.says, InPart) else atom.says
    return replace(atom, start=window + found.start(1), says=says, relation=relation)


# ------------------------------------------------------------------ 4 resolve


# When it was said is not when it happened: "the same day" after "said on Monday" is the day told of.
_OF_A_REPORT = re.compile(
    r"\b(?:said|says|told|announced|reported|confirmed|stated|added|wrote|tweeted)(?:\s(?:reporters|journalists|in|a|the|statement|"
    r"media|AFP|Reuters|AP|parliament|lawmakers|agency|state|television|TV|late|early|by|phone|here|on|its|his|website)){0,6}\s\Z"
)
_REPORT = 80  # characters a word of saying can stand before its day
_DAYS = 4  # a mention this short, in days, is one that "the same day" can go back to


def _resolved(text: str, atoms: Iterable[Atom], published: Interval, month_first: bool | None) -> list[DateMention]:
    anchors = Anchors(
        date.fromisoformat(published.earliest) if published.earliest else None,
        date.fromisoformat(published.latest) if published.latest else None,
        month_first=month_first,
    )
    mentions: list[DateMention] = []
    read_to = 0
    for atom in atoms:
        if (anchors.story or anchors.near) and text.find("\n\n", read_to, atom.start) >= 0:
            anchors = replace(anchors, story=None, near=False, day=None)
        read_to = atom.start
        anchors = replace(anchors, future=looks_ahead(text, atom.begin, atom.start))
        found = atom.says.resolve(anchors)
        mentions.append(_mention(text, atom, found, anchors))
        anchors = replace(anchors, future=False)
        if found.span.first is None or atom.relation or isinstance(atom.says, SamePeriod):
            continue
        if anchors.near and _OF_A_REPORT.search(text, max(atom.begin, atom.start - _REPORT), atom.start):
            continue
        anchors = replace(anchors, previous=found.span, near=True)
        if anchors.lead is None and isinstance(atom.says, Weekday):
            anchors = replace(anchors, lead=found.span)
        if found.span.last is not None and (found.span.last - found.span.first).days < _DAYS:
            anchors = replace(anchors, day=found.span)
        if found.span.precision in ("day", "month", "quarter", "range") and found.anchor in ("absolute", "previous"):
            anchors = replace(anchors, story=found.span)
    return mentions


def _month_first(text: str, atoms: Iterable[Atom]) -> bool | None:
    """Whether the document's figures put the month first: True or False where all that can tell agree, else None."""
    seen = set()
    for atom in atoms:
        figures = re.match(r"(\d\d?)[-/.](\d\d?)[-/.]\d", text[atom.start : atom.end])
        if figures and isinstance(atom.says, Fixed) and figures[1] != figures[2]:
            seen.add(int(figures[2]) > 12)
    return seen.pop() if len(seen) == 1 else None


def _mention(text: str, atom: Atom, found: Resolved, anchors: Anchors) -> DateMention:
    first, last, precision = found.span
    anchor = "recurring" if isinstance(atom.says, Open) and atom.says.anchor == "recurring" else found.anchor
    if atom.relation and (first or last):
        first, last = _with_relation(found.span, atom.relation, anchors)
        precision = "range"
    return DateMention(
        atom.start,
        atom.end,
        text[atom.start : atom.end],
        first.isoformat() if first else None,
        last.isoformat() if last else None,
        precision,
        anchor,
        atom.relation,
    )


def _with_relation(span: Span, relation: str, anchors: Anchors) -> tuple[date | None, date | None]:
    if relation == "until":
        return None, span.last
    if relation == "before":
        return None, span.first - timedelta(days=1) if span.first else None
    begin = span.first
    latest = anchors.latest
    return begin, latest if latest is not None and begin is not None and latest >= begin else None
