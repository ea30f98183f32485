"""That nobody died or was hurt. Invariant: zero is coded only where the words leave nobody out.

"Nobody was killed", "no one hurt", "there were no casualties", "without killing anyone" are zero; "no civilians were
hurt" and "no reports of casualties" are not.
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.codebook.model import Codebook
from khabar.extraction.indexed import IndexedSentence, Span
from khabar.extraction.sums import count_of
from khabar.extraction.triggers import Hit
from khabar.extraction.units import Unit
from khabar.reading.clauses import is_passive, objects, prepositional, subjects

__all__ = ["Spared", "has_no", "spared"]

_NOBODY = frozenset({"nobody", "none", "no-one"})
_ANYBODY = frozenset({"anyone", "anybody"})
_ONES = frozenset({"one", "person", "people", "body"})
_HARMS = ("killed", "injured")


@dataclass(frozen=True, slots=True)
class Spared:
    """A word of harm at `token` that befell nobody; `span` are the reading offsets of the words that say so."""

    effect: str
    token: int
    span: Span


def spared(unit: Unit, book: Codebook) -> list[Spared]:
    """Every harm that a unit says befell nobody, in text order."""
    line = unit.line
    found: list[Spared] = []
    for hit in unit.hits:
        either = hit.part == "either"
        if not either and hit.effect not in _HARMS:
            continue
        span = _nobody(line, hit, book) or _with_the_first(line, hit, found)
        if span is not None:
            found += [Spared(effect, hit.token, span) for effect in (_HARMS if either else (hit.effect or "",))]
    return found


def _nobody(line: IndexedSentence, hit: Hit, book: Codebook) -> Span | None:
    """The words that say that a harm befell nobody."""
    sentence = line.sentence
    tokens = sentence.tokens
    word = hit.token
    if hit.part in ("nouns", "either"):
        before = tokens[tokens[word].head]
        without = tokens[word].dep == "pobj" and before.lemma.lower() == "without"
        any_of = next((k for k in sentence.children[word] if line.lemmas[k] == "any"), None)
        if any_of is not None and _denied(line, before.i):  # "without causing any casualties"
            return tokens[any_of].start, tokens[word].end
        if any(tokens[k].dep in ("amod", "compound") for k in sentence.children[word]):
            return None  # "no military casualties" says nothing of others
        if without or has_no(line, word):
            first = before.i if without else min(sentence.children[word])
            return tokens[first].start, tokens[word].end
        return None
    if hit.part == "states":
        return next(
            (_words(line, i) for i in range(word - 1, max(-1, word - 4), -1) if _is_nobody(line, i, book)), None
        )
    suffering = [*objects(sentence, word), *(subjects(sentence, word) if _undergoes(line, hit) else ())]
    for head in suffering:
        if _is_nobody(line, head, book):
            return _words(line, head)
        if line.lemmas[head] in _ANYBODY and _denied(line, word):
            return tokens[head].start, tokens[head].end
    return None


def _undergoes(line: IndexedSentence, hit: Hit) -> bool:
    return hit.part == "intransitive" or is_passive(line.sentence, hit.token)


def _is_nobody(line: IndexedSentence, head: int, book: Codebook) -> bool:
    lemma = line.lemmas[head]
    if lemma in _NOBODY:
        among = prepositional(line.sentence, head, "of")
        return not any(line.lemmas[a] in book.tables["attackers"] for a in among)
    return lemma in _ONES and has_no(line, head)


def has_no(line: IndexedSentence, head: int) -> bool:
    """True of the noun in "no soldiers", "no one"; not in "no fewer than nine soldiers"."""
    return count_of(line, head) is None and any(
        line.lemmas[k] == "no" and line.sentence.tokens[k].dep in ("det", "neg") for k in line.sentence.children[head]
    )


def _words(line: IndexedSentence, head: int) -> Span:
    tokens = line.sentence.tokens
    first = min((k for k in line.sentence.children[head] if line.lemmas[k] == "no"), default=head)
    return tokens[first].start, tokens[head].end


def _denied(line: IndexedSentence, verb: int) -> bool:
    """As in "did not kill anyone", "without hurting anyone", "failed to hurt anyone"."""
    tokens = line.sentence.tokens
    if any(tokens[k].dep == "neg" for k in line.sentence.children[verb]):
        return True
    return line.lemmas[tokens[verb].head] in ("without", "fail")


def _with_the_first(line: IndexedSentence, hit: Hit, found: list[Spared]) -> Span | None:
    """As in "No one was killed or hurt", "no deaths or injuries": what is said of the first holds of the second."""
    head = line.sentence.tokens[hit.token].head
    kids = line.sentence.children[hit.token]
    if line.sentence.tokens[hit.token].dep != "conj" or any(line.sentence.tokens[k].dep == "nummod" for k in kids):
        return None
    if any(line.sentence.tokens[k].dep in ("nsubj", "nsubjpass", "dobj") for k in kids):
        return None
    return next((s.span for s in found if s.token == head), None)
