"""Who died, was hurt, arrested or taken, in numbers. Invariant: a number is a toll only if syntax ties it to a word
of harm and what it counts is people.

"13 people, including six policemen" is 13; "X, Y and three others" is 5; a named victim or "a police officer" is 1;
a bare plural ("militants") is at least 2.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from khabar.codebook.model import Codebook
from khabar.extraction.headcount import Headcount, headcount, is_attacker, line_text, not_people, selves
from khabar.extraction.indexed import IndexedSentence, Span
from khabar.extraction.modality import modality_of
from khabar.extraction.patients import ANYBODY, alternative, is_stated_sum, patients
from khabar.extraction.spared import Spared, spared
from khabar.extraction.sums import count_at, count_of, exceeded, respective
from khabar.extraction.triggers import Hit
from khabar.extraction.units import Unit
from khabar.reading.clauses import ancestors, descendants, prepositional, subjects
from khabar.records import Count

__all__ = ["Toll", "read_tolls"]

_PARTIAL = frozenset({"bury"})  # who were buried by a day are at least so many of the dead
_ADDING = frozenset(
    {"more", "another", "further", "additional", "second", "third", "fourth", "fifth", "sixth", "seventh"}
)
_GRAVE = frozenset({"critical", "badly", "seriously"})  # how badly those hurt are, of whom the text counts all


@dataclass(frozen=True, slots=True)
class Toll:
    """A number of people with what happened to them. `attackers`: they belong to those who attacked.

    `further`: "one more", "another two", to be added to a number told before; `total`: said of a sum, and so in place
    of all others. `head` is the token of the people counted, `span` the reading offsets of the words that give the
    number.
    """

    effect: str
    count: Count
    attackers: bool
    head: int
    span: Span
    bare: bool = False
    further: bool = False
    total: bool = False


def read_tolls(unit: Unit, book: Codebook) -> list[Toll]:
    """Every toll of a unit, in text order, those of nobody first."""
    none = spared(unit, book)
    found = [_zero(unit, s) for s in none]
    settled = {s.token for s in none}
    pairs = respective(unit.line, [h.token for h in unit.hits if h.effect is not None and h.token not in settled])
    for hit in unit.hits:
        if hit.token in settled or (hit.effect is not None and _unreal(unit, hit, book)):
            continue
        if hit.token in pairs:
            found += _tolls(unit, hit, [pairs[hit.token]], book)
            continue
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


def _zero(unit: Unit, none: Spared) -> Toll:
    count = Count(0, 0, 0, line_text(unit.line, none.span))
    return Toll(none.effect, count, attackers=False, head=none.token, span=none.span)


def _unreal(unit: Unit, hit: Hit, book: Codebook) -> bool:
    """True of a harm that was meant, feared to come or possible, and not done: "a bomb meant to kill hundreds"."""
    if hit.part == "states":  # "feared dead" is not to come
        return False
    return modality_of(unit, hit, book) in ("planned", "hypothetical", "predicted")


def _breaks_down(line: IndexedSentence, word: int) -> bool:
    """True for "among the dead", a part of a toll told elsewhere; not for "among the 30 killed"."""
    above = (word, *ancestors(line.sentence, word))[:4]
    parted = [a for a in above if line.lemmas[line.sentence.tokens[a].head] in ("among", "amongst")]
    return bool(parted) and all(count_of(line, a) is None for a in parted)


def _bomber(line: IndexedSentence, head: int, hit: Hit, book: Codebook) -> Toll:
    """Those who blow themselves up die: one, or as many as the text counts."""
    token = line.sentence.tokens[head]
    one = Headcount(head, Count(1, 1, 1), (token.start, token.end), bare=True)
    return _toll(line, "killed", [headcount(line, head, hit, book) or one], attackers=True)


def _tolls(unit: Unit, hit: Hit, heads: list[int], book: Codebook) -> list[Toll]:
    """The toll of those attacked and that of the attackers, of one group of heads."""
    line = unit.line
    heads = [h for h in heads if not not_people(line, h, book)]
    if hit.part not in ("nouns", "losses"):
        events = {h.token for h in unit.hits if h.is_noun}
        heads = [h for h in heads if h not in events]
    heads = [h for h in heads if not _otherwise(unit, hit, h)]
    heads = _without_parts(line, hit, heads)
    found: list[Toll] = _among(line, hit, heads, book)
    joined = len(heads) > 1 and "and" in line.lemmas[min(heads) : max(heads)]
    company = any(line.lemmas[h] in book.people or count_of(line, h) is not None for h in heads)
    sides: dict[bool, list[Headcount]] = {False: [], True: []}
    for head in heads:
        number = selves(line, head) or headcount(line, head, hit, book, company=company)
        if number is not None:
            itself = selves(line, head) is not None
            sides[itself or is_attacker(line, head, book) or _last_of_them(unit, head)].append(_opened(line, number))
    for attackers, every in sides.items():
        counted = every if joined else every[:1]
        if any(not c.bare for c in counted):  # "52 people, women and children among them" are 52
            counted = [c for c in counted if not (c.bare and c.count.best is None)]
        counted = _without_retold(line, counted)
        if counted:
            toll = _toll(line, hit.effect or "", counted, attackers=attackers)
            if line.lemmas[hit.token] in _PARTIAL or _buried(line, hit.token):
                toll = replace(toll, count=Count(toll.count.low, None, None, toll.count.text))
            found.append(replace(toll, further=_further(line, counted[0].head), total=is_stated_sum(unit, hit)))
    return found


def _last_of_them(unit: Unit, head: int) -> bool:
    """True of "the third" in "two blew themselves up and the third was shot": one more of those who came to die."""
    line = unit.line
    deadly = any(h.trigger is not None and h.trigger.frame.deadly and h.token < head for h in unit.hits)
    article = any(line.lemmas[k] == "the" for k in line.sentence.children[head])
    return deadly and article and (line.lemmas[head] in _ADDING or line.lemmas[head] in ("other", "rest", "last"))


def _toll(line: IndexedSentence, effect: str, counted: list[Headcount], *, attackers: bool) -> Toll:
    """The sum of what is counted, with the words from the first to the last of them."""
    span = (min(c.span[0] for c in counted), max(c.span[1] for c in counted))
    count = Count(*_sum([c.count for c in counted]), line_text(line, span))
    return Toll(effect, count, attackers, counted[0].head, span, bare=all(c.bare for c in counted))


def _opened(line: IndexedSentence, number: Headcount) -> Headcount:
    """As in "the toll topped 100": the number is a lower bound."""
    count = number.count
    if not exceeded(line, number.head) or count.best != count.high:
        return number
    return replace(number, count=Count(count.low, count.best, None, count.text))


def _without_retold(line: IndexedSentence, counted: list[Headcount]) -> list[Headcount]:
    """As in "six people, two nuns and four pupils": the first says all, the rest who they were."""
    rest = [c.count.best or 0 for c in counted[1:]]
    anybody = bool(counted) and line.lemmas[counted[0].head] in ANYBODY
    return counted[:1] if anybody and sum(rest) == counted[0].count.best else counted


def _buried(line: IndexedSentence, noun: int) -> bool:
    """True of the bodies in "villagers had buried 22 bodies"."""
    return line.lemmas[line.sentence.tokens[noun].head] in _PARTIAL


def _otherwise(unit: Unit, hit: Hit, head: int) -> bool:
    """True of "26 injured people", "injuries to 30" among the dead: another harm's."""
    other = {h.token for h in unit.hits if h.effect in ("killed", "injured") and h.effect != hit.effect}
    below = (head, *(k for k in unit.line.sentence.children[head] if unit.line.sentence.tokens[k].dep == "amod"))
    return hit.effect in ("killed", "injured") and not other.isdisjoint(below)


