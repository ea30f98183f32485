"""Questions to a base that are answered by working them out. Invariant: to ask changes and keeps nothing.

Contradictions are kept in the base by every `khabar run`; a timeline of what a speaker said, and what the incidents of
the base explain of a total, follow from its claims and incidents at any time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from khabar.codebook.model import Codebook
from khabar.facts import type_facts
from khabar.reading.actors import actors_by_id
from khabar.records import Claim, Event
from khabar.resolution.model import Corpus, DocumentFacts, TypeFacts
from khabar.resolution.parties import Parties, parties_from
from khabar.resolution.positions import Position, positions
from khabar.resolution.scopes import is_total
from khabar.resolution.totals import Coverage, Series, coverage, series
from khabar.store.base import View
from khabar.store.questions import ActorFilter, ClaimFilter, DocumentFilter, EventFilter

__all__ = ["Totals", "coverage_of", "positions_of", "totals_of"]


@dataclass(frozen=True, slots=True)
class Totals:
    """Totals with what the base explains of them, the series they make, and their claims and the incidents by id."""

    found: tuple[Coverage, ...]
    series: tuple[Series, ...]
    claims: Mapping[str, Claim]
    events: Mapping[str, Event]


def positions_of(base: View) -> tuple[Position, ...]:
    """The positions that speakers changed, over the claims that the last run coded."""
    claims = list(base.claims(ClaimFilter(coded=base.overview().doubt)))
    corpus = _corpus(base, claims, TypeFacts())
    return positions(corpus, claims, list(base.events(EventFilter())), _parties(base, claims))


def totals_of(base: View, book: Codebook) -> Totals:
    """What the base explains of every total that gives a number, in the order of claims."""
    coded = base.claims(ClaimFilter(aggregates=True, coded=base.overview().doubt))
    return _totals(base, book, [c for c in coded if is_total(c)])


def coverage_of(base: View, book: Codebook, claim: Claim) -> Totals:
    """What the base explains of one claim; without any `found` where it is no total with a number."""
    return _totals(base, book, [claim] if is_total(claim) else [])


def _totals(base: View, book: Codebook, claims: Sequence[Claim]) -> Totals:
    if not claims:
        return Totals((), (), {}, {})
    corpus = _corpus(base, claims, type_facts(book))
    events = {event.id: event for event in base.events(EventFilter())}
    found = coverage(corpus, claims, list(events.values()), _parties(base, claims))
    return Totals(tuple(found), tuple(series(found)), {c.id: c for c in claims}, events)


def _corpus(base: View, claims: Sequence[Claim], types: TypeFacts) -> Corpus:
    documents = {
        d.id: DocumentFacts(d.id, d.file, d.external_id, d.publisher, d.published, d.title)
        for d in base.document_list(DocumentFilter())
    }
    return Corpus(claims, documents, types=types)


def _parties(base: View, claims: Sequence[Claim]) -> Parties:
    links = base.links([c.id for c in claims])
    actors = (found.actor for found in base.actors(ActorFilter()))
    return parties_from([*actors_by_id().values(), *actors], {(link.claim, link.role): link.actor for link in links})
