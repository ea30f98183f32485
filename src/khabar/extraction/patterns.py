"""Patterns of the codebook met in a sentence's syntax. Invariant: a pure function of sentence and patterns; every side
of a match is a token or a mention of the sentence.

A verb pattern reads voice, coordination, control and relative clauses through `khabar.reading.clauses`; a noun pattern
reads possessives, names and titles beside the noun, of-phrases, apposition, predication and "as"-phrases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from khabar.codebook.ties import TiePattern, Ties
from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.instruments import instrument_after
from khabar.extraction.slots import clause_subject, completing, doers, named_under, owners, patients, said_of
from khabar.extraction.verb_slots import complements, formed, listing
from khabar.reading.clauses import (
    agents,
    conjuncts,
    is_passive,
    objects,
    phrase,
    prepositional,
)

__all__ = ["Match", "PatternIndex", "find_matches", "pattern_index"]

_VERBAL = ("VERB", "AUX")
_ENDING = frozenset({"cut", "sever", "break", "end", "renounce", "dissolve"})
_SEVERAL = frozenset(
    {"two", "three", "both", "pair", "trio", "they", "group", "faction", "organisation", "organization", "movement"}
)
_NEAR = 7  # tokens behind a verb within which the words of its expression are looked for


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern met at a token; `sides` gives the heads of each side's phrases, in text order."""

    pattern: TiePattern
    token: int
    sides: Mapping[str, tuple[int, ...]]
    past: bool = False
    indefinite: bool = False


class PatternIndex:
    """Patterns by the head word of their expressions, longest expression first."""

    def __init__(self, ties: Ties) -> None:
        """`ties` is the codebook's section; look-ups are by lower-case dictionary form."""
        self.ties = ties
        self.verbs = _by_head(ties.patterns, "verb", 0)
        self.nouns = _by_head(ties.patterns, "noun", -1)


@lru_cache(maxsize=8)
def pattern_index(ties: Ties) -> PatternIndex:
    """The index of a codebook's ties, made once."""
    return PatternIndex(ties)


def _by_head(patterns: Iterable[TiePattern], pos: str, at: int) -> dict[str, list[tuple[tuple[str, ...], TiePattern]]]:
    found: dict[str, list[tuple[tuple[str, ...], TiePattern]]] = {}
    for pattern in patterns:
        if pattern.pos == pos:
            for words in pattern.words:
                lower = tuple(w.lower() for w in words)
                found.setdefault(lower[at], []).append((lower, pattern))
    for entries in found.values():
        entries.sort(key=lambda e: -len(e[0]))
    return found


def find_matches(line: IndexedSentence, index: PatternIndex) -> Iterator[Match]:
    """Every pattern whose words stand in the sentence with at least one phrase on each side, in text order."""
    for token in line.sentence.tokens:
        lemma = "found" if _founding(line, token.i) else line.lemmas[token.i]
        if lemma in index.verbs and (token.pos in _VERBAL or token.tag in ("VBN", "VBD", "VBG")):
            yield from _verb_matches(line, token.i, index.verbs[lemma])
        if lemma in index.nouns and token.pos in ("NOUN", "PROPN", "ADJ") and not _named(line, token.i):
            beside = line.actor_at(token.head)
            if token.dep == "compound" and (beside is None or beside is line.actor_at(token.i)):
                continue  # the "director" of "director general"
            if token.dep == "dobj" and line.lemmas[token.head] in _ENDING:
                continue  # "cut its ties": the verb tells
            yield from _noun_matches(line, token.i, index)


def _founding(line: IndexedSentence, i: int) -> bool:
    """True of "to found", which the parser takes for a form of "find"."""
    token = line.sentence.tokens[i]
    return token.text == "found" and any(line.sentence.tokens[k].tag == "TO" for k in line.sentence.children[i])


def _named(line: IndexedSentence, i: int) -> bool:
    """True for a word inside a longer name: the "group" of "Shahidullah Shahid Group"."""
    mention = line.actor_at(i)
    return mention is not None and mention.how not in ("described", "definite", "pronoun")


# ------------------------------------------------------------------ verbs


