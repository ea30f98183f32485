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
from khabar.extraction.parties import Parties, armed, described_span, ref, ties_of
from khabar.extraction.presence_cues import cue_at, cue_index, thing_there
from khabar.extraction.presence_places import PARTITIVE, left_or_reached, places_of, there, unlisted_places
from khabar.extraction.presence_status import told_by
from khabar.extraction.slots import doers
from khabar.extraction.ties import Voice, claim_draft, covering, voice_of
from khabar.reading.actors import actors_by_id
from khabar.reading.clauses import agents, descendants, is_passive, objects, phrase_span, prepositional
from khabar.reading.factions import parent_of
from khabar.reading.model import ActorMention, PlaceMention, Reading
from khabar.reading.place_words import place_words
from khabar.records import Claim, Place, Presence, When

__all__ = ["Found", "extract_presence", "find_presence", "presence_drafts"]

_SAID = Voice(None, "asserted", "actual", When())
_BEFORE = ("poss", "compound", "nmod", "amod")
_WHOSE = ("of", "by", "for", "to")  # "a base of X", "home to X"
_MOVING = frozenset(
    {"move", "flee", "relocate", "spread", "extend", "expand", "expansion", "infiltrate", "regroup", "emerge",
     "retreat", "withdrawal", "return", "arrival"}
)  # fmt: skip
_LONGEST = 400  # characters of a clause quoted as a whole
_KEEPING = frozenset(
    {"lose", "leave", "cede", "relinquish", "abandon", "vacate", "quit"}
)  # verbs of absence whose object is the place, not the group


# "the Karachi chapter of X", "X's Karachi chapter", "the X Karachi chapter"
_CHAPTER = re.compile(r"(?P<place>[A-Z][\w-]+(?: [A-Z][\w-]+)*) (?:chapter|branch|cell|unit)s?\b")


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
    index = index_reading(reading, codebook)
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
        if line.sentence.tokens and any(armed(m) for m in line.actors) and not line.sentence.heading:
            found += finder.of_sentence(line)
    return found


class _Finder:
    """The presence told of in one indexed reading, sentence by sentence."""

    def __init__(self, index: Indexed) -> None:
        self._index = index
        self._cues = cue_index(ties_of(index.codebook))
        self._parties = Parties(index)
        self._areas = ties_of(index.codebook).lists.get("areas", frozenset())
        self._known = {p.text: p.place for p in reversed(index.reading.places)}

    def of_sentence(self, line: IndexedSentence) -> Iterator[Found]:
        """Groups beside cues, and groups whose name says where they are ("the TTP Karachi chapter")."""
        for token in line.sentence.tokens:
            cue = cue_at(line, token.i, self._cues)
            actors = self._actors(line, token.i, cue) if cue is not None else []
            if cue is None or not actors:
                continue
            met = places_of(line, token.i, cue, actors, self._areas, unlisted_places(line, self._areas))
            met = met or there(line, token.i, self._index.sentence(line.index - 1) if line.index else None)
            voice = voice_of(line, token.i, self._index)
            span = phrase_span(line.sentence, token.i) if cue.pos in ("nouns", "held") else (token.start, token.end)
            degree = self._index.reading.text[span[0] : span[1]]
            for real, places in _reached(line, cue, met):
                for actor in actors:
                    told = told_by(line, token.i, (real, self._cues), actor, voice, self._index)
                    clause = not told.lost and _told(line, token.i, actor)
                    yield Found(line, token.i, actor, places, told.status, told.voice, degree, clause, told.admitted)
        yield from self._named_for(line)

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

    # ------------------------------------------------------------ which group

    def _actors(self, line: IndexedSentence, i: int, cue: PresenceCue) -> list[ActorMention]:
        own = line.actor_at(i)
        if own is not None and armed(own):
            return [own]
        sentence = line.sentence
        noun = cue.pos in ("nouns", "held")
        if noun:
            heads = [k for k in sentence.children[i] if sentence.tokens[k].dep in _BEFORE and k < i]
            last = i + 2 * cue.words.count("of")  # "area of operations of X"
            found = self._armed(line, [*heads, *prepositional(sentence, last, *_WHOSE), *_running(line, i)])
            if found:
                return found
        verb = clause_verb(line, i)
        if noun and (sentence.tokens[verb].pos not in ("VERB", "AUX") or not self._keeps(line, i, verb)):
            return []
        return self._armed(line, _doers(line, verb, cue))

    def _keeps(self, line: IndexedSentence, i: int, verb: int) -> bool:
        """True if who does the verb has what the cue names: not of who attacks a base, or claims a raid on one."""
        tokens = line.sentence.tokens
        book = self._index.codebook
        violent = any(len(trigger.words) == 1 for trigger in book.verbs.get(line.lemmas[verb], ()))
        if violent or line.lemmas[verb] in book.stances.get("claimed", ()):
            return False
        at = i
        while tokens[at].dep == "conj":
            at = tokens[at].head
        hangs_on = tokens[tokens[at].head].head
        return tokens[at].dep != "pobj" or tokens[hangs_on].pos not in ("NOUN", "PROPN")

    def _armed(self, line: IndexedSentence, heads: Sequence[int]) -> list[ActorMention]:
        found: list[ActorMention] = []
        for head in (h for top in heads for h in _whole(line, top)):
            stand = self._parties.of(line, head, ("organization",)) or _owning(line, head)
            found += [m for m in stand if m not in found]
        return [m for m in found if line.sentence.start <= m.start < line.sentence.end]


