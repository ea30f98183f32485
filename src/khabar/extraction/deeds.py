"""What somebody says of himself: "said it had carried out the attack", "denies it was behind it", "it was not them".

Invariant: the doer in the clause is a pronoun for the speaker, his own people ("its fighters") or left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.codebook.model import Codebook
from khabar.extraction.affiliation import GROUP_NOUNS
from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.triggers import Hit
from khabar.reading.clauses import (
    agents,
    conjuncts,
    descendants,
    is_negated,
    is_passive,
    modals,
    objects,
    prepositional,
)

__all__ = ["Deed", "deed_of", "may_be", "of_speaker", "predicate"]

_SELF = frozenset({"it", "they", "we", "he", "she"})
_OBLIQUE = frozenset({"them", "us", "it", "him"})
_OWN = frozenset({"its", "their", "our", "his"})
_ANSWERING = frozenset({"behind", "responsible"})
_THEIRS = frozenset({"theirs", "ours", "mine"})
_WORK = frozenset({"work", "handiwork", "doing", "deed"})
_MEANT = frozenset({"it", "this", "that", "which", "them"})
_VEHICLES = frozenset({"car", "truck", "lorry", "van", "vehicle", "motorcycle", "boat", "device"})  # that carry a bomb
_PARTS = frozenset(
    {"hand", "role", "part", "link", "connection", "involvement", "responsibility", "nothing", "anything"}
)
_DEFINITE = frozenset({"the", "this", "that", "same"})
_AIMS = frozenset({"aim", "target"})
_ACTING = frozenset({"act", "strike"})
_ANSWERS = frozenset({"response", "retaliation", "revenge", "reprisal", "reply", "answer", "vengeance"})


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
    near = line.sentence.children[verb]
    kids = [*near, *(c for k in near if line.lemmas[k] == "of" for c in line.sentence.children[k])]
    for k in kids:
        if tokens[k].dep not in ("ccomp", "xcomp", "pcomp"):
            continue
        for clause in (k, *conjuncts(line.sentence, k)):
            if tokens[clause].pos in ("VERB", "AUX") and not may_be(line, clause, book):
                found = predicate(line, clause, hits, book)
                if found is not None:
                    return found
    return None


def may_be(line: IndexedSentence, clause: int, book: Codebook) -> bool:
    """True for what will or may be done."""
    words = modals(line.sentence, clause)
    if "have" in words:
        return False
    return any(w in book.modality.predicted_auxiliaries | book.modality.hypothetical_auxiliaries for w in words)


def predicate(line: IndexedSentence, clause: int, hits: list[Hit], book: Codebook) -> Deed | None:
    """The deed of the speaker's own that a clause tells of, or None."""
    tokens, kids = line.sentence.tokens, line.sentence.children[clause]
    negated = is_negated(line.sentence, clause)
    below = set(descendants(line.sentence, clause))
    nouns = [h.token for h in hits if h.is_noun and h.token in below]
    if line.lemmas[clause] == "be" and any(tokens[k].dep == "attr" and line.lemmas[k] in _OBLIQUE for k in kids):
        return Deed(None, negated)
    if line.lemmas[clause] == "be" and any(_own_work(line, k) for k in kids if tokens[k].dep == "attr"):
        return Deed(next(iter(nouns), None), negated)
    if not negated and (_is_answer(line, clause) or _accounts_for(line, clause)):
        return Deed(None, negated)
    if not of_speaker(line, clause):
        return None
    if line.lemmas[clause] == "have":
        return _share(line, clause, nouns, negated)
    if line.lemmas[clause] == "involve":
        return Deed(next(iter(nouns), None), negated)
    if line.lemmas[clause] == "be":
        answering = any(line.lemmas[k] in _ANSWERING for k in kids)
        return Deed(next(iter(nouns), None), negated) if answering else None
    if any(h.token == clause and h.trigger is not None and h.event is not None for h in hits):
        return Deed(clause, negated)
    undergone = [k for k in kids if tokens[k].dep in ("nsubjpass", "dobj", "obj")]
    if line.lemmas[clause] in book.tables["deeds"] and any(_instrument(line, k, book) for k in undergone):
        return Deed(None, negated)
    if not _does(line, clause, book):
        return None
    if any(line.lemmas[k] in _MEANT or tokens[k].tag == "WDT" for k in undergone):
        return Deed(None, negated)
    return Deed(nouns[0], negated) if nouns else None


