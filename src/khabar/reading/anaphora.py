"""Later words for an actor: "the group", "the organisation", he, she, it. Invariant: unsure means no mention.

An antecedent is sought in the sentence itself before the word and in the three sentences before it, not past a heading.
Subjects count for more than other mentions, near sentences for more than far ones; two candidates of equal weight leave
the word unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from khabar.reading.actor_spans import Spans
from khabar.reading.actor_words import EMPTY_VERBS, PERSON_NOUNS
from khabar.reading.model import ActorMention, Sentence, Token

__all__ = ["definite_mentions", "pronoun_mentions"]

_KIND = (
    r"(?:terror(?:ist)?|militant|extremist|jihadi(?:st)?|banned|outlawed|proscribed|Islamist|rebel|insurgent|"
    r"armed|sectarian)"
)
_DEFINITE = re.compile(
    rf"\b(?:[Tt]he|[Tt]his|[Tt]hat)[ \t]+(?P<np>(?:(?:Sunni|Shia|so-called)[ \t]+)?(?:{_KIND}[ \t]+){{0,2}}"
    r"(?P<noun>group|organi[sz]ation|outfit|movement|network|militia|cartel))\b(?!-)"
    r"(?![ \t]+(?:of|that|which|known|called|led|based)\b)"
)
_HE = frozenset(["he", "him", "his", "she", "her"])
_IT = frozenset(["it", "its"])
_REACH = 3  # sentences
_SAID_OF = frozenset(["attr", "appos", "oprd", "compound"])
_SUBJECT = frozenset(["nsubj", "nsubjpass"])


def definite_mentions(text: str, sentences: Sequence[Sentence], taken: Spans) -> Iterator[ActorMention]:
    """Words such as "the group", each with the organisation it most likely stands for."""
    position = 0
    for match in _DEFINITE.finditer(text):
        start, end = match.span("np")
        while position < len(sentences) and sentences[position].end <= start:
            position += 1
        if position == len(sentences):
            return
        if not taken.free(start, end) or _named(text, end, taken):
            continue
        found = _antecedent(sentences, position, start, taken, "organization", match["noun"])
        if found:
            yield ActorMention(start, end, text[start:end], found.name, found.id, "organization", "definite")


def _named(text: str, end: int, taken: Spans) -> bool:
    """Whether the name follows at once: "the terrorist organisation X"."""
    following = re.compile(r"[ \t\u00a0]+").match(text, end)
    return following is not None and taken.at(following.end()) is not None


def pronoun_mentions(
    sentences: Sequence[Sentence], position: int, taken: Spans, genders: dict[str, str]
) -> Iterator[ActorMention]:
    """He, she, it and their possessives in the parsed sentence at `position`.

    A person's pronoun goes to the person who weighs most; "it" and "its" only to an organisation which is the nearest
    subject, so that a thing or a country that is spoken of in between leaves them unread. `genders` keeps which
    pronoun each person (by name) was given first in the document: nobody is "he" and then "she".
    """
    sentence = sentences[position]
    for token in sentence.tokens:
        word = token.text.lower()
        if (word not in _HE and word not in _IT) or token.pos not in ("PRON", "DET", "ADJ"):
            continue
        found = _fronted(sentence, token, taken)
        if found is None:
            if word in _HE:
                found = _person_meant(sentences, position, token, taken)
            elif not _expletive(sentence, token):
                found = _nearest_subject(sentences, position, token, taken)
        if found is None or (found.kind == "person") != (word in _HE):
            continue
        if found.kind == "person" and genders.setdefault(found.name, _gender(word)) != _gender(word):
            continue
        if taken.free(token.start, token.end):
            yield ActorMention(token.start, token.end, token.text, found.name, found.id, found.kind, "pronoun")


def _gender(word: str) -> str:
    return "she" if word in ("she", "her") else "he"


def _expletive(sentence: Sentence, token: Token) -> bool:
    """Whether the word stands for nothing: "it is likely that ...", "it appears"."""
    governor = sentence.tokens[token.head]
    if token.dep not in ("nsubj", "nsubjpass", "poss"):
        return True
    if token.dep == "poss":
        return False
    clausal = any(sentence.tokens[c].dep in ("ccomp", "csubj", "csubjpass") for c in sentence.children[governor.i])
    return governor.text.lower() in EMPTY_VERBS or (token.dep == "nsubjpass" and clausal)


def _main_subject(sentence: Sentence) -> Token | None:
    for token in sentence.tokens:
        if token.dep in _SUBJECT and sentence.tokens[token.head].dep == "ROOT":
            return token
    return None


def _fronted(sentence: Sentence, token: Token, taken: Spans) -> ActorMention | None:
    """The subject behind a phrase that begins the sentence: "Before his arrest, X led a cell"."""
    subject = _main_subject(sentence)
    if token.dep != "poss" or subject is None or subject.i < token.i or _inside(sentence, token, subject):
        return None
    return taken.at(subject.start)


def _inside(sentence: Sentence, token: Token, phrase: Token) -> bool:
    """Whether the token belongs to the phrase of which `phrase` is the head."""
    while token.head != token.i:
        token = sentence.tokens[token.head]
        if token.i == phrase.i:
            return True
    return False


def _person_meant(sentences: Sequence[Sentence], position: int, token: Token, taken: Spans) -> ActorMention | None:
    """The person who weighs most, unless somebody unnamed ("the man", "a bomber") stands nearer."""
    found = _antecedent(sentences, position, token.start, taken, "person")
    if found is None:
        return None
    for sentence in sentences[max(0, position - _REACH) : position + 1]:
        for other in sentence.tokens:
            if found.end <= other.start < token.start and other.pos == "NOUN" and other.lemma in PERSON_NOUNS:
                if other.dep in _SAID_OF:
                    continue  # "X was a former detainee. He …"
                return None
    return found


def _nearest_subject(sentences: Sequence[Sentence], position: int, token: Token, taken: Spans) -> ActorMention | None:
    sentence = sentences[position]
    for candidate in reversed(sentence.tokens[: token.i]):
        if candidate.dep in _SUBJECT and (candidate.pos in ("NOUN", "PROPN") or taken.at(candidate.start)):
            return taken.at(candidate.start)
    previous = sentences[position - 1] if position else None
    if previous is None or previous.heading or not previous.tokens:
        return None
    subject = _main_subject(previous)
    return taken.at(subject.start) if subject else None


def _antecedent(
    sentences: Sequence[Sentence], position: int, before: int, taken: Spans, kind: str, noun: str = ""
) -> ActorMention | None:
    """The one actor of this kind that outweighs the others in reach."""
    weights: dict[tuple[str, str | None], float] = {}
    latest: dict[tuple[str, str | None], ActorMention] = {}
    for back in range(_REACH + 1):
        index = position - back
        if index < 0 or (back and sentences[index].heading):
            break
        sentence = sentences[index]
        end = min(before, sentence.end)
        for mention in taken.within(sentence.start, end):
            if mention.kind != kind or (mention.how == "described" and mention.id is None and kind == "organization"):
                continue
            if mention.end > end:
                continue
            if (
                kind == "person"
                and mention.how == "described"
                and mention.id is None
                and mention.name[:1].islower()
                and back
            ):
                continue  # "an officer" of an earlier sentence is soon forgotten
            key = (mention.name, mention.id)
            weight = (4.0 if _is_subject(sentence, mention) else 1.5) / (1.0 + back)
            if noun and mention.text.endswith(f" {noun}"):
                weight *= 6.0  # "the Khorasan group ... that group"
            if sentences[index].paragraph != sentences[position].paragraph:
                weight *= 0.6
            weights[key] = max(weights.get(key, 0.0), weight) + 0.2 * (key in weights)
            if key not in latest:
                latest[key] = mention
        if kind == "person" and weights:
            break  # a pronoun for a person reaches no further than the nearest sentence that names one
    ranked = sorted(weights.items(), key=lambda item: -item[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 1.3 * ranked[1][1]):
        return None
    return latest[ranked[0][0]]


def _is_subject(sentence: Sentence, mention: ActorMention) -> bool:
    if not sentence.tokens:
        return mention.start - sentence.start < 6
    inside = [t for t in sentence.tokens if mention.start <= t.start < mention.end]
    span = {t.i for t in inside}
    heads = (t for t in inside if t.head not in span or t.dep == "ROOT")
    return any(_first_of_list(sentence, t).dep in _SUBJECT for t in heads)


def _first_of_list(sentence: Sentence, token: Token) -> Token:
    """The first of coordinated words: the second of two subjects is one too."""
    while token.dep == "conj" and token.head != token.i:
        token = sentence.tokens[token.head]
    return token
