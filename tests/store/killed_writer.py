"""A program that fills a store until it is killed; `python killed_writer.py STORE` prints a line when it has begun."""

from __future__ import annotations

import sys

from store_samples import EXTRACTOR, TEXT, claims_of, document, event, resolved

from khabar.records import Document
from khabar.store import Store, open_store

COUNT = 100
_AT_ONCE = 20


def corpus() -> list[Document]:
    """Documents of different length, some long enough to fill several pages of the file."""
    return [document(f"{n}.txt", text=TEXT + f"\nNumber {n}. " * (1 + n % 7 * 200)) for n in range(COUNT)]


def fill(store: Store, documents: list[Document]) -> None:
    """Add, read, resolve, again and again: what a row of `khabar add` and `khabar run` does."""
    by_id = {doc.id: doc for doc in documents}
    for start in range(0, len(documents), _AT_ONCE):
        for doc in documents[start : start + _AT_ONCE]:
            store.add_document(doc)
        for number in store.pending(EXTRACTOR):
            store.save_claims(number, claims_of(by_id[number]), EXTRACTOR)
        if not store.overview().resolved:
            claims = list(store.claims())
            events = [event(f"incident-{n:06}", claims[5 * n : 5 * n + 1]) for n in range(len(claims) // 5)]
            store.save_resolution(resolved(claims, *events))


if __name__ == "__main__":
    made = corpus()
    with open_store(sys.argv[1]) as opened:
        print("at work", flush=True)
        while True:
            fill(opened, made)