def _is_answer(line: IndexedSentence, clause: int) -> bool:
    """True for "it was a response to …", "the attack was in retaliation for …"; not for "a natural response", which
    others may applaud.
    """
    tokens, kids = line.sentence.tokens, line.sentence.children[clause]
    doers = [k for k in kids if tokens[k].dep == "nsubj"]
    if line.lemmas[clause] not in ("be", "come") or not any(line.lemmas[d] in _MEANT | {"they"} for d in doers):
        return False
    said = [k for k in kids if tokens[k].dep == "attr"] + prepositional(line.sentence, clause, "in", "out")
    return any(
        line.lemmas[k] in _ANSWERS and not any(tokens[c].dep == "amod" for c in line.sentence.children[k]) for k in said
    )


def _accounts_for(line: IndexedSentence, clause: int) -> bool:
    """True for the clause of "said it had aimed at the barracks", "said it acted because …", "acted in revenge"."""
    sentence, lemma = line.sentence, line.lemmas[clause]
    doers = [k for k in sentence.children[clause] if sentence.tokens[k].dep == "nsubj"]
    if not doers or not of_speaker(line, clause):
        return False
    if lemma in _AIMS:
        return bool(prepositional(sentence, clause, "at") or objects(sentence, clause))
    why = prepositional(sentence, clause, "in", "for", "out")
    reason = any(
        sentence.tokens[k].dep == "advcl" and any(line.lemmas[c] in ("because", "as") for c in sentence.children[k])
        for k in sentence.children[clause]
    )
    return lemma in _ACTING and (reason or any(line.lemmas[k] in _ANSWERS for k in why))


def _own_work(line: IndexedSentence, head: int) -> bool:
    """True for "its work", "the work of its men", "theirs", as which an attack is called."""
    if line.lemmas[head] in _THEIRS:
        return True
    return line.lemmas[head] in _WORK and any(
        line.sentence.tokens[i].text.lower() in _OWN for i in descendants(line.sentence, head)
    )


def _instrument(line: IndexedSentence, head: int, book: Codebook) -> bool:
    """True for the weapon, the attacker or "it" in "had planted the device", "had sent the bomber", "fired them"."""
    lemma = line.lemmas[head]
    if lemma in _MEANT or lemma in _VEHICLES or lemma in book.tables["attackers"] or lemma in book.arms:
        return True
    return any(k in book.arms for k in (line.lemmas[i] for i in prepositional(line.sentence, head, "of", "with")))


def _share(line: IndexedSentence, clause: int, nouns: list[int], negated: bool) -> Deed | None:
    """As in "had a hand in the attack", "had nothing to do with it", "has no link to the killing"."""
    for k in objects(line.sentence, clause):
        if line.lemmas[k] in _PARTS:
            none = line.lemmas[k] == "nothing" or is_negated(line.sentence, k)
            return Deed(next(iter(nouns), None), none or negated)
    return None


def of_speaker(line: IndexedSentence, clause: int) -> bool:
    """True if the doer of a clause is the speaker, his group or his people, or goes without saying."""
    tokens = line.sentence.tokens
    if is_passive(line.sentence, clause) and line.lemmas[clause] != "involve":
        doers = agents(line.sentence, clause)
        if not doers:
            return False
    else:
        doers = [k for k in line.sentence.children[clause] if tokens[k].dep in ("nsubj", "nsubjpass")]
    if not doers:
        return tokens[clause].dep in ("xcomp", "pcomp", "conj") or tokens[clause].tag == "VBG"
    return all(
        line.lemmas[d] in _SELF | _OBLIQUE
        or any(tokens[i].text.lower() in _OWN or _the_group(line, i) for i in descendants(line.sentence, d))
        for d in doers
    )


def _the_group(line: IndexedSentence, head: int) -> bool:
    """True for "the group": in the words of somebody who speaks for one, his own."""
    return line.lemmas[head] in GROUP_NOUNS and any(
        line.lemmas[k] in _DEFINITE for k in line.sentence.children[head] if k < head
    )


def _does(line: IndexedSentence, verb: int, book: Codebook) -> bool:
    table = book.tables["does"]
    return line.lemmas[verb] in table or any(len(p) > 1 and p[0] == line.lemmas[verb] for p in table.phrases())
