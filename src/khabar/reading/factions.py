"""Parts of an organisation described rather than named: "the Bajaur chapter of X", "X's Karachi chapter", "an X cell".

Invariant: a described part never bears its organisation's id. Its id is the organisation's id, a slash and the words
that describe it ("org:ttp/bajaur-chapter"), so that the parent can always be read off. Two "cells" with one id need not
be one cell: an id with a slash says what kind of part is meant, not which.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from khabar.reading.actor_names import dictionary_adjectives
from khabar.reading.model import ActorMention
from khabar.reading.spelling import PARTICLE, name_keys
from khabar.records import Actor
from khabar.text import fold

__all__ = ["definite_parts", "described_parts", "parent_of"]

_CHAPTER = (
    r"(?:chapter|faction|branch|wing|group|division|unit|network|splinter|offshoot|affiliate|franchise|province|front|"
    r"bloc|battalion|brigade|column|commando)"
)
_CELL = (
    r"(?:cells?|delegation|sleeper cells?|affiliates?|splinter groups?|offshoots?|factions?|networks?|branch(?:es)?)"
)
_QUALITY = (
    r"(?:urban|local|regional|active|armed|terror|terrorist|militant|recruitment|propaganda|media|female|support)"
)
_PROPER = r"(?!Some|Several|Many|Most|Other|Various|All|Both|Two|Three|The|This|That|These|Those)[A-Z][\w’'-]+"
# X's Karachi chapter, TTP Fazlullah faction
_NAMED = re.compile(rf"(?P<link>[’'‘`]s|[’'‘`])?[ \t]+(?P<what>{_PROPER}(?:[ -]{_PROPER}){{0,2}} {_CHAPTER})\b(?!-)")
# the Bajaur chapter of the X; some factions of X
_OF = re.compile(rf"(?P<what>(?:{_PROPER}(?:[ -]{_PROPER}){{0,2}} )?{_CHAPTER}s?) of (?:the )?\Z")
# an IS cell, an IS-affiliated cell, IS-inspired urban cells, an IS delegation
_LINKED = re.compile(
    rf"(?P<link>[-–](?:affiliated|linked|inspired|backed|aligned|allied|led))?[ \t]+"
    rf"(?P<what>(?:{_QUALITY}[ -]){{0,2}}{_CELL})\b(?!-)"
)
# "al-Qaeda central", "IS core": the organisation itself
_WHOLE = re.compile(
    r"[ \t](?:central|core)(?=[.,;:)’']| (?:leadership|command|claim|say|said|has|had|is|was|and)\w*\b)"
)
# A name and its short form are one phrase: "the Bajaur chapter of the Tehrik-i-Taliban Pakistan (TTP)".
_SHORT = re.compile(r"[ \t]\([A-Z][A-Za-z-]{1,6}\)")
_BRANCHES = frozenset(["branch", "chapter", "wing", "affiliate", "franchise", "province", "offshoot"])
_LATER_NAME = re.compile(r"[”\"’']?,[”\"’']? (?:the |an? )?\Z")


def parent_of(actor_id: str | None, actors: Mapping[str, Actor]) -> str | None:
    """The id of the organisation which the actor with this id is a part of, or None."""
    if actor_id is None:
        return None
    if "/" in actor_id:
        return actor_id.partition("/")[0]
    return actors[actor_id].parent if actor_id in actors else None


def described_parts(text: str, mentions: Sequence[ActorMention], actors: Mapping[str, Actor]) -> list[ActorMention]:
    """`mentions` with every described part taken in as one mention; the organisation's name inside it goes.

    A part said right after a known branch of the same organisation ("ISIS-K, the ISIS branch") is that branch.
    """
    found: list[ActorMention] = []
    for mention in mentions:
        if mention.kind != "organization":
            found.append(mention)
            continue
        part = _after(text, mention, actors) or _before(text, mention, actors)
        if part is None or (found and part.start < found[-1].end):
            found.append(mention)
            continue
        if (
            found
            and parent_of(found[-1].id, actors) == mention.id
            and _LATER_NAME.search(text, found[-1].end, part.start)
        ):
            branch = found[-1]
            part = ActorMention(part.start, part.end, part.text, branch.name, branch.id, branch.kind, "described")
        found.append(part)
    return [m for i, m in enumerate(found) if i == 0 or m.start >= found[i - 1].end]


def definite_parts(text: str, mentions: Sequence[ActorMention], actors: Mapping[str, Actor]) -> list[ActorMention]:
    """Parts named after a word that stands for their organisation: "the group's Karachi chapter"."""
    found = []
    for mention in mentions:
        named = _NAMED.match(text, mention.end) if mention.how == "definite" and mention.id else None
        if named and named["link"]:
            found.append(_part(text, mention, mention.start, named.end(), named["what"], actors))
    return found


def _after(text: str, mention: ActorMention, actors: Mapping[str, Actor]) -> ActorMention | None:
    named = _NAMED.match(text, mention.end)
    if named:
        return _part(text, mention, mention.start, named.end(), named["what"], actors)
    whole = _WHOLE.match(text, mention.end)
    if whole:
        return replace(mention, end=whole.end(), text=text[mention.start : whole.end()])
    linked = _LINKED.match(text, mention.end)
    own = linked and not linked["link"] and parent_of(mention.id, actors)
    if linked and not own:  # "the JuA faction" of another group is JuA itself
        adjective = (linked["link"] or "").strip("-–")
        what = f"{adjective} {linked['what']}".strip()
        name = f"{_short(mention, actors)}{'-' if adjective else ' '}{what}"
        return _made(text, mention, mention.start, linked.end(), (what, name))
    return None


def _before(text: str, mention: ActorMention, actors: Mapping[str, Actor]) -> ActorMention | None:
    of = _OF.search(text, max(0, mention.start - 60), mention.start)
    if of is None or not (of["what"][0].isupper() or of["what"].endswith("s")):
        return None  # "LJA, a faction of LeJ" speaks of LJA, and of LeJ
    short = _SHORT.match(text, mention.end)
    return _part(text, mention, of.start(), short.end() if short else mention.end, of["what"], actors)


def _known_branch(mention: ActorMention, what: str, actors: Mapping[str, Actor]) -> Actor | None:
    """The one branch in the dictionary which the words describe: "Sinai branch", "Afghan wing", "al-Alami wing"."""
    *qualifiers, noun = what.split()
    if noun.lower() not in _BRANCHES or not qualifiers or mention.id is None:
        return None
    branches = [a for a in actors.values() if a.parent == mention.id]
    own = set(name_keys(mention.name))
    keys = [k for k in name_keys(" ".join(qualifiers)) if k != PARTICLE]
    named = [a for a in branches if all(_among(k, set(name_keys(a.names[0].text)) - own) for k in keys)]
    adjectives = dictionary_adjectives()
    nation = " ".join(qualifiers)
    homes = {
        state.country
        for state in actors.values()
        if state.kind == "state" and nation in (adjectives.get(state.id), state.names[0].text)
    }
    found = named or [a for a in branches if a.country in homes]
    return found[0] if len(found) == 1 else None


def _among(key: str, others: set[str]) -> bool:
    """Whether a word of the name is this one or the one it is derived from: "African" and "Africa"."""
    return any(key == other or (len(other) > 4 and key.startswith(other)) for other in others)


def _part(
    text: str, mention: ActorMention, start: int, end: int, what: str, actors: Mapping[str, Actor]
) -> ActorMention:
    branch = _known_branch(mention, what, actors)
    if branch:
        return ActorMention(start, end, text[start:end], branch.names[0].text, branch.id, branch.kind, "described")
    return _made(text, mention, start, end, (what, f"{_short(mention, actors)} {what}"))


def _made(text: str, mention: ActorMention, start: int, end: int, words: tuple[str, str]) -> ActorMention:
    what, name = words
    made = f"{mention.id}/{fold(what).replace(' ', '-')}" if mention.id else None
    return ActorMention(start, end, text[start:end], " ".join(name.split()), made, "organization", "described")


def _short(mention: ActorMention, actors: Mapping[str, Actor]) -> str:
    """The organisation's acronym, as reports name its parts ("TTP Bajaur chapter"); else its name."""
    actor = actors.get(mention.id or "")
    acronyms = [n.text for n in actor.names if n.kind == "acronym"] if actor else []
    if mention.how == "acronym":
        return mention.text
    return acronyms[0] if acronyms and len(mention.name.split()) + mention.name.count("-") > 1 else mention.name
