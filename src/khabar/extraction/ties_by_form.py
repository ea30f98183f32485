"""Ties that no word tells, only the way two names stand together. Invariant: both are names, and
of kinds that leave one reading.

"Mangal Bagh's Lashkar-e-Islam", "the Lashkar-e-Islam of Mangal Bagh" and "Lashkar-e-Islam, under Mangal Bagh" have a
leader and a group, "Koufa of Katiba Macina" a member and a group.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from khabar.extraction.indexed import IndexedSentence
from khabar.extraction.parties import armed
from khabar.reading.model import ActorMention

__all__ = ["FormTie", "somebody", "ties_by_form"]

_NAMED = ("dictionary", "acronym", "defined", "statistical", "surname")
_LEADS, _MEMBER = "leads", "member_of"


@dataclass(frozen=True, slots=True)
class FormTie:
    """A tie of two names: its type, the token that it is read at, and who is tied to which group."""

    type: str
    token: int
    person: ActorMention
    group: ActorMention


def ties_by_form(line: IndexedSentence) -> Iterator[FormTie]:
    """Every such pair of a sentence, in text order."""
    for token in line.sentence.tokens:
        mention = line.actor_at(token.i)
        if mention is None or mention.how not in (*_NAMED, "described"):
            continue
        for k in line.sentence.children[token.i]:
            kid = line.sentence.tokens[k]
            if kid.dep == "poss" and armed(mention) and line.actor_at(k) is not mention:
                yield from _pair(_LEADS, token.i, somebody(line, k), mention)
            elif kid.dep == "prep" and mention.how in _NAMED and line.lemmas[k] in ("of", "under"):
                for p in line.sentence.children[k]:
                    if line.sentence.tokens[p].dep == "pobj":
                        yield from _joined(line, token.i, line.lemmas[k], p)


def _joined(line: IndexedSentence, head: int, word: str, below: int) -> Iterator[FormTie]:
    above = _name(line, head)
    other = somebody(line, below) if above is not None and armed(above) else _name(line, below)
    if above is None or other is None:
        return
    if armed(above):
        yield from _pair(_LEADS, head, other, above)
    elif word == "of" and armed(other):
        yield from _pair(_MEMBER, head, above, other)


def _pair(kind: str, token: int, person: ActorMention | None, group: ActorMention) -> Iterator[FormTie]:
    if person is not None and person.kind == "person":
        yield FormTie(kind, token, person, group)


def _name(line: IndexedSentence, i: int) -> ActorMention | None:
    mention = line.actor_at(i)
    return mention if mention is not None and mention.how in _NAMED else None


def somebody(line: IndexedSentence, i: int) -> ActorMention | None:
    """The person named at a token, also one whom nobody lists: two capitalised words or more that are no place."""
    tokens = line.sentence.tokens
    if line.actor_at(i) is not None:
        mention = _name(line, i)
        return mention if mention is not None and mention.kind == "person" else None
    first = i
    while first > 0 and tokens[first - 1].pos == "PROPN" and tokens[first - 1].dep in ("compound", "nmod"):
        first -= 1
    run = tokens[first : i + 1]
    known = any(line.place_at(t.i) is not None or line.actor_at(t.i) is not None for t in run)
    if known or len(run) < 2 or any(t.pos != "PROPN" or not t.text[:1].isupper() for t in run):
        return None
    if any(line.lemmas[k] in ("the", "a") for k in line.sentence.children[i]):
        return None
    words = " ".join(t.text for t in run)
    return ActorMention(run[0].start, run[-1].end, words, words, None, "person", "statistical")
