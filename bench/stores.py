"""The same work over a base in a file and over one in PostgreSQL, in one run: seconds, and how many times the file's.

    python bench/stores.py postgresql://… [--reports 1000] [--long 3000]

Both bases are made anew: the address must be an empty database. Reports are made up, `--long` characters each, with
one claim of an incident that two reports tell of. Timed in seconds of processor time, of the program and of the server,
which must run on the same machine; what the network takes comes on top.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import psutil
import psycopg
from coders import READ_BY, report

from khabar.codebook.load import load_codebook
from khabar.pipeline import resolve_base
from khabar.reading.actors import actors_by_id
from khabar.records import Claim, Decision, Document, Party
from khabar.renewing import BaseMemory
from khabar.settings import DOUBT
from khabar.store import ActorFilter, ClaimFilter, DocumentFilter, EventFilter, Store, open_store

_TIMES = 20  # questions of a kind
_SOUNDS = ("bdgklmnprstz", "aeou")


def reports(count: int, long: int) -> Iterator[tuple[Document, Claim]]:
    """Reports with as many characters, of made-up words as frequent as those of a language."""
    chance = random.Random(7)  # noqa: S311 - the same in every run
    syllables = ["".join(pair) for pair in product(*_SOUNDS)]
    words = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(20_000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    for number in range(count):
        document, claim = report(number)
        filling = " ".join(chance.choices(words, weights, k=long // 7))
        yield replace(document, text=f"{document.text}\n{filling}"), claim


def steps(base: Store, made: list[tuple[Document, Claim]]) -> Iterator[tuple[str, Callable[[], Any]]]:
    """What is timed, in this order."""
    sides = [Party(c.id, d.id, c.passages[0].start, c.passages[0].end) for d, c in made]

    def add() -> None:
        for document, _ in made:
            base.add_document(document)

    def save() -> None:
        for document, claim in made:
            base.save_claims(document.id, [claim], READ_BY)

    def decide() -> None:
        for one, other in zip(sides[:200:2], sides[3:203:2], strict=True):
            base.add_decision(Decision("different", "bench", ((one,), (other,))))

    def often(ask: Callable[[], Any]) -> Callable[[], None]:
        def again() -> None:
            for _ in range(_TIMES):
                ask()

        return again

    yield f"{len(made):,} reports added", add
    yield f"claims of {len(made):,} reports saved", save
    yield "put together from nothing", lambda: resolve_base(base, load_codebook(), DOUBT, memory=BaseMemory())
    yield "100 decisions kept", decide
    yield "put together with them", lambda: resolve_base(base, load_codebook(), DOUBT, memory=BaseMemory())
    yield "all claims read", lambda: list(base.claims())
    newest, country, actors = EventFilter(order="newest", limit=50), EventFilter(country="AF"), ActorFilter(limit=50)
    told, word = ClaimFilter(text="kabul", limit=20), DocumentFilter(text="police")
    asked: list[tuple[str, Callable[[], Any]]] = [
        ("a page of 50 incidents", lambda: list(base.events(newest))),
        ("incidents of a country, counted", lambda: base.count(country)),
        ("a page of actors", lambda: list(base.actors(actors))),
        ("20 claims with a word", lambda: list(base.claims(told))),
        ("reports with two words, the best 20", lambda: list(base.search("bomb herat", limit=20))),
        ("reports with a phrase, the best 20", lambda: list(base.search('"people in kabul"', limit=20))),
        ("reports with a word, counted", lambda: base.count(word)),
        ("an overview", base.overview),
    ]
    for name, ask in asked:
        yield f"{name}, {_TIMES} times", often(ask)


def processor_time(address: str) -> Callable[[], float]:
    """What tells the processor time that this program and the server have taken so far."""
    with psycopg.connect(address) as connection:
        backend = connection.execute("SELECT pg_backend_pid()").fetchone()
        server = psutil.Process(backend[0] if backend else 0).parent()
    known: dict[int, float] = {}  # of connections, also those that ended

    def spent() -> float:
        for process in server.children() if server else ():
            with contextlib.suppress(psutil.NoSuchProcess):
                known[process.pid] = sum(process.cpu_times()[:2])
        return time.process_time() + sum(known.values())

    return spent


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("address")
    options.add_argument("--reports", type=int, default=1000)
    options.add_argument("--long", type=int, default=3000)
    asked = options.parse_args()
    made = list(reports(asked.reports, asked.long))
    actors_by_id()  # loaded once, for both
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(Path(folder) / "k.db") as file,
        open_store(asked.address) as server,
    ):
        served = processor_time(asked.address)
        print(f"{'':48} {'file':>8} {'server':>8} {'ratio':>6}")
        for (name, one), (_, other) in zip(steps(file, made), steps(server, made), strict=True):
            took = []
            for work, spent in ((one, time.process_time), (other, served)):
                start = spent()
                work()
                took.append(spent() - start)
            print(f"{name:48} {took[0]:8.3f} {took[1]:8.3f} {took[1] / took[0]:6.2f}", flush=True)


if __name__ == "__main__":
    main()
