"""What relation, presence and statement claims share: who a phrase stands for, who says it, when, and the claim itself.

Invariant: a pure function of an indexed reading; every value keeps the reading offsets it was taken from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from khabar.codebook.model import Codebook
from khabar.codebook.ties import Ties
from khabar.extraction.ground import Draft
from khabar.extraction.indexed import Indexed, IndexedSentence, Span
from khabar.extraction.modality import modality_of
from khabar.extraction.patterns import heads_of_mention
from khabar.extraction.speakers import hedged, speaker_of
from khabar.extraction.timing import open_date, read_date
from khabar.extraction.triggers import Hit
from khabar.extraction.units import Unit
from khabar.reading.clauses import ancestors, modals
from khabar.reading.model import ActorMention
from khabar.records import ActorRef, Claim, ClaimBody, ClaimKind, Extractor, Passage, Speaker, When

__all__ = ["Voice", "actors_of", "armed", "claim_draft", "covering", "ref", "ties_of", "voice_of"]

VERSION = "1"
_ANNOUNCING = frozenset({"announce", "vow", "promise", "agree", "declare", "decide", "pledge"})
_UNSURE = ("may", "might", "could")
_RELATIVE = ("WDT", "WP", "WP$")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says something, how surely, whether it happened and when; `spans` hold the words that said so."""

    speaker: Speaker | None
    stance: str
    modality: str
    when: When
    spans: tuple[Span, ...] = field(default=())
    dated: Span | None = None


def ties_of(book: Codebook) -> Ties:
    """The codebook's ties; an empty section where it has none."""
    return book.ties if isinstance(book.ties, Ties) else Ties()


# ------------------------------------------------------------------ who


def actors_of(line: IndexedSentence, head: int, ties: Ties, kinds: Iterable[str] = ()) -> list[ActorMention]:
    """The actors that a phrase stands for: its own mention, else the group whose people or parts it names."""
    allowed = tuple(kinds)
    own = line.actor_at(head)
    members = ties.lists.get("members", frozenset())
    lemma = line.lemmas[head]
    if own is not None and not (
        own.how == "described" and own.id is None and own.name[:1].islower() and lemma in members
    ):
        return [own] if not allowed or own.kind in allowed else _inside(line, head, allowed)
    if line.sentence.tokens[head].tag in _RELATIVE:
        return []
    if lemma in members or own is not None:
        found = _inside(line, head, allowed)
        if found:
            return found
        return [own] if own is not None and (not allowed or own.kind in allowed) else []
    return [m for m in _apposed(line, head) if not allowed or m.kind in allowed]


def _inside(line: IndexedSentence, head: int, allowed: tuple[str, ...]) -> list[ActorMention]:
    found: list[ActorMention] = []
    for k in heads_of_mention(line, head):
        mention = line.actor_at(k)
        if mention is not None and mention not in found and (not allowed or mention.kind in allowed):
            found.append(mention)
    return found


def _apposed(line: IndexedSentence, head: int) -> list[ActorMention]:
    """ "The leader of the faction, X": the name beside a phrase that is no mention itself."""
    for k in line.sentence.children[head]:
        if line.sentence.tokens[k].dep == "appos":
            mention = line.actor_at(k)
            if mention is not None:
                return [mention]
    return []


def ref(mention: ActorMention) -> ActorRef:
    """A mention as a claim names it."""
    return ActorRef(mention.text, mention.name, mention.id, mention.kind)


def armed(mention: ActorMention) -> bool:
    """True of an organised group that is no office of a state."""
    return mention.kind == "organization"


# ------------------------------------------------------------------ who says it, how surely, when


def voice_of(line: IndexedSentence, token: int, index: Indexed, near: Iterable[int] = ()) -> Voice:
    """Speaker, stance, modality and time of what is said at a token; `near` are the tokens of its sides."""
    book, text = index.codebook, index.reading.text
    unit = Unit(line, frozenset(range(len(line.sentence.tokens))), [Hit(token, first=token)], alone=False)
    modality = modality_of(unit, unit.hits[0], book)
    if modality in ("hypothetical", "predicted") and _announced(line, token):
        modality = "planned"
    stance, speaker, spans = "asserted", None, []
    saying = speaker_of(line, token, book, text)
    if saying is not None:
        speaker, stance = saying.speaker, saying.stance
        if saying.span is not None:
            spans.append(saying.span)
    if stance == "asserted" and (hedged(line, token, book) or _unsure(line, token, ties_of(book))):
        stance = "hedged"
    dated = read_date(unit)
    when = dated.when if dated is not None else When()
    if dated is None and modality in ("actual", "attempted"):
        when = open_date(index.reading.document)
    return Voice(speaker, stance, modality, when, tuple(spans), dated.span if dated is not None else None)


def _announced(line: IndexedSentence, token: int) -> bool:
    return any(line.lemmas[a] in _ANNOUNCING for a in ancestors(line.sentence, token))


def _unsure(line: IndexedSentence, token: int, ties: Ties) -> bool:
    """ "May have sworn", "it appears that", "there are signs of"."""
    sentence = line.sentence
    words = ties.lists.get("hedges", frozenset())
    if any(m in _UNSURE for m in modals(sentence, token)):
        return True
    below = token
    for above in (token, *ancestors(sentence, token)):
        if above != token and line.lemmas[above] in words and sentence.tokens[above].pos in ("VERB", "NOUN", "ADJ"):
            if sentence.tokens[below].dep in ("ccomp", "xcomp", "prep", "pobj", "acl", "relcl", "oprd", "csubj"):
                return True
        if any(
            line.lemmas[k] in words
            for k in sentence.children[above]
            if sentence.tokens[k].dep in ("advmod", "amod", "acomp")
        ):
            return True
        if sentence.tokens[above].dep in ("ccomp", "relcl", "ROOT") and above != token:
            break
        below = above
    return False


# ------------------------------------------------------------------ the claim


def covering(line: IndexedSentence, tokens: Iterable[int], spans: Iterable[Span] = ()) -> Span:
    """The stretch of the sentence from the first to the last of the tokens and spans."""
    marks = [(line.sentence.tokens[t].start, line.sentence.tokens[t].end) for t in tokens]
    marks += [s for s in spans if line.sentence.start <= s[0] < line.sentence.end]
    return min(s for s, _ in marks), max(e for _, e in marks)


def claim_draft(
    index: Indexed, kind: ClaimKind, body: ClaimBody, evidence: Span, voice: Voice, confidence: float = 0.7
) -> Draft:
    """A claim with its evidence, for `ground`; the words of speaker and date are given as further evidence."""
    start, end = evidence
    claim = Claim(
        id="draft",
        kind=kind,
        passages=(Passage(index.reading.document.id, start, end, index.reading.text[start:end]),),
        body=body,
        extractor=Extractor("rules", VERSION, index.codebook.key),
        speaker=voice.speaker,
        stance=voice.stance,
        modality=voice.modality,
        when=voice.when,
        confidence=confidence,
    )
    support = [*voice.spans, *([voice.dated] if voice.dated else [])]
    return Draft(claim, (evidence,), tuple(support))
