"""Whom a claim cites. Invariant: only what could be found again is a source; "officials" and "he" are nobody.

Two claims cite one source if they name the same actor, the same office ("a police spokesman", "the district police
chief"), or somebody by the same name. An office is the one where the incident was, unless it is said to be of another
place ("Karachi police" of an incident in Quetta).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from khabar.reading.actor_names import dictionary_actors, dictionary_adjectives
from khabar.records import Claim, EventBody
from khabar.resolution.origins.credits import agency_named, house_key
from khabar.resolution.origins.lists import load_source_lists
from khabar.text import fold

__all__ = ["Around", "Source", "around", "cited_by", "sources_in"]

_CUES = re.compile(
    r"\b(?:(?P<citing>[Cc]iting|[Qq]uoting|[Aa]ccording to|[Aa]s per)|(?P<told>told)"
    r"|reported|reports|quoted|said|says|confirmed|announced|added|put)\b"
)
_AFTER, _BEFORE = 80, 60  # characters beside a cue in which the source is named
_STOP = re.compile(r"[.;:,!?\n\"“”]")
_END = re.compile(r"[.;:!?\n]")
_CAPITALS = re.compile(r"((?:[A-Z][\w'’&.-]*\s+){1,4})(?:(?:news agency|newspaper|television|radio|website)\s+)?\Z")
_TO_WHOM = re.compile(r"\s+(?:the\s+)?([A-Z][\w'’&.-]*(?:\s+[A-Z][\w'’&.-]*){0,3})")
_POSSESSIVE = re.compile(r"\A s\b")  # as folded
_ARTICLE = re.compile(r"\A(?:the|a)\s+")
_HEAD = re.compile(r",| that | and ")
_LONGEST_NAME, _SUBJECT = 5, 6  # words
_STEM = 4  # letters that "Norwegian" and "Norway" have in common


class Source(NamedTuple):
    """Somebody cited: a key that is equal for equal sources, and a name for people."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Around:
    """What one incident lends to the words of its claims: stems of the words of its places, and the houses whose
    reports tell it, by key.
    """

    stems: frozenset[str]
    houses: Mapping[str, str]


def around(claims: Iterable[Claim], houses: Mapping[str, str]) -> Around:
    """The places of an incident as stems, and `houses` (key to name) of its reports."""
    stems: set[str] = set()
    for claim in claims:
        for place in claim.body.places if isinstance(claim.body, EventBody) else ():
            stems.update(_stems(place.name), _stems(place.text), _stems(place.admin1), _stems(place.admin2))
            stems |= _stems_of(place.country)
    return Around(frozenset(stems), houses)


@lru_cache(maxsize=65536)
def _stems(name: str | None) -> frozenset[str]:
    return frozenset(w[:_STEM] for w in fold(name or "").split() if len(w) >= _STEM)


@lru_cache(maxsize=256)
def _stems_of(country: str | None) -> frozenset[str]:
    """What "Norwegian police" and "police in Norway" have in common, by country code."""
    id_ = f"state:{country}"
    names = [n.text for n in dictionary_actors()[id_].names] if id_ in dictionary_actors() else []
    return _stems(" ".join((*names, dictionary_adjectives().get(id_, ""))))


def cited_by(claim: Claim, where: Around, actor: str | None = None, *, group: bool = False) -> tuple[Source, ...]:
    """The sources that a claim cites, sorted; none where it is the report's own word or nobody could be found again.

    `actor` is the id of the actor that its speaker is or speaks for, `group` whether that is an organisation: its name
    may hold the word for an office ("Lord's Resistance Army"). Agencies and papers that the claim cites or that were
    told are among the sources.
    """
    found: set[Source] = set()
    speaker = claim.speaker
    if speaker is not None and group and actor is not None:
        found.add(Source(f"actor:{actor}", speaker.actor or speaker.name))
    elif speaker is not None:
        found.update(_offices(speaker.role or "", where))
        found.update(
            _offices(speaker.name, where) or (() if found else _named(speaker.name, where, actor, speaker.actor))
        )
        found.update(sources_in(speaker.via or "", where))
    for passage in claim.passages:
        found.update(_in_words(passage.quote, where, spoken=not found))
    return tuple(sorted(found))


