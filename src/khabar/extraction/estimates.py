"""Estimates: how many people a group has, recruited or sent. Invariant: tolls are events, never estimates; a count of
attacks is an estimate only where a source is named.

Four wordings: a verb that tells of it ("X has 300 fighters"), a noun of size that the number completes ("the ranks of X
swelled to 5,000"), a phrase that is called estimated ("X's estimated 6,000 men"), and "the 2,000-strong X".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khabar.codebook.model import Codebook
from khabar.extraction.clausal import clause_verb
from khabar.extraction.indexed import Indexed, IndexedSentence
from khabar.extraction.slots import doers
from khabar.extraction.statement_words import Said, Words, about_in
from khabar.reading.clauses import ancestors, descendants, objects, phrase_span, prepositional, subjects
from khabar.reading.model import ActorMention, CountMention
from khabar.records import Quantity

__all__ = ["find_estimate"]

_SIZES = frozenset({"number", "strength", "rank", "size", "membership", "manpower"})
_LEAST_VAGUE = 12  # "dozens" and more
_ESTIMATING = ("estimate", "put", "reckon", "count", "place")


def find_estimate(
    line: IndexedSentence, count: CountMention, words: Words, groups: Sequence[ActorMention], index: Indexed
) -> Iterator[Said]:
    """Numbers of a group's people: how many it has, recruited, sent. Tolls are events, not estimates."""
    strong = _strong(line, count, groups) or _grown_strong(line, count, groups)
    if strong is not None:
        yield Said("estimate", strong, tuple(groups), _quantity(count, line.sentence.tokens[strong].text))
        return
    at = _number(line, count)
    if count.kind not in ("cardinal", "vague") or not groups or at is None or _few(count):
        return
    noun = _counted(line, at)
    verb = _had_left(line, clause_verb(line, noun))
    size = _size(line, verb, at)
    head = noun if size is None or noun != at else size
    head = head if verb == clause_verb(line, noun) else verb
    about = [m for m in about_in(line, head, groups) if _beside(line, verb, m)]
    unit = line.lemmas[noun]
    alone = noun == at and (size is not None or line.lemmas[verb] == "number")
    people = unit in words.units or _nationals(line, noun) or alone
    left = any(line.sentence.tokens[k].dep == "oprd" for k in line.sentence.children[verb])  # "left 71 soldiers dead"
    own = _of_group(line, noun, groups) and _lasts(line, verb, index.codebook)
    told = people and not left and (_tells(line, verb, words) or _called_estimated(line, noun, count) or own)
    if not about or not (told or (unit in words.events and "accord" in line.lemmas)):
        return
    start, end = phrase_span(line.sentence, noun if head == verb else head, clauses=False)
    text = index.reading.text[start:end]
    yield Said("estimate", head, tuple(about), _quantity(count, text), spoken=line.lemmas[verb] in _ESTIMATING)


def _had_left(line: IndexedSentence, verb: int) -> int:
    """The verb of "has no more than N fighters left", where the parser takes the fighters for a clause of their own."""
    token = line.sentence.tokens[verb]
    had = token.tag == "VBN" and token.text.lower() == "left" and token.dep in ("advcl", "ccomp", "xcomp", "acl")
    above = clause_verb(line, token.head) if had else verb
    return above if line.lemmas[above] == "have" else verb


def _tells(line: IndexedSentence, verb: int, words: Words) -> bool:
    """True of a verb that tells of numbers, or of one that is believed: "are thought to have travelled to X"."""
    below = [k for k in line.sentence.children[verb] if line.sentence.tokens[k].dep == "xcomp"]
    return any("estimate" in words.at(line, v) for v in (verb, *below))


def _of_group(line: IndexedSentence, noun: int, groups: Sequence[ActorMention]) -> bool:
    """True of people who are the group's: "fifty of its men", "300 X fighters"."""
    kids = [k for k in line.sentence.children[noun] if line.sentence.tokens[k].dep in ("poss", "compound", "nmod")]
    near = (*kids, *prepositional(line.sentence, noun, "of"))
    return any(line.actor_at(k) in groups for k in near)


