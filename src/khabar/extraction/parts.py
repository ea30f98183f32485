"""Nouns in the roles of a report. Invariant: a role comes from the reporting word's frame and from syntax alone."""

from __future__ import annotations

from dataclasses import dataclass

from khabar.codebook.model import Codebook
from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.patients import sufferers
from khabar.extraction.triggers import Hit
from khabar.extraction.units import Unit
from khabar.reading.clauses import agents, descendants, is_passive, objects, prepositional, subjects

__all__ = ["Part", "parts_of"]

_TOGETHER = ("collusion", "cooperation", "collaboration", "coordination", "alliance")


@dataclass(frozen=True, slots=True)
class Part:
    """A noun in a role of a report; `head` is its token."""

    role: str
    head: int
    hit: Hit


def parts_of(unit: Unit, book: Codebook) -> list[Part]:
    """Every noun that the unit's reports give a role, each once per role, in the order of the reports."""
    found: list[Part] = []
    for hit in unit.hits:
        if hit.trigger is not None and _prevents(hit, book):
            continue
        if hit.trigger is None:
            found += _effect_parts(unit, hit, book)
        elif hit.trigger.pos == "verb":
            found += _verb_parts(unit, hit, book)
        else:
            found += _noun_parts(unit, hit, book)
    seen: set[tuple[str, int]] = set()
    kept = []
    events = {h.token for h in unit.hits if h.trigger is not None}
    for part in found:
        if unit.line.lemmas[part.head] in book.modality.words and unit.line.sentence.tokens[part.head].pos == "NOUN":
            continue  # "plans", "plots" and "threats" are no targets
        start = unit.line.sentence.tokens[part.head].start
        if part.role == "perpetrator" and start < unit.line.dateline:
            continue
        if any(d.start <= start < d.end for d in unit.line.dates):
            continue
        if (part.role, part.head) not in seen and part.head not in events:
            seen.add((part.role, part.head))
            kept.append(part)
    return kept


def _prevents(hit: Hit, book: Codebook) -> bool:
    """As in "Police foiled a plot": those who prevent an event are not those who meant to do it."""
    known = book.events.get(hit.trigger.event or "") if hit.trigger is not None else None
    return known is not None and known.of_modality is not None and not hit.is_noun


def _effect_parts(unit: Unit, hit: Hit, book: Codebook) -> list[Part]:
    sentence = unit.line.sentence
    found: list[Part] = []
    if hit.part == "transitive":
        if is_passive(sentence, hit.token):
            found += [Part("perpetrator", a, hit) for a in agents(sentence, hit.token)]
            found += [Part("victim", s, hit) for s in sufferers(unit.line, hit.token, book)]
        else:
            doers = subjects(sentence, hit.token) if _does(unit.line, hit, book) else []
            if not any(h.is_noun and h.token in doers for h in unit.hits):
                found += [Part("perpetrator", s, hit) for s in doers]
            found += [Part("victim", o, hit) for o in objects(sentence, hit.token)]
    elif hit.part == "intransitive":
        found += [Part("victim", s, hit) for s in subjects(sentence, hit.token)]
    return found


def _does(line: IndexedSentence, hit: Hit, book: Codebook) -> bool:
    """False for a participle that was read as a verb: "officials gave 100 dead and 225 hurt", "the minister spoke of
    six officers killed". To kill or wound takes an object, its own or that of a verb it is joined to. False also for
    those who find the dead or lose men.
    """
    sentence, verb = line.sentence, hit.token
    lemma = line.lemmas[verb]
    if (
        lemma in book.tables[f"{hit.effect}.witnessed"].beginnings
        and lemma not in book.tables[f"{hit.effect}.transitive"]
    ):
        return False
    joined = {verb, *(k for k in sentence.children[verb] if sentence.tokens[k].dep == "conj")}
    if sentence.tokens[verb].dep == "conj":
        joined |= {k for k in sentence.children[sentence.tokens[verb].head] if k > verb}
    token = sentence.tokens[verb]
    return (
        token.tag not in ("VBD", "VBN")
        or token.dep == "relcl"
        or any(objects(sentence, v) for v in joined if sentence.tokens[v].pos == "VERB")
    )


def _verb_parts(unit: Unit, hit: Hit, book: Codebook) -> list[Part]:
    sentence = unit.line.sentence
    roles = hit.roles
    verb = hit.token
    found: list[Part] = []
    if _infinitive(unit.line, verb):
        found += [Part(roles["subject"], p, hit) for p in _plotters(unit.line, verb) if "subject" in roles]
        found += [Part(roles["object"], o, hit) for o in objects(sentence, verb) if "object" in roles]
    elif is_passive(sentence, verb):
        found += [Part(roles["subject"], a, hit) for a in agents(sentence, verb) if "subject" in roles]
        found += [Part(roles["object"], s, hit) for s in sufferers(unit.line, verb, book) if "object" in roles]
    else:
        found += [Part(roles["subject"], s, hit) for s in subjects(sentence, verb) if "subject" in roles]
        found += [Part(roles["object"], o, hit) for o in objects(sentence, verb) if "object" in roles]
    for key, role in roles.items():
        if key not in ("subject", "object", "possessor", "modifier"):
            found += [Part(role, p, hit) for p in prepositional(sentence, verb, key)]
    if "subject" in roles:
        found += [Part(roles["subject"], p, hit) for p in _accomplices(unit.line, verb)]
    return found


