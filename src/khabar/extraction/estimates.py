"""Estimates: how many people a group has, recruited or sent. Invariant: tolls are events, never estimates; a count of
attacks is an estimate only where a source is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khabar.extraction.clausal import clause_verb
from khabar.extraction.indexed import Indexed, IndexedSentence
from khabar.extraction.statement_words import Said, Words, about_in
from khabar.reading.clauses import ancestors, phrase_span, subjects
from khabar.reading.model import ActorMention, CountMention
from khabar.records import Quantity

__all__ = ["find_estimate"]


def find_estimate(
    line: IndexedSentence, count: CountMention, words: Words, groups: Sequence[ActorMention], index: Indexed
) -> Iterator[Said]:
    """Numbers of a group's people: how many it has, recruited, sent. Tolls are events, not estimates."""
    if count.kind not in ("cardinal", "vague") or not groups:
        return
    sentence = line.sentence
    at = next((t for t in reversed(line.tokens_of(count)) if sentence.tokens[t].pos in ("NUM", "NOUN", "ADJ")), None)
    if at is None:
        return
    head = at
    for above in (at, *ancestors(sentence, at)):
        if sentence.tokens[above].pos in ("NOUN", "PROPN") and above != at:
            head = above
            break
        if sentence.tokens[above].pos in ("VERB", "AUX"):
            break
    verb = clause_verb(line, head)
    about = about_in(line, head, groups)
    unit = line.lemmas[head]
    people = unit in words.units or _nationals(line, head)
    if head == at and not people:
        subject = next((s for s in subjects(sentence, verb) if line.lemmas[s] == "number"), None)
        people = subject is not None
        head = subject if subject is not None else head
    told = people and "estimate" in words.at(line, verb)
    if not about or not (told or (unit in words.events and "accord" in line.lemmas)):
        return
    start, end = phrase_span(sentence, head, clauses=False)
    text = index.reading.text[start:end]
    number = count.count
    measured = Quantity(number.low, number.best, number.high, unit=" ".join(text.split()))
    yield Said("estimate", head, tuple(about), measured, spoken=line.lemmas[verb] in ("estimate", "put"))


def _nationals(line: IndexedSentence, head: int) -> bool:
    token = line.sentence.tokens[head]
    return token.tag == "NNPS" or (token.tag == "NNS" and token.text[:1].isupper())
