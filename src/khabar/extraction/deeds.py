"""What somebody says of himself: "said it had carried out the attack", "denies it was behind it", "it was not them".

Invariant: the doer in the clause is a pronoun for the speaker, his own people ("its fighters") or left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.codebook.model import Codebook
from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.own_people import SELF, is_own_man, of_speaker, ours, presented
from khabar.extraction.reasons import accounts_for, is_answer
from khabar.extraction.triggers import Hit
from khabar.reading.clauses import (
    conjuncts,
    descendants,
    is_negated,
    modals,
    objects,
    prepositional,
)

__all__ = ["Deed", "deed_of", "may_be", "predicate"]

_OBLIQUE = frozenset({"them", "us", "it", "him"})
_OWN = frozenset({"its", "their", "our", "his"})
_ANSWERING = frozenset({"behind", "responsible", "involved", "author", "perpetrator"})
_FREE = frozenset({"innocent", "blameless", "guiltless", "uninvolved"})
_CHARGES = frozenset(
    {"accusation", "allegation", "charge", "suggestion", "insinuation", "claim", "report", "assertion"}
)
_FALSE = frozenset(
    {"baseless", "false", "untrue", "unfounded", "groundless", "absurd", "ridiculous", "lie", "nonsense", "fabrication"}
)
_DEEDS = frozenset({"deed", "act", "operation", "mission", "job"})
_AWAY = frozenset({"there", "present", "anywhere", "near", "nearby", "in", "at"})
_ORDERING = frozenset({"order", "direct", "authorise", "authorize", "command", "sanction", "approve"})
_PUNISHING = frozenset(
    {"punish", "avenge", "select", "choose", "retaliate", "respond", "answer", "repay", "teach", "hit", "attack",
     "kill", "execute", "slaughter", "liquidate", "eliminate", "destroy", "target", "strike"}
)  # fmt: skip
_THEIRS = frozenset({"theirs", "ours", "mine"})
_WORK = frozenset({"work", "handiwork", "doing", "deed"})
_MEANT = frozenset({"it", "this", "that", "which", "them"})
_VEHICLES = frozenset({"car", "truck", "lorry", "van", "vehicle", "motorcycle", "boat", "device"})  # that carry a bomb
_PARTS = frozenset(
    {"hand", "role", "part", "link", "connection", "involvement", "responsibility", "nothing", "anything"}
)


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
    if presented(line, verb, book):
        below = set(descendants(line.sentence, verb))
        return Deed(next((h.token for h in hits if h.is_noun and h.token in below), None), False)
    through = [
        k for p in near if tokens[p].dep == "prep" for o in line.sentence.children[p] for k in line.sentence.children[o]
    ]
    for k in (*kids, *(k for k in through if _misplaced(line, k))):
        if tokens[k].dep not in ("ccomp", "xcomp", "pcomp", "relcl"):
            continue
        for clause in (k, *conjuncts(line.sentence, k)):
            if tokens[clause].pos in ("VERB", "AUX") and not may_be(line, clause, book):
                found = predicate(line, clause, hits, book)
                if found is not None:
                    return found
    return None


def _misplaced(line: IndexedSentence, clause: int) -> bool:
    """True for the clause of "confirmed through a video that it had …", which the parser hung on the video."""
    kids = line.sentence.children[clause]
    return line.sentence.tokens[clause].dep == "relcl" and any(
        line.sentence.tokens[k].dep == "nsubj" and line.lemmas[k] in SELF for k in kids
    )


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
    told = [k for k in kids if tokens[k].dep == "attr"] if line.lemmas[clause] == "be" else []
    if any(line.lemmas[k] in _OBLIQUE for k in told):
        return Deed(None, negated)
    if not negated and _refutes(line, clause):
        return Deed(None, True)
    if any(_own_work(line, k) for k in told):
        return Deed(next(iter(nouns), None), negated)
    if not negated and is_own_man(line, clause, book):
        return Deed(None if told else next(iter(nouns), None), negated)
    if not negated and (is_answer(line, clause) or accounts_for(line, clause)):
        return Deed(None, negated)
    if not of_speaker(line, clause):
        return None
    return _standing(line, clause, nouns, negated) or _doing(line, clause, hits, nouns, book)


def _standing(line: IndexedSentence, clause: int, nouns: list[int], negated: bool) -> Deed | None:
    """What the speaker says he is or has to do with the incident: "was behind it", "had a hand in it"."""
    lemma = line.lemmas[clause]
    if lemma == "have":
        return _share(line, clause, nouns, negated)
    if lemma == "involve":
        return Deed(next(iter(nouns), None), negated)
    if lemma == "be":
        return _being(line, clause, nouns, negated)
    if lemma in ("take", "participate") and _takes_part(line, clause):
        return Deed(next(iter(nouns), None), negated or _no_one(line, clause))
    return None


def _doing(line: IndexedSentence, clause: int, hits: list[Hit], nouns: list[int], book: Codebook) -> Deed | None:
    """What he says he did: a report's own verb, or a light one with the incident, the weapon or "it"."""
    tokens, kids, lemma = line.sentence.tokens, line.sentence.children[clause], line.lemmas[clause]
    negated = is_negated(line.sentence, clause)
    if lemma in ("have", "be", "involve"):
        return None
    if any(h.token == clause and h.trigger is not None and h.event is not None for h in hits):
        return Deed(clause, negated)
    undergone = [k for k in kids if tokens[k].dep in ("nsubjpass", "dobj", "obj")]
    if lemma in _PUNISHING and undergone and ours(line, clause):
        return Deed(None, negated)  # "we punished the soldiers for their crimes"
    if lemma in book.tables["deeds"] and any(_instrument(line, k, book) for k in undergone):
        return Deed(None, negated)
    if not _does(line, clause, book) and lemma not in _ORDERING:
        return None
    if any(line.lemmas[k] in _MEANT or tokens[k].tag == "WDT" for k in undergone):
        return Deed(None, negated)
    if any(line.lemmas[c] == "so" for k in kids if tokens[k].dep == "advmod" for c in (k, *line.sentence.children[k])):
        return Deed(None, negated)  # "had done so"
    if any(line.lemmas[k] in _DEEDS for k in undergone):
        return Deed(None, negated)  # "the deed had been carried out by its men"
    return Deed(nouns[0], negated) if nouns else None


