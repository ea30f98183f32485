"""Cues of presence met in a sentence. Invariant: a word inside a name is no cue; the longest one is met first."""

from __future__ import annotations

from functools import lru_cache

from khabar.codebook.ties import PresenceCue, Ties
from khabar.extraction.indexed import IndexedSentence

__all__ = ["CueIndex", "cue_at", "cue_index"]


class CueIndex:
    """Cues of presence by head word."""

    def __init__(self, ties: Ties) -> None:
        """`ties` is the codebook's section."""
        self.by_head: dict[tuple[str, str], list[tuple[tuple[str, ...], PresenceCue]]] = {}
        for cue in ties.presence:
            words = tuple(w.lower() for w in cue.words)
            head = words[0] if cue.pos == "verbs" or "of" in words else words[-1]
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
    if lemma not in cues.heads:
        return None
    token = line.sentence.tokens[i]
    mention = line.actor_at(i)
    if mention is not None and mention.how not in ("described", "definite"):
        return None
    if token.pos in ("NOUN", "PROPN"):
        pos = "nouns"
    elif token.pos in ("VERB", "AUX"):
        pos = "verbs"
    else:
        pos = "adjectives"
    for words, cue in cues.by_head.get((lemma, pos), cues.by_head.get((lemma, "adjectives"), ())):
        if pos == "nouns":
            first = i if "of" in words else i - len(words) + 1
            if first >= 0 and line.lemmas[first : first + len(words)] == words:
                return cue
        elif all(w in line.lemmas[i : i + 5] for w in words):
            return cue
    return None
