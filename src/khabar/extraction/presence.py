"""Presence claims: which group is said to be, or not to be, where. Invariant: group and place stand in one sentence.

1. A cue of the codebook ("stronghold", "operates", "active") is met; a name that holds one ("an IS cell") counts too.
2. The group is whose presence it is, or who does it; the places stand below the cue, else in its clause.
3. Negation makes it absent; a speaker who denies makes it denied; hedges and interested speakers are said so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from khabar.codebook.model import Codebook
from khabar.codebook.ties import PresenceCue
from khabar.extraction.clausal import clause_verb
from khabar.extraction.ground import Draft, ground
from khabar.extraction.indexed import Indexed, IndexedSentence, Span, index_reading
from khabar.extraction.parties import Parties, armed, described_span, ref, ties_of
from khabar.extraction.presence_cues import CueIndex, cue_at, cue_index
from khabar.extraction.slots import doers
from khabar.extraction.ties import Voice, claim_draft, covering, voice_of
from khabar.reading.clauses import (
    agents,
    ancestors,
    descendants,
    is_negated,
    is_passive,
    objects,
    phrase_span,
    prepositional,
)
from khabar.reading.model import ActorMention, PlaceMention, Reading
from khabar.records import Claim, Place, Presence, When

__all__ = ["Found", "extract_presence", "find_presence", "presence_drafts"]

_SAID = Voice(None, "asserted", "actual", When())
_BEFORE = ("poss", "compound", "nmod", "amod")
_PREPOSITIONS = frozenset(
    {
        "in",
        "out",
        "into",
        "across",
        "within",
        "throughout",
        "inside",
        "of",
        "from",
        "to",
        "around",
        "near",
        "at",
        "over",
        "for",
    }
)


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
            evidence = covering(item.line, [item.token], [whole, span])
            drafts.append(claim_draft(index, Presence(actor, place, item.status, item.degree), evidence, item.voice))
    return drafts


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
            places = tuple((p.place, (p.start, p.end)) for p in self._places(line, token.i, cue, actors))
            voice = voice_of(line, token.i, self._index)
            span = phrase_span(line.sentence, token.i) if cue.pos == "nouns" else (token.start, token.end)
            degree = self._index.reading.text[span[0] : span[1]]
            for actor in actors:
                status = _status(line, token.i, (cue, self._cues), voice, actor)
                yield Found(
                    line,
                    token.i,
                    actor,
                    places,
                    status,
                    voice,
                    degree,
                    cue.status == "present" and _told(line, token.i, actor),
                )
        yield from self._named_for(line)

    def _named_for(self, line: IndexedSentence) -> Iterator[Found]:
        for mention in line.actors:
            token = line.first_token(mention)
            if mention.how != "described" or not armed(mention) or token is None:
                continue
            for t in line.tokens_of(mention):
                word = line.sentence.tokens[t]
                place = self._known.get(word.text) if word.pos == "PROPN" else None
                if place is not None and place.name not in mention.name.split(word.text)[0]:
                    at = ((replace(place, text=word.text), (word.start, word.end)),)
                    yield Found(line, t, mention, at, "present", _SAID, mention.text)

    # ------------------------------------------------------------ which group

    def _actors(self, line: IndexedSentence, i: int, cue: PresenceCue) -> list[ActorMention]:
        own = line.actor_at(i)
        if own is not None and armed(own):
            return [own]
        sentence = line.sentence
        if cue.pos == "nouns":
            heads = [k for k in sentence.children[i] if sentence.tokens[k].dep in _BEFORE and k < i]
            found = self._armed(line, [*heads, *prepositional(sentence, i, "of", "by", "for")])
            if found:
                return found
        verb = clause_verb(line, i)
        if cue.pos != "nouns" or sentence.tokens[verb].pos in ("VERB", "AUX"):
            return self._armed(line, _doers(line, verb, cue))
        return []

    def _armed(self, line: IndexedSentence, heads: Sequence[int]) -> list[ActorMention]:
        found: list[ActorMention] = []
        for head in heads:
            found += [m for m in self._parties.of(line, head, ("organization",)) if m not in found]
        return [m for m in found if line.sentence.start <= m.start < line.sentence.end]

    # ------------------------------------------------------------ where

    def _places(
        self, line: IndexedSentence, i: int, cue: PresenceCue, actors: Sequence[ActorMention]
    ) -> list[PlaceMention]:
        taken = [(a.start, a.end) for a in actors]
        free = [p for p in line.places if not any(s <= p.start < e for s, e in taken)]
        chosen = [p for p in free if self._placed(line, p, i)]
        if chosen or not free or cue.pos == "verbs":
            return chosen
        verb: int | None = clause_verb(line, i)
        if line.actor_at(i) is not None:  # "six IS cells were uncovered in X": where it was found, there it was
            verb = _found_by(line, i)
        return [p for p in free if self._placed(line, p, verb)] if verb is not None else []

    def _placed(self, line: IndexedSentence, place: PlaceMention, top: int) -> bool:
        """True if the place stands below `top` after a preposition of place, as what is held, or as the subject said to
        be a hub; with nothing between but parts of places ("the outskirts of X").
        """
        tokens = line.sentence.tokens
        inside = set(line.tokens_of(place))
        at = next((t for t in inside if tokens[t].head not in inside), None)
        if at is None:
            return False
        below, placed = at, False
        for above in ancestors(line.sentence, at):
            dep = tokens[below].dep
            if dep in ("poss", "relcl") or (dep == "appos" and line.place_at(above) is None):
                return False
            placed = placed or dep in ("dobj", "nsubj", "nsubjpass")
            if dep == "prep":
                if tokens[below].lemma.lower() not in _PREPOSITIONS:
                    return False
                placed = True
            if above == top:
                return placed or dep == "compound"
            named = line.place_at(above) is not None or line.lemmas[above] in self._areas
            mention = line.actor_at(above)
            named = named or (mention is not None and armed(mention))  # "no presence of X in Y", whatever Y hangs on
            if tokens[above].pos not in ("ADP", "SCONJ", "ADV") and not named and dep != "prt":
                return False
            below = above
        return False


def _found_by(line: IndexedSentence, i: int) -> int | None:
    """The verb that a group's part suffers: "cells that were uncovered", "police busted a cell"."""
    tokens = line.sentence.tokens
    for k in line.sentence.children[i]:
        if tokens[k].dep in ("relcl", "acl"):
            return k
    return tokens[i].head if tokens[i].dep in ("nsubjpass", "dobj") else None