def _verb_matches(
    line: IndexedSentence, verb: int, entries: Sequence[tuple[tuple[str, ...], TiePattern]]
) -> Iterator[Match]:
    tokens = line.sentence.tokens
    done: set[str] = set()
    for words, pattern in entries:
        if pattern.type in done:
            continue
        if len(words) > 1 and not all(_follows(line, verb, w) for w in words[1:]):
            continue
        if pattern.beside and not any(_follows(line, verb, w) for w in pattern.beside):
            continue
        if tokens[verb].dep in ("amod", "compound") and tokens[verb].tag != "VBN" and not _misread(line, verb, pattern):
            continue
        if "patient" in pattern.slots and _makes_do(line, verb):
            continue
        sides: dict[str, list[int]] = {}
        for slot, side in pattern.slots.items():
            sides.setdefault(side, []).extend(_misread_slot(line, verb, slot, pattern) or _verb_slot(line, verb, slot))
        match = _complete(pattern, verb, _summed_up(line, sides), _past_verb(line, verb))
        if match is not None:
            done.add(pattern.type)
            yield match


def _follows(line: IndexedSentence, verb: int, word: str) -> bool:
    """True if a word of an expression stands among what hangs on the verb, or closely behind it."""
    near = range(verb + 1, min(verb + 1 + _NEAR, len(line.lemmas)))
    if any(line.lemmas[j] == word or line.sentence.tokens[j].text.lower() == word for j in near):
        return True
    stack, depth = list(line.sentence.children[verb]), 0
    while stack and depth < 40:
        k = stack.pop()
        depth += 1
        if line.lemmas[k] == word:
            return True
        if line.sentence.tokens[k].pos not in _VERBAL:
            stack.extend(line.sentence.children[k])
    return False


def _misread(line: IndexedSentence, verb: int, pattern: TiePattern) -> bool:
    """True of "X swore allegiance" where the parser takes the verb for an adjective of its object."""
    token = line.sentence.tokens[verb]
    if token.dep not in ("amod", "compound") or token.tag not in ("VBD", "VBN") or not verb:
        return False
    return line.lemmas[token.head] in pattern.beside and token.head > verb and line.actor_at(verb - 1) is not None


def _misread_slot(line: IndexedSentence, verb: int, slot: str, pattern: TiePattern) -> list[int]:
    """Who stands before such a verb, and what hangs on its object."""
    if not _misread(line, verb, pattern):
        return []
    return [verb - 1] if slot == "agent" else completing(line, line.sentence.tokens[verb].head, slot)


def _makes_do(line: IndexedSentence, verb: int) -> bool:
    """True of "led them to join": the object is who does what follows."""
    kids = [line.sentence.tokens[k].dep for k in line.sentence.children[verb]]
    return "xcomp" in kids and "dobj" in kids


def _verb_slot(line: IndexedSentence, verb: int, slot: str) -> list[int]:
    sentence = line.sentence
    passive = is_passive(sentence, verb)
    if slot == "agent":
        if passive:
            return agents(sentence, verb) or completing(line, verb, "by")
        return doers(line, verb)
    if slot == "patient":
        return patients(line, verb) if passive else _done_to(line, verb)
    if slot == "by" and passive:
        return agents(sentence, verb)
    if slot == "dative":
        return [k for k in sentence.children[verb] if sentence.tokens[k].dep == "dative" and line.actor_at(k)]
    if slot == "instrument":
        return instrument_after(line, verb)
    if slot == "complement":
        return complements(line, verb, passive=passive)
    if slot == "forming":
        return formed(line, verb)
    if slot == "whose":
        return listing(line, verb)
    return completing(line, verb, slot)


def _done_to(line: IndexedSentence, verb: int) -> list[int]:
    """The objects of a verb; "which" stands for what its clause hangs on."""
    tokens = line.sentence.tokens
    clause = tokens[verb].dep == "relcl"
    return [tokens[verb].head if clause and tokens[k].tag in ("WDT", "WP") else k for k in objects(line.sentence, verb)]


def _past_verb(line: IndexedSentence, verb: int) -> bool:
    """True of "led" as a finite past verb or with "had"; "led by" after a noun says nothing of the time."""
    token = line.sentence.tokens[verb]
    return token.tag == "VBD" and token.dep not in ("acl", "amod") and not is_passive(line.sentence, verb)


# ------------------------------------------------------------------ nouns


