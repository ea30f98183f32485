"""Where claims stand in their documents, ready to be shown. Invariant: a document's pieces joined give its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from khabar.records import Claim, Count, Document, EventBody, Passage, Presence, Relation, Side
from khabar.store.base import View
from khabar.store.questions import DocumentFilter
from khabar.text import file_name

__all__ = ["Piece", "Quote", "Source", "distinct", "pieces_of", "quotes_of", "reports_of", "said_of", "sources_of"]

_MANY = 500  # reports in one question


@dataclass(frozen=True, slots=True)
class Source:
    """A report as it is named beside a quote: `called` is the caller's id, else the file; `published` the last day on
    which it may have been published, else the first, else "undated".
    """

    id: str
    name: str
    publisher: str | None
    published: str
    file: str
    called: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage as evidence of one value: its words in parts, the ones that state the value marked, its address, and
    who is quoted with it (None is the report itself).
    """

    claim: Claim
    source: Source
    parts: tuple[tuple[str, bool], ...]
    href: str
    said_by: str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a document: claims whose evidence covers it, those that begin here, whether it was skipped, and
    whether it holds the very words that were asked for.
    """

    text: str
    claims: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    skipped: bool = False
    asked: bool = False


def quotes_of(claim: Claim, source: Source, value: Any) -> list[Quote]:
    """The passages of a claim that hold the words of a value; its first passage where none does."""
    told = dict(_words_of(value))
    found = []
    for passage in claim.passages:
        hits = {w: (at, at + len(w)) for w in told if (at := passage.quote.find(w)) >= 0}
        if hits:
            said_by = _said_by(claim, {told[w] for w in hits})
            found.append(_quote(claim, source, passage, sorted(set(hits.values())), said_by))
    return found or [_quote(claim, source, claim.passages[0], [], _said_by(claim, set(told.values())))]


def distinct(keys: Iterable[str], claims: Mapping[str, Claim]) -> list[Claim]:
    """The claims of `keys` that are there, one for each passage: a statement of presence stands with its presence."""
    found: dict[tuple[str, int, int], Claim] = {}
    for claim in (claims[key] for key in keys if key in claims):
        passage = claim.passages[0]
        place = (passage.document, passage.start, passage.end)
        if place not in found or (found[place].kind == "statement" and claim.kind != "statement"):
            found[place] = claim
    return list(found.values())


def _said_by(claim: Claim, makers: set[str | None]) -> str | None:
    """Who is quoted: of an attribution the one who makes it, since that is often not who tells the rest of the claim;
    else the claim's speaker.
    """
    if len(makers) == 1 and (maker := next(iter(makers))) is not None:
        return maker
    if claim.speaker is None:
        return None
    return claim.speaker.name + (f", via {claim.speaker.via}" if claim.speaker.via else "")


def said_of(side: Side, kind: str, claim: Claim) -> list[dict[str, str | None]]:
    """What a claim says for one side of a contradiction, as values whose words can be looked for in its passages."""
    body = claim.body
    if isinstance(body, EventBody) and kind == "attribution":
        return [
            {"text": a.actor.text, "actor": a.actor.name, "stance": a.stance, "by": a.by}
            for a in body.attributions
            if a.actor.name in side.says
        ]
    texts: list[str | None] = []
    if isinstance(body, EventBody):
        if kind == "toll":
            counts = (body.killed, body.injured, body.arrested, body.abducted, body.attackers_killed)
            texts = [c.text for c in counts if c is not None and (c.best or c.low or c.high) and _stated(c, side.says)]
        elif kind == "date":
            texts = [claim.when.text]
        elif kind == "place":
            texts = [p.text for p in body.places if p.name in side.says]
    elif isinstance(body, Relation):
        texts = [claim.when.text, body.subject.text, body.object.text]
    elif isinstance(body, Presence):
        texts = [body.place.text, body.actor.text]
    return [{"text": text} for text in texts]


def _stated(count: Count, says: str) -> bool:
    return any(str(n) in says for n in (count.low, count.best, count.high) if n is not None)


def _words_of(value: Any) -> Iterator[tuple[str, str | None]]:
    """The words of the text that a value carries with it, each with who makes the attribution if it is one."""
    if isinstance(value, Mapping):
        text = value.get("text") or value.get("actor")
        if isinstance(text, str) and text:
            own = value.get("actor") if value.get("stance") == "claimed" else None
            yield text, value.get("by") or own
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _words_of(inner)


def _quote(
    claim: Claim, source: Source, passage: Passage, hits: Sequence[tuple[int, int]], said_by: str | None
) -> Quote:
    parts: list[tuple[str, bool]] = []
    done = 0
    for start, end in hits:
        if start >= done:
            parts += [(passage.quote[done:start], False), (passage.quote[start:end], True)]
            done = end
    parts.append((passage.quote[done:], False))
    start, end = hits[0] if hits else (0, 0)
    at = f"&start={passage.start + start}&end={passage.start + end}" if hits else ""
    anchor = "asked" if hits else f"e-{claim.id}"
    href = f"/documents/{source.id}?claim={claim.id}{at}#{anchor}"
    return Quote(claim, source, tuple((text, hit) for text, hit in parts if text), href, said_by)


def sources_of(base: View, claims: Iterable[Claim]) -> dict[str, Source]:
    """The reports in which the claims stand, by document id."""
    return reports_of(base, (claim.passages[0].document for claim in claims))


def reports_of(base: View, documents: Iterable[str]) -> dict[str, Source]:
    """Reports by document id; their texts are not read."""
    keys = list(dict.fromkeys(documents))
    found: dict[str, Source] = {}
    for start in range(0, len(keys), _MANY):
        for d in base.document_list(DocumentFilter(ids=tuple(keys[start : start + _MANY]))):
            published = d.published.latest or d.published.earliest or "undated"
            called = d.external_id or file_name(d.file)
            found[d.id] = Source(d.id, d.title or called, d.publisher, published, d.file, called)
    return found


def pieces_of(document: Document, claims: Sequence[Claim], asked: tuple[int, int] = (0, 0)) -> list[Piece]:
    """The document cut wherever evidence, a skipped passage or the words asked for begin or end."""
    spans = [(p.start, p.end, c.id) for c in claims for p in c.passages if p.document == document.id]
    cuts = {0, len(document.text), *asked}
    for start, end, _ in spans:
        cuts |= {start, end}
    for start, end in document.skipped:
        cuts |= {start, end}
    edges = sorted(cut for cut in cuts if 0 <= cut <= len(document.text))
    spans.sort()
    seen: set[str] = set()
    pieces: list[Piece] = []
    for start, end in pairwise(edges):
        # dict keeps the order and drops a claim whose passages overlap each other
        inside = tuple(dict.fromkeys(key for s, e, key in spans if s <= start and end <= e))
        begins = tuple(key for key in inside if key not in seen)
        seen.update(begins)
        skipped = any(s <= start and end <= e for s, e in document.skipped)
        wanted = asked[0] <= start and end <= asked[1]
        pieces.append(Piece(document.text[start:end], inside, begins, skipped, wanted))
    return pieces
