"""When the forces of a state act: in the whole of a report, or against the attackers of an incident in the same report.

Invariant: forces are told by their nouns and by the kind of the actors named, never by the type of the event.
"""

from __future__ import annotations

from khabar.codebook.model import Codebook
from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.parts import Part
from khabar.extraction.triggers import Hit
from khabar.extraction.units import Unit
from khabar.reading.actor_words import PERSON_NOUNS
from khabar.reading.clauses import agents, phrase, subjects

__all__ = ["acts_for_state", "counter_hits", "lone_agent", "struck_by_arms"]

_HE = frozenset({"he", "she"})
_HIM = frozenset({"he", "him", "she", "her", "they", "them"})
_ONE_MAN = frozenset({"soldier", "policeman", "policewoman", "officer", "guard", "commando", "ranger", "official"})
_EARLY = frozenset({"premature", "prematurely", "accidentally", "early"})
_STATE_KINDS = ("state", "agency")


def acts_for_state(unit: Unit, parts: list[Part], book: Codebook) -> bool:
    """True if those who act in the unit are a state, its agencies or forces."""
    line = unit.line
    if any(h.trigger is not None and h.trigger.frame.deadly for h in unit.hits):
        return False  # no state's forces blow themselves up; those beside them struck the others down
    actors = [p for p in parts if p.role == "perpetrator"]
    for part in actors:
        mention = line.actor_at(part.head)
        if mention is not None:
            return mention.kind in _STATE_KINDS
        words = phrase(line.sentence, part.head)
        named = [m for i in words if (m := line.actor_at(i)) is not None]
        if line.lemmas[part.head] in book.tables["attackers"]:
            return False
        if lone_agent(line, part.head, parts, book):
            return False
        if line.lemmas[part.head] in book.tables["state_agents"]:
            return not any(m.kind == "organization" for m in named)
        if named:
            return all(m.kind in _STATE_KINDS for m in named)
        flown = book.cues.get(line.lemmas[part.head])
        if flown is not None and book.events[flown].state_action:
            return True  # "warplanes bombed a cave"
    nouns = [h for h in unit.hits if h.is_noun and h.trigger is not None]
    if any(h.trigger is not None and (h.trigger.frame.weak or h.event is None) for h in nouns) and not actors:
        hit = [p.head for p in parts if p.role in ("target", "victim")]
        return bool(hit) and all(_militants(line, h, book) for h in hit)
    return False


def _own_operation(unit: Unit, parts: list[Part], book: Codebook) -> bool:
    """True of "police killed nine militants in raids on two hideouts": the one event noun beside the killing has no
    doer, and nothing is hit but militants and what is theirs.
    """
    line = unit.line
    events = [h for h in unit.hits if h.trigger is not None]
    doers = [p for p in parts if p.role == "perpetrator"]
    states = [d for d in doers if line.lemmas[d.head] in book.tables["state_agents"] or _of_state(line, d.head)]
    if not events or any(not h.is_noun or h.event is not None for h in events) or len(states) != len(doers):
        return False
    hit = [p.head for p in parts if p.role in ("target", "victim")]
    return all(_militants(line, h, book) or book.sites.get(line.lemmas[h]) == "militants" for h in hit)


def struck_by_arms(unit: Unit, parts: list[Part], book: Codebook) -> bool:
    """True if arms alone do the harm, nobody's own: the militants of "a missile killed six militants" were its target,
    those of "their bomb went off early" set it off.
    """
    line = unit.line
    tokens = line.sentence.tokens
    if any(line.lemmas[i] in _EARLY for i in unit.tokens):
        return False
    doing = [
        s
        for h in unit.hits
        for s in (*subjects(line.sentence, h.token), *agents(line.sentence, h.token))
        if tokens[h.token].pos == "VERB" and s in unit.tokens
    ]
    arms = [s for s in doing if line.lemmas[s] in book.arms]
    owned = any(tokens[k].dep == "poss" for s in arms for k in line.sentence.children[s])
    others = [p.head for p in parts if p.role == "perpetrator" and p.head not in arms]
    return bool(arms) and not owned and not others


def _of_state(line: IndexedSentence, head: int) -> bool:
    mention = line.actor_at(head)
    return mention is not None and mention.kind in _STATE_KINDS


def lone_agent(line: IndexedSentence, head: int, parts: list[Part], book: Codebook) -> bool:
    """True for "a soldier shot 29 people dead", "a policeman": one man in a force, who is not known to act for it,
    unless those he struck are militants.
    """
    token = line.sentence.tokens[head]
    article = any(line.lemmas[k] in ("a", "an") for k in line.sentence.children[head])
    if line.lemmas[head] not in _ONE_MAN or token.tag != "NN" or not article:
        return False
    struck = [p.head for p in parts if p.role in ("target", "victim")]
    return bool(struck) and not any(_militants(line, s, book) for s in struck)


def _militants(line: IndexedSentence, head: int, book: Codebook) -> bool:
    mention = line.actor_at(head)
    return (
        line.lemmas[head] in book.tables["attackers"]
        or (mention is not None and mention.kind == "organization")
        or (book.people.get(line.lemmas[head]) == "militants")
    )


def _whom(line: IndexedSentence, head: int) -> bool:
    """True for "whom" and for the man of "the man whom police shot after he had stabbed two people"."""
    token = line.sentence.tokens[head]
    return token.tag in ("WP", "WDT") or (token.tag == "NN" and line.lemmas[head] in PERSON_NOUNS)


def _him(unit: Unit, hit: Hit, parts: list[Part], book: Codebook) -> set[int]:
    """The pronoun of "… before an officer shot him": whoever did what was told before."""
    lemmas = unit.line.lemmas
    own = [p for p in parts if p.role == "perpetrator" and p.hit == hit]
    if not own or any(lemmas[p.head] not in book.tables["state_agents"] for p in own):
        return set()
    if not any(h.token < hit.token for h in unit.hits):
        return set()
    return {p.head for p in parts if p.hit == hit and p.role in ("victim", "target") and lemmas[p.head] in _HIM}


def counter_hits(unit: Unit, parts: list[Part], book: Codebook) -> set[int]:
    """Tokens of reports that forces struck down the attackers of an incident told in the same unit: "… and all three
    attackers were killed by the army". They add to its toll and say nothing about who attacked.
    """
    line = unit.line
    attackers = book.tables["attackers"]
    against: set[int] = set()
    if _own_operation(unit, parts, book):
        return against
    for hit in unit.hits:
        suffered = [p.head for p in parts if p.hit == hit and p.role in ("victim", "target")]
        state = (
            hit.trigger is not None and hit.trigger.event is not None and book.events[hit.trigger.event].state_action
        )
        if hit.part in ("transitive", "intransitive") and suffered and not state:
            doers = {p.head for p in parts if p.role == "perpetrator" and p.hit != hit}
            doers |= {a for d in doers if line.lemmas[d] in _HE for a in suffered if _whom(line, a)}
            doers |= _him(unit, hit, parts, book)
            if all(line.lemmas[h] in attackers or h in doers for h in suffered):
                against.add(hit.token)
    rest = [h for h in unit.hits if h.token not in against]
    types = [book.events[h.trigger.event] for h in rest if h.trigger is not None and h.trigger.event]
    if any(t.state_action for t in types):
        return set()
    struck = [
        p for p in parts if p.hit in rest and p.role in ("victim", "target") and line.lemmas[p.head] not in attackers
    ]
    tolls = any(h.part in ("states", "losses", "nouns") for h in rest)
    return against if types or struck or tolls else set()
