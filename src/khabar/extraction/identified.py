"""Attackers told by name. Invariant: a name counts only where the words say that it is the attacker's; the names of the
dead, of those arrested for something else and of witnesses are nobody's here.
"""

from __future__ import annotations

from khabar.codebook.model import Codebook
from khabar.extraction.affiliation import written_name
from khabar.extraction.drafts import EventDraft
from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.parts import parts_of
from khabar.extraction.triggers import Hit
from khabar.reading.actor_words import PERSON_NOUNS
from khabar.reading.clauses import ancestors, apposed, descendants, is_passive, prepositional, subjects
from khabar.reading.model import ActorMention

__all__ = [
    "apposed_attackers",
    "is_attacker",
    "is_kin",
    "lone_attacker",
    "name_at_end",
    "named_after_colon",
    "person_named",
]

_DOERS = frozenset(
    {
        "gunman",
        "bomber",
        "attacker",
        "assailant",
        "shooter",
        "assassin",
        "perpetrator",
        "killer",
        "knifeman",
        "hijacker",
    }
)
_KIN = frozenset(
    {"man", "woman", "father", "mother", "son", "daughter", "brother", "sister", "husband", "wife", "couple", "family"}
)
_TOGETHER = frozenset({"couple", "family", "pair", "duo"})  # who did it as if they were one
_ADMIRERS = frozenset({"sympathiser", "sympathizer", "supporter", "admirer", "follower"})
_HE = frozenset({"he", "she"})
_DOING = frozenset({"he", "she", "who", "that"})
_NAMED = frozenset({"name", "identify", "call"})
_SHOWN = frozenset({"video", "picture", "photo", "photograph", "footage", "image", "portrait"})
_STRIKING = frozenset({"shoot", "kill", "arrest", "detain", "capture"})


def is_kin(line: IndexedSentence, head: int) -> bool:
    """True for "the father", "the couple", "the man": one told of before, who did it only if nobody suffered it."""
    definite = any(line.lemmas[k] == "the" for k in line.sentence.children[head])
    return definite and line.lemmas[head] in _KIN


def is_attacker(line: IndexedSentence, head: int, hits: list[Hit], book: Codebook) -> bool:
    """True for "the gunman", for "the man who stabbed two people", and for "the man whom police shot"."""
    if line.lemmas[head] in book.tables["attackers"]:
        return True
    if line.lemmas[head] not in PERSON_NOUNS:
        return False
    inside = set(descendants(line.sentence, head))
    held = [k for k in line.sentence.children[head] if line.sentence.tokens[k].dep == "acl"]
    if any(line.lemmas[k] in _STRIKING for k in held):
        return True  # "the man arrested"
    return any(h.token in inside and _doing(line, h.token, head, book) for h in hits)


def _doing(line: IndexedSentence, verb: int, head: int, book: Codebook) -> bool:
    """True for the deed of the person meant by `head`, and for what police do to him; not for "the man stabbed"."""
    if line.sentence.tokens[verb].pos != "VERB" or is_passive(line.sentence, verb):
        return False
    doers = subjects(line.sentence, verb)
    if any(s == head or line.lemmas[s] in _DOING for s in doers):
        return True
    agents = book.tables["state_agents"]
    main = [s for a in (line.sentence.tokens[head].head,) for s in subjects(line.sentence, a)]
    police = [s for s in doers if line.lemmas[s] in agents]
    told = any(line.lemmas[s] == "they" for s in doers) and any(line.lemmas[s] in agents for s in main)
    return line.lemmas[verb] in _STRIKING and (bool(police) or told)


def person_named(line: IndexedSentence, head: int) -> ActorMention | None:
    """The person that a noun names, also where no list and no tagger knows the name."""
    own = line.actor_at(head)
    if own is not None and own.kind == "person" and own.how not in ("pronoun", "described"):
        return own
    return written_name(line, head, "person") if own is None else None


def named_after_colon(line: IndexedSentence, after: int) -> list[int]:
    """The head of the name that follows a colon: "named the man they shot: X Y, 28"."""
    tokens = line.sentence.tokens
    colon = next((t.i for t in tokens if t.i > after and t.text == ":"), None)
    if colon is None or colon + 1 >= len(tokens):
        return []
    last = colon + 1
    while last + 1 < len(tokens) and tokens[last].tag == "NNP" and tokens[last + 1].tag == "NNP":
        last += 1
    return [last] if person_named(line, last) is not None else []


def name_at_end(line: IndexedSentence, hits: list[Hit], book: Codebook) -> list[tuple[ActorMention, int]]:
    """Who the attacker was, with the token of the report, where the name ends it behind a colon: "A man stabbed two
    people: X Y, 28".
    """
    colon = next((t.i for t in line.sentence.tokens if t.text == ":" and t.i > 3), None)
    if colon is None:
        return []
    for hit in hits:
        if hit.token > colon or hit.is_noun or is_passive(line.sentence, hit.token):
            continue
        above = line.sentence.tokens[hit.token].head
        for s in subjects(line.sentence, hit.token) or subjects(line.sentence, above):
            single = line.sentence.tokens[s].tag == "NN"
            if single and (line.lemmas[s] in book.tables["attackers"] or line.lemmas[s] in PERSON_NOUNS):
                named = (person_named(line, k) for k in named_after_colon(line, hit.token))
                return [(person, hit.token) for person in named if person is not None]
    return []


def apposed_attackers(line: IndexedSentence) -> list[ActorMention]:
    """The name beside the attacker told of before: "The gunman, X Y, 28, was arrested"."""
    sentence = line.sentence
    found = []
    for token in sentence.tokens:
        definite = any(line.lemmas[k] == "the" for k in sentence.children[token.i])
        if line.lemmas[token.i] in _DOERS and token.tag == "NN" and definite:
            if any(line.lemmas[a] in _SHOWN for a in ancestors(sentence, token.i)):
                continue  # a group shows "a video of X, the bomber": nobody else says so
            for other in apposed(sentence, token.i):
                named = [p for k in sentence.children[other] if line.lemmas[k] in _NAMED for p in _as_named(line, k)]
                found += [p for k in (other, *named) if (p := person_named(line, k)) is not None]
    return found


def _as_named(line: IndexedSentence, participle: int) -> list[int]:
    """The name in "a student named as X", "a driver identified as X", "a man named X"."""
    sentence = line.sentence
    given = [k for k in sentence.children[participle] if sentence.tokens[k].dep in ("oprd", "attr", "dobj")]
    return [*prepositional(sentence, participle, "as"), *given]


def lone_attacker(draft: EventDraft, book: Codebook) -> bool:
    """True if a single person, not named there, is told to have done it, and no single person suffered it: whom "he"
    and "the man" then can mean.
    """
    if any(toll[0].best == 1 for key, toll in draft.tolls.items() if key in ("killed", "injured", "abducted")):
        return False  # "He was X" may well name the victim
    alone = False
    for unit in draft.units:
        line, tokens = unit.line, unit.line.sentence.tokens
        for part in parts_of(unit, book):
            lemma, single = line.lemmas[part.head], tokens[part.head].tag in ("NN", "NNP", "PRP")
            attacker = lemma in book.tables["attackers"] or lemma in _HE
            if part.role == "perpetrator":
                one = attacker or lemma in PERSON_NOUNS or lemma in _TOGETHER or lemma in _ADMIRERS
                alone = alone or (single and one)
            elif single and not attacker and (lemma in PERSON_NOUNS or lemma in book.people):
                return False  # a victim
    return alone
