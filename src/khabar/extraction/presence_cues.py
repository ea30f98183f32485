"""Cues of presence met in a sentence. Invariant: a word inside a name is no cue; the longest one is met first.

Besides the codebook's words two constructions tell where a group is, whatever the words: what it has there ("X has
forty fighters in Y") and plain being ("X is in Y", "there is no X in Y").
"""

from __future__ import annotations

from functools import lru_cache

from khabar.codebook.ties import PresenceCue, Ties
from khabar.extraction.indexed import IndexedSentence

__all__ = ["CueIndex", "cue_at", "cue_index", "thing_there"]

_HAVING = frozenset({"have", "keep", "maintain", "retain", "station", "field", "deploy", "leave", "hide"})
_PLACING = frozenset({"put", "place", "locate"})  # "a report puts forty fighters in Y"
_SHRINKING = frozenset({"reduce", "dwindle", "shrink", "whittle", "fall", "pare", "be", "down"})
_SEEN = frozenset({"sign", "trace", "evidence", "proof"})  # "no sign of X fighters in Y"
_COMPLEMENTS = ("attr", "acomp", "oprd", "xcomp", "ccomp")
_BEING = PresenceCue(("be",), "verbs", "present")


class CueIndex:
    """Cues of presence by head word."""

    def __init__(self, ties: Ties) -> None:
        """`ties` is the codebook's section."""
        self.by_head: dict[tuple[str, str], list[tuple[tuple[str, ...], PresenceCue]]] = {}
        for cue in ties.presence:
            words = tuple(w.lower() for w in cue.words)
            head = words[0] if cue.pos in ("verbs", "deeds") or "of" in words else words[-1]
            self.by_head.setdefault((head, cue.pos), []).append((words, cue))
        for entries in self.by_head.values():
            entries.sort(key=lambda e: -len(e[0]))
        self.heads = frozenset(head for head, _ in self.by_head)


@lru_cache(maxsize=8)
def cue_index(ties: Ties) -> CueIndex:
    """The cues of a codebook's ties, laid out once."""
    return CueIndex(ties)


def cue_at(line: IndexedSentence, i: int, cues: CueIndex) -> PresenceCue | None:
    """The cue whose head stands at a token."""
    lemma = line.lemmas[i]
    if lemma == "be":
        return _BEING if _is_there(line, i) else None
    if lemma not in cues.heads or line.place_at(i) is not None:
        return None
    mention = line.actor_at(i)
    if mention is not None and mention.how not in ("described", "definite"):
        return None
    pos = _part_of_speech(line, i, cues)
    if pos is None or (lemma == "lose" and _people_lost(line, i)):
        return None
    entries = [*cues.by_head.get((lemma, pos), cues.by_head.get((lemma, "adjectives"), []))]
    entries += cues.by_head.get((lemma, "deeds"), []) if pos == "verbs" else []
    for words, cue in entries:
        if pos == "nouns":
            first = i if "of" in words else i - len(words) + 1
            if first >= 0 and line.lemmas[first : first + len(words)] == words:
                return cue
        elif all(w in line.lemmas[i : i + 5] or _hangs_on(line, i, w) for w in words[1:]):
            return cue
    if pos == "nouns" and _had(line, i):
        return next((cue for words, cue in cues.by_head.get((lemma, "held"), ()) if len(words) == 1), None)
    return None


def _part_of_speech(line: IndexedSentence, i: int, cues: CueIndex) -> str | None:
    """The list in which a word's cue is to be looked up; None for an adjective that only describes a noun."""
    token = line.sentence.tokens[i]
    noun = token.pos == "ADV" or token.dep in ("dobj", "pobj")  # "home to X" and "found sanctuary", as the tagger errs
    if token.pos in ("NOUN", "PROPN") or (noun and (line.lemmas[i], "nouns") in cues.by_head):
        return "nouns"
    if token.pos in ("VERB", "AUX"):
        return "verbs"
    described = token.pos == "ADJ" and token.dep == "amod" and i < token.head  # "an active supporter"
    return None if described else "adjectives"


def _people_lost(line: IndexedSentence, verb: int) -> bool:
    """True of "lost forty men in X": a number of people is no place that is lost."""
    things = (k for k in line.sentence.children[verb] if line.sentence.tokens[k].dep == "dobj")
    return any(line.sentence.tokens[k].dep == "nummod" for thing in things for k in line.sentence.children[thing])


def _hangs_on(line: IndexedSentence, i: int, word: str) -> bool:
    """As "out" in "pulled most of its men out"."""
    return any(line.lemmas[k] == word for k in line.sentence.children[i])


def _had(line: IndexedSentence, i: int) -> bool:
    """True of what a group is said to have: "has some forty fighters", and of what is put somewhere by number."""
    token = line.sentence.tokens[i]
    while token.dep == "conj":
        token = line.sentence.tokens[token.head]
    if token.dep == "pobj" and line.lemmas[token.head] == "to":  # "reduced to sixty men"
        return line.lemmas[line.sentence.tokens[token.head].head] in _SHRINKING
    if token.dep == "pobj" and line.lemmas[token.head] == "of":
        return line.lemmas[line.sentence.tokens[token.head].head] in _SEEN
    if token.dep != "dobj":
        return False
    counted = any(line.sentence.tokens[k].dep == "nummod" for k in line.sentence.children[token.i])
    return line.lemmas[token.head] in _HAVING or (line.lemmas[token.head] in _PLACING and counted)


def _is_there(line: IndexedSentence, i: int) -> bool:
    """True of "X is in Y", where no word says what X is, and of "there is X in Y"."""
    tokens = line.sentence.tokens
    kids = {tokens[k].dep for k in line.sentence.children[i]}
    return tokens[i].dep not in ("aux", "relcl") and (
        "expl" in kids or ("prep" in kids and kids.isdisjoint(_COMPLEMENTS))
    )


def thing_there(line: IndexedSentence, i: int) -> list[int]:
    """What there is: the complement of "there is"; empty where the verb is another or has a subject of its own."""
    tokens = line.sentence.tokens
    kids = line.sentence.children[i]
    if line.lemmas[i] != "be" or not any(tokens[k].dep == "expl" for k in kids):
        return []
    return [k for k in kids if tokens[k].dep in ("attr", "nsubj", "dobj")]
