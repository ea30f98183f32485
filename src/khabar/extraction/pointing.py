"""Whether a report points back to what was told: a definite mention, a pronoun, a bare toll, a name for what happened.

Invariant: only the words of the report itself are looked at, not what was told before.
"""

from __future__ import annotations

from khabar.codebook.model import Codebook
from khabar.extraction.drafts import EventDraft
from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.triggers import Hit
from khabar.reading.clauses import objects, phrase, prepositional, subjects

__all__ = ["is_definite", "is_part", "points_back", "says_another", "says_which", "some_of_them", "strikes_attackers"]

_DEFINITE = frozenset({"the", "this", "that", "his", "her", "its", "their", "these", "those"})
_LOCATING = frozenset({"in", "at", "by", "near", "outside", "inside", "around", "within", "during", "that", "this"})
_SPANS = frozenset({"minute", "hour", "day", "week"})  # "a three-hour battle"
_NAMING = frozenset({"confirm", "call", "describe", "condemn", "report", "investigate", "mourn"})
_NEW = frozenset(
    {"another", "second", "third", "separate", "similar", "earlier", "previous", "other", "identical", "last"}
)


def points_back(draft: EventDraft, book: Codebook) -> bool:
    """True if a report refers to an incident told before: "the attack", "the bomber", "the toll", a toll alone."""
    unit = draft.unit
    line = unit.line
    tokens = line.sentence.tokens
    events = [h for h in unit.hits if h.trigger is not None]
    acting = [h.token for h in events if not h.is_noun]
    if is_part(draft) or _there(line, acting) or some_of_them(line, acting):
        return True
    if events and all(_of_it(line, h.token) for h in events):
        return True
    for h in events:  # "the last of the attackers" tells of no other incident, "the last attack" does
        if _new(line, h):
            return False
    if not events:
        return True
    nouns = [h for h in events if h.is_noun]
    verbs = [h for h in events if not h.is_noun]
    if any(tokens[h.token].dep in ("attr", "oprd") or _likened(line, h.token) for h in nouns):
        return True
    if verbs and not nouns:
        if strikes_attackers(draft, book):
            return True
        if all(
            line.lemmas[s] in ("he", "she") for h in verbs for s in subjects(line.sentence, h.token)[:1] or [h.token]
        ):
            return True  # "He threw a grenade": whoever did what was told
        return any(
            (line.lemmas[s] in book.tables["attackers"] or line.lemmas[s] in book.arms) and is_definite(line, s)
            for h in verbs
            for part in (*subjects(line.sentence, h.token), *objects(line.sentence, h.token))
            for s in (part, *prepositional(line.sentence, part, "of"))
        )
    return any(is_definite(line, h.token) and line.sentence.tokens[h.token].tag not in ("NNS", "NNPS") for h in nouns)


def says_another(draft: EventDraft) -> bool:
    """True if a report speaks of another incident or of other doers: "another attack", "a third bomber"."""
    line = draft.unit.line
    events = [h for h in draft.unit.hits if h.trigger is not None]
    doers = [s for h in events for s in subjects(line.sentence, h.token)]
    return any(_new(line, h) for h in events) or any(
        line.lemmas[k] in _NEW for d in doers for k in line.sentence.children[d]
    )


def _new(line: IndexedSentence, hit: Hit) -> bool:
    new = _NEW if hit.is_noun else _NEW - {"last", "other"}
    words = [i for i in phrase(line.sentence, hit.token) if i <= hit.token and line.lemmas[i] in new]
    return any(
        not any(line.lemmas[k] == "the" for k in line.sentence.children[i]) for i in words
    )  # "the third of them"


def some_of_them(line: IndexedSentence, verbs: list[int]) -> bool:
    """True of the verb of "Two of them blew themselves up": some of those who were told of."""
    return bool(verbs) and all(
        any(
            line.lemmas[p] in ("they", "them")
            for s in subjects(line.sentence, verb)
            for p in prepositional(line.sentence, s, "of")
        )
        for verb in verbs[:1]
    )


def _of_it(line: IndexedSentence, noun: int) -> bool:
    """True of "It was the third attack in a week": whatever its number, it is the incident told before."""
    token = line.sentence.tokens[noun]
    return token.dep == "attr" and any(
        line.lemmas[s] in ("it", "this", "that") for s in subjects(line.sentence, token.head)
    )


