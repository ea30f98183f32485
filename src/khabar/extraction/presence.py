"""Presence claims: which group is said to be, or not to be, where. Invariant: group and place stand in one sentence.

1. A cue of the codebook ("stronghold", "operates", "active") is met; a name that holds one ("an IS cell") counts too.
2. The group is whose presence it is, or who does it; `presence_places` finds where.
3. `presence_status` says whether it is so, and in whose voice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from khabar.codebook.model import Codebook
from khabar.codebook.ties import PresenceCue
from khabar.extraction.clausal import clause_span, clause_verb
from khabar.extraction.ground import Draft, ground
from khabar.extraction.indexed import Indexed, IndexedSentence, Span, index_reading
from khabar.extraction.parties import armed, described_span, ref, ties_of
from khabar.extraction.presence_cues import cue_at, cue_index
from khabar.extraction.presence_doing import doing_at, place_of_deed, sighted, told_otherwise
from khabar.extraction.presence_groups import PresentGroups
from khabar.extraction.presence_places import left_or_reached, places_of, there, unlisted_places
from khabar.extraction.presence_status import told_by
from khabar.extraction.slots import doers
from khabar.extraction.taken_up import with_groups_taken_up
from khabar.extraction.ties import Voice, claim_draft, covering, voice_of
from khabar.reading.actors import actors_by_id
from khabar.reading.clauses import descendants, phrase_span
from khabar.reading.factions import parent_of
from khabar.reading.model import ActorMention, PlaceMention, Reading
from khabar.reading.place_words import place_words
from khabar.records import Claim, Place, Presence, When

__all__ = ["Found", "extract_presence", "find_presence", "presence_drafts"]

_SAID = Voice(None, "asserted", "actual", When())
_BEFORE = ("poss", "compound", "nmod", "amod")
_MOVING = frozenset(
    {"move", "flee", "relocate", "spread", "extend", "expand", "expansion", "infiltrate", "regroup", "emerge",
     "retreat", "withdrawal", "return", "arrival"}
)  # fmt: skip
_LONGEST = 400  # characters of a clause quoted as a whole


# "the Karachi chapter of X", "X's Karachi chapter", "the X Karachi chapter"
_CHAPTER = re.compile(r"(?<![\w-])(?P<place>[A-Z][\w-]+(?: [A-Z][\w-]+){0,5}) (?:chapter|branch|cell|unit)s?\b")


@dataclass(frozen=True, slots=True)
class Found:
    """A group met beside a cue, with its places and what is said of them."""

    line: IndexedSentence
    token: int
    actor: ActorMention
    places: tuple[tuple[Place, Span], ...]
    status: str
    voice: Voice
    degree: str
    told: bool = False  # the clause says it, and does not only mention it by the way
    admitted: bool = False


def extract_presence(reading: Reading, codebook: Codebook) -> list[Claim]:
    """Every presence that the reading tells of, grounded, in text order."""
    index = with_groups_taken_up(index_reading(reading, codebook))
    return ground(presence_drafts(find_presence(index), index), reading).claims


def presence_drafts(found: Sequence[Found], index: Indexed) -> list[Draft]:
    """One claim for each group and place of a sentence, not yet grounded."""
    drafts: list[Draft] = []
    seen: set[tuple[int, str, str]] = set()
    text = index.reading.text
    for item in found:
        whole = described_span(item.line, item.actor)
        actor = replace(ref(item.actor), text=text[whole[0] : whole[1]])
        for place, span in item.places:
            key = (item.line.index, actor.id or actor.name, place.name)
            if key in seen:
                continue
            seen.add(key)
            evidence = _evidence(item.line, item.token, whole, span)
            drafts.append(claim_draft(index, Presence(actor, place, item.status, item.degree), evidence, item.voice))
    return drafts


def _evidence(line: IndexedSentence, token: int, actor: Span, place: Span) -> Span:
    """The clause that tells it, with the group and the place; only what lies between them where that is too long."""
    near = covering(line, [token], [actor, place])
    clause = clause_span(line, token)
    whole = (min(near[0], clause[0]), max(near[1], clause[1]))
    return whole if whole[1] - whole[0] <= _LONGEST else near


def find_presence(index: Indexed) -> list[Found]:
    """Every cue of presence with its group, in text order; `places` is empty where the text names none."""
    finder = _Finder(index)
    found: list[Found] = []
    for line in index.sentences:
        if line.sentence.tokens and not line.sentence.heading and finder.names_group(line):
            found += finder.of_sentence(line)
    return found


class _Finder:
    """The presence told of in one indexed reading, sentence by sentence."""

    def __init__(self, index: Indexed) -> None:
        self._index = index
        self._cues = cue_index(ties_of(index.codebook))
        self._groups = PresentGroups(index)
        self._others = told_otherwise(index.codebook)
        self._areas = ties_of(index.codebook).lists.get("areas", frozenset())
        self._known = {p.text: p.place for p in reversed(index.reading.places)}

    def names_group(self, line: IndexedSentence) -> bool:
        """Whether a sentence mentions a group at all, by name or by what it is."""
        return any(armed(m) for m in line.actors) or self._groups.unnamed(line)

    def of_sentence(self, line: IndexedSentence) -> Iterator[Found]:
        """Groups beside cues, and groups whose name says where they are ("the TTP Karachi chapter")."""
        late: list[int] = []
        for token in line.sentence.tokens:
            cue = cue_at(line, token.i, self._cues)
            actors = self._groups.of(line, token.i, cue) if cue is not None and cue.pos != "deeds" else []
            if cue is None or not actors:
                late.append(token.i)
                continue
            unlisted = unlisted_places(line, self._areas)
            met = places_of(line, token.i, cue, actors, self._areas, unlisted)
            met = met or there(line, token.i, self._index.sentence(line.index - 1) if line.index else None)
            yield from self._met(line, token.i, cue, actors, met)
        for i in late:
            yield from self._done(line, i)
        yield from self._named_for(line)

    def _met(
        self,
        line: IndexedSentence,
        i: int,
        cue: PresenceCue,
        actors: Sequence[ActorMention],
        met: Sequence[PlaceMention],
    ) -> Iterator[Found]:
        """What a cue with its groups and places says of each of them."""
        voice = voice_of(line, i, self._index)
        token = line.sentence.tokens[i]
        span = phrase_span(line.sentence, i) if cue.pos in ("nouns", "held") else (token.start, token.end)
        degree = self._index.reading.text[span[0] : span[1]]
        for real, places in _reached(line, cue, met):
            for actor in actors:
                told = told_by(line, i, (real, self._cues), actor, voice, self._index)
                clause = not told.lost and _told(line, i, actor)
                yield Found(line, i, actor, places, told.status, told.voice, degree, clause, told.admitted)

    def _done(self, line: IndexedSentence, i: int) -> Iterator[Found]:
        """What a group does somewhere, or that it is seen there, whatever the verb; nothing where no place is told."""
        seen = sighted(line, i, self._cues)
        deed = cue_at(line, i, self._cues)
        cue = deed or doing_at(line, i, self._others)
        if seen and cue is None:
            cue = PresenceCue((line.lemmas[i],), "verbs", "present")
        if cue is None or (cue is deed and cue.pos != "deeds"):
            return
        actors = self._groups.standing(line, seen) if seen else self._groups.of(line, i, cue)
        if not actors:
            return
        unlisted = unlisted_places(line, self._areas)
        met = places_of(line, i, cue, actors, self._areas, unlisted)
        met = met or [
            p for p in (*line.places, *unlisted) if place_of_deed(line, p, i, any_way=cue is deed or bool(seen))
        ]
        met = met or there(line, i, self._index.sentence(line.index - 1) if line.index else None)
        if met:
            yield from self._met(line, i, cue, actors, met)

    def _named_for(self, line: IndexedSentence) -> Iterator[Found]:
        """Groups whose name says where they are; a place that no list has is kept in the name's words."""
        for mention in line.actors:
            found = _CHAPTER.search(mention.text) if mention.how == "described" and armed(mention) else None
            token = line.first_token(mention)
            if found is None or token is None:
                continue
            words = found["place"].split()
            while words and " ".join(words) not in self._known and _names_group(words[0], line):
                words.pop(0)
            if not words:
                continue
            name = " ".join(words)
            if name in _whole_names(mention):
                continue  # "Islamic State cells": the whole, not a place
            start = mention.start + found.end("place") - len(name)
            place = self._known.get(name) or Place(name, name, precision="region")
            at = ((replace(place, text=name), (start, start + len(name))),)
            yield Found(line, token, mention, at, "present", _SAID, mention.text)


