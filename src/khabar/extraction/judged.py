"""What somebody who studies armed groups says that they are or have become. Invariant: the speaker is told to be one
who studies ("said a researcher"), and the group, named or not, is the subject of what is said.
"""

from __future__ import annotations

from collections.abc import Sequence

from khabar.extraction.indexed import IndexedSentence
from khabar.reading.clauses import phrase_span, subjects
from khabar.reading.model import ActorMention

__all__ = ["judged", "unnamed_groups"]

_STUDYING = frozenset(
    {"researcher", "analyst", "expert", "scholar", "professor", "lecturer", "academic", "historian", "specialist",
     "observer", "economist", "anthropologist", "scientist", "author"}
)  # fmt: skip


def judged(line: IndexedSentence, verb: int, groups: Sequence[ActorMention]) -> bool:
    """True of "X has turned into a bureaucracy, said a researcher": present or perfect, with a group as its subject."""
    tokens = line.sentence.tokens
    said = tokens[tokens[verb].head]
    if tokens[verb].dep != "ccomp" or tokens[verb].pos not in ("VERB", "AUX") or said.pos != "VERB":
        return False
    if not any(line.lemmas[s] in _STUDYING for s in subjects(line.sentence, said.i)):
        return False
    finite = [verb, *(k for k in line.sentence.children[verb] if tokens[k].dep == "aux")]
    present = any(tokens[k].tag in ("VBZ", "VBP") for k in finite)
    heads = subjects(line.sentence, verb) if present else []
    return any(g.start <= tokens[h].start < g.end for h in heads for g in groups)


def unnamed_groups(line: IndexedSentence, militant: frozenset[str]) -> list[ActorMention]:
    """Groups that a sentence only calls by what they are, in the plural: "the jihadists", "local insurgents"."""
    found: list[ActorMention] = []
    for token in line.sentence.tokens:
        if token.tag != "NNS" or line.lemmas[token.i] not in militant or line.actor_at(token.i) is not None:
            continue
        start, end = phrase_span(line.sentence, token.i)
        words = " ".join(t.text for t in line.sentence.tokens if start <= t.start < end)
        found.append(ActorMention(start, end, words, words, None, "organization", "described"))
    return found
