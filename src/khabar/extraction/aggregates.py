"""Totals with a scope, kept apart from incidents. Invariant: "nine attacks in 2016" is never one incident.

A unit is a total if its event noun is counted or bare plural ("several attacks"), if a series stands over it, if a
verb has things by number or quantity over more than a day, or if people died over a long period without an incident
named.
"""

from __future__ import annotations

from khabar.codebook.model import Codebook
from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.parts import Part
from khabar.extraction.sums import count_of, stated_sum
from khabar.extraction.timing import Dated, width
from khabar.extraction.tolls import Toll
from khabar.extraction.triggers import Hit
from khabar.extraction.units import Unit
from khabar.reading.clauses import descendants, phrase, prepositional
from khabar.reading.model import PlaceMention

__all__ = ["aggregate_of"]

_LONG = 62  # days: more than two months hold no single incident whose report names none
_MANY = 10  # people arrested in more than two months: too many for one arrest
_THOUSAND = 1000
_PLURAL = ("NNS", "NNPS")
_TOWNS = ("exact", "near", "adm2")
_DETONATIONS = frozenset({"explosion", "blast", "detonation"})
_ONE_THING = frozenset(
    {
        "barracks",
        "barrack",
        "headquarter",
        "premise",
        "outskirt",
        "ground",
        "headquarters",
        "premises",
        "outskirts",
        "quarters",
        "grounds",
        "works",
    }
)


def aggregate_of(unit: Unit, parts: list[Part], dated: Dated | None, tolls: list[Toll], book: Codebook) -> int | None:
    """The number of incidents summed up, -1 where the text gives none, or None for an incident."""
    if _one_day(unit, dated):
        return None
    if _too_many(unit, dated, tolls):
        return -1
    stated = any(not t.bare for t in tolls)
    nouns = [h for h in unit.hits if h.is_noun]
    verbs = [h for h in unit.hits if h.trigger is not None and not h.is_noun]
    found = [_noun(unit.line, h, book) for h in nouns]
    if stated and any(_single(unit.line, h.token) for h in nouns):
        return None
    counted = [n for n in found if n is not None]
    if nouns and counted and len(counted) == len(found):
        numbers = [n for n in counted if n > 0]
        return sum(numbers) if len(numbers) == len(counted) else max(counted)
    if nouns and not verbs and counted and found[0] is not None:
        return counted[0]
    if verbs and not nouns:
        return _verb(unit, verbs[0], parts, dated, book, stated=stated)
    if not nouns and not verbs and dated is not None and dated.when.earliest is not None:
        return -1 if width(dated.when.earliest, dated.when.latest) > _LONG and not _one_victim(unit, parts) else None
    return None


def _single(line: IndexedSentence, noun: int) -> bool:
    """True of "a single suicide bombing": one incident, whatever is summed up beside it."""
    singular = line.sentence.tokens[noun].tag not in _PLURAL
    return singular and any(line.lemmas[k] == "single" for k in line.sentence.children[noun])


def _one_day(unit: Unit, dated: Dated | None) -> bool:
    """True if several explosions or attacks of one day, in one place or none, have one toll or bear the day's name: a
    coordinated incident.
    """
    blasts = [h for h in unit.hits if h.is_noun and h.trigger is not None]
    harmed = any(h.effect in ("killed", "injured") for h in unit.hits)
    named = dated is not None and _bear_date(unit.line, blasts, dated)
    if not (harmed or named or _explosions(blasts)):
        return False
    if dated is None:
        return unit.line.sentence.heading
    day = dated.when.earliest is not None and width(dated.when.earliest, dated.when.latest) <= 1
    own = [k for h in blasts for k in descendants(unit.line.sentence, h.token)] if not harmed else None
    towns = {
        p.place.name
        for p in unit.line.places
        if p.end > unit.line.dateline and p.place.precision in _TOWNS and (own is None or _in_words(unit.line, own, p))
    }
    return day and len(towns) <= 1


