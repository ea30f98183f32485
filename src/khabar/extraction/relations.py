"""Relation claims: who leads, joins, leaves, kills, funds or lists whom. Invariant: both sides are actors that the sentence
mentions, of the kinds the codebook allows, and are two different actors.

1. The codebook's patterns are met in the syntax of every parsed sentence.
2. Names the text itself defines give `alias_of`; described parts ("the TTP Karachi chapter") are tied to their whole.
3. Each tie gets a voice: speaker, stance, whether it happened, and when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from khabar.codebook.model import Codebook, RelationType
from khabar.extraction.ground import Draft, ground
from khabar.extraction.indexed import Indexed, IndexedSentence, Span, index_reading
from khabar.extraction.patterns import Match, PatternIndex, find_matches
from khabar.extraction.ties import Voice, actors_of, claim_draft, covering, ref, ties_of, voice_of
from khabar.reading.actors import actors_by_id
from khabar.reading.clauses import phrase_span
from khabar.reading.model import ActorMention, Definition, Reading
from khabar.records import ActorRef, Claim, Relation, When

__all__ = ["extract_relations", "relation_drafts"]

_LOOSE = re.compile(r"[-–](?:affiliated|linked|inspired|backed|aligned|allied)\b")


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a tie: the actor as the claim names it, and where its words stand."""

    ref: ActorRef
    span: Span


def extract_relations(reading: Reading, codebook: Codebook) -> list[Claim]:
    """Every tie that the reading reports, grounded, in text order."""
    return ground(relation_drafts(index_reading(reading, codebook)), reading).claims


def relation_drafts(index: Indexed) -> list[Draft]:
    """Drafts of the relation claims of an indexed reading, not yet grounded."""
    ties = ties_of(index.codebook)
    patterns = PatternIndex(ties)
    found: list[Draft] = [_alias(d, index) for d in index.reading.definitions] if "alias_of" in ties.relations else []
    for line in index.sentences:
        if line.sentence.tokens and (line.actors or line.places):
            found += _of_sentence(line, index, patterns)
    return sorted(found, key=lambda d: d.evidence[0])


def _of_sentence(line: IndexedSentence, index: Indexed, patterns: PatternIndex) -> list[Draft]:
    seen: set[tuple[str, str, str]] = set()
    drafts: list[Draft] = []
    for match in find_matches(line, patterns):
        known = patterns.ties.relations[match.pattern.type]
        if match.past and known.past_form is not None:
            known = patterns.ties.relations.get(known.past_form, known)
        voice: Voice | None = None
        for subject, object_ in _sides(line, match, known, index):
            key = (known.id, _key(subject.ref), _key(object_.ref))
            if key in seen or key[1] == key[2] or (known.symmetric and (key[0], key[2], key[1]) in seen):
                continue
            seen.add(key)
            voice = voice or voice_of(line, match.token, index)
            drafts.append(
                _draft(line, match, Relation(known.id, subject.ref, object_.ref), (subject, object_), voice, index)
            )
    drafts += [d for m in line.actors for d in _part(line, m, index, seen)]
    return drafts


def _key(actor: ActorRef) -> str:
    return actor.id or actor.name.lower()


def _draft(
    line: IndexedSentence, match: Match, body: Relation, sides: Sequence[_Side], voice: Voice, index: Indexed
) -> Draft:
    spans = [s.span for s in sides] + ([voice.dated] if voice.dated else [])
    evidence = covering(line, [match.token], spans)
    return claim_draft(index, "relation", body, evidence, voice, 0.75 if match.pattern.pos == "verb" else 0.7)


# ------------------------------------------------------------------ the two sides


def _sides(line: IndexedSentence, match: Match, known: RelationType, index: Indexed) -> Iterator[tuple[_Side, _Side]]:
    subjects = _refs(line, match.sides["subject"], known.subject, index, match)
    objects = _refs(line, match.sides["object"], known.object, index, match)
    for subject in subjects:
        for object_ in objects:
            if subject.span != object_.span:
                yield subject, object_


def _refs(
    line: IndexedSentence, heads: Sequence[int], kinds: Sequence[str], index: Indexed, match: Match
) -> list[_Side]:
    ties = ties_of(index.codebook)
    if "incident" in kinds:
        return [s for h in heads for s in _incident(line, h, ties.lists.get("incidents", frozenset()), index)]
    found: list[_Side] = []
    for head in heads:
        for mention in actors_of(line, head, ties, kinds):
            side = _Side(ref(mention), (mention.start, mention.end))
            if side not in found:
                found.append(side)
        if line.lemmas[head] in ties.lists.get("incidents", frozenset()) and line.actor_at(head) is None:
            found += [_Side(ref(m), (m.start, m.end)) for m in line.actors_in_phrase(head) if m.kind in kinds]
    if not found and match.sides.get("subject") == (match.token,):
        start, end = phrase_span(line.sentence, match.token)
        text = index.reading.text[start:end]
        found = [_Side(ActorRef(text, " ".join(text.split()), None, kinds[0]), (start, end))]
    return found


def _incident(line: IndexedSentence, head: int, words: frozenset[str], index: Indexed) -> list[_Side]:
    if line.lemmas[head] not in words:
        return []
    start, end = phrase_span(line.sentence, head)
    text = index.reading.text[start:end]
    return [_Side(ActorRef(text, " ".join(text.split()), None, "incident"), (start, end))]


# ------------------------------------------------------------------ names and parts


def _alias(definition: Definition, index: Indexed) -> Draft:
    """Two names side by side: each side is named by the very words that the text gives."""
    sides = (definition.first, definition.second)
    one, two = (ActorRef(m.text, " ".join(m.text.split()), m.id, m.kind) for m in sides)
    voice = Voice(None, "asserted", "actual", When())
    return claim_draft(
        index, "relation", Relation("alias_of", one, two), (definition.start, definition.end), voice, 0.9
    )


def _part(
    line: IndexedSentence, mention: ActorMention, index: Indexed, seen: set[tuple[str, str, str]]
) -> Iterator[Draft]:
    """A described part and its whole: "the TTP Karachi chapter" is part of the TTP, "an IS-linked cell" affiliated."""
    if mention.how != "described" or mention.kind != "organization" or not mention.id or "/" not in mention.id:
        return
    parent = actors_by_id().get(mention.id.partition("/")[0])
    if parent is None:
        return
    words = next((n.text for n in sorted(parent.names, key=lambda n: -len(n.text)) if n.text in mention.text), None)
    if words is None:
        return
    kind = "affiliated_with" if _LOOSE.search(mention.text) else "part_of"
    whole = ActorRef(words, parent.names[0].text, parent.id, parent.kind)
    key = (kind, mention.id, parent.id)
    if kind not in ties_of(index.codebook).relations or key in seen:
        return
    seen.add(key)
    token = line.first_token(mention)
    voice = voice_of(line, token, index) if token is not None else Voice(None, "asserted", "actual", When())
    voice = replace(voice, modality="actual")  # a part is spoken of as such whatever is said that it did
    yield claim_draft(index, "relation", Relation(kind, ref(mention), whole), (mention.start, mention.end), voice, 0.8)
