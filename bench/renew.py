"""How long a base takes to be put together from nothing, after ten more reports, and after one decision.

    python bench/renew.py ../shared/data/ged/ged_pakistan_1989_2014.csv [--sizes 1000 10000 40000]

The claims are those of `bench/resolve.py`, in a store of their own. Timed is all that `khabar run` does after reading
(copies, claims from the store, resolution, writing) in seconds of processor time; the state after each step is the same
as from nothing, which `tests/deciding/test_renewing.py` makes sure of. Each size runs in a process of its own.
"""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from resolve import items

from khabar.codebook.load import load_codebook
from khabar.pipeline import resolve_base
from khabar.records import Claim, Decision, Document, Extractor, Party
from khabar.renewing import BaseMemory, Renewed
from khabar.resolution.model import DocumentFacts
from khabar.store.base import Store
from khabar.store.opening import open_store

MORE = 10  # reports that come later
_READ_BY = Extractor("generated", "1", "political-violence@1")


def reports(path: Path, size: int) -> list[tuple[Document, list[Claim]]]:
    """The reports of a generated corpus, with texts that hold the passages of their claims and nothing else."""
    claims: defaultdict[str, list[Claim]] = defaultdict(list)
    facts: dict[str, DocumentFacts] = {}
    for item in items(path, size):
        claims[item.document.id].append(item.claim)
        facts[item.document.id] = item.document
    return [(_document(facts[key], said), said) for key, said in claims.items()]


def _document(facts: DocumentFacts, claims: list[Claim]) -> Document:
    text = [" "] * max(p.end for c in claims for p in c.passages)
    for passage in (p for c in claims for p in c.passages):
        text[passage.start : passage.end] = passage.quote
    return Document(
        facts.id, "".join(text), facts.file, publisher=facts.publisher, published=facts.published, language="en"
    )


def fill(base: Store, some: list[tuple[Document, list[Claim]]]) -> None:
    """Keep reports and their claims."""
    for document, claims in some:
        base.add_document(document)
        base.save_claims(document.id, claims, _READ_BY)


def timed(base: Store, memory: BaseMemory | None = None) -> tuple[float, Renewed]:
    """Seconds of processor time for one resolution, and what it did."""
    start = time.process_time()
    done = resolve_base(base, load_codebook(), 0.0, memory=memory)
    return time.process_time() - start, done


def forget(base: Store) -> None:
    """Make the base forget what its incidents and judgements were made from."""
    with sqlite3.connect(base.address) as connection:
        for table in ("events", "judgements"):
            connection.execute(f"UPDATE {table} SET made_from = ''")  # noqa: S608
    connection.close()


def run(path: Path, size: int, folder: Path) -> None:
    """Print one row of the table."""
    every = reports(path, size)
    with open_store(folder / "bench.db") as base:
        fill(base, every[:-MORE])
        timed(base)
        fill(base, every[-MORE:])
        more, after_more = timed(base)
        one, other = (_side(claims[0]) for _, claims in (every[0], every[len(every) // 2]))
        base.add_decision(Decision("same", "bench", ((one,), (other,))))
        decided, after_decision = timed(base)
        forget(base)
        whole, done = timed(base, BaseMemory())
    print(
        f"{size:7,} {done.incidents:9,} {whole:8.2f} {more:8.2f} {decided:8.2f} "
        f"{after_more.work.compared:8,} of {done.work.compared:9,} {after_more.made:5} {after_decision.made:5}",
        flush=True,
    )


def _side(claim: Claim) -> Party:
    passage = claim.passages[0]
    return Party(claim.id, passage.document, passage.start, passage.end)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("ged", type=Path)
    options.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 40_000])
    options.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.one:
        with tempfile.TemporaryDirectory() as folder:
            run(asked.ged, asked.one, Path(folder))
        return
    print(" claims incidents  nothing +reports decision pairs compared (+reports)  made: +reports, decision")
    for size in asked.sizes:
        subprocess.run([sys.executable, __file__, str(asked.ged), "--one", str(size)], check=True)


if __name__ == "__main__":
    main()