def _infinitive(line: IndexedSentence, verb: int) -> bool:
    """As in "Plans to attack a mosque": an infinitive on a noun."""
    token = line.sentence.tokens[verb]
    return token.dep == "acl" and token.tag == "VB"


def _plotters(line: IndexedSentence, verb: int) -> list[int]:
    """Those whose plan it is: "IS's plans to attack", "a plot by IS to attack"."""
    noun = line.sentence.tokens[verb].head
    owners = [
        k
        for k in line.sentence.children[noun]
        if line.sentence.tokens[k].dep in ("poss", "compound") and line.actor_at(k)
    ]
    return owners + prepositional(line.sentence, noun, "by", "of")


def _accomplices(line: IndexedSentence, verb: int) -> list[int]:
    """As in "In collusion with X": X acts too."""
    found: list[int] = []
    inside = descendants(line.sentence, verb)
    for i in inside:
        if line.lemmas[i] in _TOGETHER:
            found += prepositional(line.sentence, i, "with")
    return found


def _noun_parts(unit: Unit, hit: Hit, book: Codebook) -> list[Part]:
    line = unit.line
    sentence = line.sentence
    roles = hit.roles
    noun = hit.token
    tokens = sentence.tokens
    found: list[Part] = []
    for key, role in roles.items():
        if key not in ("subject", "object", "possessor", "modifier"):
            found += [Part(role, p, hit) for p in prepositional(sentence, noun, key)]
    for k in sentence.children[noun]:
        dep = tokens[k].dep
        if dep == "poss" and "possessor" in roles and not _land(line, k, hit, book):
            found.append(Part(roles["possessor"], k, hit))
        elif dep in ("compound", "amod", "nmod") and "modifier" in roles and _may_act(line, k, hit, book):
            found.append(Part(roles["modifier"], k, hit))
        elif (dep in ("acl", "relcl") and tokens[k].tag == "VBG" and line.lemmas[k] == "target") or (
            dep == "acl" and tokens[k].tag == "VB" and "target" in roles.values()
        ):
            found += [Part("target", o, hit) for o in objects(sentence, k)]
        elif dep in ("acl", "relcl") and line.lemmas[k] in ("claim", "link", "blame", "inspire"):
            found += [
                Part("perpetrator", a, hit) for a in (*agents(sentence, k), *prepositional(sentence, k, "to", "on"))
            ]
    return found + _carried_out(unit, hit, book)


def _land(line: IndexedSentence, k: int, hit: Hit, book: Codebook) -> bool:
    """True for "Spain's bombings": the country where it happened, unless the event is a state's."""
    known = book.events.get(hit.event or "")
    actor = line.actor_at(k)
    country = line.place_at(k) is not None or (actor is not None and actor.kind == "state")
    return country and not (known is not None and known.state_action)


def _may_act(line: IndexedSentence, k: int, hit: Hit, book: Codebook) -> bool:
    """A name before an event noun that can be its doer: an actor, a force, or the state whose strike or raid it is."""
    if line.actor_at(k) is not None:
        return True
    if line.lemmas[k] in book.tables["state_agents"]:
        return hit.first - 1 <= k < hit.token and not line.sentence.heading
    place = line.place_at(k)
    known = book.events.get(hit.event or "")
    return place is not None and place.place.precision == "country" and known is not None and known.state_action


def _carried_out(unit: Unit, hit: Hit, book: Codebook) -> list[Part]:
    """The doer of a light verb whose object (or, in the passive, subject) is the event noun."""
    line = unit.line
    sentence = line.sentence
    tokens = sentence.tokens
    noun = hit.token
    first = noun
    while tokens[first].dep == "conj" and tokens[first].head != first:
        first = tokens[first].head
    if tokens[first].dep == "pobj" and tokens[tokens[first].head].lemma == "of":  # "a series of attacks"
        first = tokens[tokens[first].head].head
    verb = tokens[first].head
    if tokens[first].dep == "pobj" and tokens[verb].pos == "ADP":
        verb = tokens[verb].head
        if line.lemmas[verb] in ("involve", "implicate"):
            return [Part("perpetrator", s, hit) for s in subjects(sentence, verb)]
        return []
    if tokens[verb].pos != "VERB" or not _light(line, verb, book):
        return []
    if tokens[first].dep in ("dobj", "obj"):
        return [Part("perpetrator", s, hit) for s in (*subjects(sentence, verb), *_accomplices(line, verb))]
    if tokens[first].dep == "nsubjpass" or (tokens[first].dep == "nsubj" and is_passive(sentence, verb)):
        return [Part("perpetrator", a, hit) for a in agents(sentence, verb)]
    return []


def _light(line: IndexedSentence, verb: int, book: Codebook) -> bool:
    table = book.tables["does"]
    if line.lemmas[verb] in table:
        return True
    return any(len(p) > 1 and p[0] == line.lemmas[verb] for p in table.phrases())
