"""Who did it, and to whom, as the words around a report say. Invariant: an attribution is an actor mention or a noun
for a state's forces that stands in a syntactic role of the report; nothing is guessed from what groups usually do.
"""

from __future__ import annotations

from dataclasses import replace

from khabar.codebook.model import Codebook
from khabar.extraction.affiliation import belonging, called, part_named, words_between
from khabar.extraction.certainty import unsaid
from khabar.extraction.drafts import DraftAttribution
from khabar.extraction.forces import lone_agent
from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.parties import described_span
from khabar.extraction.parts import Part
from khabar.extraction.units import Unit
from khabar.reading.clauses import (
    ancestors,
    apposed,
    conjuncts,
    is_negated,
    is_passive,
    objects,
    phrase,
    phrase_span,
    prepositional,
    subjects,
)
from khabar.reading.model import ActorMention

__all__ = ["attributions"]

_SPEAKING = frozenset(
    {"spokesman", "spokeswoman", "spokesperson", "source", "witness", "eyewitness", "analyst", "expert", "official",
     "governor", "mayor", "minister"}
)  # fmt: skip
# They admire a group; that they belong to it nobody has said.
_ADMIRERS = frozenset({"sympathiser", "sympathizer", "supporter", "admirer", "fan", "follower", "devotee"})
_CHARGING = frozenset({"charge", "convict", "indict", "sentence", "accuse", "jail"})
_OFTEN = frozenset({"often", "frequently", "regularly", "repeatedly", "usually", "sometimes", "routinely"})
_BEFORE = frozenset({"before", "previously", "earlier", "since"})
_ONE = frozenset({"he", "she"})
_HIM = frozenset({"he", "she", "him", "her", "they", "them"})
_DISGUISED = frozenset({"disguise", "disguised", "dress", "dressed", "pose", "masquerade", "clad"})
_NONE = frozenset({"no", "none", "nobody", "neither", "nor"})


def attributions(unit: Unit, parts: list[Part], book: Codebook) -> list[DraftAttribution]:
    """The attributions of a unit in the narrator's voice: actors among its perpetrators, each once."""
    found: list[DraftAttribution] = []
    for part in parts:
        if part.role != "perpetrator":
            continue
        if lone_agent(unit.line, part.head, parts, book) and not _person_beside(unit.line, part.head):
            continue
        if unit.line.lemmas[part.head] in _ADMIRERS:
            continue
        if _disclaimed(unit.line, part, book) or _nobody(unit.line, part):
            continue
        if _formerly(unit.line, part) or _struck_back(unit.line, part, book) or _in_disguise(unit.line, part.head):
            continue
        stance = "claimed" if _claims(unit.line, part) else "asserted"
        if _accused(unit.line, part):
            stance = "blamed"
        if stance == "asserted" and _claimed_by(unit.line, part):
            stance = "claimed"
        for made in _named(unit.line, part.head, stance, book):
            if all((a.name, a.stance) != (made.name, made.stance) for a in found):
                found.append(made)
    return found


def _claims(line: IndexedSentence, part: Part) -> bool:
    """True if the doer says so: "X claimed the attack", "X claimed to have done it", "X said it had done it"."""
    tokens = line.sentence.tokens
    if tokens[part.head].pos == "PRON" and _referent(line, part.head):
        return True
    over = tokens[tokens[part.head].head]
    if (over.dep == "agent" or line.lemmas[over.i] == "by") and _claimed_in(line, over.i):
        return True  # "an assault claimed by X"
    verb = tokens[part.hit.token].head if part.hit.is_noun else part.hit.token
    for _step in range(3):
        if line.lemmas[verb] == "claim":
            return part.head in subjects(line.sentence, verb)
        if tokens[verb].dep not in ("xcomp", "ccomp", "dobj", "prep", "pobj"):
            return False
        verb = tokens[verb].head
    return False


def _claimed_in(line: IndexedSentence, by: int) -> bool:
    """True for "claimed by X", "claimed by X and hours later by Y"."""
    return any(line.lemmas[a] == "claim" for a in (line.sentence.tokens[by].head, *ancestors(line.sentence, by)))


def _disclaimed(line: IndexedSentence, part: Part, book: Codebook) -> bool:
    """True for "they" in "X denied that they had been involved", for X in "X denied being involved": X's denial is no
    report that X did it.
    """
    tokens = line.sentence.tokens
    denying = book.stances.get("denied", frozenset())
    for below in (part.hit.token, *ancestors(line.sentence, part.hit.token)):
        above = tokens[below].head
        if tokens[below].dep in ("ccomp", "xcomp", "pcomp") and line.lemmas[above] in denying:
            return tokens[part.head].pos == "PRON" or part.head in subjects(line.sentence, above)
    return False