def _bear_date(line: IndexedSentence, nouns: list[Hit], dated: Dated) -> bool:
    """True of "Thursday's train bombings": what bears the name of a day is one thing that all know of."""
    owners = [k for h in nouns for k in line.sentence.children[h.token] if line.sentence.tokens[k].dep == "poss"]
    start, end = dated.span
    return any(start <= line.sentence.tokens[k].start < end for k in owners)


def _in_words(line: IndexedSentence, words: list[int], place: PlaceMention) -> bool:
    """True of a place that some words of a sentence name: the bombings are in Madrid, the letter came to London."""
    return any(place.start <= line.sentence.tokens[k].start < place.end for k in words)


def _explosions(nouns: list[Hit]) -> bool:
    """True if every event noun is a detonation: "two explosions tore through the rally on Saturday"."""
    return bool(nouns) and all(h.trigger is not None and h.trigger.words[-1] in _DETONATIONS for h in nouns)


def _too_many(unit: Unit, dated: Dated | None, tolls: list[Toll]) -> bool:
    """True of dead by the thousand without a day and without one event named: "15,000 have been killed in violence"."""
    tokens = unit.line.sentence.tokens
    named = any(
        h.trigger is not None and not h.trigger.frame.weak and tokens[h.token].tag not in _PLURAL for h in unit.hits
    )
    day = dated is not None and width(dated.when.earliest, dated.when.latest) <= 1
    dead = [t.count.low or t.count.best or 0 for t in tolls if t.effect == "killed"]
    return not named and not day and any(n >= _THOUSAND for n in dead)


def _one_victim(unit: Unit, parts: list[Part]) -> bool:
    """True if one named or single person suffered: "Khan was killed in 2016" is an incident."""
    victims = [p.head for p in parts if p.role == "victim"]
    tokens = unit.line.sentence.tokens
    return bool(victims) and all(tokens[v].tag in ("NNP", "PRP", "NN") for v in victims)


def _noun(line: IndexedSentence, hit: Hit, book: Codebook) -> int | None:
    tokens = line.sentence.tokens
    token = tokens[hit.token]
    if _named_for_a_town(line, hit) or _devices_of_one(line, hit):
        return None
    words = [line.lemmas[i] for i in phrase(line.sentence, hit.token) if i < hit.token]
    above = line.lemmas[tokens[token.head].head] if token.dep == "pobj" and line.lemmas[token.head] == "of" else ""
    quantities = book.tables["quantities"]
    if token.tag not in _PLURAL and not (token.tag == "NN" and above in quantities):
        return None
    said = [m for s in stated_sum(line, hit.token) if (m := line.count_at(s)) is not None] if above == "number" else []
    if said:  # "the number of attacks rose to 48"
        return said[0].count.best or -1
    for i in (*phrase(line.sentence, hit.token), token.head):
        mention = line.count_at(i)
        if mention is not None and i < hit.token and mention.kind in ("cardinal", "vague") and mention.end <= token.end:
            best = mention.count.best
            if best is not None and best > 1:
                return best
            if best == 1:
                return None
            return -1
    if above == "one" or _one_of(line, hit):
        return None
    if token.tag in _PLURAL and any(k in ("both", "two") for k in words):
        return 2
    return -1


def _named_for_a_town(line: IndexedSentence, hit: Hit) -> bool:
    """True of "the 2005 London bombings": attacks known by one town and one year are one coordinated incident."""
    kids = line.sentence.children[hit.token]
    before = [k for k in kids if k < hit.token]
    dated = [k for k in before for d in line.dates if d.start <= line.sentence.tokens[k].start < d.end]
    counted = any(line.count_at(k) is not None and k not in dated for k in before)
    if counted or not any(line.lemmas[k] == "the" for k in before):
        return False
    towns = [p for k in before if (p := line.place_at(k)) is not None and p.place.precision in _TOWNS]
    return bool(towns and dated)


