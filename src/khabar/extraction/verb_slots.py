"""What completes a verb in a tie beyond subject, object and preposition: names given, unions formed, lists.

Invariant: pure functions of a sentence and its mentions; token indexes in, token indexes out.
"""

from __future__ import annotations

from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.slots import completing, owners
from khabar.reading.clauses import objects, prepositional

__all__ = ["complements", "formed", "listing"]

_FORMING = frozenset({"form", "create", "become", "found", "establish", "launch"})
_LISTS = frozenset({"list", "blacklist", "register"})


def complements(line: IndexedSentence, verb: int, *, passive: bool) -> list[int]:
    """What a verb of naming makes of its subject, or of its object: "was renamed X", "which police call X"."""
    tokens = line.sentence.tokens
    allowed = ("oprd", "attr", "dobj") if passive else ("oprd",)
    below = [k for k in line.sentence.children[verb] if tokens[k].dep in allowed and k > verb]
    named = ((k, line.actor_at(k)) for k in below)
    return [k for k, mention in named if mention is not None and mention.how != "described"]


def formed(line: IndexedSentence, verb: int) -> list[int]:
    """What a union gives: "united to form X", "closed ranks and became X"."""
    tokens = line.sentence.tokens
    below = [k for k in line.sentence.children[verb] if line.lemmas[k] in _FORMING]
    below = [k for k in below if tokens[k].dep in ("xcomp", "advcl", "conj")]
    return [h for k in below for h in (*objects(line.sentence, k), *complements(line, k, passive=False))]


def listing(line: IndexedSentence, verb: int) -> list[int]:
    """Whose the list is that somebody is put on: "the US list of …", "the blacklist of the EU"."""
    sentence = line.sentence
    lists = [k for word in ("to", "on", "in") for k in completing(line, verb, word) if line.lemmas[k] in _LISTS]
    whose = [h for k in lists for h in (*owners(line, k), *prepositional(sentence, k, "of"))]
    whose += [k for noun in lists for k in sentence.children[noun] if k < noun and line.place_at(k) is not None]
    return [h for h in whose if line.actor_at(h) is not None or line.place_at(h) is not None]
