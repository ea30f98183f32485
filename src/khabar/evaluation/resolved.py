"""From texts or claims to incidents, for measures. Invariant: what resolves here is what a run resolves with, without a
store and without anybody's decisions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from khabar.codebook.load import DEFAULT, load_codebook
from khabar.documents import group_copies
from khabar.evaluation.system import GoldText, System
from khabar.facts import type_facts
from khabar.reading.actors import actors_by_id
from khabar.records import Claim, Document
from khabar.resolution.model import Corpus, DocumentFacts, Resolution
from khabar.resolution.resolve import resolve
from khabar.settings import Settings

__all__ = ["Resolved", "corpus_of", "events_of", "resolve_texts"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The document and claims of each text, in order, what became of them together, and the incident of each claim that
    tells one, by claim id.
    """

    answers: Sequence[tuple[Document, Sequence[Claim]]]
    resolution: Resolution
    event_of: Mapping[str, str]


def resolve_texts(texts: Sequence[GoldText], system: System) -> Resolved:
    """The claims of texts put together into incidents as in a run; a text that stands twice is one document."""
    answers = system.extract(texts)
    documents = {document.id: document for document, _ in answers}
    copies = group_copies((d.id, d.text) for d in documents.values() if d.unread is None)
    facts = [DocumentFacts(d.id, d.file, None, d.publisher, d.published, d.title) for d in documents.values()]
    claims = [claim for _, claims in answers for claim in claims]
    resolution = resolve(corpus_of(claims, facts, copies, system.settings))
    return Resolved(answers, resolution, events_of(resolution))


def corpus_of(
    claims: Sequence[Claim],
    documents: Iterable[DocumentFacts],
    copies: Sequence[frozenset[str]],
    settings: Settings,
) -> Corpus:
    """What resolution reads, with the dictionary of actors and the codebook that the settings name."""
    book = load_codebook(settings.codebook or DEFAULT)
    return Corpus(claims, {d.id: d for d in documents}, copies, actors_by_id(), type_facts(book))


def events_of(resolution: Resolution) -> dict[str, str]:
    """The incident of each claim that tells one, by claim id."""
    return {claim: event.id for event in resolution.events for claim in event.claims}
