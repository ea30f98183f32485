"""Persons whom courts and police hold to have done it: "X was charged with the murders", "a court sentenced X for the
bombing". Invariant: a person by name, and a crime of violence or an incident beside the verb.
"""

from __future__ import annotations

from khabar.extraction.drafts import DraftAttribution, Responsibility
from khabar.extraction.identified import person_named
from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.triggers import Hit
from khabar.reading.clauses import (
    agents,
    apposed,
    conjuncts,
    descendants,
    is_negated,
    is_passive,
    objects,
    phrase_span,
    subjects,
)
from khabar.reading.model import ActorMention

__all__ = ["charged_persons"]

_CHARGING = frozenset({"charge", "indict", "convict", "sentence", "jail", "prosecute", "imprison"})
_STANDING = frozenset({"face", "appear", "stand", "await"})
_FACING = _STANDING | {"arrest", "detain", "hold", "remand", "extradite", "want"}
_TRIALS = frozenset({"charge", "trial", "count", "suspicion"})
_CRIMES = frozenset(
    {"murder", "manslaughter", "terrorism", "killing", "homicide", "massacre", "attack", "bombing", "shooting",
     "stabbing", "assault", "arson", "kidnapping", "atrocity", "plant", "kill", "shoot", "stab", "throw", "detonate"}
)  # fmt: skip
_OVER = frozenset({"with", "for", "of", "over", "in"})
_FORCES = frozenset({"police", "prosecutor", "authority", "court", "judge", "tribunal", "jury", "investigator"})


def charged_persons(line: IndexedSentence, hits: list[Hit], text: str) -> list[Responsibility]:
    """Who is charged with, tried for or found guilty of an incident, in text order."""
    found = []
    for token in line.sentence.tokens:
        if token.pos != "VERB" or is_negated(line.sentence, token.i):
            continue
        crime, stance = _crime(line, token.i)
        if not crime:
            continue
        by = _by(line, token.i, text)
        made = tuple(
            DraftAttribution(p.text, p.name, p.id, "person", stance, (p.start, p.end), by=by)
            for p in _charged(line, token.i, crime[0])
        )
        event = next((h.token for h in hits if h.is_noun and h.token in crime), None)
        if made:
            span = (line.sentence.start, line.sentence.end)
            found.append(Responsibility(made, event, False, span, token.i, event is None))
    return found


def _crime(line: IndexedSentence, verb: int) -> tuple[list[int], str]:
    """The words of what somebody is charged with, if it is a crime of violence, and how sure that makes it."""
    facing = line.lemmas[verb] in _FACING
    if not facing and line.lemmas[verb] not in _CHARGING:
        return [], ""
    for k in line.sentence.children[verb]:
        inside = descendants(line.sentence, k) if line.lemmas[k] in _OVER or facing else []
        words = {line.lemmas[i] for i in inside}
        if words & _CRIMES and (not facing or words & _TRIALS):
            return inside, "suspected" if facing and "suspicion" in words else "blamed"
    return [], ""


def _charged(line: IndexedSentence, verb: int, crime: int) -> list[ActorMention]:
    """The persons named before the crime: "X", "a cook from Lyon, X", "two brothers, X and Y"."""
    passive = is_passive(line.sentence, verb) or line.lemmas[verb] in _STANDING
    heads = subjects(line.sentence, verb) if passive else objects(line.sentence, verb)
    found: list[ActorMention] = []
    for head in heads:
        below = [k for k in descendants(line.sentence, verb) if head < k < crime]
        inside = [k for k in below if line.sentence.tokens[k].dep == "appos"]
        beside = [c for a in (*apposed(line.sentence, head), *inside) for c in (a, *conjuncts(line.sentence, a))]
        for h in (head, *beside):
            person = person_named(line, h)
            if person is not None and all(p.name != person.name for p in found):
                found.append(person)
    return found


def _by(line: IndexedSentence, verb: int, text: str) -> str | None:
    """The court or the police, where the sentence names them."""
    passive = is_passive(line.sentence, verb)
    for head in agents(line.sentence, verb) if passive else subjects(line.sentence, verb):
        if line.lemmas[head] in _FORCES or line.actor_at(head) is not None:
            start, end = phrase_span(line.sentence, head)
            return text[start:end]
    return None
