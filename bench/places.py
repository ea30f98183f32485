"""Measures how quick the place finder is, what memory it takes, and how long its gazetteer takes to compile.

    python bench/places.py [--build]

How often it is right is told by `khabar evaluate geowebnews ged-places places`.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

from speed import neutral, reports

from khabar.reading.gazetteer import open_gazetteer
from khabar.reading.gazetteer_build import build_gazetteer
from khabar.reading.places import find_places
from khabar.settings import load_settings


def speed(cache: Path) -> None:
    """Print how long opening takes, how much text a second is read, and the memory that takes."""
    open_gazetteer(cache).close()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    gazetteer = open_gazetteer(cache)
    print(f"Opening: {(time.perf_counter() - start) * 1000:.0f} ms")
    texts = reports() + neutral()
    size = sum(len(text.encode()) for text in texts)
    for name in ("first", "second"):
        start = time.process_time()
        count = sum(len(find_places(text, [], gazetteer)) for text in texts)
        took = time.process_time() - start
        print(f"The {name} time: {size / took / 1e6:.2f} MB a second over {size / 1e6:.2f} MB, {count} mentions")
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"Memory: {(after - before) / 1024:.0f} MB more than before opening")


def building() -> None:
    """Print how long the gazetteer takes to compile, and its size."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "gazetteer.db"
        start = time.process_time()
        build_gazetteer(target, "bench")
        took = time.process_time() - start
        print(f"Building: {took:.1f} s of processor time, {target.stat().st_size / 1e6:.0f} MB")


def main() -> None:
    """Measure what is asked for."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--build", action="store_true", help="also time the compilation")
    chosen = options.parse_args()
    speed(load_settings().cache)
    if chosen.build:
        building()


if __name__ == "__main__":
    main()
