"""How quickly and how rightly claims become incidents, on generated corpora of growing size.

    python bench/resolve.py ../shared/data/ged/ged_pakistan_1989_2014.csv [--sizes 10000 100000 1000000] [--rows FILE]

Timed are: names to actors, claims to mentions (streamed), candidates and comparisons, and groups. Not timed: making the
corpus, and the values and contradictions of each incident. `--rows` also writes the largest corpus as flat JSON lines,
which `bench/splink_rows.py` reads. Each size runs in a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from itertools import pairwise as pairwise_of
from pathlib import Path

from khabar.evaluation.cluster_score import clustering_of, pairwise
from khabar.evaluation.generated import Generated, flat_row, generate, held_back
from khabar.evaluation.generated_events import ged_happenings, transposed
from khabar.evaluation.generated_places import Atlas
from khabar.evaluation.resolved import corpus_of
from khabar.reading.gazetteer import open_gazetteer
from khabar.renewing import unhurried
from khabar.resolution.actors import identify
from khabar.resolution.chains import gather
from khabar.resolution.columns import tabulate
from khabar.resolution.comparable import mentions_of
from khabar.resolution.events import judge
from khabar.resolution.weights import load_weights
from khabar.settings import load_settings

SEED = 11
COPIES = 200  # of the events of the file, in other countries: more than a million claims


def items(path: Path, size: int) -> Iterator[Generated]:
    """The first claims of a generated corpus, as a stream."""
    gazetteer = open_gazetteer(load_settings().cache)
    gazetteer.close()
    atlas = Atlas(gazetteer.path)
    yield from islice(generate(transposed(ged_happenings(path), atlas, COPIES), atlas, seed=SEED), size)


def run(path: Path, size: int) -> None:
    """Resolve a corpus and print one row of the table."""
    claims, documents, of = [], {}, {}
    for item in items(path, size):
        claims.append(item.claim)
        documents[item.document.id] = item.document
        of[item.claim.id] = item.event
    corpus = corpus_of(claims, documents.values(), (), load_settings())
    marks = [time.perf_counter()]
    with unhurried():  # as a run does it
        identities = identify(corpus)
        marks.append(time.perf_counter())
        table = tabulate(mentions_of(corpus.claims, corpus, identities))
        marks.append(time.perf_counter())
        judged = judge(table)
        marks.append(time.perf_counter())
        groups = gather(table, judged, enough=load_weights().same)
        marks.append(time.perf_counter())
    seconds = [b - a for a, b in pairwise_of(marks)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = clustering_of(groups, of)
    held, every = pairwise(of, found, lambda claim: held_back(of[claim])), pairwise(of, found)
    steps = " ".join(f"{s:8.1f}" for s in (*seconds, sum(seconds)))
    print(
        f"{size:9,} {len(judged):11,} {len(groups):9,} {steps} {peak:7.0f} {held.f1:7.3f} {every.f1:6.3f}", flush=True
    )


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("ged", type=Path)
    options.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    options.add_argument("--rows", type=Path)
    options.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.one:
        run(asked.ged, asked.one)
        return
    print("   claims       pairs incidents   actors mentions  compare   groups    total MB peak F1 held F1 all")
    for size in asked.sizes:
        subprocess.run([sys.executable, __file__, str(asked.ged), "--one", str(size)], check=True)
    if asked.rows:
        with asked.rows.open("w", encoding="utf-8") as stream:
            for item in items(asked.ged, max(asked.sizes)):
                stream.write(json.dumps(flat_row(item), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
