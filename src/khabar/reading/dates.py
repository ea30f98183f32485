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
from dataclasses import dataclass, replace
from datetime import date, timedelta

from khabar.reading.calendar_spans import Span
from khabar.reading.date_context import looks_ahead
from khabar.reading.date_expressions import Anchors, Calendar, Expression, Fixed, Numeric, Open, Resolved
from khabar.reading.date_offsets import InPart, Joined, Step, Weekday
from khabar.reading.date_rules import DIGITS, RULES_BY_WORD
from khabar.reading.model import DateMention
from khabar.records import Interval

__all__ = ["find_dates"]

_WORD = re.compile(r"(?<!\w)(?:(\d+)|[A-Za-z]+)")
_DEEPEST = 3  # openers inside openers: "the end of the first half of last year"


@dataclass(frozen=True, slots=True)
class _Atom:
    """An expression in its place; `relation` and `sentence` (where its stretch of text begins) once known."""

    start: int
    end: int
    says: Expression
    relation: str = ""
    begin: int = 0


def find_dates(text: str, published: Interval, spans: Sequence[tuple[int, int]] | None = None) -> list[DateMention]:
    """Every time expression of `text`, or of its stretches `spans` (sentences, in order), as an interval of days.

    Expressions relative to publication are the hull over the days of `published`; with an open publication they have
    no bounds and the anchor "open". Nothing of the past ends after publication.
    """
    atoms: list[_Atom] = []
    for start, end in [(0, len(text))] if spans is None else spans:
        found = _joined(text, list(_scan(text, start, end)))
        atoms += [_related(text, start, atom) for atom in found]
    return _resolved(text, atoms, published)


# ------------------------------------------------------------------ 1 scan


def _scan(text: str, start: int, end: int) -> Iterator[_Atom]:
    done = start
    for word in _WORD.finditer(text, start, end):
        begin = word.start()
        if begin < done or (word.lastindex is None and word.group() not in RULES_BY_WORD):
            continue
        atom = _read(text, begin, end, _DEEPEST)
        if atom is not None:
            done = atom.end
            yield replace(atom, begin=start)


def _read(text: str, at: int, end: int, depth: int) -> _Atom | None:
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
            return _Atom(at, stop, says)
    return None


# ------------------------------------------------------------------ 2 join

_RANGE = re.compile(
    r"\s?[-–—]\s?|,?\s(?:to|until|till|through|and|up\sto)\s(?:the\s)?(?:\w{3,9}\sof\s)?", re.IGNORECASE
)
_BESIDE = re.compile(r",?\s(?:on\s|the\s)?|,?\s?\(\s?(?:on\s)?(?:the\s)?|,\s?", re.IGNORECASE)
_COUNTED_FROM = re.compile(
    r"\s(?:the\s)?(?:(?:night|morning|evening)\sof\s)?|\s(?:the|a|an|its|his)\s?(?=\d|[A-Z])", re.IGNORECASE
)
_BEGINS_RANGE = re.compile(r"\b(?:from|between|throughout|during|over|in both)\s(?:the\s)?\Z", re.IGNORECASE)


def _joined(text: str, atoms: list[_Atom]) -> list[_Atom]:
    joined: list[_Atom] = []
    for atom in atoms:
        if joined:
            both = _join(text, joined[-1], atom)
            if both is not None:
                joined[-1] = both
                # a range may now be complete: "from Monday, 3 May" + "to Friday, 7 May"
                if len(joined) > 1 and (wider := _join(text, joined[-2], joined[-1])) is not None:
                    joined[-2:] = [wider]
                continue
        joined.append(atom)
    return joined


def _join(text: str, one: _Atom, other: _Atom) -> _Atom | None:
    between = text[one.end : other.start]
    if len(between) > 24 or one.begin != other.begin:
        return None
    weekday = _weekday_and_date(one.says, other.says)
    if weekday is not None and _BESIDE.fullmatch(between):
        closes = "(" in between and text[other.end : other.end + 1] == ")"
        return replace(one, end=other.end + closes, says=weekday)
    if (
        isinstance(one.says, Step)
        and one.says.base is None
        and text[one.start : one.end].lower().endswith(("after", "before"))
    ):
        counted = isinstance(other.says, Calendar | Fixed | Weekday | InPart) and _COUNTED_FROM.fullmatch(between)
        return replace(one, end=other.end, says=replace(one.says, base=other.says)) if counted else None
    mark = _RANGE.fullmatch(between)
    if mark is None or not isinstance(other.says, Calendar | Fixed | InPart | Weekday):
        return None
    if not isinstance(one.says, Calendar | Fixed | InPart | Weekday):
        return None
    opener = _BEGINS_RANGE.search(text, max(one.begin, one.start - 16), one.start)
    word = between.strip().lower().split(" ")[0].lstrip(",")
    if word == "and" and (opener is None or opener.group().lower().startswith("from")):
        return None
    if word in ("to", "until", "till", "through", "up") and opener is None and not _alike(one.says, other.says):
        return None
    return replace(one, end=other.end, says=Joined(one.says, other.says))