def _told(line: IndexedSentence, i: int, actor: ActorMention) -> bool:
    """True if the group is the subject of the clause that the cue completes, or a place is said to be its hub."""
    tokens = line.sentence.tokens
    verb = clause_verb(line, i)
    if tokens[verb].dep in ("relcl", "acl"):
        return False
    heads = doers(line, verb)
    about = {t for h in heads for t in (h, *descendants(line.sentence, h))}
    if any(t in about for t in line.tokens_of(actor)) and i not in about:
        return True
    return tokens[i].dep in ("attr", "acomp", "oprd") and any(line.place_at(h) is not None for h in heads)


def _doers(line: IndexedSentence, verb: int, cue: PresenceCue) -> list[int]:
    sentence = line.sentence
    token = sentence.tokens[verb]
    if is_passive(sentence, verb):
        by = agents(sentence, verb) if cue.status == "present" else []
        return by or doers(line, verb) or [token.head]
    if (
        cue.status == "absent"
        and cue.pos == "verbs"
        and objects(sentence, verb)
        and token.lemma not in ("lose", "leave")
    ):
        return objects(sentence, verb)
    return doers(line, verb)


# ------------------------------------------------------------------ whether it is so


def _status(line: IndexedSentence, i: int, met: tuple[PresenceCue, CueIndex], voice: Voice, actor: ActorMention) -> str:
    cue, cues = met
    absent = cue.status == "absent" or _negated(line, i) or _lost(line, i, cue, cues)
    if voice.stance == "denied":
        return "denied"
    if absent:
        return "denied" if voice.speaker is not None and cue.status != "absent" else "absent"
    if voice.stance in ("hedged", "suspected") or voice.modality in (
        "predicted",
        "hypothetical",
        "planned",
        "attempted",
    ):
        return "hedged"
    own = voice.speaker is not None and voice.speaker.actor == actor.name
    return "claimed" if own or voice.stance == "claimed" else "present"


def _negated(line: IndexedSentence, i: int) -> bool:
    """A "no" or "not" at the cue or at a verb that governs it: "has not been successful in establishing a base"."""
    sentence = line.sentence
    for above in (i, *ancestors(sentence, i)):
        if is_negated(sentence, above) or any(line.lemmas[k] == "neither" for k in sentence.children[above]):
            return True
        if sentence.tokens[above].dep in ("ccomp", "relcl", "advcl", "conj", "ROOT"):
            return False
    return False


def _lost(line: IndexedSentence, i: int, cue: PresenceCue, cues: CueIndex) -> bool:
    """True of "lost its stronghold", "pushed out of its mainstay": the verb takes the place away."""
    verb = clause_verb(line, i)
    if cue.pos != "nouns" or verb == i:
        return False
    taken = any(c.status == "absent" for _, c in cues.by_head.get((line.lemmas[verb], "verbs"), ()))
    return taken or line.lemmas[verb] in ("destroy", "dismantle")
