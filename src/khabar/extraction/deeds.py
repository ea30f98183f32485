"""What somebody says of himself: "said it had carried out the attack", "denies it was behind it", "it was not them".

Invariant: the doer in the clause is a pronoun for the speaker, his own people ("its fighters") or left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.codebook.model import Codebook
from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.triggers import Hit
from khabar.reading.clauses import agents, conjuncts, descendants, is_negated, is_passive, modals

__all__ = ["Deed", "deed_of"]

_SELF = frozenset({"it", "they", "we", "he", "she"})
_OBLIQUE = frozenset({"them", "us", "it", "him"})
_OWN = frozenset({"its", "their", "our", "his"})
_ANSWERING = frozenset({"behind", "responsible"})
_MEANT = frozenset({"it", "this", "that", "which", "them"})


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed of the speaker's: the token of the event, None where a pronoun or nothing names it; `negated` where he
    says that he did not do it.
    """

    event: int | None
    negated: bool


def deed_of(line: IndexedSentence, verb: int, hits: list[Hit], book: Codebook) -> Deed | None:
    """The deed of his own that the subject of a verb of saying speaks of, or None."""
    tokens = line.sentence.tokens
    for k in line.sentence.children[verb]:
        if tokens[k].dep not in ("ccomp", "xcomp"):
            continue
        for clause in (k, *conjuncts(line.sentence, k)):
            if tokens[clause].pos in ("VERB", "AUX") and _done(line, clause, book):
                found = _predicate(line, clause, hits, book)
                if found is not None:
                    return found
    return None


def _done(line: IndexedSentence, clause: int, book: Codebook) -> bool:
    """False for what will or may be done."""
    words = modals(line.sentence, clause)
    if "have" in words:
        return True
    return not any(w in book.modality.predicted_auxiliaries | book.modality.hypothetical_auxiliaries for w in words)


def _predicate(line: IndexedSentence, clause: int, hits: list[Hit], book: Codebook) -> Deed | None:
    tokens, kids = line.sentence.tokens, line.sentence.children[clause]
    negated = is_negated(line.sentence, clause)
    below = set(descendants(line.sentence, clause))
    nouns = [h.token for h in hits if h.is_noun and h.token in below]
    if line.lemmas[clause] == "be" and any(tokens[k].dep == "attr" and line.lemmas[k] in _OBLIQUE for k in kids):
        return Deed(None, negated)
    if not _himself(line, clause):
        return None
    if line.lemmas[clause] == "involve":
        return Deed(next(iter(nouns), None), negated)
    if line.lemmas[clause] == "be":
        return Deed(next(iter(nouns), None), negated) if any(line.lemmas[k] in _ANSWERING for k in kids) else None
    if any(h.token == clause and h.trigger is not None and h.event is not None for h in hits):
        return Deed(clause, negated)
    if not _does(line, clause, book):
        return None
    undergone = [k for k in kids if tokens[k].dep in ("nsubjpass", "dobj", "obj")]
    if any(line.lemmas[k] in _MEANT or tokens[k].tag == "WDT" for k in undergone):
        return Deed(None, negated)
    return Deed(nouns[0], negated) if nouns else None


def _himself(line: IndexedSentence, clause: int) -> bool:
    """True if the doer of a clause is the speaker or his people, or goes without saying."""
    tokens = line.sentence.tokens
    if is_passive(line.sentence, clause) and line.lemmas[clause] != "involve":
        doers = agents(line.sentence, clause)
        if not doers:
            return False
    else:
        doers = [k for k in line.sentence.children[clause] if tokens[k].dep in ("nsubj", "nsubjpass")]
    if not doers:
        return tokens[clause].dep in ("xcomp", "conj") or tokens[clause].tag == "VBG"
    return all(
        line.lemmas[d] in _SELF | _OBLIQUE or any(tokens[i].text.lower() in _OWN for i in descendants(line.sentence, d))
        for d in doers
    )


def _does(line: IndexedSentence, verb: int, book: Codebook) -> bool:
    table = book.tables["does"]
    return line.lemmas[verb] in table or any(len(p) > 1 and p[0] == line.lemmas[verb] for p in table.phrases())
