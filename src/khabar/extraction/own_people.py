"""The people of whoever speaks: "its fighters", "one of its own", "the group's men". Invariant: told by a pronoun for
the speaker or by "the group" in his words; names play no part.
"""

from __future__ import annotations

from khabar.codebook.model import Codebook
from khabar.extraction.affiliation import GROUP_NOUNS
from khabar.extraction.indexed import IndexedSentence
from khabar.reading.clauses import agents, descendants, is_passive, objects, prepositional

__all__ = ["SELF", "is_attacker", "is_own_man", "of_speaker", "ours", "own_people", "presented"]

SELF = frozenset({"it", "they", "we", "he", "she"})
_OBLIQUE = frozenset({"them", "us", "it", "him"})
_OWN = frozenset({"its", "their", "our", "his"})
_DEFINITE = frozenset({"the", "this", "that", "same"})
_PEOPLE = frozenset(
    {"member", "fighter", "soldier", "man", "mujahid", "militant", "commander", "unit", "own", "son", "martyr",
     "infiltrator", "recruit", "brother", "operative", "agent", "detachment", "squad", "bomber", "cell"}
)  # fmt: skip
_SHOWING = frozenset({"release", "publish", "post", "circulate", "distribute", "show", "broadcast", "share"})
_PICTURES = frozenset({"picture", "photo", "photograph", "video", "footage", "image", "portrait", "name", "will"})
_DYING = frozenset({"die", "fall", "martyr"})
_PRESENTING = frozenset(
    {"describe", "call", "name", "identify", "hail", "praise", "present", "eulogise", "eulogize", "congratulate",
     "salute", "honour", "honor", "mourn", "list", "thank", "bless", "commend", "laud", "introduce"}
)  # fmt: skip


def own_people(line: IndexedSentence, head: int) -> bool:
    """True for "one of its own", "its fighters", "a member of the group", "one of them"."""
    inside = descendants(line.sentence, head)
    people = any(line.lemmas[i] in _PEOPLE for i in inside)
    own = any(line.lemmas[i] in _OWN or _the_group(line, i) for i in inside)
    them = line.lemmas[head] in ("one", "two", "three") and any(line.lemmas[i] in _OBLIQUE for i in inside)
    return (people and own) or them


def is_own_man(line: IndexedSentence, clause: int, book: Codebook) -> bool:
    """True for the clause of "said the bomber was one of its own", "said two of its fighters had died in it"."""
    kids = line.sentence.children[clause]
    doers = [k for k in kids if line.sentence.tokens[k].dep in ("nsubj", "nsubjpass")]
    if line.lemmas[clause] in _DYING:
        return any(own_people(line, d) for d in doers)
    if line.lemmas[clause] != "be" or not any(is_attacker(line, d, book) for d in doers):
        return False
    return any(own_people(line, k) for k in kids if line.sentence.tokens[k].dep == "attr")


def presented(line: IndexedSentence, verb: int, book: Codebook) -> bool:
    """True for "described the bomber as one of its fighters", "praised its men for the raid", "showed the bomber"."""
    sentence = line.sentence
    things = objects(sentence, verb)
    if line.lemmas[verb] in _SHOWING:  # "released pictures of the bomber"
        shown = [p for o in things if line.lemmas[o] in _PICTURES for p in prepositional(sentence, o, "of")]
        return any(line.lemmas[p] in book.tables["attackers"] for p in shown)
    if line.lemmas[verb] not in _PRESENTING:
        return False
    if any(own_people(line, o) for o in things):
        return True
    named = [k for k in sentence.children[verb] if sentence.tokens[k].dep == "oprd"]
    named += prepositional(sentence, verb, "as")
    return any(is_attacker(line, o, book) for o in things) and any(own_people(line, k) for k in named)


def is_attacker(line: IndexedSentence, head: int, book: Codebook) -> bool:
    """True for "the bomber" and for the pronoun that stands for one."""
    return line.lemmas[head] in book.tables["attackers"] or line.lemmas[head] in (
        "he",
        "she",
        "they",
        "him",
        "her",
        "them",
    )


def ours(line: IndexedSentence, clause: int) -> bool:
    """True if "we" or "its men" are the doers of a clause."""
    doers = [k for k in line.sentence.children[clause] if line.sentence.tokens[k].dep == "nsubj"]
    return any(line.lemmas[d] == "we" or own_people(line, d) for d in doers)


def of_speaker(line: IndexedSentence, clause: int) -> bool:
    """True if the doer of a clause is the speaker, his group or his people, or goes without saying."""
    tokens = line.sentence.tokens
    if is_passive(line.sentence, clause) and line.lemmas[clause] != "involve":
        doers = agents(line.sentence, clause)
        if not doers:
            return False
    else:
        doers = [k for k in line.sentence.children[clause] if tokens[k].dep in ("nsubj", "nsubjpass")]
    if not doers:
        return tokens[clause].dep in ("xcomp", "pcomp", "conj") or tokens[clause].tag == "VBG"
    return all(
        line.lemmas[d] in SELF | _OBLIQUE
        or any(tokens[i].text.lower() in _OWN or _the_group(line, i) for i in descendants(line.sentence, d))
        for d in doers
    )


def _the_group(line: IndexedSentence, head: int) -> bool:
    """True for "the group": in the words of somebody who speaks for one, his own."""
    return line.lemmas[head] in GROUP_NOUNS and any(
        line.lemmas[k] in _DEFINITE for k in line.sentence.children[head] if k < head
    )
