"""What a verb of claiming, blaming or denying is about: an event, a pronoun for one, one of the attackers, or nothing
that is named. Invariant: only the sentence is looked at; which incident is meant is settled elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.codebook.model import AttributionPattern, Codebook
from khabar.extraction.claimants import Claimant, claimants
from khabar.extraction.deeds import deed_of
from khabar.extraction.identified import is_attacker, is_kin
from khabar.extraction.indexed import Indexed, IndexedSentence
from khabar.extraction.own_people import of_speaker
from khabar.extraction.triggers import Hit
from khabar.reading.clauses import agents, ancestors, conjuncts, descendants, is_passive, objects, subjects

__all__ = ["About", "directly", "subject_matter", "worded"]

_ANY_WORDS = frozenset({"any", "attacker", "deed", "event", "weapon"})
"""Kinds of subject matter that no word of the pattern tells."""

_PRONOUNS = frozenset({"it", "this", "that", "them", "both", "one", "which"})
_VEHICLES = frozenset({"car", "truck", "lorry", "van", "vehicle", "motorcycle", "device", "charge"})
_HIM = frozenset({"he", "she", "him", "her"})


@dataclass(frozen=True, slots=True)
class About:
    """What a verb is about: an event's token, a pronoun for one, or neither where only the wording tells; `lone` for
    "he", who must have done it alone.
    """

    event: int | None
    pronoun: bool
    negated: bool = False
    lone: bool = False


def worded(words: frozenset[str], pattern: AttributionPattern) -> bool:
    """False where a sentence of these dictionary forms lacks every word of what the pattern is about; quick."""
    told = pattern.about[0] in _ANY_WORDS
    return told or any(about.rsplit(" ", 1)[-1] in words for about in pattern.about)


def subject_matter(
    line: IndexedSentence, verb: int, pattern: AttributionPattern, hits: list[Hit], index: Indexed
) -> About | None:
    """What a verb is about, or None where it does not fit the pattern."""
    sentence, book = line.sentence, index.codebook
    if pattern.about == ("deed",):
        deed = deed_of(line, verb, hits, book)
        return None if deed is None else About(deed.event, deed.event is None, deed.negated)
    inside = descendants(sentence, verb)
    if pattern.stance == "asserted" and not _of_it(line, verb, pattern) and _of_himself(line, verb, index):
        return None
    events = {h.token: h for h in hits if h.is_noun or sentence.tokens[h.token].dep == "pcomp"}
    event = _event(line, verb, events, inside)
    over = sentence.tokens[verb].head
    if event is None and sentence.tokens[verb].dep in ("acl", "relcl") and over in events:
        event = over  # "an attack claimed by X"
    meant = (*objects(sentence, verb), *_passive_subjects(line, verb))
    pronoun = any(line.lemmas[o] in _PRONOUNS and not conjuncts(sentence, o) for o in meant)  # not "it and Y"
    if pattern.about == ("event",):
        told = event is not None and pattern.stance == "asserted" and sentence.tokens[event].dep == "dobj"
        if told and pattern.role == "perpetrator":
            return None  # "carried out the attack" is a report of it, read with its parts
        if not pronoun and (event is None or (event != over and not directly(line, verb, event))):
            return None
    elif pattern.about == ("weapon",):
        if not any(line.lemmas[o] in book.arms or line.lemmas[o] in _VEHICLES for o in meant):
            return None
        return About(None, True)
    elif pattern.about == ("attacker",):
        him = _attacker(line, verb, pattern, hits, book)
        if him is None or him.lone:
            return him
    elif pattern.about != ("any",) and not any(
        _among(line, i, pattern.about) and _own_words(line, verb, i) for i in inside
    ):
        return None
    return About(event, event is None or pronoun)


def _attacker(
    line: IndexedSentence, verb: int, pattern: AttributionPattern, hits: list[Hit], book: Codebook
) -> About | None:
    """The attacker that a verb is about: `lone` for "he" and "the father", who must have done what was told before."""
    sentence = line.sentence
    meant = (*subjects(sentence, verb), *objects(sentence, verb))
    lone = any(sentence.tokens[h].text.lower() in _HIM for h in meant)
    if pattern.who == "to" and pattern.stance == "blamed":
        if not (lone or _ties_him(line, verb)):
            return None  # "jihadists linked to X are active there" says what they are
        lone = lone or any(is_kin(line, h) for h in objects(sentence, verb))
    if lone:
        return About(None, True, lone=True)
    if pattern.who == "attr" and any(line.lemmas[h] == "they" for h in meant):
        return About(None, True)  # "they were suspected members of X"
    if pattern.verb in ("send", "dispatch") and any(is_kin(line, h) for h in meant):
        return About(None, True)  # "the women had been sent by X"
    if pattern.verb == "belong" and any(line.lemmas[h] in book.tables["groups"] for h in meant):
        return About(None, True)  # "the cell belonged to X"
    return About(None, True) if any(is_attacker(line, h, hits, book) for h in meant) else None


def _ties_him(line: IndexedSentence, verb: int) -> bool:
    """True for "police linked the attacker to X", "the attacker was linked to X": one who was told of before."""
    if line.sentence.tokens[verb].dep in ("acl", "relcl", "amod"):
        return False
    linked = objects(line.sentence, verb) or _passive_subjects(line, verb)
    return any(line.lemmas[k] == "the" for h in linked for k in line.sentence.children[h])


def _among(line: IndexedSentence, i: int, about: tuple[str, ...]) -> bool:
    """True if a token is one of the words, or ends one of the expressions ("line of inquiry")."""
    lemma = line.lemmas[i]
    if lemma in about:
        return True
    near = (a.split() for a in about if a.endswith(f" {lemma}"))
    return any(list(line.lemmas[max(0, i + 1 - len(words)) : i + 1]) == words for words in near)


def _of_it(line: IndexedSentence, verb: int, pattern: AttributionPattern) -> bool:
    """True where the pronoun stands for the incident: "said it was the work of X", "it was carried out by X"."""
    return pattern.who in ("of", "attr") or (is_passive(line.sentence, verb) and bool(agents(line.sentence, verb)))


def _of_himself(line: IndexedSentence, verb: int, index: Indexed) -> bool:
    """True for the clause of "X said it was behind the attack", "a spokesman for X said the group was behind it", "X
    boasted of having planned it": X claims it, and nobody else says so.
    """
    if line.sentence.tokens[verb].dep != "ccomp":
        claim = line.lemmas[line.sentence.tokens[verb].head] in ("claim", "boast", "denial", "admission")
        return line.sentence.tokens[verb].dep == "pcomp" or (line.sentence.tokens[verb].dep == "acl" and claim)
    if any(t.text == ";" for t in line.sentence.tokens[verb : line.sentence.tokens[verb].head]):
        return False  # "He was X; he had …" is no speech
    doers = subjects(line.sentence, verb)
    speakers = subjects(line.sentence, line.sentence.tokens[verb].head)
    if doers and all(line.lemmas[d] in _HIM for d in doers) and any(line.place_at(s) is not None for s in speakers):
        return False  # "Ankara says he belonged to X"
    if all(line.sentence.tokens[d].pos == "PRON" for d in doers):
        return True
    speaking: list[Claimant] = claimants(line, speakers, index)
    return of_speaker(line, verb) and any(c.actor.kind == "organization" for c in speaking)


def _passive_subjects(line: IndexedSentence, verb: int) -> list[int]:
    return subjects(line.sentence, verb) if is_passive(line.sentence, verb) else []


def _own_words(line: IndexedSentence, verb: int, word: int) -> bool:
    """False for "the official said that X was behind it": the word is about another subject."""
    tokens = line.sentence.tokens
    for above in ancestors(line.sentence, word):
        if above == verb:
            return True
        if tokens[above].pos in ("VERB", "AUX"):
            for k in line.sentence.children[above]:
                if tokens[k].dep in ("nsubj", "nsubjpass") and tokens[k].pos != "PRON":
                    return False
    return word == verb


def _event(line: IndexedSentence, verb: int, events: dict[int, Hit], inside: list[int]) -> int | None:
    """The event noun that a verb is about: the one with the fewest verbs between, then the first after it."""
    best: tuple[int, int] | None = None
    for token in events:
        if token not in inside:
            continue
        between = 0
        for above in ancestors(line.sentence, token):
            if above == verb:
                break
            between += line.sentence.tokens[above].pos in ("VERB", "AUX")
        if between <= 1 and (best is None or (between, abs(token - verb)) < (best[0], abs(best[1] - verb))):
            best = (between, token)
    return best[1] if best else None


def directly(line: IndexedSentence, verb: int, event: int) -> bool:
    """True if the event noun is the object of the verb, or after a preposition of it."""
    tokens = line.sentence.tokens
    i = event
    while tokens[i].dep == "conj" and tokens[i].head != i:
        i = tokens[i].head
    head = tokens[i].head
    if tokens[i].dep in ("dobj", "obj", "nsubjpass"):
        return head == verb
    while tokens[head].dep == "conj" and tokens[head].pos == "ADP":
        head = tokens[head].head
    return tokens[i].dep == "pobj" and tokens[head].head == verb
