"""Presence claims: which group is said to be, or not to be, where. Invariant: group and place are mentions of one sentence.

1. A cue of the codebook ("stronghold", "operates", "active") is met; a name that holds one ("an IS cell") counts too.
2. The group is whose presence it is, or who does it; the places stand below the cue, else in its clause.
3. Negation makes it absent; a speaker who denies makes it denied; hedges and interested speakers are said so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khabar.codebook.model import Codebook
from khabar.codebook.ties import PresenceCue, Ties
from khabar.extraction.clausal import clause_tokens, clause_verb
from khabar.extraction.ground import Draft, ground
from khabar.extraction.indexed import Indexed, IndexedSentence, index_reading
from khabar.extraction.ties import Voice, actors_of, armed, claim_draft, covering, ref, ties_of, voice_of
from khabar.reading.clauses import (
    agents,
    ancestors,
    descendants,
    is_negated,
    is_passive,
    objects,
    phrase_span,
    prepositional,
    subjects,
)
from khabar.reading.model import ActorMention, PlaceMention, Reading
from khabar.records import Claim, Presence

__all__ = ["CueIndex", "Found", "extract_presence", "find_presence", "presence_drafts"]

_PREPOSITIONS = frozenset(
    {
        "in",
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


class CueIndex:
    """Cues of presence by head word."""

    def __init__(self, ties: Ties) -> None:
        """`ties` is the codebook's section."""
        self.by_head: dict[tuple[str, str], list[tuple[tuple[str, ...], PresenceCue]]] = {}
        for cue in ties.presence:
            words = tuple(w.lower() for w in cue.words)
            head = words[0] if cue.pos == "verbs" else words[-1]
            self.by_head.setdefault((head, cue.pos), []).append((words, cue))
        for entries in self.by_head.values():
            entries.sort(key=lambda e: -len(e[0]))
        self.heads = frozenset(head for head, _ in self.by_head)


@dataclass(frozen=True, slots=True)
class Found:
    """A group met beside a cue, with its places and what is said of them."""

    line: IndexedSentence
    token: int
    actor: ActorMention
    places: tuple[PlaceMention, ...]
    status: str
    voice: Voice
    degree: str


def extract_presence(reading: Reading, codebook: Codebook) -> list[Claim]:
    """Every presence that the reading tells of, grounded, in text order."""
    index = index_reading(reading, codebook)
    return ground(presence_drafts(find_presence(index), index), reading).claims


def presence_drafts(found: Sequence[Found], index: Indexed) -> list[Draft]:
    """One claim for each group and place, not yet grounded."""
    drafts: list[Draft] = []
    seen: set[tuple[int, str, str]] = set()
    for item in found:
        for place in item.places:
            key = (item.line.index, item.actor.id or item.actor.name, place.place.name)
            if key in seen:
                continue
            seen.add(key)
            body = Presence(ref(item.actor), place.place, item.status, item.degree)
            marks = [(item.actor.start, item.actor.end), (place.start, place.end)]
            evidence = covering(item.line, [item.token], marks)
            drafts.append(claim_draft(index, "presence", body, evidence, item.voice))
    return drafts


def find_presence(index: Indexed) -> list[Found]:
    """Every cue of presence with its group; `places` is empty where the text names none."""
    cues = CueIndex(ties_of(index.codebook))
    found: list[Found] = []
    for line in index.sentences:
        if line.sentence.tokens and any(armed(m) for m in line.actors) and not line.sentence.heading:
            found += _of_sentence(line, index, cues)
    return found


def _of_sentence(line: IndexedSentence, index: Indexed, cues: CueIndex) -> Iterator[Found]:
    ties = ties_of(index.codebook)
    for token in line.sentence.tokens:
        cue = _cue_at(line, token.i, cues)
        if cue is None:
            continue
        actors = _actors(line, token.i, cue, ties)
        if not actors:
            continue
        places = _places(line, token.i, cue, actors)
        voice = voice_of(line, token.i, index)
        for actor in actors:
            status = _status(line, token.i, cue, voice, actor)
            start, end = phrase_span(line.sentence, token.i) if cue.pos == "nouns" else (token.start, token.end)
            yield Found(line, token.i, actor, places, status, voice, index.reading.text[start:end])


def _cue_at(line: IndexedSentence, i: int, cues: CueIndex) -> PresenceCue | None:
    lemma = line.lemmas[i]
    if lemma not in cues.heads:
        return None
    token = line.sentence.tokens[i]
    mention = line.actor_at(i)
    if mention is not None and mention.how not in ("described", "definite"):
        return None
    if token.pos in ("NOUN", "PROPN"):
        pos = "nouns"
    elif token.pos in ("VERB", "AUX"):
        pos = "verbs"
    else:
        pos = "adjectives"
    for words, cue in cues.by_head.get((lemma, pos), cues.by_head.get((lemma, "adjectives"), ())):
        if pos == "nouns":
            first = i - len(words) + 1
            if first >= 0 and line.lemmas[first : i + 1] == words:
                return cue
        elif all(w in line.lemmas[i : i + 5] for w in words):
            return cue
    return None


