"""Claims and suspicions in a row of words, where the parser saw no clause. Invariant: the words stand side by side, and
the actor among them is a group that the text names.
"""

from __future__ import annotations

from khabar.codebook.model import Codebook
from khabar.extraction.affiliation import is_group
from khabar.extraction.drafts import DraftAttribution, Responsibility
from khabar.extraction.indexed import IndexedSentence

__all__ = ["plainly_claimed", "suspecting"]

_SOME = frozenset({"some", "many", "most", "others", "other", "police", "several"})
_CLAIMING = ("claim", "claims", "claimed", "claiming", "took", "takes", "take")


def plainly_claimed(line: IndexedSentence, book: Codebook) -> list[Responsibility]:
    """As in "IS claims responsibility": a name, the verb and the noun in a row, where the parser saw no clause."""
    nouns = {w for p in book.attributions if p.stance == "claimed" for w in p.about}
    tokens = line.sentence.tokens
    for actor in line.actors:
        after = [t for t in tokens if t.start >= actor.end][:4]
        words = [t.text.lower() for t in after]
        if actor.kind == "organization" and words and words[0] in _CLAIMING and nouns.intersection(words[1:]):
            made = DraftAttribution(
                actor.text, actor.name, actor.id, actor.kind, "claimed", (actor.start, actor.end), by=actor.name
            )
            return [Responsibility((made,), None, False, (line.sentence.start, line.sentence.end), after[0].i)]
    return []


def suspecting(line: IndexedSentence) -> list[Responsibility]:
    """As in "and some suspect X", where the parser took the verb for an adjective."""
    tokens = line.sentence.tokens
    for actor in line.actors:
        first = line.first_token(actor)
        if first is None or first < 2 or not is_group(actor):
            continue
        word, before = tokens[first - 1], tokens[first - 2]
        if word.text.lower() != "suspect" or word.pos == "VERB":
            continue
        if before.tag in ("NNS", "NNPS", "PRP") or line.lemmas[before.i] in _SOME:
            by = before.text if before.tag in ("NNS", "NNPS") else None
            made = DraftAttribution(
                actor.text, actor.name, actor.id, actor.kind, "suspected", (actor.start, actor.end), by=by
            )
            return [Responsibility((made,), None, False, (line.sentence.start, line.sentence.end), word.i, True)]
    return []
