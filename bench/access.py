"""What it costs that some may not see everything: the first projection of a base, an unchanged base, what is new.

    python bench/access.py ../shared/data/ged/ged_pakistan_1989_2014.csv [--sizes 4000 20000]

The reports are those of `bench/renew.py`; one in twenty is restricted. Timed, in seconds of processor time: putting the
whole base together; the first answer to somebody of no group, with and without what is remembered of the whole base;
the check of an unchanged base; the answer after ten more reports, after one decision of somebody else, and after one
more report was restricted. Each size runs in a process of its own.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from renew import fill, reports, timed

from khabar.access import Clearances
from khabar.records import Claim, Decision, Party
from khabar.settings import load_settings
from khabar.store.opening import open_store
from khabar.store.questions import ClaimFilter, EventFilter

MORE = 10  # reports that come later
EVERY = 20  # which are restricted
CHECKS = 50


def _timed(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return time.process_time() - begun


def run(path: Path, size: int, folder: Path) -> None:
    """Measure one size and print a row of the table."""
    some = reports(path, size)
    nobody = frozenset[str]()
    with open_store(folder / "k.db") as base:
        fill(base, some[:-MORE])
        base.restrict([document.id for document, _ in some[:-MORE:EVERY]], ["north"], "amal")
        whole = _timed(lambda: timed(base))
        views = Clearances(base, load_settings())
        first = _timed(lambda: views.view(nobody))
        same = _timed(lambda: [views.view(nobody) for _ in range(CHECKS)]) / CHECKS
        fill(base, some[-MORE:])
        timed(base)
        more = _timed(lambda: views.view(nobody))
        one, other = list(base.claims(ClaimFilter(kinds=("event",), limit=2, offset=40)))
        base.add_decision(Decision("different", "amal", ((_side(one),), (_side(other),))))
        timed(base)
        decided = _timed(lambda: views.view(nobody))
        base.restrict([some[1][0].id], ["north"], "amal")
        again = _timed(lambda: views.view(nobody))
        shown = views.view(nobody).count(EventFilter())
        views.close()
        shutil.rmtree(folder / "k.db.views")
        shutil.rmtree(folder / "k.db.memory", ignore_errors=True)
        bare = Clearances(base, load_settings())
        cold = _timed(lambda: bare.view(nobody))
        bare.close()
        claims = base.count(ClaimFilter())
    size_mb = sum(file.stat().st_size for file in (folder / "k.db.views").glob("*.db*")) / 1e6
    print(
        f"| {len(some):,} | {claims:,} | {shown:,} | {whole:.1f} | {first:.1f} | {cold:.1f} | {1000 * same:.1f} ms "
        f"| {more:.1f} | {decided:.1f} | {again:.1f} | {size_mb:.0f} MB |"
    )


def _side(claim: Claim) -> Party:
    passage = claim.passages[0]
    return Party(claim.id, passage.document, passage.start, passage.end)


def main() -> None:
    """Run every size and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", type=Path, help="the UCDP GED file")
    parser.add_argument("--sizes", type=int, nargs="*", default=[4_000, 20_000], help="claims")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        with tempfile.TemporaryDirectory() as folder:
            run(asked.path, asked.one, Path(folder))
        return
    heads = ("reports", "claims", "incidents shown", "whole base", "first view", "cold", "unchanged", "10 reports")
    heads = (*heads, "a decision", "one more restricted", "size")
    print(f"| {' | '.join(heads)} |\n{'|---' * len(heads)}|", flush=True)
    for size in asked.sizes:
        subprocess.run([sys.executable, __file__, str(asked.path), "--one", str(size)], check=True)


if __name__ == "__main__":
    main()
