"""Who died, was hurt, arrested or taken, in numbers. Invariant: a number is a toll only if syntax ties it to a word
of harm and what it counts is people.

"13 people, including six policemen" is 13; "X, Y and three others" is 5; a named victim or "a police officer" is 1;
a bare plural ("militants") is at least 2.
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.codebook.model import Codebook
from khabar.extraction.indexed import IndexedSentence, Span
from khabar.extraction.modality import modality_of
from khabar.extraction.patients import ANYBODY, alternative, is_stated_sum, patients
from khabar.extraction.spared import Spared, has_no, spared
from khabar.extraction.sums import count_at, count_of, exceeded, respective
from khabar.extraction.triggers import Hit
from khabar.extraction.units import Unit
from khabar.reading.clauses import ancestors, descendants, phrase, prepositional, subjects
from khabar.reading.model import CountMention
from khabar.records import Count

__all__ = ["Toll", "read_tolls"]

_SINGULAR = frozenset({"he", "she", "him", "her", "who"})
_SELVES = frozenset({"himself", "herself", "itself", "themselves"})  # who kills himself is an attacker


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
    heads = [h for h in heads if not _otherwise(unit, hit, h)]
    found: list[Toll] = _among(line, hit, heads, book)
    sides: dict[bool, list[tuple[int, Count, Span, bool]]] = {False: [], True: []}
    joined = len(heads) > 1 and "and" in line.lemmas[min(heads) : max(heads)]
    company = any(line.lemmas[h] in book.people for h in heads)
    stated = is_stated_sum(unit, hit)
    for head in heads:
        if line.lemmas[head] in _SELVES:
            sides[True].append((head, _self(line, head), _span(line, head), True))
            continue
        number = _number(line, head, hit, book, company=company)
        if number is None:
            continue
        count, span, bare = number
        if exceeded(line, head) and count.best == count.high:
            count = Count(count.low, count.best, None, count.text)
        sides[_is_attacker(line, head, book)].append((head, count, span, bare))
    for attackers in (False, True):
        counted = sides[attackers] if joined else sides[attackers][:1]
        if any(not bare for _h, _c, _s, bare in counted):  # "52 people, women and children among them" are 52
            counted = [c for c in counted if not (c[3] and c[1].best is None)]
        counted = _without_retold(line, counted)
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
                    stated,
                )
            )
    return found


def _without_retold(
    line: IndexedSentence, counted: list[tuple[int, Count, Span, bool]]
) -> list[tuple[int, Count, Span, bool]]:
    """As in "six people, two nuns and four pupils": the first says all, the rest who they were."""
    rest = [c.best or 0 for _h, c, _s, _b in counted[1:]]
    anybody = bool(counted) and line.lemmas[counted[0][0]] in ANYBODY
    return counted[:1] if anybody and sum(rest) == counted[0][1].best else counted


def _otherwise(unit: Unit, hit: Hit, head: int) -> bool:
    """True of "26 injured people", "injuries to 30" among the dead: another harm's."""
    other = {h.token for h in unit.hits if h.effect in ("killed", "injured") and h.effect != hit.effect}
    below = (head, *(k for k in unit.line.sentence.children[head] if unit.line.sentence.tokens[k].dep == "amod"))
    return hit.effect in ("killed", "injured") and not other.isdisjoint(below)


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


def _span(line: IndexedSentence, head: int) -> Span:
    token = line.sentence.tokens[head]
    return token.start, token.end


def _self(line: IndexedSentence, head: int) -> Count:
    text = line.sentence.tokens[head].text
    return Count(2, None, None, text) if line.lemmas[head] == "themselves" else Count(1, 1, 1, text)


def _number(
    line: IndexedSentence, head: int, hit: Hit, book: Codebook, *, company: bool = False
) -> tuple[Count, Span, bool] | None:
    """How many a head says, its words, and whether no number is written; `company`: people stand beside it."""
    mention = count_of(line, head)
    if has_no(line, head) or _asked(line, head):
        return None
    if mention is not None and _one_number(line, head, mention, book):
        return None
    if mention is not None:
        sentence = line.sentence
        end = max(mention.end, sentence.tokens[head].end)
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
        if lemma in book.tables["not_people"] or lemma in book.sites:
            return None
        return (Count(1, 1, 1), span, True) if token.ent in ("PERSON", "") and not line.place_at(head) else None
    if token.pos == "PRON":
        return (Count(1, 1, 1), span, True) if lemma in _SINGULAR and token.tag != "WP" else None
    known = company or lemma in book.people or lemma in book.tables["attackers"]
    if not known and (hit.effect != "killed" or lemma in book.sites or line.plural(head) or hit.part == "intransitive"):
        return None
    if line.plural(head):
        both = next((k for k in line.sentence.children[head] if line.lemmas[k] == "both"), None)
        if both is not None:
            return Count(2, 2, 2), (line.sentence.tokens[both].start, token.end), False
        return Count(2, None, None), span, True
    article = [k for k in line.sentence.children[head] if line.sentence.tokens[k].dep in ("det", "poss", "nummod")]
    if article and lemma not in ("police", "army", "military", "personnel", "crowd", "community", "public", "family"):
        first = min(line.sentence.tokens[k].start for k in article)
        return Count(1, 1, 1), (min(first, token.start), token.end), True
    return None


def _one_number(line: IndexedSentence, head: int, mention: CountMention, book: Codebook) -> bool:
    """True of "the 847 flight": more than one are never said of a singular noun, unless it is a word for several."""
    token = line.sentence.tokens[head]
    if token.tag not in ("NN", "NNP") or not 0 <= token.start - mention.end <= 1:
        return False
    several = line.lemmas[head] in book.people or line.lemmas[head] in book.tables["attackers"]
    return (mention.count.best or 0) > 1 and not several and token.text[-1] != "s"


def _asked(line: IndexedSentence, head: int) -> bool:
    """True of "how many people": their number is what is not known."""
    kids = [k for k in line.sentence.children[head] if line.lemmas[k] == "many"]
    return any(line.lemmas[j] == "how" for k in kids for j in line.sentence.children[k])


def _not_people(line: IndexedSentence, head: int, book: Codebook) -> bool:
    lemma = line.lemmas[head]
    return lemma in book.tables["not_people"] and lemma not in book.people


def _is_attacker(line: IndexedSentence, head: int, book: Codebook) -> bool:
    words = [line.lemmas[i] for i in phrase(line.sentence, head) if line.sentence.tokens[i].dep != "pobj"]
    attackers = book.tables["attackers"]
    if line.lemmas[head] in attackers:
        return True
    if count_at(line, head) is not None or line.lemmas[head] not in book.people:  # "two of the attackers"
        of = prepositional(line.sentence, head, "of")
        return any(line.lemmas[p] in attackers for p in of) or "enemy" in words
    plural = line.sentence.tokens[head].tag in ("NNS", "NNPS")
    apposed = [
        k
        for k in line.sentence.children[head]
        if line.sentence.tokens[k].dep == "appos" and (line.sentence.tokens[k].tag in ("NNS", "NNPS")) == plural
    ]
    return any(line.lemmas[k] in attackers for k in apposed) or (
        line.lemmas[head] == "suspect" and any(w in attackers for w in words)
    )