def _nobody(line: IndexedSentence, part: Part) -> bool:
    """True for X in "neither X nor Y has claimed the attack", "X has not claimed the attack"."""
    sentence = line.sentence
    if any(line.lemmas[k] in _NONE for k in (part.head, *sentence.children[part.head])):
        return True
    verb = sentence.tokens[part.hit.token].head
    if not part.hit.is_noun and is_negated(sentence, part.hit.token):
        return True  # "would never target civilians"
    if part.hit.is_noun and line.lemmas[verb] == "claim" and unsaid(line, verb):
        return True  # "has yet to claim the attack"
    if not part.hit.is_noun or sentence.tokens[part.hit.token].dep != "dobj" or not is_negated(sentence, verb):
        return False
    below = [verb, *sentence.children[verb]]
    return not any(line.lemmas[k] == "only" for b in below for k in sentence.children[b])  # "not only carried out …"


def _person_beside(line: IndexedSentence, head: int) -> bool:
    """True for "a security guard, X Y, opened fire": he is named."""
    return any((m := line.actor_at(a)) is not None and m.kind == "person" for a in apposed(line.sentence, head))


def _formerly(line: IndexedSentence, part: Part) -> bool:
    """True for "X has often bombed markets", "X has attacked the town before": what X did another time."""
    verb = part.hit.token if not part.hit.is_noun else line.sentence.tokens[part.hit.token].head
    kids = line.sentence.children[verb]
    perfect = any(line.lemmas[k] == "have" and line.sentence.tokens[k].dep == "aux" for k in kids)
    present = line.sentence.tokens[verb].tag in ("VBZ", "VBP")
    told = {line.lemmas[k] for k in kids if line.sentence.tokens[k].dep in ("advmod", "prep")}
    past = any(line.lemmas[p] == "past" for p in prepositional(line.sentence, verb, "in"))
    return ((perfect or present) and bool(told & _OFTEN)) or (perfect and (past or bool(told & _BEFORE)))


def _struck_back(line: IndexedSentence, part: Part, book: Codebook) -> bool:
    """True for the guards of "guards shot him", "before they were shot by guards": no attack of theirs is told."""
    if part.hit.is_noun or line.lemmas[part.head] not in book.tables["state_agents"]:
        return False
    sentence, verb = line.sentence, part.hit.token
    struck = subjects(sentence, verb) if is_passive(sentence, verb) else objects(sentence, verb)
    return bool(struck) and all(line.lemmas[s] in _HIM for s in struck)


def _in_disguise(line: IndexedSentence, head: int) -> bool:
    """True for the soldiers of "gunmen disguised as soldiers sprayed …", whatever the parser made of it."""
    before = [line.lemmas[i] for i in range(max(0, head - 3), head)]
    return "as" in before and any(w in _DISGUISED for w in before)


def _accused(line: IndexedSentence, part: Part) -> bool:
    """True for "involved in the murder", "linked to the blast": a tie that somebody draws."""
    tokens = line.sentence.tokens
    over = tokens[part.head].head
    if tokens[over].pos == "ADP" and line.lemmas[tokens[over].head] == "blame":
        return True  # "an attack that police blamed on X"
    for above in list(ancestors(line.sentence, part.hit.token))[:2]:
        if line.lemmas[above] in _CHARGING and tokens[above].pos == "VERB":
            return True  # "was convicted of planting the bomb"
    head = tokens[tokens[part.hit.token].head].head
    return (
        part.hit.is_noun
        and tokens[part.hit.token].dep == "pobj"
        and line.lemmas[head] in ("involve", "accuse", "implicate")
    )


def _named(line: IndexedSentence, head: int, stance: str, book: Codebook) -> list[DraftAttribution]:
    media = book.tables["channels"]
    mentions = [m for m in _actors(line, head, book) if not any(True for _ in media.find(m.name.lower().split()))]
    mentions = [m for m in mentions if not _speaks(line, m)]
    if mentions:
        if stance == "asserted" and _suspected(line, head, book):
            stance = "suspected"
        own = line.actor_at(head)
        group = own is None or own.how == "described"
        described = [_described(line, head, stance)] if group and line.lemmas[head] in book.tables["groups"] else []
        if described:  # "an X-affiliated cell" acts for X too, "an X cell" is a part of it
            mentions = [m for m in mentions if m != own and _hyphened(line, m)]
        return described + [DraftAttribution(m.text, m.name, m.id, m.kind, stance, (m.start, m.end)) for m in mentions]
    if line.lemmas[head] in book.tables["groups"] and _said_before(line, head):
        return [_described(line, head, stance)]
    place = line.place_at(head)
    if place is not None and place.place.precision == "country":
        return [DraftAttribution(place.text, place.place.name, None, "state", stance, (place.start, place.end))]
    if line.lemmas[head] in book.tables["state_agents"] and line.sentence.tokens[head].pos in ("NOUN", "PROPN", "ADJ"):
        start, end = phrase_span(line.sentence, head)
        text = words_between(line, start, end)
        return [DraftAttribution(text, text, None, "agency", stance, (start, end))]
    return []


def _claimed_by(line: IndexedSentence, part: Part) -> bool:
    """True for X in "the X-claimed bombing"."""
    words = [t.text.lower() for t in line.sentence.tokens[part.head : part.head + 3]]
    return part.hit.is_noun and (words[-2:] == ["-", "claimed"] or words[0].endswith("-claimed"))


