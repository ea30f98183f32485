"""Relation claims: who leads, joins, leaves, kills, funds or lists whom. Invariant: both sides are actors that the
sentence mentions, of the kinds the codebook allows, and are two different actors.

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
from khabar.extraction.instruments import instrument_span
from khabar.extraction.parties import Parties, armed, described_span, ref, ties_of
from khabar.extraction.patterns import Match, find_matches, pattern_index
from khabar.extraction.slots import listed_with
from khabar.extraction.taken_up import with_groups_taken_up
from khabar.extraction.ties import Voice, claim_draft, covering, voice_of
from khabar.extraction.ties_by_form import FormTie, somebody, ties_by_form
from khabar.reading.actors import actors_by_id
from khabar.reading.clauses import phrase_span
from khabar.reading.factions import parent_of
from khabar.reading.model import ActorMention, Definition, Reading
from khabar.records import ActorRef, Claim, Relation, When

__all__ = ["extract_relations", "relation_drafts"]

_SAID = Voice(None, "asserted", "actual", When())
_BESIDE = 4  # characters between an office and the name of its holder
_ROLES = frozenset({"of", "is", "itself", "for"})
_POINTING_BACK = frozenset({"two", "three", "both"})  # "the two have been at war since"
_OWNER = re.compile(r"((?:[\w-]+ )?(?:group|organi[sz]ation|outfit|movement|network|militia))[’'‘`]s ")
_SAID_OF = re.compile(r"(?:\s\([^()]{1,20}\))?(?:,| is| was) (?:the |an? )?")
_LOOSE = re.compile(r"[-–](?:affiliated|linked|inspired|backed|aligned|allied)|\baffiliate\b")


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a tie: the actor as the claim names it, and where its words stand."""

    ref: ActorRef
    span: Span


def extract_relations(reading: Reading, codebook: Codebook) -> list[Claim]:
    """Every tie that the reading reports, grounded, in text order."""
    return ground(relation_drafts(with_groups_taken_up(index_reading(reading, codebook))), reading).claims


def relation_drafts(index: Indexed) -> list[Draft]:
    """Drafts of the relation claims of an indexed reading, not yet grounded."""
    finder = _Finder(index)
    found = [d for definition in index.reading.definitions for d in finder.alias(definition)]
    for line in index.sentences:
        if line.sentence.tokens and (line.actors or not _POINTING_BACK.isdisjoint(line.lemmas)):
            found += finder.of_sentence(line)
    return sorted(found, key=lambda d: d.evidence[0])


