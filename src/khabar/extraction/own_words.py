"""Blame that turns out to be the words of the accused: "the raid was the work of its battalion, X said", "a caller said
X had done it", "X said that a fighter, Y, had done it". Invariant: told by who speaks in the sentence.
"""

from __future__ import annotations

from khabar.extraction.claimants import Claimant, claimants
from khabar.extraction.indexed import Indexed, IndexedSentence
from khabar.extraction.speakers import speaker_of
from khabar.reading.clauses import subjects

__all__ = ["claiming"]

_UNSIGNED = frozenset(
    {"caller", "leaflet", "letter", "message", "communique", "communiqué", "note", "pamphlet", "email"}
)
_SOMEBODY = frozenset({"man", "woman", "person", "somebody"})
_FIGHTERS = frozenset({"fighter", "soldier", "brother", "member", "militant", "mujahid", "operative", "man", "bomber"})


def claiming(line: IndexedSentence, verb: int, actors: list[Claimant], index: Indexed) -> list[Claimant]:
    """Those of whom the words are a claim of their own, or none where somebody else accuses them."""
    return _own_man(line, verb, actors, index) or (actors if _own_account(line, verb, actors, index) else [])


def _own_man(line: IndexedSentence, verb: int, actors: list[Claimant], index: Indexed) -> list[Claimant]:
    """The group of "X said that a fighter, Y, had done it": it names its own man, and claims what he did."""
    above = line.sentence.tokens[verb].head
    if line.sentence.tokens[verb].dep != "ccomp" or any(c.actor.kind != "person" for c in actors):
        return []
    fighters = any(line.lemmas[s] in _FIGHTERS for s in subjects(line.sentence, verb))
    saying = claimants(line, subjects(line.sentence, above), index) if fighters else []
    return [c for c in saying if c.actor.kind == "organization"]


def _own_account(line: IndexedSentence, verb: int, actors: list[Claimant], index: Indexed) -> bool:
    """True for "the raid was the work of its battalion, X said": whose doing it was, he says himself."""
    saying = speaker_of(line, verb, index.codebook, index.reading.text)
    if saying is None or saying.speaker is None:
        return False
    known = {c.actor.name for c in actors}
    if saying.speaker.actor in known or not known.isdisjoint(saying.beside):
        return True
    words = set(saying.speaker.name.lower().split())
    himself = any(line.lemmas[t.head] == "call" and t.text.lower() == "himself" for t in line.sentence.tokens)
    return bool(words & _UNSIGNED) or (bool(words & _SOMEBODY) and himself)  # "a man calling himself Y said X did it"
