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
from khabar.reading.clauses import (
    agents,
    ancestors,
    apposed,
    conjuncts,
    is_passive,
    objects,
    prepositional,
    subjects,
)

__all__ = ["Match", "PatternIndex", "doers", "find_matches", "heads_of_mention", "pattern_index"]

_VERBAL = ("VERB", "AUX")
_NOMINAL = ("NOUN", "PROPN", "PRON", "ADJ")
_BEING = frozenset({"be", "is", "was", "are", "were", "been", "being", "become", "remain"})
_TAKING_OVER = frozenset({"replace", "succeed", "act", "serve", "work"})  # "as" then speaks of the subject
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
        lemma = line.lemmas[token.i]
        if lemma in index.verbs and (token.pos in _VERBAL or token.tag in ("VBN", "VBD", "VBG")):
            yield from _verb_matches(line, token.i, index.verbs[lemma])
        if lemma in index.nouns and token.pos in ("NOUN", "PROPN", "ADJ") and not _named(line, token.i):
            beside = line.actor_at(token.head)
            if token.dep == "compound" and (beside is None or beside is line.actor_at(token.i)):
                continue  # the "director" of "director general"
            yield from _noun_matches(line, token.i, index)


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
        if tokens[verb].dep in ("amod", "compound") and tokens[verb].tag != "VBN":
            continue
        if "patient" in pattern.slots and _makes_do(line, verb):
            continue
        sides: dict[str, list[int]] = {}
        for slot, side in pattern.slots.items():
            sides.setdefault(side, []).extend(_verb_slot(line, verb, slot))
        match = _complete(pattern, verb, sides, _past_verb(line, verb))
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


def _makes_do(line: IndexedSentence, verb: int) -> bool:
    """True of "led them to join": the object is who does what follows."""
    kids = [line.sentence.tokens[k].dep for k in line.sentence.children[verb]]
    return "xcomp" in kids and "dobj" in kids


def _verb_slot(line: IndexedSentence, verb: int, slot: str) -> list[int]:
    sentence = line.sentence
    passive = is_passive(sentence, verb)
    if slot == "agent":
        if passive:
            return agents(sentence, verb) or _prepositional(line, verb, "by")
        return doers(line, verb)
    if slot == "patient":
        return _patients(line, verb) if passive else objects(sentence, verb)
    if slot == "by" and passive:
        return agents(sentence, verb)
    return _prepositional(line, verb, slot)


def doers(line: IndexedSentence, verb: int) -> list[int]:
    """Subjects of a verb, also where an adjective governs it ("has been able to attract"), and of "who" clauses the
    person meant rather than the group named last ("Y, a commander of X, who had defected").
    """
    sentence = line.sentence
    token = sentence.tokens[verb]
    found = subjects(sentence, verb)
    if not found and token.dep in ("xcomp", "ccomp", "pcomp", "advcl"):
        above = next((a for a in ancestors(sentence, verb) if sentence.tokens[a].pos in _VERBAL), None)
        found = subjects(sentence, above) if above is not None else []
    clause = next((a for a in (verb, *ancestors(sentence, verb)) if sentence.tokens[a].dep == "relcl"), None)
    if clause is not None and found == [sentence.tokens[clause].head]:
        who = any(sentence.tokens[k].text.lower() == "who" for k in sentence.children[clause])
        return [_person_meant(line, found[0])] if who else found
    return found


def _person_meant(line: IndexedSentence, antecedent: int) -> int:
    mention = line.actor_at(antecedent)
    if mention is None or mention.kind == "person":
        return antecedent
    for above in ancestors(line.sentence, antecedent):
        other = line.actor_at(above)
        if other is not None and other.kind == "person":
            return above
        if line.sentence.tokens[above].pos in _VERBAL:
            break
    return antecedent


def _patients(line: IndexedSentence, verb: int) -> list[int]:
    sentence = line.sentence
    own = doers(line, verb)
    token = sentence.tokens[verb]
    if not own and token.dep in ("acl", "relcl", "amod"):
        own = [token.head]
    return own