class _Finder:
    """The ties of one indexed reading, sentence by sentence."""

    def __init__(self, index: Indexed) -> None:
        self._index = index
        self._text = index.reading.text
        self._parties = Parties(index)
        self._ties = ties_of(index.codebook)
        self._patterns = pattern_index(self._ties)
        self._incidents = self._ties.lists.get("incidents", frozenset())

    def of_sentence(self, line: IndexedSentence) -> list[Draft]:
        """Every tie of a sentence, each pair of actors once a type."""
        seen: set[tuple[str, str, str]] = set()
        drafts: list[Draft] = []
        for match in find_matches(line, self._patterns):
            known = self._type(match)
            alias = known.id == "alias_of"
            if alias and self._defined(line, match.token):
                continue
            voice: Voice | None = None
            for sides in self._sides(line, match, known):
                subject, object_ = map(_in_words, sides) if alias else sides
                if alias and subject.ref.kind != object_.ref.kind:
                    continue  # "X's men went by the name Y": they, not X
                key = (known.id, _key(subject.ref, by_name=alias), _key(object_.ref, by_name=alias))
                if known.id == "allied_with" and not {subject.ref.kind, object_.ref.kind} & {"organization", "person"}:
                    continue  # what states do together is no tie of armed actors
                if key in seen or key[1] == key[2] or (known.symmetric and (key[0], key[2], key[1]) in seen):
                    continue
                seen.add(key)
                voice = voice or self._voice(line, match)
                drafts.append(self._draft(line, match, (subject, object_), (known, voice)))
        drafts += [d for tie in ties_by_form(line) for d in self._by_form(line, tie, seen)]
        return drafts + [d for m in line.actors for d in self._part(line, m, seen)]

    def _by_form(self, line: IndexedSentence, tie: FormTie, seen: set[tuple[str, str, str]]) -> Iterator[Draft]:
        """A tie that only the form tells, where no word of the sentence ties the two."""
        person, group = self._side(line, tie.person), self._side(line, tie.group)
        pair = {_key(person.ref), _key(group.ref)}
        if tie.type not in self._ties.relations or len(pair) < 2 or any(pair == {s, o} for _, s, o in seen):
            return
        seen.add((tie.type, _key(person.ref), _key(group.ref)))
        voice = replace(voice_of(line, tie.token, self._index), modality="actual")
        evidence = covering(line, [tie.token], [person.span, group.span])
        yield claim_draft(self._index, Relation(tie.type, person.ref, group.ref), evidence, voice, 0.7)

    def _defined(self, line: IndexedSentence, token: int) -> bool:
        """Whether a definition, which gives its own alias, covers a token."""
        at = line.sentence.tokens[token].start
        return any(d.start <= at < d.end for d in self._index.reading.definitions)

    def _type(self, match: Match) -> RelationType:
        known = self._ties.relations[match.pattern.type]
        held = match.indefinite and match.pattern.slots.get("of") == "object"  # "a leader of X", not "a faction of X"
        form = known.past_form if match.past else known.indefinite_form if held else None
        return self._ties.relations.get(form or "", known)

    def _voice(self, line: IndexedSentence, match: Match) -> Voice:
        """The voice of the clause; a role taken for granted ("the leader of X met …") is as the document has it."""
        voice = voice_of(line, match.token, self._index)
        token = line.sentence.tokens[match.token]
        predicate = token.dep in ("attr", "ROOT", "oprd", "acomp") or line.lemmas[token.head] == "as"
        if match.pattern.pos == "noun" and match.pattern.slots.keys() <= _ROLES and not predicate:
            return replace(voice, stance="asserted", modality="actual")
        return voice

    def _draft(
        self, line: IndexedSentence, match: Match, sides: tuple[_Side, _Side], read: tuple[RelationType, Voice]
    ) -> Draft:
        known, voice = read
        spans = [s.span for s in sides] + ([voice.dated] if voice.dated else [])
        listed = not all(line.sentence.start <= s.span[0] < line.sentence.end for s in sides)  # "these groups"
        pointing = [h for heads in match.sides.values() for h in heads] if listed else []
        evidence = covering(line, [match.token, *pointing], spans)
        sure = 0.75 if match.pattern.pos == "verb" else 0.7
        body = Relation(known.id, sides[0].ref, sides[1].ref)
        return claim_draft(self._index, body, evidence, voice, sure, [s.span for s in sides])

    # ------------------------------------------------------------ the two sides

    def _sides(self, line: IndexedSentence, match: Match, known: RelationType) -> Iterator[tuple[_Side, _Side]]:
        objects = self._refs(line, match, "object", known.object)
        subjects = self._refs(line, match, "subject", known.subject) if objects else []
        if objects and not subjects and match.sides["subject"] == (match.token,):
            subjects = [self._phrase(line, match.token, known.subject[0])]
        for subject in subjects:
            for object_ in objects:
                if subject.span != object_.span:
                    yield subject, object_

    def _refs(self, line: IndexedSentence, match: Match, side: str, kinds: Sequence[str]) -> list[_Side]:
        found: list[_Side] = []
        for head in [h for first in match.sides[side] for h in (first, *listed_with(line, first))]:
            if "incident" in kinds:
                found += self._incident(line, head)
                continue
            under = instrument_span(line, head) if "instrument" in kinds else None
            if under is not None:
                words = self._text[under[0] : under[1]]
                found.append(_Side(ActorRef(words, " ".join(words.split()), None, "instrument"), under))
                continue
            mentions = self._parties.of(line, head, kinds)
            if line.lemmas[head] in self._incidents and line.actor_at(head) is None:
                mentions = [m for m in line.actors_in_phrase(head) if m.kind in kinds]
                mentions += self._forces(line, head) if not mentions and "agency" in kinds else []
            if not mentions and tuple(kinds) == ("person",):  # who alone can lead: "headed by X"
                unlisted = somebody(line, head)
                mentions = [unlisted] if unlisted is not None else []
            told = [self._side(line, mention) for mention in mentions]
            if line.lemmas[head] in self._incidents:
                told = [replace(t, span=phrase_span(line.sentence, head)) for t in told]
            held = line.sentence.tokens[head].dep in ("dobj", "nsubjpass")
            if not told and held and line.lemmas[head] in match.pattern.beside and "organization" in kinds:
                told = [self._phrase(line, head, "organization")]  # "opened a branch in Y": the branch has no name
            found += [t for t in told if t not in found]
        return found

    def _forces(self, line: IndexedSentence, head: int) -> list[ActorMention]:
        """Whose operation it was where only the kind of force is said: "a police encounter"."""
        agents = self._index.codebook.tables["state_agents"]
        found = []
        for k in line.sentence.children[head]:
            token = line.sentence.tokens[k]
            if token.dep in ("compound", "nmod", "amod") and line.lemmas[k] in agents:
                found.append(ActorMention(token.start, token.end, token.text, token.text, None, "agency", "described"))
        return found

    def _side(self, line: IndexedSentence, mention: ActorMention) -> _Side:
        """A mention as a side; a described group ("an IS cell") is quoted with what tells it from others."""
        mention = self._by_name(line, mention)
        whole = described_span(line, mention)
        if whole == (mention.start, mention.end):
            return _Side(ref(mention), whole)
        return _Side(replace(ref(mention), text=self._text[whole[0] : whole[1]]), whole)

    def _by_name(self, line: IndexedSentence, mention: ActorMention) -> ActorMention:
        """Somebody said by office who is named beside it: "an Afghan commander, X" is quoted as X."""
        if mention.how != "described" or mention.kind != "person":
            return mention
        named = (m for m in line.actors if m.name == mention.name and m.how not in ("described", "pronoun"))
        return next((m for m in named if 0 <= m.start - mention.end <= _BESIDE or m.end == mention.start - 1), mention)

    def _phrase(self, line: IndexedSentence, head: int, kind: str) -> _Side:
        """A noun phrase as a side, named by its own words."""
        start, end = phrase_span(line.sentence, head)
        text = self._text[start:end]
        return _Side(ActorRef(text, " ".join(text.split()), None, kind), (start, end))

    def _incident(self, line: IndexedSentence, head: int) -> list[_Side]:
        return [self._phrase(line, head, "incident")] if line.lemmas[head] in self._incidents else []

    # ------------------------------------------------------------ names and parts

    def alias(self, definition: Definition) -> Iterator[Draft]:
        """Two names side by side: each side is named by the very words that the text gives."""
        if "alias_of" not in self._ties.relations:
            return
        sides = (definition.first, definition.second)
        one, two = (ActorRef(m.text, " ".join(m.text.split()), m.id, m.kind) for m in sides)
        span = (definition.start, definition.end)
        yield claim_draft(self._index, Relation("alias_of", one, two), span, self._named_when(definition), 0.9)

    def _named_when(self, definition: Definition) -> Voice:
        """The voice of a definition; the day, where it tells of a change of name ("renamed itself X in May 2009")."""
        line = self._index.at(definition.start)
        if line is None:
            return _SAID
        between = [
            t
            for t in line.sentence.tokens
            if definition.first.end <= t.start < definition.second.start and t.tag == "VBD"
        ]
        if not between:
            return _SAID
        voice = voice_of(line, between[-1].i, self._index)
        return replace(_SAID, when=voice.when, dated=voice.dated) if voice.dated else _SAID

    def _part(self, line: IndexedSentence, mention: ActorMention, seen: set[tuple[str, str, str]]) -> Iterator[Draft]:
        """A described part and its whole: "the TTP Karachi chapter" is part of the TTP, an "IS-linked cell" is not."""
        if mention.how != "described" or not armed(mention) or not mention.id:
            return
        parent = actors_by_id().get(parent_of(mention.id, actors_by_id()) or "")
        names = sorted(parent.names, key=lambda n: -len(n.text)) if parent is not None else ()
        words = next((n.text for n in names if n.text in mention.text), None) or _owner(mention.text)
        if parent is None or words is None:
            return
        kind = "affiliated_with" if _LOOSE.search(mention.text) else "part_of"
        key = (kind, mention.id, parent.id)
        if kind not in self._ties.relations or key in seen:
            return
        seen.add(key)
        token = line.first_token(mention)
        voice = replace(voice_of(line, token, self._index), modality="actual") if token is not None else _SAID
        side = self._side(line, self._named_part(line, mention))
        body = Relation(kind, side.ref, ActorRef(words, parent.names[0].text, parent.id, parent.kind))
        described = (mention.start, mention.end)
        evidence = min(side.span[0], described[0]), max(side.span[1], described[1])
        yield claim_draft(self._index, body, evidence, voice, 0.8)

    def _named_part(self, line: IndexedSentence, part: ActorMention) -> ActorMention:
        """The name right before a described part that is said of it: "X, the Tunisian offshoot of Y"; else the part."""
        for mention in line.actors:
            between = self._text[mention.end : part.start]
            if armed(mention) and mention.how != "described" and _SAID_OF.fullmatch(between):
                return mention
        return part


def _in_words(side: _Side) -> _Side:
    """A side of two names by the very words of the text; an actor told otherwise ("it") by its usual name."""
    words = " ".join(side.ref.text.split())
    name = words if words.rpartition(" ")[2][:1].isupper() else side.ref.name
    return replace(side, ref=replace(side.ref, name=name))


def _owner(words: str) -> str | None:
    """The word that stands for the whole in "group's Karachi chapter"."""
    found = _OWNER.match(words)
    return found.group(1) if found else None


def _key(actor: ActorRef, by_name: bool = False) -> str:
    return actor.name.lower() if by_name else actor.id or actor.name.lower()
