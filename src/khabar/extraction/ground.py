"""The evidence check that every extractor's claims pass. Invariant: what leaves here quotes its document exactly, in
passages of at most 700 characters, and names nothing that its passages do not contain.

A value that is not found in the claim's own evidence must stand in a declared further passage; those are added to the
evidence. A claim whose values are in none of its passages is refused, and the refusal recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from unicodedata import normalize

from khabar.errors import ExtractionError, RecordError
from khabar.exchange import claim_id
from khabar.extraction.indexed import Span
from khabar.reading.model import Reading
from khabar.records import Claim, EventBody, Passage, Presence, Relation, Statement
from khabar.text import TWINS

__all__ = ["LONGEST", "Draft", "Grounded", "ground"]

LONGEST = 700  # characters of one passage: a clause to a few sentences, never a document


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim without id, with its evidence as reading spans (the first is the report itself) and the spans of values
    taken from elsewhere. `claim.passages` and `claim.id` are made by `ground`.
    """

    claim: Claim
    evidence: tuple[Span, ...]
    support: tuple[Span, ...] = ()
    core: Span | None = None


@dataclass(frozen=True, slots=True)
class Grounded:
    """Claims whose text says what they say, the draft of each, and the errors for those that were refused."""

    claims: list[Claim]
    refused: list[ExtractionError]
    drafts: list[Draft]


def ground(drafts: Iterable[Draft], reading: Reading) -> Grounded:
    """Map drafts to the archived text, check every value, give ids; equal claims are kept once."""
    claims: dict[str, tuple[Claim, Draft]] = {}
    refused: list[ExtractionError] = []
    for draft in drafts:
        try:
            claim = _grounded(draft, reading)
        except ExtractionError as problem:
            refused.append(problem)
            continue
        claims.setdefault(claim.id, (claim, draft))
    return Grounded([claim for claim, _ in claims.values()], refused, [draft for _, draft in claims.values()])


def _grounded(draft: Draft, reading: Reading) -> Claim:
    spans = [_short(span, draft.core, reading) for span in draft.evidence]
    passages = [_passage(span, reading) for span in _distinct(spans)]
    missing = [t for t in _texts(draft.claim) if not _said(t, passages)]
    if missing:
        passages += [_passage(span, reading) for span in _distinct(draft.support) if not _inside(span, spans)]
        lost = [t for t in missing if not _said(t, passages)]
        if lost:
            raise ExtractionError(
                f"{draft.claim.kind} claim at {passages[0].start} in {reading.document.file or reading.document.id}: "
                f"its text does not say {lost[0]!r}.",
                "Give the passage that does as further evidence.",
            )
    claim = replace(draft.claim, passages=tuple(passages))
    return replace(claim, id=claim_id(claim))


def _passage(span: Span, reading: Reading) -> Passage:
    try:
        passage = reading.locate(*span)
    except RecordError as problem:
        raise ExtractionError(f"evidence at {span[0]} to {span[1]} is not in the text.", problem.message) from problem
    text = reading.document.text
    if len(passage.quote) > LONGEST:
        end = passage.start + LONGEST
        return Passage(passage.document, passage.start, end, text[passage.start : end])
    return passage


def _short(span: Span, core: Span | None, reading: Reading) -> Span:
    """A span within the limit: a longer one shrinks to the clause marks around its core."""
    start, end = span
    limit = LONGEST - 100  # the archived text may hold more characters than its repaired form
    if end - start <= limit:
        return span
    middle = (core[0] + core[1]) // 2 if core and start <= core[0] < end else start
    first = max(start, middle - limit // 2)
    last = min(end, first + limit)
    text = reading.text
    cut = text.find(", ", first, middle) if first > start else -1
    first = cut + 2 if cut >= 0 else first
    stop = text.rfind(", ", middle, last) if last < end else -1
    return first, stop if stop > middle else last


def _distinct(spans: Sequence[Span]) -> Iterator[Span]:
    seen: set[Span] = set()
    for span in spans:
        if span not in seen and span[1] > span[0]:
            seen.add(span)
            yield span


def _inside(span: Span, spans: Sequence[Span]) -> bool:
    return any(s[0] <= span[0] and span[1] <= s[1] for s in spans)


def _said(words: str, passages: Sequence[Passage]) -> bool:
    plain = _plain(words)
    return any(plain in _plain(p.quote) for p in passages)


@lru_cache(maxsize=4096)  # the same quote is asked for every word of its claim
def _plain(text: str) -> str:
    """Letters and digits alone, so that neither blanks nor quotation marks matter, nor how accents are written, nor
    letters of other alphabets that look the same.
    """
    return "".join(TWINS.get(c, c) for c in normalize("NFKD", text) if c.isalnum()).lower()


def _texts(claim: Claim) -> Iterator[str]:
    """Every stretch of text that a claim says it found."""
    if claim.when.text:
        yield claim.when.text
    if claim.speaker is not None:
        yield claim.speaker.name
    body = claim.body
    if isinstance(body, EventBody):
        yield from _event_texts(body)
    elif isinstance(body, Relation):
        yield body.subject.text
        yield body.object.text
    elif isinstance(body, Presence):
        yield body.actor.text
        yield body.place.text
    elif isinstance(body, Statement):
        for actor in body.about:
            yield actor.text


def _event_texts(body: EventBody) -> Iterator[str]:
    yield from (place.text for place in body.places)
    yield from (attribution.actor.text for attribution in body.attributions)
    yield from (target.text for target in body.targets)
    if body.weapon is not None:
        yield body.weapon.text
    counts = (body.killed, body.injured, body.arrested, body.abducted, body.attackers_killed)
    yield from (count.text for count in counts if count is not None)
