"""Documents a second over every engine, and a large corpus end to end with what the driver's memory does.

    python bench/engines.py [--documents 400] [--engines local:1 local:2 ray:1 ray:2]
    python bench/engines.py --whole 100000 [--engines local:2] [--store FILE]

The first form reads the same made-up reports with each engine in turn, from a store that holds them unread to one that
holds their claims; the seconds until the first report is read (workers start, models load) are told apart. The second
form makes a store of that many reports, then runs `khabar run` over it in a process of its own, whose peak memory is
told for reading and for putting incidents together, each apart.

Reports are short (two to six sentences), seeded, and each is different; four in five tell of violence.
"""

from __future__ import annotations

import argparse
import calendar
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from khabar import pipeline
from khabar.documents import Origin, parse
from khabar.documents.options import AddOptions
from khabar.records import Document
from khabar.settings import Settings, load_settings
from khabar.store import open_store

SEED = 11
TOWNS = (
    *(
        "Kandahar",
        "Quetta",
        "Peshawar",
        "Kabul",
        "Jalalabad",
        "Karachi",
        "Mosul",
        "Baghdad",
        "Kirkuk",
        "Aleppo",
        "Idlib",
    ),
    *("Maiduguri", "Gao", "Timbuktu", "Mogadishu", "Kismayo", "Aden", "Sanaa", "Kunduz", "Ghazni", "Mardan", "Bannu"),
    *("Swat", "Hyderabad", "Basra", "Ramadi", "Homs", "Kano", "Yola"),
)
GROUPS = (
    "Grey Falcon",
    "Blue River",
    "Iron Gate",
    "Red Lantern",
    "High Pass",
    "Silver Crescent",
    "Old Bridge",
    "Two Seas",
)
UNITS = ("Front", "Brigade", "Movement", "Army")
TARGETS = ("police officers", "soldiers", "shopkeepers", "teachers", "bus passengers", "election workers", "farmers")
ACTS = (
    "A {kind} bomb killed {killed} {target} in {town} on {day}.",
    "Gunmen shot dead {killed} {target} in {town} on {day}, police said.",
    "At least {killed} {target} died and {hurt} were wounded when a suicide bomber hit a post in {town} on {day}.",
    "Security forces killed {killed} fighters of the {group} in a raid near {town} on {day}, officials said.",
    "Mortar shells fired by the {group} hit a market in {town} on {day}; {hurt} people were wounded.",
)
MORE = (
    "The {group} claimed responsibility in a statement.",
    "Officials blamed the {group}, which denied any part in it.",
    "A hospital doctor put the number of wounded at {hurt}.",
    "Residents said that helicopters circled over the town until the evening.",
    "The road to the north was closed for two days.",
    "The {group} and the {other} agreed to fight together, a spokesman said.",
)
PEACE = (
    "The harvest in {town} was better than last year, and prices fell on {day}.",
    "A new school with {hurt} places was opened in {town} on {day}.",
    "The water works of {town} will be repaired next month, the council said on {day}.",
)
MONTHS = tuple(calendar.month_name)[1:]


def main() -> None:
    """Measure, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--documents", type=int, default=400)
    options.add_argument("--whole", type=int, default=0)
    options.add_argument("--engines", nargs="+", default=["local:1", "local:2", "ray:1", "ray:2"])
    options.add_argument("--store", type=Path)
    options.add_argument("--part", choices=("read", "resolve"), help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.part:
        part(asked.part, asked.store, asked.engines[0])
        return
    with tempfile.TemporaryDirectory() as folder:
        if asked.whole:
            whole(asked.store or Path(folder, "whole.db"), asked.whole, asked.engines[0])
            return
        print(f"{'engine':10} {'documents':>9} {'first, s':>9} {'then, s':>9} {'documents/s':>12}")
        for engine in asked.engines:
            store = Path(folder, f"{engine.replace(':', '-')}.db")
            build(store, asked.documents)
            first, then = paced(store, settings_of(store, engine))
            rate = (asked.documents - 1) / then
            print(f"{engine:10} {asked.documents:9,} {first:9.1f} {then:9.1f} {rate:12.1f}", flush=True)


def settings_of(store: Path, engine: str) -> Settings:
    """The settings that `khabar run --store … --engine … --processes …` has."""
    name, _, processes = engine.partition(":")
    return replace(load_settings(), store=str(store), engine=name, processes=int(processes))


def build(store: Path, count: int) -> float:
    """A store of that many reports that nobody has read; the seconds it took."""
    begun = time.perf_counter()
    with open_store(store) as base:
        for document in reports(count):
            base.add_document(document)
    return time.perf_counter() - begun


def reports(count: int) -> Iterator[Document]:
    """Made-up reports, the same ones every time."""
    chance = Random(SEED)  # noqa: S311 (made-up data)
    options = AddOptions().parsed()
    for number in range(count):
        text = f"Report {number}\n\n{' '.join(sentences(chance))}"
        yield from parse(text.encode(), Origin(f"{number}.txt"), options)


def sentences(chance: Random) -> Iterator[str]:
    """Two to six sentences about one matter."""
    group, other = (f"{chance.choice(GROUPS)} {chance.choice(UNITS)}" for _ in range(2))
    facts = {
        "kind": chance.choice(("car", "roadside", "suicide", "parcel")),
        "killed": chance.randint(2, 30),
        "hurt": chance.randint(31, 90),
        "target": chance.choice(TARGETS),
        "town": chance.choice(TOWNS),
        "day": f"{chance.randint(1, 28)} {chance.choice(MONTHS)} {chance.randint(2005, 2020)}",
        "group": group,
        "other": other,
    }
    violent = chance.random() < 0.8
    yield chance.choice(ACTS if violent else PEACE).format(**facts)
    for line in chance.sample(MORE if violent else PEACE, chance.randint(1, 5 if violent else 2)):
        yield line.format(**facts)


def paced(store: Path, settings: Settings) -> tuple[float, float]:
    """Seconds until the first report is read and written, and from there to the last."""
    moments: list[float] = []
    begun = time.perf_counter()

    def progress(_done: int, _total: int, what: str) -> None:
        if what == "reading":
            moments.append(time.perf_counter())

    with open_store(store, create=False) as base:
        pipeline.read_new(base, settings, progress)
    return moments[0] - begun, moments[-1] - moments[0]


def whole(store: Path, count: int, engine: str) -> None:
    """Make, read, resolve; each part in a process of its own, so that its peak is its own."""
    print(f"{count:,} reports, {engine}")
    if not store.exists():
        print(f"added      {build(store, count):9.1f} s")
    for name in ("read", "resolve"):
        command = [sys.executable, __file__, "--part", name, "--store", str(store), "--engines", engine]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
        print(f"{name:10} {told.pop('seconds'):9.1f} s, peak {told.pop('peak'):6.0f} MB, {told}", flush=True)
    size = sum(path.stat().st_size for path in store.parent.glob(f"{store.name}*") if path.is_file())
    print(f"store      {size / 1e6:9.1f} MB")


def part(name: str, store: Path, engine: str) -> None:
    """Read, or resolve; prints seconds and peak memory of this process as JSON. Workers are not counted."""
    settings, begun = settings_of(store, engine), time.perf_counter()
    with open_store(store, create=False) as base:
        ran = pipeline.read_new(base, settings) if name == "read" else pipeline.run(base, settings)
        told = {"read": ran.read, "failed": len(ran.failed), "claims": sum(base.overview().claims.values())}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps({"seconds": time.perf_counter() - begun, "peak": peak, **told}))


if __name__ == "__main__":
    os.environ.setdefault("KHABAR_USER", "bench")
    main()
