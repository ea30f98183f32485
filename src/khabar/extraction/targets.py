"""What was attacked and with what. Invariant: targets and weapons are the text's words; their classes come from the
codebook.
"""

from __future__ import annotations

from khabar.codebook.model import Codebook
from khabar.extraction.indexed import IndexedSentence, Span
from khabar.extraction.parts import Part
from khabar.extraction.units import Unit
from khabar.reading.clauses import phrase, phrase_span
from khabar.records import Target, Weapon

__all__ = ["read_targets", "read_weapon"]

_EMPTY = frozenset(
    """people person other one it they them he she him her who which that this some life dead number themselves himself
    hundreds dozens""".split()  # noqa: SIM905 - a word list reads better in lines
)


_TIMES = frozenset(
    {"time", "moment", "hour", "minute", "day", "night", "morning", "afternoon", "evening", "week", "dawn"}
)


_SOURCE_WORDS = 5  # words that a source after the colon of a headline has at most


def read_targets(unit: Unit, parts: list[Part], book: Codebook, text: str) -> list[tuple[Target, Span]]:
    """Targets of a unit in the order of the reports: what was attacked before who suffered."""
    found: list[tuple[Target, Span]] = []
    ordered = [p for p in parts if p.role == "target"] + [p for p in parts if p.role == "victim"]
    for part in ordered:
        made = _target(unit.line, part.head, book, text)
        if made is not None and all(made[1] != span for _t, span in found):
            found.append(made)
    return found


def _target(line: IndexedSentence, head: int, book: Codebook, text: str) -> tuple[Target, Span] | None:
    token = line.sentence.tokens[head]
    if token.pos not in ("NOUN", "PROPN", "ADJ") or line.lemmas[head] in _EMPTY:
        return None
    if line.lemmas[head] in book.tables["attackers"] and line.count_at(head) is None and token.pos == "PROPN":
        return None
    if line.lemmas[head] in _TIMES or _says_so(line, head):
        return None
    start, end = phrase_span(line.sentence, head)
    actor = line.actor_at(head)
    if actor is not None:
        start, end = min(start, actor.start), max(end, actor.end)
    start = _without_number(line, head, start)
    place = line.place_at(head)
    if place is not None and place.start <= start and place.end >= end:
        return None
    words = text[start:end]
    return (
        (Target(words, _class(line, head, book)), (start, end))
        if words.strip() and not words.startswith("of ")
        else None
    )


def _says_so(line: IndexedSentence, head: int) -> bool:
    """True of the last words of a headline after a colon: "Bomb kills three in the north: officials"."""
    tokens = line.sentence.tokens
    colon = next((i for i in range(head - 1, max(-1, head - _SOURCE_WORDS), -1) if tokens[i].text == ":"), None)
    return colon is not None and colon > 0 and all(t.pos not in ("VERB", "AUX") for t in tokens[colon + 1 :])


def _without_number(line: IndexedSentence, head: int, start: int) -> int:
    """As in "61 police cadets" is a toll of police cadets."""
    for token in line.sentence.tokens:
        if token.end <= start or token.i >= head:
            continue
        mention = line.count_at(token.i)
        if token.start >= start and (mention is not None or token.tag == "CD"):
            start = token.end + 1
        elif token.start >= start:
            break
    return min(start, line.sentence.tokens[head].start)


def _class(line: IndexedSentence, head: int, book: Codebook) -> str | None:
    for table in (book.sites, book.people):
        found = table.ending_at(line.lemmas, head)
        if found is not None:
            return found[1]
    for i in reversed(phrase(line.sentence, head)):
        for table in (book.sites, book.people):
            found = table.ending_at(line.lemmas, i)
            if found is not None:
                return found[1]
    return None


def read_weapon(unit: Unit, book: Codebook, text: str) -> tuple[Weapon, Span] | None:
    """The first weapon named in a unit; longer expressions first."""
    line = unit.line
    best: tuple[int, int, str] | None = None
    for first, last, name in book.arms.find(line.lemmas):
        if (
            first not in unit.tokens
            or line.actor_at(last) is not None
            or line.sentence.tokens[last].pos not in ("NOUN", "PROPN")
        ):
            continue
        if any(line.lemmas[k] in ("fake", "hoax", "dummy") for k in range(max(0, first - 2), first)):
            continue
        if best is None or (first <= best[1] and last - first > best[1] - best[0]):
            best = (first, last, name)
    if best is None:
        return None
    tokens = line.sentence.tokens
    span = (tokens[best[0]].start, tokens[best[1]].end)
    return Weapon(text[span[0] : span[1]], best[2]), span