def _being(line: IndexedSentence, clause: int, nouns: list[int], negated: bool) -> Deed | None:
    """As in "was behind the attack", "was innocent of it", "had not been there"."""
    tokens = line.sentence.tokens
    near = [k for k in line.sentence.children[clause] if tokens[k].dep in ("acomp", "attr", "prep", "advmod", "oprd")]
    below = {line.lemmas[i] for k in near for i in (k, *line.sentence.children[k])}
    if below & _FREE:
        return None if negated else Deed(next(iter(nouns), None), True)
    if below & _ANSWERING:
        return Deed(next(iter(nouns), None), negated)
    return Deed(None, True) if negated and below & _AWAY else None


def _refutes(line: IndexedSentence, clause: int) -> bool:
    """True for the clause of "said that the accusation was baseless"."""
    kids = line.sentence.children[clause]
    charges = any(line.lemmas[k] in _CHARGES for k in kids if line.sentence.tokens[k].dep == "nsubj")
    return charges and any(line.lemmas[k] in _FALSE for k in kids)


def _takes_part(line: IndexedSentence, clause: int) -> bool:
    return line.lemmas[clause] == "participate" or any(line.lemmas[k] == "part" for k in objects(line.sentence, clause))


def _no_one(line: IndexedSentence, clause: int) -> bool:
    """True for "none of our men"."""
    return any(line.lemmas[k] == "none" for k in line.sentence.children[clause])


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
    if (
        lemma in _MEANT | {"him", "her"}
        or lemma in _VEHICLES
        or lemma in book.tables["attackers"]
        or lemma in book.arms
    ):
        return True
    return any(k in book.arms for k in (line.lemmas[i] for i in prepositional(line.sentence, head, "of", "with")))


def _share(line: IndexedSentence, clause: int, nouns: list[int], negated: bool) -> Deed | None:
    """As in "had a hand in the attack", "had nothing to do with it", "has no link to the killing"."""
    for k in objects(line.sentence, clause):
        if line.lemmas[k] in _PARTS:
            none = line.lemmas[k] == "nothing" or is_negated(line.sentence, k)
            return Deed(next(iter(nouns), None), none or negated)
    return None


def _does(line: IndexedSentence, verb: int, book: Codebook) -> bool:
    table = book.tables["does"]
    return line.lemmas[verb] in table or any(len(p) > 1 and p[0] == line.lemmas[verb] for p in table.phrases())