def _hyphened(line: IndexedSentence, mention: ActorMention) -> bool:
    """True for X in "X-affiliated", "X-linked"."""
    after = next((t.text for t in line.sentence.tokens if t.start >= mention.end), "")
    around = next((t.text for t in line.sentence.tokens if t.start <= mention.start and mention.end < t.end), "")
    return after == "-" or f"{mention.text}-" in around


def _speaks(line: IndexedSentence, mention: ActorMention) -> bool:
    """True for "the spokesman", "an eyewitness", "X, the deputy minister", and for the "he" that stands for one: they
    tell of the event.
    """
    called = [m.text for m in line.actors if m.name == mention.name and m.how == "described"]
    return mention.kind == "person" and any(
        not _SPEAKING.isdisjoint(words.lower().split()) for words in (mention.name, *called)
    )


def _actors(line: IndexedSentence, head: int, book: Codebook) -> list[ActorMention]:
    """Actors that a noun phrase names: the name itself, one in apposition, or those inside a described group."""
    own = line.actor_at(head)
    if own is not None and own.how != "described":
        return [own]
    for other in apposed(line.sentence, head):
        beside = [other, *conjuncts(line.sentence, other)]  # "two gunmen, X and Y"
        named = [m for h in beside if (m := line.actor_at(h)) is not None and m.how != "described"]
        if named and line.actor_at(other) is not None:
            return named if line.plural(head) else named[:1]
    given = _named_as(line, head) or part_named(line, head) or called(line, head)
    if given:
        return given
    start, end = phrase_span(line.sentence, head)
    inside = [m for m in line.actors if start <= m.start and m.end <= end and m.how != "described"]
    if own is not None:
        inside = [
            m for m in line.actors if own.start <= m.start and m.end <= own.end and m.how != "described"
        ] or inside
        inside = inside or _parent(line, own)
        if not inside or own.kind == "agency":
            return [own]
    found = inside or line.actors_in_phrase(head)
    if not found and line.sentence.tokens[head].pos == "PRON":
        return _referent(line, head)
    return (
        found
        or [m for other in apposed(line.sentence, head) for m in line.actors_in_phrase(other)]
        or [tie.group for tie in belonging(line, head, book)]
    )


def _named_as(line: IndexedSentence, head: int) -> list[ActorMention]:
    """As in "a man named as X", "a gunman identified as X"."""
    return [
        m
        for k in line.sentence.children[head]
        if line.sentence.tokens[k].dep == "acl" and line.lemmas[k] in ("name", "identify")
        for p in prepositional(line.sentence, k, "as")
        if (m := line.actor_at(p)) is not None and m.how != "described"
    ]


def _parent(line: IndexedSentence, group: ActorMention) -> list[ActorMention]:
    """The named group that begins a described one: "IS" of "an IS-affiliated cell"."""
    first = (group.text.split() or [""])[0]
    for words in (first, first.split("-")[0]):
        named = line.known.get(words)
        if named is not None and len(words) < len(group.text):
            return [replace(named, start=group.start, end=group.start + len(words))]
    return []


def _described(line: IndexedSentence, head: int, stance: str) -> DraftAttribution:
    """A group without a name of its own, in the text's words: "an IS-affiliated cell of young militants"."""
    start, end = phrase_span(line.sentence, head)
    own = line.actor_at(head)
    if own is not None:
        first, last = described_span(line, own)
        start, end = min(start, first), max(end, last)
    words = words_between(line, start, end)
    return DraftAttribution(words, words, None, "organization", stance, (start, end))


def _said_before(line: IndexedSentence, head: int) -> bool:
    """As in "The same cell": a group that the text has told of."""
    return any(line.lemmas[k] == "same" for k in line.sentence.children[head])


def _referent(line: IndexedSentence, pronoun: int) -> list[ActorMention]:
    """As in "X said it had carried out the attack": the speaker stands for the pronoun."""
    tokens = line.sentence.tokens
    verb = tokens[pronoun].head
    while tokens[verb].dep in ("xcomp", "conj", "aux") and tokens[verb].head != verb:
        verb = tokens[verb].head
    if tokens[verb].dep != "ccomp" or line.lemmas[pronoun] not in ("it", "they", "we", "he", "she"):
        return []
    return [
        m
        for s in subjects(line.sentence, tokens[verb].head)
        for m in line.actors_in_phrase(s)
        if m.kind != "person" or (m.how != "described" and line.lemmas[pronoun] in _ONE)
    ]


def _suspected(line: IndexedSentence, head: int, book: Codebook) -> bool:
    """As in "Suspected X fighters", "alleged members of X"."""
    words = book.stances.get("suspected", frozenset())
    near = [*phrase(line.sentence, head), *line.sentence.children[head]]
    if any(tie.doubted for tie in belonging(line, head, book)):
        return True
    return any(line.lemmas[i] in words or line.sentence.tokens[i].text.lower() in words for i in near if i <= head)