def _prepositional(line: IndexedSentence, head: int, preposition: str) -> list[int]:
    """Objects of a preposition on the verb or on the nouns that complete it ("the oath of allegiance to X")."""
    sentence = line.sentence
    found: list[int] = []
    stack = [head]
    for _ in range(12):
        if not stack:
            break
        top = stack.pop(0)
        found += prepositional(sentence, top, preposition)
        for k in sentence.children[top]:
            dep = sentence.tokens[k].dep
            inside = dep == "pobj" and line.actor_at(k) is None
            chained = dep == "prep" and sentence.tokens[k].lemma.lower() in ("of", "in", "as", preposition)
            if inside or chained or dep in ("dobj", "attr", "oprd", "acomp", "prt", "advmod"):
                stack.append(k)
    return list(dict.fromkeys(found))


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
        match = _complete(pattern, noun, sides, past)
        if match is not None:
            done.add(pattern.type)
            yield replace(match, indefinite=_one_of_several(line, noun))


def _one_of_several(line: IndexedSentence, noun: int) -> bool:
    """True of "a commander", "senior commanders", "one of the leaders"."""
    token = line.sentence.tokens[noun]
    articles = {line.lemmas[k] for k in line.sentence.children[noun] if k < noun}
    return token.tag in ("NNS", "NNPS") or bool(articles & {"a", "an"})


def _noun_slot(line: IndexedSentence, noun: int, slot: str) -> list[int]:
    sentence = line.sentence
    if slot == "of":
        return [*_owners(line, noun), *prepositional(sentence, noun, "of")]
    if slot == "is":
        return _said_of(line, noun)
    if slot == "clause":
        return _clause_subject(line, noun)
    return _prepositional(line, noun, slot)


def _owners(line: IndexedSentence, noun: int) -> list[int]:
    """Whose the noun is: "X's chief", "its chief", "X chief", and the name left of a title ("X leader Y")."""
    sentence = line.sentence
    found = [k for k in sentence.children[noun] if sentence.tokens[k].dep == "poss" and k < noun]
    found += [c for k in found for c in conjuncts(sentence, k)]
    if found:
        return found
    beside = [k for k in sentence.children[noun] if k < noun and line.actor_at(k) is not None]
    if beside:
        return [k for k in beside if sentence.tokens[k].dep in ("compound", "nmod", "amod", "npadvmod")]
    j = noun - 1
    while j >= 0 and sentence.tokens[j].pos in ("ADJ", "NOUN") and line.actor_at(j) is None and noun - j <= 3:
        j -= 1
    if j >= 0 and line.actor_at(j) is not None and sentence.tokens[j].pos in ("PROPN", "NOUN", "ADJ"):
        return [j]
    if j >= 1 and sentence.tokens[j].tag == "POS" and line.actor_at(j - 1) is not None:
        return [j - 1]
    return []


def _said_of(line: IndexedSentence, noun: int) -> list[int]:
    """Whom the noun names: in apposition, as a predicate, before a name ("emir X"), or after "as"."""
    sentence = line.sentence
    token = sentence.tokens[noun]
    after = _name_after(line, noun)
    if after is not None:
        return [after]
    before = _name_before(line, noun)
    if before is not None:
        return [before] if line.actor_at(before) is not None else []
    found = [k for k in apposed(sentence, noun) if _refers(line, k)]
    if found:
        return [c for k in found for c in (k, *(conjuncts(sentence, k) if k > noun else ()))]
    if token.dep in ("compound", "nmod", "amod") and token.head > noun and line.actor_at(token.head) is not None:
        return [token.head]
    mention = line.actor_at(noun + 1)
    if mention is not None and mention.kind == "person" and mention.how != "pronoun":
        return [noun + 1]
    if token.dep in ("attr", "oprd", "conj") and line.lemmas[token.head] in _BEING:
        return subjects(sentence, token.head)
    if token.dep == "pobj" and line.lemmas[token.head] == "as":
        verb = sentence.tokens[token.head].head
        if is_passive(sentence, verb) or line.lemmas[verb] in _TAKING_OVER:
            return doers(line, verb)
        return objects(sentence, verb) or doers(line, verb)
    if token.dep in ("oprd", "dobj", "attr", "xcomp") and sentence.tokens[token.head].pos == "VERB":
        verb = token.head
        named = doers(line, verb) if is_passive(sentence, verb) else objects(sentence, verb)
        return [k for k in named if k != noun and line.actor_at(k) is not None]
    own = line.actor_at(noun)
    if (
        own is not None
        and own.how == "described"
        and own.kind == "person"
        and own.name != own.text
        and own.id is not None
    ):
        return [noun]
    return []