def _without_parts(line: IndexedSentence, hit: Hit, heads: list[int]) -> list[int]:
    """Heads without some of those just counted: "killed 12, three of them women and a child"; "two of them in critical
    condition".
    """
    parts = {h for h in heads if _of_them(line, h)}
    if len(parts) < len(heads):
        tokens = line.sentence.tokens
        return [h for h in heads if h not in parts and not (tokens[h].dep == "conj" and tokens[h].head in parts)]
    if not parts or hit.part != "states" or (hit.first == hit.token and line.lemmas[hit.token] not in _GRAVE):
        return heads
    verb = next((a for a in ancestors(line.sentence, heads[0]) if line.sentence.tokens[a].pos in ("VERB", "AUX")), None)
    return heads if verb is not None and heads[0] in subjects(line.sentence, verb) else []


def _of_them(line: IndexedSentence, head: int) -> bool:
    """True of "three of them", and of the women in "three of them women"."""
    return any(
        line.sentence.tokens[p].pos == "PRON"
        for k in (head, *line.sentence.children[head])
        if count_at(line, k) is not None
        for p in prepositional(line.sentence, k, "of")
    )


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
                number = headcount(line, i, hit, book)
                if number is not None:
                    return [_toll(line, "killed", [number], attackers=True)]
    return []


def _further(line: IndexedSentence, head: int) -> bool:
    words = (head, *line.sentence.children[head])
    return any(line.lemmas[k] in _ADDING for k in words)


def _sum(counts: list[Count]) -> tuple[int | None, int | None, int | None]:
    def add(values: list[int | None]) -> int | None:
        return None if any(v is None for v in values) else sum(v for v in values if v is not None)

    return add([c.low for c in counts]), add([c.best for c in counts]), add([c.high for c in counts])
