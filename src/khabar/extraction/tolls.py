"""Who died, was hurt, arrested or taken, in numbers. Invariant: a number is a toll only if syntax ties it to a word
of harm and what it counts is people.

"13 people, including six policemen" is 13; "X, Y and three others" is 5; a named victim or "a police officer" is 1;
a bare plural ("militants") is at least 2.
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.codebook.model import Codebook
from khabar.extraction.indexed import IndexedSentence, Span
from khabar.extraction.patients import alternative, count_at, count_of, patients
from khabar.extraction.triggers import Hit
from khabar.extraction.units import Unit
from khabar.reading.clauses import ancestors, descendants, phrase, prepositional, subjects
from khabar.records import Count

__all__ = ["Toll", "read_tolls"]

_SINGULAR = frozenset({"he", "she", "him", "her", "who"})


@dataclass(frozen=True, slots=True)
class Toll:
    """A number of people with what happened to them. `attackers`: they belong to those who attacked.

    `further`: "one more", "another two", to be added to a number told before. `head` is the token of the people
    counted, `span` the reading offsets of the words that give the number.
    """

    effect: str
    count: Count
    attackers: bool
    head: int
    span: Span
    bare: bool = False
    further: bool = False


def read_tolls(unit: Unit, book: Codebook) -> list[Toll]:
    """Every toll of a unit, in text order."""
    found: list[Toll] = []
    for hit in unit.hits:
        if hit.trigger is not None and hit.trigger.frame.deadly:
            found += [
                _bomber(unit.line, s, hit, book)
                for s in subjects(unit.line.sentence, hit.token)[:1]
                if s in unit.tokens
            ]
        if hit.effect is None or alternative(unit, hit) or _breaks_down(unit.line, hit.token):
            continue
        groups = patients(unit, hit, book)
        for group in groups:
            found += _tolls(unit, hit, [p for p in group if p in unit.tokens], book)
    return found


def _breaks_down(line: IndexedSentence, word: int) -> bool:
    """True for "among the dead", "among those killed": a part of a toll told elsewhere."""
    above = (word, *ancestors(line.sentence, word))[:4]
    return any(line.lemmas[line.sentence.tokens[a].head] in ("among", "amongst") for a in above)


def _bomber(line: IndexedSentence, head: int, hit: Hit, book: Codebook) -> Toll:
    """Those who blow themselves up die: one, or as many as the text counts."""
    number = _number(line, head, hit, book)
    token = line.sentence.tokens[head]
    count, span, bare = number if number is not None else (Count(1, 1, 1), (token.start, token.end), True)
    words = line_text(line, span)
    return Toll("killed", Count(count.low, count.best, count.high, words), True, head, span, bare)


def _tolls(unit: Unit, hit: Hit, heads: list[int], book: Codebook) -> list[Toll]:
    """The toll of those attacked and that of the attackers, of one group of heads."""
    line = unit.line
    if hit.part not in ("nouns", "losses"):
        events = {h.token for h in unit.hits if h.is_noun}
        heads = [h for h in heads if not _not_people(line, h, book) and h not in events]
    found: list[Toll] = _among(line, hit, heads, book)
    sides: dict[bool, list[tuple[int, Count, Span, bool]]] = {False: [], True: []}
    joined = any(line.lemmas[k] == "and" for h in heads for k in line.sentence.children[h])
    for head in heads:
        number = _number(line, head, hit, book)
        if number is None:
            continue
        count, span, bare = number
        sides[_is_attacker(line, head, book)].append((head, count, span, bare))
    for attackers in (False, True):
        counted = sides[attackers] if joined else sides[attackers][:1]
        if any(not bare for _h, _c, _s, bare in counted):  # "52 people, women and children among them" are 52
            counted = [c for c in counted if not (c[3] and c[1].best is None)]
        if counted:
            total = _sum([c for _h, c, _s, _b in counted])
            span = (min(s[0] for _h, _c, s, _b in counted), max(s[1] for _h, _c, s, _b in counted))
            count = Count(*total, line_text(line, span))
            found.append(
                Toll(
                    hit.effect or "",
                    count,
                    attackers,
                    counted[0][0],
                    span,
                    all(b for _h, _c, _s, b in counted),
                    _further(line, counted[0][0]),
                )
            )
    return found


def _among(line: IndexedSentence, hit: Hit, heads: list[int], book: Codebook) -> list[Toll]:
    """As in "20 people, including the bomber": an attacker among those counted."""
    if hit.effect != "killed":
        return []
    tokens = line.sentence.tokens
    for head in heads:
        if count_of(line, head) is None:
            continue
        for i in descendants(line.sentence, head):
            marked = tokens[i].dep in ("appos", "pobj") and (
                tokens[i].head == head or line.lemmas[tokens[i].head] in ("include", "including")
            )
            if i != head and marked and line.lemmas[i] in book.tables["attackers"]:
                number = _number(line, i, hit, book)
                if number is not None:
                    return [
                        Toll(
                            "killed",
                            Count(number[0].low, number[0].best, number[0].high, line_text(line, number[1])),
                            True,
                            i,
                            number[1],
                        )
                    ]
    return []


def _further(line: IndexedSentence, head: int) -> bool:
    return any(
        line.lemmas[k] in ("more", "another", "further", "additional", "third") for k in line.sentence.children[head]
    )


def line_text(line: IndexedSentence, span: Span) -> str:
    """The words of a stretch of a sentence, rebuilt with their own spaces."""
    pieces: list[str] = []
    last = None
    for token in line.sentence.tokens:
        if token.start >= span[0] and token.end <= span[1]:
            if last is not None:
                pieces.append(" " * (token.start - last))
            pieces.append(token.text)
            last = token.end
    return "".join(pieces)


def _sum(counts: list[Count]) -> tuple[int | None, int | None, int | None]:
    def add(values: list[int | None]) -> int | None:
        return None if any(v is None for v in values) else sum(v for v in values if v is not None)

    return add([c.low for c in counts]), add([c.best for c in counts]), add([c.high for c in counts])


def _number(line: IndexedSentence, head: int, hit: Hit, book: Codebook) -> tuple[Count, Span, bool] | None:
    mention = count_of(line, head)
    if mention is not None:
        sentence = line.sentence
        end = max(mention.end, sentence.tokens[head].end)
        if mention.count.best == 1 and mention.text.lower() == "one":
            return mention.count, (mention.start, end), False
        return mention.count, (mention.start, end), False
    token = line.sentence.tokens[head]
    span = (token.start, token.end)
    actor = line.actor_at(head)
    group = (
        actor is not None
        and actor.how == "described"
        and (line.lemmas[head] in book.people or line.lemmas[head] in book.tables["attackers"])
    )
    if actor is not None and not group:
        return (Count(1, 1, 1), (actor.start, actor.end), True) if actor.kind == "person" else None
    lemma = line.lemmas[head]
    if token.pos == "PROPN" and not group:
        return (Count(1, 1, 1), span, True) if token.ent in ("PERSON", "") and not line.place_at(head) else None
    if token.pos == "PRON":
        return (Count(1, 1, 1), span, True) if lemma in _SINGULAR and token.tag != "WP" else None
    known = lemma in book.people or lemma in book.tables["attackers"]
    if not known and (hit.effect != "killed" or lemma in book.sites or line.plural(head) or hit.part == "intransitive"):
        return None
    if line.plural(head):
        return Count(2, None, None), span, True
    article = [k for k in line.sentence.children[head] if line.sentence.tokens[k].dep in ("det", "poss", "nummod")]
    if article and lemma not in ("police", "army", "military", "personnel", "crowd", "community", "public", "family"):
        first = min(line.sentence.tokens[k].start for k in article)
        return Count(1, 1, 1), (min(first, token.start), token.end), True
    return None


def _not_people(line: IndexedSentence, head: int, book: Codebook) -> bool:
    lemma = line.lemmas[head]
    return lemma in book.tables["not_people"] and lemma not in book.people


def _is_attacker(line: IndexedSentence, head: int, book: Codebook) -> bool:
    words = [line.lemmas[i] for i in phrase(line.sentence, head) if line.sentence.tokens[i].dep != "pobj"]
    attackers = book.tables["attackers"]
    if line.lemmas[head] in attackers:
        return True
    if count_at(line, head) is not None or line.lemmas[head] not in book.people:  # "two of the attackers"
        return any(line.lemmas[p] in attackers for p in prepositional(line.sentence, head, "of"))
    plural = line.sentence.tokens[head].tag in ("NNS", "NNPS")
    apposed = [
        k
        for k in line.sentence.children[head]
        if line.sentence.tokens[k].dep == "appos" and (line.sentence.tokens[k].tag in ("NNS", "NNPS")) == plural
    ]
    return any(line.lemmas[k] in attackers for k in apposed) or (
        line.lemmas[head] == "suspect" and any(w in attackers for w in words)
    )
