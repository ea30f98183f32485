"""What is wrong with a base and what lies beside it. Invariant: looking changes nothing; each fault is a line that says
what mends it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from khabar.documents import Archive
from khabar.errors import DocumentError
from khabar.store.base import View

__all__ = ["examine", "faults_of_originals"]


def examine(
    base: View, archive: Archive, progress: Callable[[int, int, str], None] = lambda _done, _total, _what: None
) -> Iterator[str]:
    """A line for each fault inside the store, and for each document whose original is missing or not what it was."""
    yield from base.check()
    documents = [(row.id, row.file) for row in base.document_list()]
    for _, fault in faults_of_originals(documents, archive, progress):
        yield f"{fault} Add this file again with `khabar add`."


def faults_of_originals(
    documents: Sequence[tuple[str, str]], archive: Archive, progress: Callable[[int, int, str], None]
) -> Iterator[tuple[str, str]]:
    """Of documents (id and file) those whose original is missing or not what it was: the id, and what is wrong.

    Each original is read once and let go again.
    """
    for done, (id_, file) in enumerate(documents, 1):
        progress(done, len(documents), "looking at originals")
        try:
            archive.get(id_)
        except DocumentError as problem:
            yield id_, f"{file or id_[:12]}: {problem.message}"