def _whole_names(part: ActorMention) -> frozenset[str]:
    """Every name of the group that a described group is a part of."""
    known = actors_by_id()
    whole = known.get(parent_of(part.id, known) or "") if part.id else None
    return frozenset(n.text for n in whole.names) if whole is not None else frozenset()


def _names_group(word: str, line: IndexedSentence) -> bool:
    """Whether a word belongs to a group's name, is an acronym or an adjective ("Italian"), and so names no place."""
    first = word.split("-", maxsplit=1)[0]
    words = place_words()
    if first.lower() in words.demonyms or first.lower() in words.regional:
        return True
    return first.isupper() or any(part in name.split() for part in (word, first) for name in line.known)


def _reached(
    line: IndexedSentence, cue: PresenceCue, places: Sequence[PlaceMention]
) -> Iterator[tuple[PresenceCue, tuple[tuple[Place, Span], ...]]]:
    """The places with what the cue says of them: who withdraws to X is there, who moves from X is there no longer."""
    reached: list[tuple[Place, Span]] = []
    left: list[tuple[Place, Span]] = []
    for place in places:
        moving = cue.pos == "verbs" or cue.words[0] in _MOVING
        way = left_or_reached(line, place) if moving else ""
        gone = way != "to" if cue.status == "absent" else way == "from" and cue.words[0] in _MOVING
        (left if gone else reached).append((place.place, (place.start, place.end)))
    if reached or not places:
        yield cue if not places else replace(cue, status="present"), tuple(reached)
    if left:
        yield replace(cue, status="absent"), tuple(left)


def _told(line: IndexedSentence, i: int, actor: ActorMention) -> bool:
    """True if the group is the subject of the clause that the cue completes, or a place is said to be its hub."""
    tokens = line.sentence.tokens
    verb = clause_verb(line, i)
    if tokens[verb].dep in ("relcl", "acl"):
        return False
    heads = doers(line, verb)
    if any(i in descendants(line.sentence, h) for h in heads):
        return False
    own = set(line.tokens_of(actor))
    if any(h in own or any(k in own and tokens[k].dep in _BEFORE for k in line.sentence.children[h]) for h in heads):
        return True
    return tokens[i].dep in ("attr", "acomp", "oprd") and any(line.place_at(h) is not None for h in heads)
