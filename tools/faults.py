"""Kill, fill, flip and stop, at length, and write what came of it: the long form of tests/faults.

    python tools/faults.py add run decide … --times 200 --seconds 200 --seed 1 --write figures.jsonl
    python tools/faults.py table --write figures.jsonl

Ends with a traceback at the first loss, and the base stays where it was for a look. Runs with several seeds add up.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from faults.disks import SmallDisk
from faults.flips import flip_often
from faults.forge import Forge
from faults.full import COMMANDS, ROOM, fill_often
from faults.grounds import Ground, SqliteGround, prototypes
from faults.kills import Add, Backup, Decide, Export, Import, Kind, Migrate, Restore, Review, Run, RunApart, kill_often
from faults.server import stop_often
from faults.server_ground import ServerGround
from imports.test_ged import ROW, written
from servers import server

KINDS = {kind.name: kind for kind in (Add, Run, RunApart, Decide, Review, Export, Import, Migrate, Backup, Restore)}
OTHERS = ("full disk", "flipped bits", "stopped server")
ROWS = 2000


def main() -> None:
    """Read the command line and do as it says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="+", choices=["table", *OTHERS, *sorted(KINDS)])
    parser.add_argument("--store", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10_000.0)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    if asked.kinds == ["table"]:
        print("\n".join(_table(asked.write)))
        return
    folder = Path(tempfile.mkdtemp(prefix="khabar-faults-"))
    with ExitStack() as stack:
        ground: Ground = SqliteGround(folder)
        if asked.store == "postgresql":
            os.environ["XDG_DATA_HOME"] = str(folder)  # where originals of such a base lie
            ground = ServerGround(folder, stack.enter_context(server()))
        forge = stack.enter_context(Forge(folder))
        bases = prototypes(ground, forge)
        for name in asked.kinds:
            begun = time.perf_counter()
            if name in OTHERS:
                counts = _other(name, ground, forge, bases, asked.times, asked.seed)
                _told({"store": ground.name, "kind": name, **counts}, begun, asked.seed, asked.write)
                continue
            kind = _kind(name, ground, forge, bases)
            tally = kill_often(kind, ground, forge, asked.times, asked.seed, asked.seconds)
            row = {"store": tally.store, "kind": name, "kills": tally.kills, "ended": tally.ended, "bases": tally.bases}
            _told({**row, **tally.checked}, begun, asked.seed, asked.write)


def _told(row: dict[str, Any], begun: float, seed: int, path: Path | None) -> None:
    row |= {"seed": seed, "seconds": round(time.perf_counter() - begun)}
    print(json.dumps(row), flush=True)
    if path is not None:
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8") as out:
            out.write(json.dumps(row) + "\n")


def _other(name: str, ground: Ground, forge: Forge, bases: Mapping[str, str], times: int, seed: int) -> Counter[str]:
    """What is not a kill: bits that flip, a server that is stopped, and each command on a disk that gets full."""
    if name == "flipped bits":
        return flip_often(forge, bases["decided"], ground.folder, times, seed)
    if name == "stopped server":
        return stop_often(ground, forge, bases["built"], times, seed)
    forge.run(["backup", ground.folder / "built.backup", "--store", bases["built"]], ground.folder)
    counts: Counter[str] = Counter()
    with SmallDisk(ground.folder / "small", ROOM) as disk:
        if disk.why_not is not None:
            raise SystemExit(disk.why_not)
        for command in COMMANDS:
            counts.update(fill_often(command, disk, forge, bases, times, seed))
    return counts


def _table(path: Path) -> list[str]:
    """What several runs came to, as a table of Markdown."""
    sums: dict[tuple[str, str], Counter[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        numbers = {k: v for k, v in row.items() if isinstance(v, int) and k not in ("seed", "seconds")}
        sums.setdefault((row["store"], row["kind"]), Counter()).update(numbers)
    lines = ["| store | what | kills | bases taken to the end | found | lost |", "|---|---|---:|---:|---|---|"]
    for (store, kind), found in sums.items():
        more = ", ".join(f"{n:,} {what}" for what, n in found.items() if what not in ("kills", "ended", "bases"))
        if "kills" not in found:
            lines.append(f"| {store} | {kind} | | | {more} | nothing |")
            continue
        lines.append(f"| {store} | {kind} | {found['kills']} | {found['bases']} | {more} | nothing |")
    return lines


def _kind(name: str, ground: Ground, forge: Forge, bases: Mapping[str, str]) -> Kind:
    if name == "import":
        rows = (ROW | {"id": str(number)} for number in range(ROWS))
        return Import(ground, forge, bases, written(ground.folder / "ged.csv", rows), ROWS)
    found: Kind = KINDS[name](ground, forge, bases)
    return found


if __name__ == "__main__":
    main()
