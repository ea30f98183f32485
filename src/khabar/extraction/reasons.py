"""What somebody says his deed was for: "it was a response to …", "had aimed at the barracks". Invariant: the doer is
the speaker or the incident itself, so that the reason is an account of the deed.
"""

from __future__ import annotations

from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.own_people import of_speaker
from khabar.reading.clauses import objects, prepositional

__all__ = ["accounts_for", "is_answer"]

_MEANT = frozenset({"it", "this", "that", "which", "them"})
_AIMS = frozenset({"aim", "target"})
_ACTING = frozenset({"act", "strike"})
_ANSWERS = frozenset({"response", "retaliation", "revenge", "reprisal", "reply", "answer", "punishment", "vengeance"})


def is_answer(line: IndexedSentence, clause: int) -> bool:
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


def accounts_for(line: IndexedSentence, clause: int) -> bool:
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
