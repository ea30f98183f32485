"""What relation, presence and statement claims share: who a phrase stands for, who says it, when, and the claim itself.

Invariant: a pure function of an indexed reading; every value keeps the reading offsets it was taken from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from khabar.codebook.model import Codebook
from khabar.codebook.ties import Ties
from khabar.extraction.assemble import VERSION
from khabar.extraction.ground import Draft
from khabar.extraction.indexed import Indexed, IndexedSentence, Span
from khabar.extraction.instruments import in_instrument
from khabar.extraction.modality import modality_of
from khabar.extraction.parties import ties_of
from khabar.extraction.speakers import hedged, speaker_of
from khabar.extraction.timing import Dated, open_date, read_date
from khabar.extraction.triggers import Hit
from khabar.extraction.units import Unit
from khabar.reading.clauses import ancestors, descendants, modals
from khabar.records import Claim, ClaimKind, Extractor, Passage, Presence, Relation, Speaker, Statement, When

__all__ = ["Voice", "claim_draft", "covering", "voice_of"]

_ANNOUNCING = frozenset({"announce", "vow", "promise", "agree", "declare", "decide", "pledge"})
_KINDS: dict[type, ClaimKind] = {Relation: "relation", Presence: "presence", Statement: "statement"}
_UNSURE = ("may", "might", "could")
_GOVERNED = ("ccomp", "xcomp", "prep", "pobj", "acl", "oprd", "csubj", "nsubj")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says something, how surely, whether it happened and when; `spans` hold the words that said so."""

    speaker: Speaker | None
    stance: str
    modality: str
    when: When
    spans: tuple[Span, ...] = field(default=())
    dated: Span | None = None


# ------------------------------------------------------------------ who says it, how surely, when


def voice_of(line: IndexedSentence, token: int, index: Indexed) -> Voice:
    """Speaker, stance, modality and time of what is said at a token."""
    book, text = index.codebook, index.reading.text
    unit = Unit(line, _finite(line, token), [Hit(token, first=token)], alone=False)
    modality = modality_of(unit, unit.hits[0], book)
    if modality in ("hypothetical", "predicted") and _announced(line, token):
        modality = "planned"
    elif modality == "hypothetical" and _achieved(line, token):
        modality = "actual"
    stance, speaker, spans = "asserted", None, []
    saying = speaker_of(line, token, book, text)
    if saying is not None:
        speaker, stance = saying.speaker, saying.stance
        if saying.span is not None:
            spans.append(saying.span)
    elif (named := _taken_for_noun(line, token, book)) is not None:
        speaker = Speaker(text[named[0] : named[1]])
        spans.append(named)
    if stance == "asserted" and (hedged(line, token, book) or _unsure(line, token, ties_of(book))):
        stance = "hedged"
    dated = _own(line, token, read_date(unit))
    when = dated.when if dated is not None else When()
    if dated is None and modality in ("actual", "attempted"):
        when = open_date(index.reading.document)
    return Voice(speaker, stance, modality, when, tuple(spans), dated.span if dated is not None else None)


def _taken_for_noun(line: IndexedSentence, token: int, book: Codebook) -> Span | None:
    """Who says it in "…, the army estimates", where the parser takes the verb for a noun with a name before it."""
    tokens = line.sentence.tokens
    last = next((t for t in reversed(tokens) if t.pos not in ("PUNCT", "SPACE")), None)
    if last is None or last.pos not in ("NOUN", "PROPN", "VERB") or line.lemmas[last.i] not in book.tables["reporting"]:
        return None
    if last.dep != "ROOT" or token not in descendants(line.sentence, last.i):
        return None
    first = last.i
    while (
        first > 0 and tokens[first - 1].head == last.i and tokens[first - 1].dep in ("compound", "amod", "det", "poss")
    ):
        first -= 1
    named = [t for t in tokens[first : last.i] if t.dep != "det"]
    comma = first > 0 and tokens[first - 1].text == ","
    return (named[0].start, named[-1].end) if named and comma else None