def sources_in(words: str, where: Around) -> tuple[Source, ...]:
    """The sources that the words for a speaker name: its offices, else the one that bears the name."""
    return tuple(sorted(set(_offices(words, where)))) or _named(words, where)


def _named(name: str, where: Around, actor: str | None = None, canonical: str | None = None) -> tuple[Source, ...]:
    """The one source of a name: an agency, a house of the incident, an actor, or somebody by name; else none."""
    paper = _paper(name, where)
    if paper is not None:
        return (paper,)
    if _is_unnamed(name):
        return ()
    key = f"actor:{actor}" if actor is not None else f"name:{fold(canonical or name)}"
    return (Source(key, canonical or name),)


def _paper(name: str, where: Around) -> Source | None:
    """The agency, or the house of the incident, of that name."""
    if not any(c.isupper() for c in name) and name != "dpa":
        return None
    agency = agency_named(name)
    if agency is not None:
        return Source(f"house:{house_key(agency)}", agency)
    key = house_key(name)
    return Source(f"house:{key}", where.houses[key]) if key in where.houses else None


def _in_words(quote: str, where: Around, *, spoken: bool) -> Iterator[Source]:
    """Sources in the words of a passage: after "citing" and "told", and with `spoken` before "said"."""
    for cue in _CUES.finditer(quote):
        after = quote[cue.end() : cue.end() + _AFTER]
        if cue["citing"]:
            words = _END.split(after.lstrip(), maxsplit=1)[0]
            yield from _offices(words, where)
            yield from _papers(_ARTICLE.sub("", _HEAD.split(words, maxsplit=1)[0]), where)
            continue
        before = _STOP.split(quote[max(0, cue.start() - _BEFORE) : cue.start()])[-1]
        if spoken:
            yield from _offices(" ".join(before.split()[-_SUBJECT:]), where)
        if cue["told"] and (whom := _TO_WHOM.match(after)):
            yield from _papers(whom[1], where)
        elif not cue["told"] and (who := _CAPITALS.search(before)):
            yield from _papers(who[1], where)


def _papers(words: str, where: Around) -> Iterator[Source]:
    """The agency or house that words begin with ("Dawn newspaper in its report"), the longest name that fits."""
    parts = words.split()
    for length in range(min(len(parts), _LONGEST_NAME), 0, -1):
        paper = _paper(" ".join(parts[:length]), where)
        if paper is not None:
            yield paper
            return


def _offices(words: str, where: Around) -> list[Source]:
    """The offices that words name, each with the place it is said to be of if that is not the incident's."""
    lists = load_source_lists()
    folded = fold(words)
    found = []
    for hit in lists.offices.finditer(folded):
        before = folded[: hit.start()].split()
        if _POSSESSIVE.match(folded[hit.end() :]) or (before and before[-1] in lists.part_of_names):
            continue
        office = lists.office[hit.group()]
        place = _elsewhere(words, before, where)
        name = f"{office} ({place})" if place else office
        found.append(Source(f"office:{name}", name))
    return found


def _elsewhere(words: str, before: list[str], where: Around) -> str:
    """The place named right before an office ("Karachi police"), if the incident was not there; '' for none."""
    if not before or before[-1] in load_source_lists().no_place:
        return ""
    written = next((w.strip(",.'’") for w in words.split() if fold(w) == before[-1]), "")
    if not written[:1].isupper() or before[-1][:_STEM] in where.stems or len(before[-1]) < _STEM:
        return ""
    return written


def _is_unnamed(name: str) -> bool:
    """Whether words only describe: all in small letters, or with a word such as "officials" as their head."""
    if not any(c.isupper() for c in name):
        return True
    lists = load_source_lists()
    head = re.split(r"(?<!\s)\s+(?:of|in|from|at|with|who)\s", name)[0]
    words = [w for w in fold(head).split() if w not in lists.articles]
    return not words or words[-1] in lists.unnamed
