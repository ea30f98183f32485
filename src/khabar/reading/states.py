"""States and their forces as actors. Invariant: a country's name alone is a place, until words beside it make it act.

"The Pakistani government", "the state of Pakistan" and "Afghan troops" are actors on the surface. A bare name or
adjective ("Turkey", "Turkish") is kept aside and becomes an actor only where the parsed sentence makes it the one who
acts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from khabar.reading.actor_names import ADJECTIVE, dictionary_actors, dictionary_adjectives
from khabar.reading.actor_words import STATE_ACTIONS, STATIVE_VERBS
from khabar.reading.model import ActorMention, Sentence, Token
from khabar.records import Actor, ActorName

__all__ = ["acting_states", "force_actors", "state_phrases"]

_GOVERNMENT = r"(?:government|govt|regime|authorities|administration|state|cabinet|leadership)"
_FORCES = {
    "police": r"police(?: force(?:s)?)?",
    "military": r"(?:military|armed forces)(?: establishment)?",
    "army": r"army",
    "air-force": r"air force",
    "navy": r"navy",
    "intelligence": r"intelligence(?: agenc(?:y|ies)| services?)?",
    "security-forces": r"security (?:forces|troops|personnel)",
    "special-forces": r"(?:special forces|commandos)",
    "forces": r"(?:(?:government|paramilitary|coalition|ground|counter-?terrorism) )?(?:forces|troops|soldiers)",
    "treasury": r"(?:treasury(?: department)?|department of the treasury)",
    "foreign-ministry": r"(?:state department|department of state)",
    "border-guards": r"border (?:guards?|police|forces)",
}
_AFTER = re.compile(
    rf"[’'‘`]?s?\s(?:(?:national|federal|central|interim|provincial|local|military|elite|civilian|outgoing|new)\s)?"
    rf"(?:(?P<government>{_GOVERNMENT})|"
    + "|".join(rf"(?P<{key.replace('-', '_')}>{pattern})" for key, pattern in _FORCES.items())
    + r")\b(?!-)",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?:\b(?:government|govt|state|authorities|armed forces)) of (?:the )?\Z", re.IGNORECASE)


def state_phrases(text: str, mentions: Sequence[ActorMention]) -> tuple[list[ActorMention], list[ActorMention]]:
    """(governments and forces named with their country, bare names and adjectives of states), both in text order."""
    phrases, bare = [], []
    for mention in mentions:
        if mention.kind != "state" or not (mention.id or "").startswith("state:"):
            continue
        after, before = _AFTER.match(text, mention.end), _BEFORE.search(text, max(0, mention.start - 24), mention.start)
        if after and mention.how != ADJECTIVE and after["government"] and after["government"].lower() == "state":
            after = None  # "Niger State" is a province of Nigeria
        if after:
            phrases.append(_phrase(text, mention, after))
        elif before and mention.how != ADJECTIVE:
            phrases.append(_spanning(text, before.start(), mention.end, mention))
        else:
            bare.append(mention)
    return phrases, bare


def _phrase(text: str, mention: ActorMention, after: re.Match[str]) -> ActorMention:
    force = next(key for key, words in after.groupdict().items() if words).replace("_", "-")
    if force == "government":
        return _spanning(text, mention.start, after.end(), mention)
    actor = force_actors()[f"agency:{(mention.id or '')[6:].lower()}-{force}"]
    span = text[mention.start : after.end()]
    return ActorMention(mention.start, after.end(), span, actor.names[0].text, actor.id, "agency", "dictionary")


def _spanning(text: str, start: int, end: int, state: ActorMention) -> ActorMention:
    return ActorMention(start, end, text[start:end], state.name, state.id, "state", "dictionary")


@lru_cache(maxsize=1)
def force_actors() -> Mapping[str, Actor]:
    """The army, police and other forces of every state, under ids such as `agency:pk-police`."""
    made, adjectives = {}, dictionary_adjectives()
    for state in dictionary_actors().values():
        if not state.id.startswith("state:"):
            continue
        owner = adjectives.get(state.id, state.names[0].text)
        for key in _FORCES:
            force = f"agency:{state.id[6:].lower()}-{key}"
            names = (ActorName(f"{owner} {key.replace('-', ' ')}", source="supplement"),)
            made[force] = Actor(force, "agency", names, state.id, state.country)
    return made


def acting_states(sentences: Sequence[Sentence], bare: Sequence[ActorMention]) -> list[ActorMention]:
    """Those of the bare names and adjectives which their parsed sentence makes an actor.

    That is the subject of a verb of doing, the agent of a passive, or the owner of an attack ("a US drone strike").
    """
    found = []
    position = 0
    for mention in bare:
        while position < len(sentences) and sentences[position].end <= mention.start:
            position += 1
        if position == len(sentences):
            break
        sentence = sentences[position]
        inside = [t for t in sentence.tokens if mention.start <= t.start < mention.end]
        if inside and _acts(sentence, inside, adjective=mention.how == ADJECTIVE):
            how = "dictionary" if mention.how == ADJECTIVE else mention.how
            found.append(
                ActorMention(mention.start, mention.end, mention.text, mention.name, mention.id, mention.kind, how)
            )
    return found


def _acts(sentence: Sentence, inside: Sequence[Token], *, adjective: bool) -> bool:
    span = {t.i for t in inside}
    head = next((t for t in inside if t.head not in span), inside[-1])
    governor = sentence.tokens[head.head]
    while head.dep == "conj" and governor.i != head.head:
        governor = sentence.tokens[governor.head]
    if head.dep in ("amod", "compound", "nmod", "poss"):
        short = inside[0].text.replace(".", "").isupper()
        owner = adjective or short or head.dep == "poss"
        return owner and governor.lemma.lower() in STATE_ACTIONS
    if adjective:
        return False
    if head.dep == "nsubj":
        return governor.pos == "VERB" and governor.lemma not in STATIVE_VERBS
    return head.dep == "pobj" and governor.dep == "agent"