def _name_before(line: IndexedSentence, noun: int) -> int | None:
    """The name that a phrase between commas follows: "X, a commander of Y", whatever the parser hung it on.

    A name nobody recognised is given too: the phrase then speaks of nobody else.
    """
    tokens = line.sentence.tokens
    j = noun - 1
    while j > 0 and tokens[j].pos in ("ADJ", "DET", "NOUN", "ADV", "NUM") and noun - j < 6 and line.actor_at(j) is None:
        j -= 1
    if j < 1 or tokens[j].text not in (",", "(", "–", "—") or j == noun - 1:
        return None
    mention = line.actor_at(j - 1)
    if mention is None:
        return j - 1 if tokens[j].text == "," and tokens[j - 1].tag == "NNP" and line.place_at(j - 1) is None else None
    return j - 1 if mention.how not in ("pronoun", "described") else None


def _name_after(line: IndexedSentence, noun: int) -> int | None:
    """The name right behind "the leader of X,", whatever the parser hung it on."""
    tokens = line.sentence.tokens
    for head in prepositional(line.sentence, noun, "of"):
        mention = line.actor_at(head)
        comma = line.tokens_of(mention)[-1] + 1 if mention is not None else head + 1
        if comma + 1 < len(tokens) and tokens[comma].text == ",":
            named = line.actor_at(comma + 1)
            if named is not None and named.kind == "person" and named.how not in ("pronoun", "described"):
                return comma + 1
    return None


def _refers(line: IndexedSentence, k: int) -> bool:
    return line.actor_at(k) is not None or line.sentence.tokens[k].pos in ("PROPN", "NOUN")


def _clause_subject(line: IndexedSentence, noun: int) -> list[int]:
    """The subject of the clause that the noun stands in: "X carried out the attack in collusion with Y"."""
    for above in ancestors(line.sentence, noun):
        if line.sentence.tokens[above].pos in _VERBAL:
            return agents(line.sentence, above) or subjects(line.sentence, above)
    return []


def _past_noun(line: IndexedSentence, noun: int, words: frozenset[str]) -> bool:
    sentence = line.sentence
    token = sentence.tokens[noun]
    near = {line.lemmas[k] for k in sentence.children[noun] if k < noun}
    if noun and line.lemmas[noun - 1] in words:
        near.add(line.lemmas[noun - 1])
    if near & words or token.text.lower().startswith("ex-"):
        return True
    if token.dep == "attr" and sentence.tokens[token.head].tag == "VBD":
        return True
    return any(line.lemmas[k] in words for k in sentence.children[token.head]) if token.dep == "attr" else False


# ------------------------------------------------------------------ both


def _complete(pattern: TiePattern, token: int, sides: Mapping[str, list[int]], past: bool) -> Match | None:
    pair = sorted(set(sides.get("pair", ())))
    if len(pair) >= 2:
        return Match(pattern, token, {"subject": tuple(pair[:1]), "object": tuple(pair[1:])}, past)
    found = {side: tuple(dict.fromkeys(sides.get(side, ()))) for side in ("subject", "object")}
    if not found["subject"] or not found["object"]:
        return None
    return Match(pattern, token, found, past)


def heads_of_mention(line: IndexedSentence, head: int) -> list[int]:
    """Tokens below a noun phrase's head that can name whom it stands for: of-phrases, names beside it, appositions."""
    sentence = line.sentence
    found = [*_owners(line, head), *prepositional(sentence, head, "of"), *apposed(sentence, head)]
    found += [k for k in sentence.children[head] if sentence.tokens[k].dep in ("compound", "nmod", "amod", "appos")]
    return [k for k in dict.fromkeys(found) if sentence.tokens[k].pos in _NOMINAL]
