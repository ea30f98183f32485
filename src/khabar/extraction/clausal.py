"""The clause around a word. Invariant: a pure function of a parsed sentence; spans are reading offsets inside it."""

from __future__ import annotations

from khabar.extraction.indexed import IndexedSentence, Span
from khabar.reading.clauses import ancestors, descendants

__all__ = ["clause_span", "clause_tokens", "clause_top", "clause_verb", "speech_span"]

_VERBAL = ("VERB", "AUX")
_OWN = ("nsubj", "nsubjpass", "expl", "csubj")


def clause_verb(line: IndexedSentence, token: int) -> int:
    """The verb of the clause a token stands in: itself, or the nearest verb above; the root where there is none."""
    tokens = line.sentence.tokens
    if tokens[token].pos in _VERBAL:
        return token
    last = token
    for above in ancestors(line.sentence, token):
        if tokens[above].pos in _VERBAL:
            return above
        last = above
    return last


def clause_top(line: IndexedSentence, token: int) -> int:
    """The head of the smallest full statement around a token: what somebody says, a main clause, or one of several
    coordinated clauses with a subject of its own.
    """
    tokens = line.sentence.tokens
    here = token
    for above in (token, *ancestors(line.sentence, token)):
        here = above
        if tokens[above].dep in ("ROOT", "ccomp", "parataxis"):
            break
        if tokens[above].dep == "conj" and _subject(line, above):
            break
    return here


def _subject(line: IndexedSentence, verb: int) -> bool:
    tokens = line.sentence.tokens
    helped = any(tokens[k].dep in ("aux", "auxpass") for k in line.sentence.children[verb])
    if tokens[verb].tag == "VBN" and not helped and line.lemmas[tokens[verb].head] == "have":
        return False  # "has 200 fighters left" is one clause
    return tokens[verb].pos in _VERBAL and any(tokens[k].dep in _OWN for k in line.sentence.children[verb])


def clause_tokens(line: IndexedSentence, token: int) -> list[int]:
    """Tokens of the statement around a token, in text order; coordinated clauses and speeches of their own left out."""
    tokens = line.sentence.tokens
    top = clause_top(line, token)
    inside = set(descendants(line.sentence, top))
    for other in list(inside):
        if other != top and tokens[other].dep in ("conj", "ccomp", "parataxis") and _subject(line, other):
            below = set(descendants(line.sentence, other))
            if token not in below:
                inside -= below
    return sorted(inside)


def speech_span(line: IndexedSentence, verb: int) -> Span:
    """Reading offsets of a verb of saying with its speaker and all that is said."""
    inside = [t for t in descendants(line.sentence, verb) if line.sentence.tokens[t].pos not in ("PUNCT", "SPACE")]
    return line.sentence.tokens[inside[0]].start, line.sentence.tokens[inside[-1]].end


def clause_span(line: IndexedSentence, token: int) -> Span:
    """Reading offsets of the statement around a token, without marks and conjunctions at its ends."""
    tokens = line.sentence.tokens
    inside = clause_tokens(line, token)
    first = last = inside.index(token)
    while first > 0 and inside[first] - inside[first - 1] <= 2:
        first -= 1
    while last + 1 < len(inside) and inside[last + 1] - inside[last] <= 2:
        last += 1
    while first < last and tokens[inside[first]].pos in ("PUNCT", "CCONJ", "SPACE"):
        first += 1
    while last > first and tokens[inside[last]].pos in ("PUNCT", "CCONJ", "SPACE"):
        last -= 1
    return tokens[inside[first]].start, tokens[inside[last]].end
