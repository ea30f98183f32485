"""Responsibility told by a noun: "X's claim of responsibility", "the claim by X that it was behind the attack".

Invariant: whose claim it is stands beside the noun, and what is claimed is responsibility or a deed of the claimant's.
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.extraction.affiliation import is_group
from khabar.extraction.claimants import claimants
from khabar.extraction.deeds import Deed, predicate
from khabar.extraction.drafts import DraftAttribution
from khabar.extraction.indexed import Indexed, IndexedSentence
from khabar.extraction.triggers import Hit
from khabar.reading.clauses import descendants, is_negated, prepositional

__all__ = ["NounClaim", "find_noun_claims"]

_NOUNS = {"claim": "claimed", "admission": "claimed", "boast": "claimed", "denial": "denied"}
_OF_WHAT = frozenset({"responsibility", "involvement", "credit"})
_CLAUSE_WITHIN = 5  # tokens after the noun in which "that" begins what is claimed


@dataclass(frozen=True, slots=True)
class NounClaim:
    """The attributions of one noun, its token, and that of the event it is about, if one is named."""

    attributions: tuple[DraftAttribution, ...]
    noun: int
    event: int | None


def find_noun_claims(line: IndexedSentence, hits: list[Hit], index: Indexed) -> list[NounClaim]:
    """Every claim, admission or denial that a noun of the sentence tells, in text order."""
    found = []
    for token in line.sentence.tokens:
        stance = _NOUNS.get(line.lemmas[token.i]) if token.pos == "NOUN" else None
        if stance is None or is_negated(line.sentence, token.i):
            continue
        deed = _claimed(line, token.i, hits, index)
        if deed is None or deed.negated:
            continue
        who = [c.actor for c in claimants(line, _whose(line, token.i), index, stance) if is_group(c.actor)]
        made = tuple(DraftAttribution(a.text, a.name, a.id, a.kind, stance, (a.start, a.end), by=a.name) for a in who)
        if made:
            found.append(NounClaim(made, token.i, deed.event))
    return found


def _claimed(line: IndexedSentence, noun: int, hits: list[Hit], index: Indexed) -> Deed | None:
    """What the noun is about: responsibility, for an event named or not; or the clause that follows it."""
    sentence = line.sentence
    for p in prepositional(sentence, noun, "of"):
        if line.lemmas[p] in _OF_WHAT:
            inside = set(descendants(sentence, noun))
            return Deed(next((h.token for h in hits if h.is_noun and h.token in inside), None), False)
    definite = any(line.lemmas[k] == "the" for k in sentence.children[noun])
    bare = prepositional(sentence, noun, "by") and not prepositional(sentence, noun, "of")
    if line.lemmas[noun] == "claim" and definite and bare:
        return Deed(None, False)  # "the claim by X could not be verified"
    for token in sentence.tokens[noun + 1 : noun + 1 + _CLAUSE_WITHIN]:
        if line.lemmas[token.i] == "that" and sentence.tokens[token.head].pos in ("VERB", "AUX"):
            return predicate(line, token.head, hits, index.codebook)
    return None


def _whose(line: IndexedSentence, noun: int) -> list[int]:
    """Whose claim it is: before it, or after "by" or "from", wherever the parser hung that."""
    sentence = line.sentence
    found = [k for k in sentence.children[noun] if sentence.tokens[k].dep in ("poss", "compound", "nmod") and k < noun]
    bases = [noun, *(p for p in prepositional(sentence, noun, "of") if line.lemmas[p] in _OF_WHAT)]
    found += [p for b in bases for p in prepositional(sentence, b, "by", "from")]
    after = next((t for t in sentence.tokens[noun + 1 : noun + 3] if t.text == "by"), None)
    if not found and after is not None:
        found = [k for k in sentence.children[after.i] if sentence.tokens[k].dep == "pobj"]
    return found