def _there(line: IndexedSentence, events: list[int]) -> bool:
    """True of "shot nine people dead there": in the place just told of."""
    return any(
        line.lemmas[k] == "there" and line.sentence.tokens[k].dep == "advmod"
        for event in events
        for k in line.sentence.children[event]
    )


def _dated(line: IndexedSentence, preposition: int) -> bool:
    """True for "on" in "the attack on Monday"."""
    starts = [line.sentence.tokens[k].start for k in line.sentence.children[preposition]]
    return any(d.start <= start < d.end for d in line.dates for start in starts)


def _likened(line: IndexedSentence, noun: int) -> bool:
    """As in "… claimed it as a strike on …", "looked like a suicide attack": a name for what was told."""
    tokens = line.sentence.tokens
    head = tokens[noun].head
    part = line.lemmas[head] == "of" and line.lemmas[tokens[head].head] == "part"
    if tokens[noun].dep == "dobj":
        return line.lemmas[head] in _NAMING
    return tokens[noun].dep == "pobj" and (line.lemmas[head] in ("as", "like") or part)


def strikes_attackers(draft: EventDraft, book: Codebook) -> bool:
    """True if a report without time and place of its own tells only of attackers, or of "him", killed by forces."""
    line = draft.unit.line
    if not draft.state_action or any(not p.inherited for p in draft.places):
        return False
    killing = [h for h in draft.unit.hits if h.effect == "killed" and not h.is_noun]
    shooting = [h for h in draft.unit.hits if h.trigger is not None and not h.is_noun and h.effect is None]
    met = [o for h in shooting for o in objects(line.sentence, h.token)]
    if met and not killing and all(line.lemmas[o] in book.tables["attackers"] and is_definite(line, o) for o in met):
        return draft.when_span is None  # "Guards shot the gunman": whether he died is not told
    heads = [s for h in killing for s in (*objects(line.sentence, h.token), *subjects(line.sentence, h.token)[:1])]
    heads += [m for h in heads for m in prepositional(line.sentence, h, "of")]  # "five of the attackers"
    attackers = book.tables["attackers"]
    known = [
        h for h in heads if line.lemmas[h] in attackers or line.lemmas[h] in ("he", "him", "she", "her", "they", "them")
    ]
    return bool(known) and bool(draft.tolls)


def is_part(draft: EventDraft) -> bool:
    """True of a report of one place out of several: "At the hall alone 22 were shot"."""
    line = draft.unit.line
    tokens = line.sentence.tokens
    for i, lemma in enumerate(line.lemmas):
        if lemma != "alone" or i not in draft.unit.tokens or i == 0 or tokens[i - 1].pos not in ("NOUN", "PROPN"):
            continue
        named = i - 1
        while named > 0 and tokens[named].pos in ("NOUN", "PROPN", "DET", "ADJ"):
            named -= 1
        if line.lemmas[named] in ("in", "at", "on"):
            return True
    return False


def is_definite(line: IndexedSentence, head: int) -> bool:
    """True for "the attack", "its attack", "Thursday's attack"."""
    return any(
        (line.sentence.tokens[k].dep in ("det", "poss") and line.lemmas[k] in _DEFINITE) or _of_day(line, k)
        for k in line.sentence.children[head]
    )


def _of_day(line: IndexedSentence, owner: int) -> bool:
    """True for "Thursday" in "Thursday's attack"."""
    token = line.sentence.tokens[owner]
    return token.dep == "poss" and any(d.start <= token.start < d.end for d in line.dates)


def says_which(draft: EventDraft) -> bool:
    """True for "the killing of X", "the attack on Y": definite through what follows, not through what was told."""
    line = draft.unit.line
    tokens = line.sentence.tokens
    return any(
        tokens[k].dep in ("prep", "poss", "acl", "compound")
        and tokens[k].pos != "PRON"
        and line.lemmas[k] not in _LOCATING | _SPANS
        and not any(line.lemmas[p] == "behalf" for p in line.sentence.children[k])
        and not _dated(line, k)
        and not _of_day(line, k)
        for h in draft.unit.hits
        if h.is_noun and tokens[h.token].dep != "attr" and not _likened(line, h.token)
        for k in line.sentence.children[h.token]
    )