def _lasts(line: IndexedSentence, verb: int, book: Codebook) -> bool:
    """True of what goes on in the present and is no violence: their number is then told, not a toll."""
    tokens = line.sentence.tokens
    finite = [verb, *(k for k in line.sentence.children[verb] if tokens[k].dep in ("aux", "auxpass"))]
    effects = (table for name, table in book.tables.items() if name.endswith("transitive"))
    harm = line.lemmas[verb] in book.verbs or any(line.lemmas[verb] in table for table in effects)
    return not harm and any(tokens[k].tag in ("VBZ", "VBP") for k in finite)


def _few(count: CountMention) -> bool:
    """True of "several" and "some": nobody estimates with them."""
    return count.kind == "vague" and (count.count.low or 0) < _LEAST_VAGUE


def _beside(line: IndexedSentence, verb: int, group: ActorMention) -> bool:
    """True if the group stands in the verb's own clause or is its understood subject, not in a clause beside it."""
    sentence = line.sentence
    inside = set(descendants(sentence, verb))
    for k in sentence.children[verb]:
        if sentence.tokens[k].dep in ("conj", "advcl", "ccomp", "parataxis"):
            inside -= set(descendants(sentence, k))
    for head in doers(line, verb):
        inside |= set(descendants(sentence, head))
        beside = [
            k
            for k in sentence.children[head]
            if sentence.tokens[k].dep == "relcl" and verb not in descendants(sentence, k)
        ]
        inside -= {t for k in beside for t in descendants(sentence, k)}
    return any(t in inside for t in line.tokens_of(group))


def _quantity(count: CountMention, unit: str) -> Quantity:
    number = count.count
    return Quantity(number.low, number.best, number.high, unit=" ".join(unit.split()))


def _number(line: IndexedSentence, count: CountMention) -> int | None:
    tokens = line.sentence.tokens
    return next((t for t in reversed(line.tokens_of(count)) if tokens[t].pos in ("NUM", "NOUN", "ADJ")), None)


def _counted(line: IndexedSentence, at: int) -> int:
    """The noun that a number counts; the number itself where it stands alone ("swelled to 5,000")."""
    tokens = line.sentence.tokens
    parts = prepositional(line.sentence, at, "of")  # "fifty of its men"
    if parts:
        return parts[0]
    for above in ancestors(line.sentence, at):
        if tokens[above].pos in ("NOUN", "PROPN"):
            return above
        if tokens[above].pos in ("VERB", "AUX", "ADP"):
            break
    return at


def _size(line: IndexedSentence, verb: int, at: int) -> int | None:
    """The noun of size that is said to be, or is put at, the number: "the number of X fighters has doubled to 400"."""
    heads = [h for h in (*subjects(line.sentence, verb), *objects(line.sentence, verb)) if h != at]
    return next((h for h in heads if line.lemmas[h] in _SIZES), None)


def _called_estimated(line: IndexedSentence, noun: int, count: CountMention) -> bool:
    """As in "X's estimated 6,000 fighters": the phrase itself belongs to the group and says that it is no count."""
    tokens = line.sentence.tokens
    kids = line.sentence.children[noun]
    called = "estimated" in count.text.lower() or any(line.lemmas[k] in ("estimate", "estimated") for k in kids)
    return called and any(tokens[k].dep in ("poss", "compound", "nmod") and line.actor_at(k) for k in kids)


def _strong(line: IndexedSentence, count: CountMention, groups: Sequence[ActorMention]) -> int | None:
    """The group's token in "the 2,000-strong X"."""
    tokens = line.sentence.tokens
    inside = line.tokens_of(count)
    after = tokens[inside[-1] + 1 :][:2] if inside else ()
    if [t.text.lower() for t in after] != ["-", "strong"]:
        return None
    head = after[1].head
    mention = line.actor_at(head)
    return head if mention is not None and mention in groups else None


def _grown_strong(line: IndexedSentence, count: CountMention, groups: Sequence[ActorMention]) -> int | None:
    """The number's token in "X, by then a thousand strong, …": of the group named right before."""
    tokens = line.sentence.tokens
    inside = line.tokens_of(count)
    if not inside or [t.text.lower() for t in tokens[inside[-1] + 1 :][:1]] != ["strong"]:
        return None
    before = [m for m in groups if m.end <= count.start]
    return inside[-1] if before and before[-1] is groups[0] else None


def _nationals(line: IndexedSentence, head: int) -> bool:
    token = line.sentence.tokens[head]
    return token.tag == "NNPS" or (token.tag == "NNS" and token.text[:1].isupper())
