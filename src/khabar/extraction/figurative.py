"""Words of violence that report none: an attack on a bill, a battle against a blaze, a shot at goal, a film's plot.

Invariant: what is attacked, or what blows up, decides; the codebook lists these things (`figurative`, `accidental`).
"""

from __future__ import annotations

from khabar.codebook.model import Codebook
from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.triggers import Hit
from khabar.reading.clauses import ancestors, is_passive, objects, prepositional, subjects

__all__ = ["is_figurative"]

_AGAINST = ("on", "at", "against", "with", "over")


def is_figurative(line: IndexedSentence, hit: Hit, book: Codebook) -> bool:
    """True if a report's victim or target is a thing that no violence can hit, its cause an accident's, or its
    place a story.
    """
    sentence = line.sentence
    suffering = prepositional(sentence, hit.token, *_AGAINST)
    acting: list[int] = []
    if not hit.is_noun:
        heads = subjects(sentence, hit.token)
        suffering += objects(sentence, hit.token) + (heads if is_passive(sentence, hit.token) else [])
        acting = [] if is_passive(sentence, hit.token) else heads
    if any(_in_table(line, k, book, "figurative") for k in suffering):
        return True
    if hit.is_noun:  # "a gas cylinder explosion", "the explosion of a boiler"
        of = prepositional(sentence, hit.token, "of")
        acting = [k for k in sentence.children[hit.token] if sentence.tokens[k].dep == "compound"] + of
    if any(_in_table(line, k, book, "accidental") for k in acting):
        return True
    return any(
        sentence.tokens[a].dep == "relcl" and line.lemmas[sentence.tokens[a].head] in book.tables["simulations"]
        for a in (hit.token, *ancestors(sentence, hit.token))
    )


def _in_table(line: IndexedSentence, head: int, book: Codebook, name: str) -> bool:
    token = line.sentence.tokens[head]
    named = token.pos == "PROPN" and (name != "accidental" or line.place_at(head) is not None)  # "Ebola killed 40"
    if token.pos not in ("NOUN", "PROPN") or named or line.actor_at(head) is not None:
        return False
    return book.tables[name].ending_at(line.lemmas, head) is not None
