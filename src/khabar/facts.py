"""What resolution may know of a base beside its claims: facts of its reports and of its codebook's event types.
Invariant: such facts are made here alone, so that a run and a later look at it resolve alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from khabar.codebook.model import Codebook
from khabar.documents.marks import hash_of
from khabar.records import Document
from khabar.resolution.model import DocumentFacts, TypeFacts
from khabar.resolution.origins.credits import credits_of
from khabar.store.base import View
from khabar.store.questions import DocumentFilter

__all__ = ["Reports", "document_facts", "type_facts"]


def document_facts(document: Document, credited: tuple[str, ...] | None = None) -> DocumentFacts:
    """What resolution needs of a report; `credited` are the agencies it credits, read where they are not known."""
    return DocumentFacts(
        document.id,
        document.file,
        document.external_id,
        document.publisher,
        document.published,
        document.title,
        credits_of(document) if credited is None else credited,
    )


class Reports:
    """All reports of a base: their texts once, as a stream, and then their facts by id.

    `credits` are those of reports by a hash of all that tells them; what is `known` of them is not read again.
    """

    def __init__(self, base: View, known: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self._base = base
        self._known = known or {}
        self.facts: dict[str, DocumentFacts] = {}
        self._characters: dict[str, int] = {}
        self.credits: dict[str, tuple[str, ...]] = {}

    def texts(self) -> Iterator[tuple[str, str]]:
        """Id and text of every report that is read; the facts of all of them are there when it has come to its end."""
        for document in self._base.documents(DocumentFilter()):
            key = hash_of("\0".join((document.publisher or "", document.author or "", document.text)))
            facts = document_facts(document, self._known.get(key))
            self.facts[document.id] = facts
            self._characters[document.id] = len(document.text)
            self.credits[key] = facts.credits
            if document.unread is None:
                yield document.id, document.text

    def origin_first(self, group: Iterable[str]) -> list[str]:
        """The copies of one text, the one published first (else the longest) as their origin."""
        return sorted(group, key=lambda i: (self.facts[i].published.earliest or "9999", -self._characters[i], i))


def type_facts(book: Codebook) -> TypeFacts:
    """What resolution may know of the codebook's event types."""
    return TypeFacts(
        parents={name: kind.parent for name, kind in book.events.items()},
        violent=frozenset(name for name, kind in book.events.items() if kind.violent),
        general=frozenset({book.unspecific.incident, book.unspecific.aggregate} & set(book.events)),
        state_actions=frozenset(name for name, kind in book.events.items() if kind.state_action),
        mutual=frozenset(name for name, kind in book.events.items() if kind.mutual),
    )