def _noun_matches(line: IndexedSentence, noun: int, index: PatternIndex) -> Iterator[Match]:
    tokens = line.sentence.tokens
    past = _past_noun(line, noun, index.ties.lists.get("past", frozenset()))
    done: set[str] = set()
    for words, pattern in index.nouns[line.lemmas[noun]]:
        first = noun - len(words) + 1
        if first < 0 or any(
            line.lemmas[first + n] != w and tokens[first + n].text.lower() != w for n, w in enumerate(words)
        ):
            continue
        if pattern.beside and not any(_follows(line, noun, w) for w in pattern.beside):
            continue
        if pattern.type in done:
            continue
        sides: dict[str, list[int]] = {}
        fallback: list[str] = []
        for slot, side in pattern.slots.items():
            if slot == "itself":
                fallback.append(side)
            else:
                sides.setdefault(side, []).extend(_noun_slot(line, noun, slot))
        for side in fallback:
            if not sides.get(side) and tokens[noun].tag in ("NN", "NNP"):
                sides[side] = [noun]
        match = _complete(pattern, noun, _summed_up(line, sides), past)
        if match is not None:
            done.add(pattern.type)
            yield replace(match, indefinite=_one_of_several(line, noun) or _of_a_place(line, noun))


def _one_of_several(line: IndexedSentence, noun: int) -> bool:
    """True of "a commander", "senior commanders", "one of the leaders"."""
    token = line.sentence.tokens[noun]
    articles = {line.lemmas[k] for k in line.sentence.children[noun] if k < noun}
    return token.tag in ("NNS", "NNPS") or bool(articles & {"a", "an"})


def _of_a_place(line: IndexedSentence, noun: int) -> bool:
    """True of "its emir for the Khurasan region", "the head of X in Kunar": the head of a part is not the head."""
    sentence = line.sentence
    below = [noun, *prepositional(sentence, noun, "of")]
    heads = [h for k in below for h in prepositional(sentence, k, "for", "in")]
    return any(line.place_at(j) is not None for h in heads for j in phrase(sentence, h))


def _noun_slot(line: IndexedSentence, noun: int, slot: str) -> list[int]:
    sentence = line.sentence
    if slot == "of":
        own = [*owners(line, noun), *prepositional(sentence, noun, "of")]
        return own or [h for k in _coordinated(line, noun) for h in prepositional(sentence, k, "of")]
    if slot == "is":
        return said_of(line, noun)
    if slot == "clause":
        return clause_subject(line, noun)
    if slot == "named":
        return named_under(line, noun)
    return completing(line, noun, slot)


def _coordinated(line: IndexedSentence, noun: int) -> list[int]:
    """The other nouns of a coordination, which share an of-phrase: "a founder and leader of X"."""
    token = line.sentence.tokens[noun]
    before = [token.head] if token.dep == "conj" and line.sentence.tokens[token.head].pos == "NOUN" else []
    return [*conjuncts(line.sentence, noun), *before]


def _past_noun(line: IndexedSentence, noun: int, words: frozenset[str]) -> bool:
    sentence = line.sentence
    token = sentence.tokens[noun]
    near = {line.lemmas[k] for k in sentence.children[noun] if k < noun}
    if noun and line.lemmas[noun - 1] in words:
        near.add(line.lemmas[noun - 1])
    if near & words or token.text.lower().startswith("ex-"):
        return True
    while token.dep == "conj" and sentence.tokens[token.head].pos == "NOUN":
        token = sentence.tokens[token.head]  # "was a founder and leader": both are over
    if token.dep == "attr" and sentence.tokens[token.head].tag == "VBD":
        return True
    return any(line.lemmas[k] in words for k in sentence.children[token.head]) if token.dep == "attr" else False


# ------------------------------------------------------------------ both


def _summed_up(line: IndexedSentence, sides: Mapping[str, list[int]]) -> Mapping[str, list[int]]:
    """The sides, with a lone phrase for both only where it stands for several groups ("the two", "these groups")."""
    pair = set(sides.get("pair", ()))
    lone = len(pair) == 1 and not any(line.lemmas[h] in _SEVERAL for h in pair)
    return {**sides, "pair": []} if lone else sides


def _complete(pattern: TiePattern, token: int, sides: Mapping[str, list[int]], past: bool) -> Match | None:
    pair = sorted(set(sides.get("pair", ())))
    if len(pair) >= 2:
        return Match(pattern, token, {"subject": tuple(pair[:1]), "object": tuple(pair[1:])}, past)
    if pair:  # "the two groups are at war": both sides stand in one phrase
        return Match(pattern, token, {"subject": tuple(pair), "object": tuple(pair)}, past)
    found = {side: tuple(dict.fromkeys(sides.get(side, ()))) for side in ("subject", "object")}
    if not found["subject"] or not found["object"]:
        return None
    return Match(pattern, token, found, past)
