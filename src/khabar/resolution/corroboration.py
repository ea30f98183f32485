"""How many independent sources stand behind something. Invariant: a text that travelled counts once.

Documents are of one origin when their texts are near-identical (wire copies) or when they have the same publisher.
A document whose publisher is unknown, and which is nobody's copy, is an origin of its own. What is not seen yet:
two outlets that quote the same third one in words of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from khabar.resolution.model import Corpus
from khabar.text import fold

__all__ = ["count_origins", "origin_of"]


def origin_of(corpus: Corpus) -> dict[str, str]:
    """The origin of each document by document id: the smallest document id of its origin."""
    documents = set(corpus.documents) | {c.passages[0].document for c in corpus.claims}
    group = {d: d for d in documents}

    def find(document: str) -> str:
        while group[document] != document:
            group[document] = group[group[document]]
            document = group[document]
        return document

    by_publisher: dict[str, str] = {}
    links: list[tuple[str, str]] = []
    for document in sorted(documents):
        publisher = fold(corpus.document(document).publisher or "")
        if publisher:
            links.append((document, by_publisher.setdefault(publisher, document)))
    for copies in corpus.copies:
        inside = sorted(copies & documents)
        links += [(document, inside[0]) for document in inside[1:]]
    for left, right in links:
        a, b = sorted((find(left), find(right)))
        group[b] = a
    return {document: find(document) for document in documents}


def count_origins(documents: Iterable[str], origins: Mapping[str, str]) -> int:
    """The number of independent origins among documents."""
    return len({origins.get(d, d) for d in documents})