def _alike(one: Expression, other: Expression) -> bool:
    """Whether two expressions can bound a range without "from": both days, both months, both years, both weekdays."""
    if isinstance(one, Calendar) and isinstance(other, Calendar):
        return (one.day is None) == (other.day is None) and (one.month is None) == (other.month is None)
    return type(one) is type(other)


def _weekday_and_date(one: Expression, other: Expression) -> Expression | None:
    """A weekday and a date that are one day said twice; the date keeps its own year where it has one."""
    if isinstance(other, Weekday) and not isinstance(one, Weekday):
        one, other = other, one
    if not isinstance(one, Weekday) or one.weeks is not None:
        return None
    if isinstance(other, Fixed | Numeric):
        return other if one.which == "" else None
    if isinstance(other, Calendar) and other.day is not None and other.last_day is None and other.weekday is None:
        return replace(other, weekday=one.number)
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
_OF_A_NOUN = re.compile(
    r"['’]s\b|['’](?=\s)|\s(?!(?:in|on|at|the|when|and|or|but|as|by|with|for|of|to|that|which|who)\b)[a-z]",
    re.IGNORECASE,
)


def _related(text: str, begin: int, atom: _Atom) -> _Atom:
    window = max(begin, atom.start - 14)
    found = _RELATION.search(text[window : atom.start])
    if found is None or isinstance(atom.says, Joined):
        return atom
    word = re.sub(r"\s+", " ", found[1].lower())
    if isinstance(atom.says, Step) and word not in ("by", "since", "until", "till"):
        return atom
    if word == "from":
        on = _ONWARDS.match(text, atom.end)
        return replace(atom, start=window + found.start(1), end=on.end(), relation="since") if on else atom
    relation = _RELATIONS[word]
    if relation in ("after", "before") and _OF_A_NOUN.match(text, atom.end) and word not in ("pre", "post"):
        return atom  # "after Monday's attack": the day is the attack's own
    if relation == "until" and text[atom.end : atom.end + 2] in ("'s", "’s"):
        return atom
    return replace(atom, start=window + found.start(1), relation=relation)


# ------------------------------------------------------------------ 4 resolve


def _resolved(text: str, atoms: Iterable[_Atom], published: Interval) -> list[DateMention]:
    atoms = list(atoms)
    anchors = Anchors(
        date.fromisoformat(published.earliest) if published.earliest else None,
        date.fromisoformat(published.latest) if published.latest else None,
        month_first=_month_first(text, atoms),
    )
    mentions: list[DateMention] = []
    read_to = 0
    for atom in atoms:
        if (anchors.story or anchors.near) and text.find("\n\n", read_to, atom.start) >= 0:
            anchors = replace(anchors, story=None, near=False)
        read_to = atom.start
        anchors = replace(anchors, future=looks_ahead(text, atom.begin, atom.start))
        found = atom.says.resolve(anchors)
        mentions.append(_mention(text, atom, found, anchors))
        anchors = replace(anchors, future=False)
        if found.span.first is None or atom.relation:
            continue
        anchors = replace(anchors, previous=found.span, near=True)
        if found.span.precision in ("day", "month", "quarter", "range") and found.anchor in ("absolute", "previous"):
            anchors = replace(anchors, story=found.span)
    return mentions


def _month_first(text: str, atoms: Iterable[_Atom]) -> bool | None:
    """Whether the document's figures put the month first: True or False where all that can tell agree, else None."""
    seen = set()
    for atom in atoms:
        figures = re.match(r"(\d\d?)[-/.](\d\d?)[-/.]\d", text[atom.start : atom.end])
        if figures and isinstance(atom.says, Fixed) and figures[1] != figures[2]:
            seen.add(int(figures[2]) > 12)
    return seen.pop() if len(seen) == 1 else None


def _mention(text: str, atom: _Atom, found: Resolved, anchors: Anchors) -> DateMention:
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