def _whole_names(part: ActorMention) -> frozenset[str]:
    """Every name of the group that a described group is a part of."""
    known = actors_by_id()
    whole = known.get(parent_of(part.id, known) or "") if part.id else None
    return frozenset(n.text for n in whole.names) if whole is not None else frozenset()


def _whole(line: IndexedSentence, head: int) -> list[int]:
    """What a quantity is taken of: "most of its fighters"; else the head itself."""
    parts = prepositional(line.sentence, head, "of") if line.lemmas[head] in PARTITIVE else []
    return parts or [head]


def _owning(line: IndexedSentence, head: int) -> list[ActorMention]:
    """The group that people belong to, by whatever noun they are called: "its men", "X boys"."""
    if line.actor_at(head) is not None or line.sentence.tokens[head].pos != "NOUN":
        return []
    kids = [k for k in line.sentence.children[head] if line.sentence.tokens[k].dep in ("poss", "compound")]
    return [m for k in kids if (m := line.actor_at(k)) is not None and armed(m)]


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


def _running(line: IndexedSentence, i: int) -> list[int]:
    """Who runs or owns it: "camps run by X", "a cell belonging to X"."""
    verbs = [k for k in line.sentence.children[i] if line.sentence.tokens[k].dep in ("acl", "relcl")]
    return [h for k in verbs for h in (*agents(line.sentence, k), *prepositional(line.sentence, k, "to", "with", "by"))]


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


def _doers(line: IndexedSentence, verb: int, cue: PresenceCue) -> list[int]:
    sentence = line.sentence
    there = thing_there(line, verb)
    if there:
        return there
    token = sentence.tokens[verb]
    if is_passive(sentence, verb):
        by = agents(sentence, verb) if cue.status == "present" else []
        return by or doers(line, verb) or [token.head, *_joined(line, verb)]
    if cue.status == "absent" and cue.pos == "verbs" and objects(sentence, verb) and token.lemma not in _KEEPING:
        things = objects(sentence, verb)  # "cleared X of the group"
        return [*things, *(h for t in (verb, *things) for h in prepositional(sentence, t, "of", "from"))]
    return doers(line, verb)


def _joined(line: IndexedSentence, verb: int) -> list[int]:
    """What a participle before a noun is joined with, and the name after that noun: "the Iraq-based group X"."""
    sentence = line.sentence
    token = sentence.tokens[verb]
    joined = [k for k in sentence.children[verb] if sentence.tokens[k].dep in ("npadvmod", "compound", "nmod")]
    named = sentence.tokens[token.head]
    return [*joined, *([named.head] if named.dep in ("compound", "nmod") else [])]
