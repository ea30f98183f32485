"""How sure a sentence is that somebody did it, and whether anybody says so. Invariant: syntax around one verb is looked
at; nobody's name plays a part.
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.codebook.model import Codebook
from khabar.extraction.indexed import IndexedSentence
from khabar.reading.clauses import ancestors, descendants, is_negated, modals

__all__ = ["Charge", "failed", "held_by", "uncertain", "unsaid"]

_UNSAID = frozenset(
    {"fail", "decline", "refuse", "hesitate", "threaten", "want", "expect", "stop", "avoid", "rush", "wait"}
)
_ADVERBS = frozenset({"probably", "likely", "possibly", "perhaps", "apparently", "presumably", "maybe", "conceivably"})
_SEEMING = frozenset({"appear", "seem", "look", "likely"})
_ALLEGED = frozenset({"suspected", "suspect", "alleged", "presumed", "probable", "possible", "likely", "apparent"})
_LITTLE = frozenset({"no", "little", "few", "not", "any"})
_MAY = frozenset({"may", "might", "could"})
_ACCUSING = frozenset(
    {"assessment", "conclusion", "verdict", "finding", "accusation", "allegation", "charge", "judgement", "judgment",
     "assertion", "contention", "claim", "report", "evidence", "proof", "statement"}
)  # fmt: skip
_SUPPOSING = frozenset(
    {"suspicion", "belief", "view", "opinion", "theory", "suggestion", "insinuation", "speculation", "rumour", "rumor",
     "possibility", "fear", "hypothesis", "hint", "sign", "indication", "assumption"}
)  # fmt: skip
_FAILING = frozenset(
    {"fail", "failure", "lapse", "negligence", "neglect", "inaction", "incompetence", "delay", "complacency", "ignore",
     "weakness", "shortcoming", "laxity", "slowness", "shelter", "harbour", "harbor", "hide", "lie", "exaggerate",
     "violate", "exploit", "protect", "threaten", "torture", "cover", "overreact", "exaggeration", "overreaction"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Charge:
    """A noun that holds the clause ("the allegation that X did it"); `stance` is None where it is rejected."""

    stance: str | None


def held_by(line: IndexedSentence, verb: int, book: Codebook) -> Charge | None:
    """The charge or supposition whose content a clause is: "it is the assessment of Y that X is responsible"."""
    token = line.sentence.tokens[verb]
    noun = token.head if token.dep in ("acl", "relcl", "ccomp") else verb
    if line.sentence.tokens[noun].pos == "AUX":  # "it is the assessment of Y that …" may hang on the verb
        noun = next((k for k in line.sentence.children[noun] if line.sentence.tokens[k].dep == "attr"), noun)
    known = _ACCUSING | _SUPPOSING
    whole = line.sentence.tokens[line.sentence.tokens[noun].head].head
    if line.lemmas[noun] not in known and line.sentence.tokens[noun].dep == "pobj" and line.lemmas[whole] in known:
        noun = whole  # "the conclusion of the panel that …", which may hang on the panel
    if line.lemmas[noun] == "doubt":  # "had little doubt that X was responsible"
        return Charge("suspected" if any(line.lemmas[k] in _LITTLE for k in line.sentence.children[noun]) else None)
    if line.lemmas[noun] not in known or noun == verb:
        return None
    rejecting = book.stances.get("denied", frozenset()) | {
        "dismiss",
        "scoff",
        "ridicule",
        "repudiate",
        "rubbish",
        "laugh",
    }
    above = [a for a in ancestors(line.sentence, noun) if line.sentence.tokens[a].pos == "VERB"]
    none = is_negated(line.sentence, noun) or any(line.lemmas[k] == "no" for k in line.sentence.children[noun])
    if none or any(line.lemmas[a] in rejecting or is_negated(line.sentence, a) for a in above[:2]):
        return Charge(None)
    return Charge("blamed" if line.lemmas[noun] in _ACCUSING else "suspected")


def uncertain(line: IndexedSentence, verb: int, book: Codebook) -> bool:
    """True for "may have been responsible", "was probably behind it", "appears to be the work of"."""
    said = [k for k in line.sentence.children[verb] if line.sentence.tokens[k].dep == "attr"]
    if any(line.lemmas[c] in _ALLEGED for k in said for c in line.sentence.children[k]):
        return True  # "they were suspected members of X"
    near = [verb, line.sentence.tokens[verb].head] if line.sentence.tokens[verb].dep == "xcomp" else [verb]
    if any(line.lemmas[n] in _SEEMING for n in near):
        return True
    hedging = book.stances.get("hedged", frozenset()) | _ADVERBS
    beside = [k for n in near for k in line.sentence.children[n] if line.sentence.tokens[k].dep in ("advmod", "acomp")]
    beside += [c for k in beside for c in line.sentence.children[k] if line.sentence.tokens[c].dep == "advmod"]
    return bool(_MAY & set(modals(line.sentence, verb))) or any(line.lemmas[k] in hedging for k in beside)


def unsaid(line: IndexedSentence, verb: int) -> bool:
    """True for "has yet to claim", "declined to claim", "stopped short of claiming"."""
    sentence = line.sentence
    above = next((a for a in ancestors(sentence, verb) if sentence.tokens[a].pos in ("VERB", "AUX")), None)
    if above is None or sentence.tokens[verb].dep not in ("xcomp", "pcomp", "ccomp", "advcl"):
        return False
    if line.lemmas[above] in _UNSAID:
        return sentence.tokens[verb].dep != "ccomp"
    return any(line.lemmas[k] == "yet" for k in (*sentence.children[above], *sentence.children[verb]))


def failed(line: IndexedSentence, verb: int) -> bool:
    """True for "blamed the police for failing to protect it": a reproach, nobody says that they did it."""
    return any(
        line.lemmas[i] in _FAILING
        for k in line.sentence.children[verb]
        if line.lemmas[k] in ("for", "of")
        for i in descendants(line.sentence, k)
    )
