"""Statement claims: estimates, assessments, forecasts, warnings, advice, accusations, and what is said of presence.

Invariant: a statement is about an actor that its clause mentions, and a clause gives one statement of a kind.

1. Words of the codebook are met; each kind has a rule about what must stand beside them.
2. Presence found in a clause is asserted or denied by whoever speaks there.
3. Where a clause could be several kinds, the more specific one is kept: an assessment only where it is nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from khabar.codebook.model import Codebook
from khabar.extraction.chains import said_by, shown_by
from khabar.extraction.clausal import clause_span, clause_verb, speech_span
from khabar.extraction.ground import Draft, ground
from khabar.extraction.indexed import Indexed, IndexedSentence, Span, index_reading
from khabar.extraction.parties import ref, ties_of
from khabar.extraction.presence import Found, find_presence
from khabar.extraction.statement_rules import find_statements
from khabar.extraction.statement_words import Said, statement_words
from khabar.extraction.taken_up import with_groups_taken_up
from khabar.extraction.ties import claim_draft, voice_of
from khabar.reading.model import ActorMention, Reading
from khabar.records import ActorRef, Claim, Statement

__all__ = ["extract_statements", "statement_drafts"]

_ORDER = (
    "denial_of_presence", "estimate", "accusation", "warning", "recommendation", "forecast", "assertion_of_presence",
    "assessment",
)  # fmt: skip


def extract_statements(reading: Reading, codebook: Codebook) -> list[Claim]:
    """Every statement that the reading holds, grounded, in text order."""
    index = with_groups_taken_up(index_reading(reading, codebook))
    return ground(statement_drafts(index, find_presence(index)), reading).claims


def statement_drafts(index: Indexed, presence: Sequence[Found]) -> list[Draft]:
    """Drafts of the statement claims of an indexed reading, not yet grounded; `presence` is what was found of it."""
    words = statement_words(ties_of(index.codebook))
    by_line: dict[int, list[Found]] = {}
    for item in presence:
        by_line.setdefault(item.line.index, []).append(item)
    drafts: list[Draft] = []
    for line in index.sentences:
        if line.sentence.tokens and not line.sentence.heading:
            said = [*_of_presence(by_line.get(line.index, ())), *find_statements(line, words, index)]
            drafts += _drafts(line, said, index)
    return drafts


def _drafts(line: IndexedSentence, said: Sequence[Said], index: Indexed) -> list[Draft]:
    taken: list[Span] = []
    drafts: list[Draft] = []
    for item in sorted(said, key=lambda s: (_ORDER.index(s.kind), s.token)):
        span = speech_span(line, clause_verb(line, item.token)) if item.spoken else clause_span(line, item.token)
        if any(_overlap(span, other) for other in taken):
            continue
        taken.append(span)
        voice = item.voice or voice_of(line, item.token, index)
        if item.spoken:
            voice = said_by(line, clause_verb(line, item.token), voice, index.reading.text)
        voice = shown_by(line, item.token, voice, index.reading.text)
        voice = replace(voice, modality="predicted" if item.kind in ("forecast", "warning") else "actual")
        about = _each_once(m for m in item.about if span[0] <= m.start < span[1])
        if not about:
            continue
        body = Statement(item.kind, about, item.quantity)
        drafts.append(claim_draft(index, body, span, voice, 0.6))
    return sorted(drafts, key=lambda d: d.evidence[0])


def _each_once(mentions: Iterable[ActorMention]) -> tuple[ActorRef, ...]:
    """The actors mentioned, each in its first wording that is no pronoun."""
    found: dict[str, ActorMention] = {}
    for mention in mentions:
        key = mention.id or mention.name
        if key not in found or (found[key].how == "pronoun" and mention.how != "pronoun"):
            found[key] = mention
    return tuple(ref(mention) for mention in found.values())


def _overlap(one: Span, two: Span) -> bool:
    shared = min(one[1], two[1]) - max(one[0], two[0])
    return 2 * shared >= min(one[1] - one[0], two[1] - two[0])


# ------------------------------------------------------------------ presence said


def _of_presence(found: Sequence[Found]) -> Iterator[Said]:
    """What a clause says of presence; that somebody was driven out of a place is no denial."""
    for item in found:
        if item.status == "denied":
            yield Said("denial_of_presence", item.token, (item.actor,), voice=item.voice)
        elif item.told and item.places:
            kind = "denial_of_presence" if item.status == "absent" else "assertion_of_presence"
            yield Said(kind, item.token, (item.actor,), voice=item.voice)