def _devices_of_one(line: IndexedSentence, hit: Hit) -> bool:
    """True of "two bombs against a convoy": so many devices, and one incident."""
    if hit.trigger is None or hit.trigger.words[-1] != "bomb":
        return False
    tokens = line.sentence.tokens
    aims = [k for k in line.sentence.children[hit.token] if line.lemmas[k] == "against"]
    targets = [t for k in aims for t in line.sentence.children[k] if tokens[t].dep == "pobj"]
    return len(targets) == 1 and tokens[targets[0]].tag not in _PLURAL


def _one_of(line: IndexedSentence, hit: Hit) -> bool:
    """As in "One of the operations" is one."""
    token = line.sentence.tokens[hit.token]
    head = line.sentence.tokens[token.head]
    return token.dep == "pobj" and line.lemmas[head.i] == "of" and line.lemmas[head.head] == "one"


def _many_arrests(line: IndexedSentence, hit: Hit, parts: list[Part], dated: Dated | None) -> int | None:
    """As in "arrested 115 people in 2016": more people and more time than one arrest takes."""
    if hit.effect != "arrested" or dated is None or width(dated.when.earliest, dated.when.latest) <= _LONG:
        return None
    numbers = [count_of(line, p.head) for p in parts if p.hit == hit and p.role == "victim"]
    return -1 if any(n is not None and (n.count.low or 0) >= _MANY for n in numbers) else None


def _times(line: IndexedSentence, verb: int) -> int | None:
    """How often: "attacked three times", "twice", "several times"; None where it is not said, or once."""
    for k in line.sentence.children[verb]:
        if line.lemmas[k] == "twice":
            return 2
        if line.lemmas[k] == "time" and line.plural(k):
            numbers = [m for j in phrase(line.sentence, k) if (m := line.count_at(j)) is not None]
            return (numbers[0].count.best or -1) if numbers else -1
    return None


def _counted(line: IndexedSentence, head: int) -> int:
    """The noun that is counted: "cells" in "a total of six cells"."""
    if line.lemmas[head] in ("total", "number", "series", "handful", "couple", "group", "dozen", "score", "hundred"):
        inner = prepositional(line.sentence, head, "of")
        return inner[0] if inner else head
    return head


def _verb(unit: Unit, hit: Hit, parts: list[Part], dated: Dated | None, book: Codebook, *, stated: bool) -> int | None:
    line = unit.line
    day = dated is not None and width(dated.when.earliest, dated.when.latest) <= 1
    if day:
        return None
    often = _times(line, hit.token) or _many_arrests(line, hit, parts, dated)
    if often:
        return often
    if any(line.lemmas[k] in book.tables["habits"] for k in line.sentence.children[hit.token]):
        return -1
    if line.sentence.tokens[hit.token].tag == "VBP" and dated is None and not stated and not line.sentence.heading:
        return -1  # "They shoot at villagers" tells of a habit
    quantities, things = book.tables["quantities"], book.tables["not_people"]
    for part in parts:
        if part.hit != hit or part.role not in ("target", "victim") or line.lemmas[part.head] in book.arms:
            continue
        words = [line.lemmas[i] for i in phrase(line.sentence, part.head)]
        counted = _counted(line, part.head)
        plural = line.plural(counted) and line.lemmas[counted] not in _ONE_THING
        numbers = [m.count.best for i in phrase(line.sentence, part.head) if (m := line.count_at(i)) is not None]
        if plural and not numbers and dated is None and not stated and line.lemmas[counted] not in book.people:
            return -1
        if plural and line.lemmas[counted] in things:
            best = next((n for n in numbers if n), None)
            if best is None or best > 1:
                return best or -1
        if line.lemmas[part.head] in quantities or (plural and not numbers and any(w in quantities for w in words)):
            return -1
    return None
