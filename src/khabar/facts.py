"""What resolution may know of a base beside its claims: facts of its reports and of its codebook's event types.
Invariant: such facts are made here alone, so that a run and a later look at it resolve alike.
"""

from __future__ import annotations

from collections.abc import Iterator

from khabar.codebook.model import Codebook
from khabar.records import Document
from khabar.resolution.model import DocumentFacts, TypeFacts
from khabar.resolution.origins.credits import credits_of
from khabar.store.base import View
from khabar.store.questions import DocumentFilter

__all__ = ["Reports", "document_facts", "type_facts"]


def document_facts(document: Document) -> DocumentFacts:
    """What resolution needs of a report."""
    return DocumentFacts(
        document.id,
        document.file,
        document.external_id,
        document.publisher,
        document.published,
        document.title,
        credits_of(document),
    )


class Reports:
    """All reports of a base: their texts once, as a stream, and then their facts by id."""

    def __init__(self, base: View) -> None:
        self._base = base
        self.facts: dict[str, DocumentFacts] = {}

    def texts(self) -> Iterator[tuple[str, str]]:
        """Id and text of every report that is read; the facts of all of them are there when it has come to its end."""
        for document in self._base.documents(DocumentFilter()):
            self.facts[document.id] = document_facts(document)
            if document.unread is None:
                yield document.id, document.text


def type_facts(book: Codebook) -> TypeFacts:
    """What resolution may know of the codebook's event types."""
    return TypeFacts(
        parents={name: kind.parent for name, kind in book.events.items()},
        violent=frozenset(name for name, kind in book.events.items() if kind.violent),
        general=frozenset({book.unspecific.incident, book.unspecific.aggregate} & set(book.events)),
        state_actions=frozenset(name for name, kind in book.events.items() if kind.state_action),
    )