# ------------------------------------------------------------------ which group


def _actors(line: IndexedSentence, i: int, cue: PresenceCue, ties: Ties) -> list[ActorMention]:
    own = line.actor_at(i)
    if own is not None and armed(own):
        return [own]
    sentence = line.sentence
    heads: list[int] = []
    if cue.pos == "nouns":
        kids = sentence.children[i]
        heads = [k for k in kids if sentence.tokens[k].dep in ("poss", "compound", "nmod", "amod") and k < i]
        heads += prepositional(sentence, i, "of", "by", "for")
        found = _armed(line, heads, ties)
        if found:
            return found
    verb = clause_verb(line, i)
    if cue.pos != "nouns" or sentence.tokens[verb].pos in ("VERB", "AUX"):
        heads = _doers(line, verb, cue)
    return _armed(line, heads, ties)


def _doers(line: IndexedSentence, verb: int, cue: PresenceCue) -> list[int]:
    sentence = line.sentence
    token = sentence.tokens[verb]
    if is_passive(sentence, verb):
        by = agents(sentence, verb) if cue.status == "present" else []
        return by or subjects(sentence, verb) or [token.head]
    if (
        cue.status == "absent"
        and cue.pos == "verbs"
        and objects(sentence, verb)
        and token.lemma not in ("lose", "leave")
    ):
        return objects(sentence, verb)
    return subjects(sentence, verb)


def _armed(line: IndexedSentence, heads: Sequence[int], ties: Ties) -> list[ActorMention]:
    found: list[ActorMention] = []
    for head in heads:
        for mention in actors_of(line, head, ties, ("organization",)):
            if mention not in found:
                found.append(mention)
    return found


# ------------------------------------------------------------------ where


def _places(
    line: IndexedSentence, i: int, cue: PresenceCue, actors: Sequence[ActorMention]
) -> tuple[PlaceMention, ...]:
    taken = [(a.start, a.end) for a in actors]
    free = [p for p in line.places if not any(s <= p.start < e for s, e in taken)]
    if not free:
        return ()
    below = set(descendants(line.sentence, i))
    verb = clause_verb(line, i)
    chosen = [p for p in free if _inside(line, p, below) and _placed(line, p, below, i)]
    if not chosen and cue.pos == "nouns":
        clause = set(clause_tokens(line, i)) & set(descendants(line.sentence, verb))
        chosen = [
            p for p in free if _inside(line, p, clause) and _own_verb(line, p, verb) and _placed(line, p, clause, verb)
        ]
    if not chosen and cue.pos == "adjectives":
        clause = set(descendants(line.sentence, verb))
        chosen = [
            p for p in free if _inside(line, p, clause) and _own_verb(line, p, verb) and _placed(line, p, clause, verb)
        ]
    return tuple(chosen)


def _inside(line: IndexedSentence, place: PlaceMention, tokens: set[int]) -> bool:
    first = line.first_token(place)
    return first is not None and first in tokens


def _own_verb(line: IndexedSentence, place: PlaceMention, verb: int) -> bool:
    """True if no other verb with a subject of its own stands between the place and the cue's verb."""
    first = line.first_token(place)
    if first is None:
        return False
    for above in ancestors(line.sentence, first):
        if above == verb:
            return True
        if line.sentence.tokens[above].pos == "VERB":
            return False
    return False


def _placed(line: IndexedSentence, place: PlaceMention, tokens: set[int], top: int) -> bool:
    """True if the place stands after a preposition of place, is what is held, or is the subject said to be a hub."""
    tokens_ = line.sentence.tokens
    at = next((t for t in line.tokens_of(place) if tokens_[t].head not in line.tokens_of(place)), None)
    if at is None:
        return False
    for above in (at, *ancestors(line.sentence, at)):
        token = tokens_[above]
        if token.dep == "prep":
            return token.lemma.lower() in _PREPOSITIONS
        if token.dep in ("dobj", "nsubj", "nsubjpass"):
            return True
        if above == top or above not in tokens:
            return False
    return False


# ------------------------------------------------------------------ whether it is so


def _status(line: IndexedSentence, i: int, cue: PresenceCue, voice: Voice, actor: ActorMention) -> str:
    absent = cue.status == "absent" or _negated(line, i) or _lost(line, i, cue)
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
        if sentence.tokens[above].dep in ("ccomp", "relcl", "advcl", "ROOT"):
            return False
    return False


def _lost(line: IndexedSentence, i: int, cue: PresenceCue) -> bool:
    verb = clause_verb(line, i)
    return cue.pos == "nouns" and line.lemmas[verb] in ("lose", "destroy", "dismantle", "deny") and verb != i
