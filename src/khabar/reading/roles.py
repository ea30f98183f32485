"""People and bodies mentioned by what they are: "a senior government official", "the Home Minister", "police".

Invariant: a role mention never covers another mention; its name is the whole noun phrase without its article, so that
"the spokesman of the Rangers" can be shown as the speaker while the Rangers keep a mention of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from khabar.reading.actor_spans import Spans
from khabar.reading.actor_words import BODIES, FORCE_KINDS, OFFICE_KINDS, PERSON_ROLES, PLURAL_ROLES
from khabar.reading.model import ActorMention, Sentence, Token

__all__ = ["role_mentions"]

_STATE_HEADS = frozenset(["government", "administration", "regime"])

_NEXT_NAME = re.compile(r",[ \t\u00a0]+")
_LAST_NAME = re.compile(r",[ \t\u00a0]+(?P<article>an?|the)?[ \t\u00a0]*\Z")
_LEFT = frozenset(["amod", "compound", "nmod", "poss", "nummod", "advmod", "npadvmod"])
_REPORTED = frozenset(["nsubj", "nsubjpass", "pobj", "conj", "dobj", "appos", "ROOT", "dative", "oprd", "npadvmod"])


def role_mentions(text: str, sentence: Sentence, taken: Spans) -> Iterator[ActorMention]:
    """Role mentions of one parsed sentence, given what is mentioned already."""
    for token in sentence.tokens:
        kind = _kind(sentence, token)
        if kind is None or not _reported(sentence, token) or taken.at(token.start) is not None:
            continue
        following = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
        if following is not None and (person := taken.at(following.start)) and person.kind == "person":
            continue  # "commander X": the name speaks for itself
        yield _mention(text, sentence, token, kind, taken)


def _reported(sentence: Sentence, token: Token) -> bool:
    """Whether the phrase stands for somebody: no modifier, no office ("as its leader"), nobody denied ("no leader")."""
    if token.dep not in _REPORTED:
        return False
    following = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
    if token.dep == "conj" and following is not None and following.pos == "NOUN":
        return False  # "military and police operations"
    if token.dep == "pobj" and sentence.tokens[token.head].lemma.lower() == "as":
        return False
    determiners = {sentence.tokens[c].lemma.lower() for c in sentence.children[token.i]}
    return not determiners & {"no", "any", "every", "each", "neither"}


def _kind(sentence: Sentence, token: Token) -> str | None:
    if token.pos not in ("NOUN", "PROPN"):
        return None
    lemma = token.lemma.lower()
    if lemma in PERSON_ROLES:
        if token.tag in ("NNS", "NNPS") and lemma not in PLURAL_ROLES:
            return None
        return "person"
    if lemma not in BODIES:
        return None
    if lemma in _STATE_HEADS:
        return "state" if token.tag in ("NN", "NNP") or lemma == "government" else None
    modifiers = {sentence.tokens[c].lemma.lower() for c in sentence.children[token.i] if c < token.i}
    if lemma in (
        "force",
        "troop",
        "agency",
        "command",
        "department",
        "authority",
        "paramilitary",
        "intelligence",
        "establishment",
    ):
        plain_authorities = lemma == "authority" and token.tag == "NNS"
        return "agency" if plain_authorities or modifiers & (FORCE_KINDS | OFFICE_KINDS) else None
    return "agency"


def _mention(text: str, sentence: Sentence, head: Token, kind: str, taken: Spans) -> ActorMention:
    tokens = sentence.tokens
    first = _left_edge(sentence, head)
    beside = _person_beside if kind == "person" else _body_beside
    named = beside(text, sentence, head, first, taken)
    begin = tokens[first].start
    inside = taken.within(begin, head.start)
    if inside:
        begin = next(
            (t.start for t in tokens[first : head.i + 1] if t.start >= inside[-1].end and t.text.isalnum()), head.start
        )
    if text[begin : begin + 4].lower() == "the ":  # a definite place, masked as one word: "the country's army"
        begin += 4
    if named:
        return ActorMention(begin, head.end, text[begin : head.end], named.name, named.id, named.kind, "described")
    name = " ".join(text[tokens[first].start : _right_edge(sentence, head)].split())
    name = name[4:] if name.lower().startswith("the ") else name
    return ActorMention(begin, head.end, text[begin : head.end], name, None, kind, "described")


def _left_edge(sentence: Sentence, head: Token) -> int:
    """The first token of the phrase, articles and other determiners left out."""
    first = head.i
    for child in reversed(sentence.children[head.i]):
        token = sentence.tokens[child]
        if child >= head.i or token.dep not in _LEFT or token.lemma in ("same", "other", "such"):
            continue
        edge = child
        pending = [child]
        while pending:
            for grandchild in sentence.children[pending.pop()]:
                if grandchild < head.i:
                    edge = min(edge, grandchild)
                    pending.append(grandchild)
        first = min(first, edge)
    while first < head.i and (
        sentence.tokens[first].pos in ("DET", "PUNCT", "PRON") or not sentence.tokens[first].text[0].isalnum()
    ):
        first += 1
    return first


def _right_edge(sentence: Sentence, head: Token) -> int:
    """The end of an "of" phrase right behind the head ("leader of the group"), else of the head."""
    of = head.i + 1
    if of >= len(sentence.tokens) or sentence.tokens[of].lemma != "of" or sentence.tokens[of].head != head.i:
        return head.end
    last = of
    pending = [of]
    while pending:
        for child in sentence.children[pending.pop()]:
            if sentence.tokens[child].dep in ("relcl", "acl", "appos", "cc", "conj", "punct") or child > of + 8:
                continue
            last = max(last, child)
            pending.append(child)
    return sentence.tokens[last].end if last > of else head.end


def _body_beside(text: str, _: Sentence, head: Token, first: int, taken: Spans) -> ActorMention | None:
    """The body named at once: "the paramilitary force, Pakistan Rangers"; a mere list ("police, Rangers") is none."""
    if head.lemma.lower() not in ("force", "agency", "department", "ministry") or head.i == first:
        return None
    after = _NEXT_NAME.match(text, head.end)
    body = taken.at(after.end()) if after else None
    return body if body and body.kind in ("agency", "organization") else None


def _person_beside(text: str, sentence: Sentence, head: Token, first: int, taken: Spans) -> ActorMention | None:
    """The person named beside the role: "the spokesman, X, said"; "X, the commander of the unit, was"; "X, a baker"."""
    if head.tag in ("NNS", "NNPS"):
        return None
    after = _NEXT_NAME.match(text, head.end)
    person = taken.at(after.end()) if after else None
    if person and person.kind == "person" and after and person.start == after.end():
        return person
    before = _LAST_NAME.search(text, max(0, sentence.tokens[first].start - 8), sentence.tokens[first].start)
    person = taken.at(before.start() - 1) if before and before.start() else None
    if not (before and person and person.kind == "person" and person.end == before.start()):
        return None
    if before["article"] in ("a", "an"):
        return person
    for token in sentence.tokens[head.i + 1 :]:
        if token.text in (",", ".", ";", ")", "-", "–"):
            return person
        if token.pos in ("VERB", "AUX"):
            return None  # "after talks with X, the minister said": two people
    return person
