"""Words found in records, with their surroundings. Invariant: what is shown is part of the record, word for word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from khabar.records import Claim, Event
from khabar.serve.evidence import Source, sources_of
from khabar.serve.text_filters import SearchQuery
from khabar.store.base import View
from khabar.store.questions import ActorSummary, Hit
from khabar.text import fold

__all__ = ["Found", "Parts", "cut", "found_for", "marked"]

Parts = list[tuple[str, bool]]
"""A text in pieces, each with whether it was looked for."""

_FEW = 5  # of each kind, where all kinds are asked for
_WORD = re.compile(r"\w+")
_STEM = 4  # letters that a word and what is looked for must share at least


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found of each kind; `more` are the kinds of which there is more than is here."""

    incidents: tuple[Event, ...] = ()
    actors: tuple[ActorSummary, ...] = ()
    documents: tuple[Hit, ...] = ()
    claims: tuple[Claim, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    more: frozenset[str] = frozenset()


def found_for(base: View, asked: SearchQuery, page_size: int) -> Found:
    """The first few of each kind, or one page of the kind asked for."""
    if not asked.text:
        return Found()
    limit, offset = (page_size, asked.offset) if asked.kind else (_FEW, 0)

    def wanted(kind: str) -> bool:
        return asked.kind in ("", kind)

    one_more = limit + 1
    incidents = tuple(base.events(asked.events(one_more, offset))) if wanted("incidents") else ()
    actors = tuple(base.actors(asked.actors(one_more, offset))) if wanted("actors") else ()
    documents = tuple(base.search(asked.text, one_more, offset)) if wanted("documents") else ()
    claims = tuple(base.claims(asked.claims(one_more, offset))) if wanted("claims") else ()
    sizes = {"incidents": len(incidents), "actors": len(actors), "documents": len(documents), "claims": len(claims)}
    return Found(
        incidents[:limit],
        actors[:limit],
        documents[:limit],
        claims[:limit],
        sources_of(base, claims[:limit]),
        frozenset(kind for kind, size in sizes.items() if size > limit),
    )


def cut(hit: Hit) -> Parts:
    """The snippet of a report, its found words marked."""
    parts: Parts = []
    done = 0
    for start, end in hit.marks:
        parts += [(hit.snippet[done:start], False), (hit.snippet[start:end], True)]
        done = end
    return [*parts, (hit.snippet[done:], False)]


def marked(text: str, asked: str) -> Parts:
    """The text with the words marked that are, or begin like, those that were looked for."""
    terms = [fold(word) for word in _WORD.findall(asked)]
    parts: Parts = []
    done = 0
    for found in _WORD.finditer(text):
        if any(_like(fold(found.group()), term) for term in terms):
            parts += [(text[done : found.start()], False), (found.group(), True)]
            done = found.end()
    return [part for part in [*parts, (text[done:], False)] if part[0]]


def _like(word: str, term: str) -> bool:
    """Whether a word is what was looked for, or another form of it."""
    return word == term or (len(term) >= _STEM and word.startswith(term[: max(_STEM, len(term) - 2)]))