def _own(line: IndexedSentence, token: int, dated: Dated | None) -> Dated | None:
    """A date, unless it belongs to another clause: "X, who had joined in May, was replaced" dates no replacement."""
    at = line.sentence.token_at(dated.span[0]) if dated is not None else None
    if at is None or in_instrument(line, at):
        return None
    above = {token, *ancestors(line.sentence, token)}
    for k in ancestors(line.sentence, at):
        if k == token or line.sentence.tokens[k].pos in ("VERB", "AUX"):
            return dated if k in above else None
    return dated


def _finite(line: IndexedSentence, token: int) -> frozenset[int]:
    """Tokens of the smallest clause around a token that has a subject of its own; the sentence where none has."""
    sentence = line.sentence
    for above in (token, *ancestors(sentence, token)):
        verb = sentence.tokens[above]
        subject = any(sentence.tokens[k].dep in ("nsubj", "nsubjpass") for k in sentence.children[above])
        if verb.pos in ("VERB", "AUX") and subject and verb.dep in ("advcl", "ccomp", "conj", "relcl"):
            return frozenset(descendants(sentence, above))
    return frozenset(range(len(sentence.tokens)))


def _achieved(line: IndexedSentence, token: int) -> bool:
    """True of "has been able to": what somebody was able to do is told as done."""
    sentence = line.sentence
    for above in ancestors(sentence, token):
        if line.lemmas[above] == "able":
            verb = sentence.tokens[above].head
            return sentence.tokens[verb].tag in ("VBD", "VBN") or "have" in modals(sentence, verb)
    return False


def _announced(line: IndexedSentence, token: int) -> bool:
    return any(line.lemmas[a] in _ANNOUNCING for a in ancestors(line.sentence, token))


def _unsure(line: IndexedSentence, token: int, ties: Ties) -> bool:
    """True of "may have sworn", "it appears that", "there are signs of"."""
    sentence = line.sentence
    words = ties.lists.get("hedges", frozenset())
    if any(m in _UNSURE for m in modals(sentence, token)):
        return True
    below, crossed = token, False
    for above in (token, *ancestors(sentence, token)):
        if above != token and line.lemmas[above] in words and sentence.tokens[below].dep in _GOVERNED:
            return True
        if crossed:
            return False
        kids = sentence.children[above]
        if any(line.lemmas[k] in words and sentence.tokens[k].dep in ("advmod", "amod", "acomp") for k in kids):
            return True
        if sentence.tokens[above].dep in ("relcl", "advcl", "conj"):
            return False
        crossed = sentence.tokens[above].dep == "ccomp"
        below = above
    return False


# ------------------------------------------------------------------ the claim


def covering(line: IndexedSentence, tokens: Iterable[int], spans: Iterable[Span] = ()) -> Span:
    """The stretch of the sentence from the first to the last of the tokens and spans."""
    marks = [(line.sentence.tokens[t].start, line.sentence.tokens[t].end) for t in tokens]
    marks += [s for s in spans if line.sentence.start <= s[0] < line.sentence.end]
    return min(s for s, _ in marks), max(e for _, e in marks)


def claim_draft(
    index: Indexed,
    body: Relation | Presence | Statement,
    evidence: Span,
    voice: Voice,
    confidence: float = 0.7,
    more: Iterable[Span] = (),
) -> Draft:
    """A claim with its evidence, for `ground`; words of speaker and date, and `more`, are given as further evidence."""
    start, end = evidence
    claim = Claim(
        id="draft",
        kind=_KINDS[type(body)],
        passages=(Passage(index.reading.document.id, start, end, index.reading.text[start:end]),),
        body=body,
        extractor=Extractor("rules", VERSION, index.codebook.key),
        speaker=voice.speaker,
        stance=voice.stance,
        modality=voice.modality,
        when=voice.when,
        confidence=confidence,
    )
    support = [*more, *voice.spans, *([voice.dated] if voice.dated else [])]
    return Draft(claim, (evidence,), tuple(support))
