"""Bits that flip in the file of a base. Invariant: each is told in lines, or changes nothing that is shown."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from faults.content import content, differences
from faults.forge import Forge
from khabar.store.opening import open_store

__all__ = ["flip_often"]


def flip_often(forge: Forge, base: str, folder: Path, times: int, seed: int) -> Counter[str]:
    """Flip `times` single bits, each in a copy of its own; AssertionError where one is neither told nor harmless."""
    chance = random.Random(seed)
    data = Path(base).read_bytes()
    with open_store(base) as store:
        meant = content(store)
    counts: Counter[str] = Counter()
    path = folder / "flipped.db"
    for _ in range(times):
        place, bit = chance.randrange(len(data)), chance.randrange(8)
        changed = bytearray(data)
        changed[place] ^= 1 << bit
        path.write_bytes(changed)
        ended = forge.run(["check", "--store", path], folder, code=None)
        said = [line for line in ended.out.splitlines() if "the archived original is missing" not in line]
        lines = [*said, *(line for line in ended.err.splitlines() if line.startswith("khabar: "))]
        shown = forge.run(["claims", "--format", "jsonl", "--store", path], folder, code=None)
        if said:
            counts["named by khabar check"] += 1
        elif not ended.out:
            assert len(lines) == 1, ended
            counts["refused in one line"] += 1
        else:
            assert shown.code == 0, (place, bit, shown)
            with open_store(path) as store:
                silent = differences(content(store), meant)
            assert silent == [], (place, bit, silent)
            counts["harmless"] += 1
        for end in ("", "-wal", "-shm"):
            Path(f"{path}{end}").unlink(missing_ok=True)
    return counts
