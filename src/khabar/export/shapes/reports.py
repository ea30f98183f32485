"""Reports as they are told to others. Invariant: where a file lies on somebody's disk does not leave the base."""

from __future__ import annotations

from dataclasses import replace

from khabar.store.base import View
from khabar.store.questions import DocumentFilter, DocumentSummary
from khabar.text import file_name

__all__ = ["reports_of"]


def reports_of(base: View) -> dict[str, DocumentSummary]:
    """The reports of a base by id, their files without the folders these lie in."""
    return {d.id: replace(d, file=file_name(d.file)) for d in base.document_list(DocumentFilter())}
