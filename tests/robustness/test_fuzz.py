"""The short, seeded part of the fuzzing: the seeds of every target and changes of them. `make fuzz` is the long one."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "fuzz"))

from seeds import mutated, seeds_of
from targets import TARGETS, one

_CASES = {"html": 25, "feed": 60, "file": 60, "codebook": 60}  # the slow ones
_FOUND = Path(__file__).parent / "found"


@pytest.mark.parametrize("name", TARGETS)
def test_whatever_is_read_ends_in_records_or_in_one_line(name: str) -> None:
    draw = random.Random(20190304)
    seeds = seeds_of(name)
    for seed in seeds:
        one(name, seed)
    for _ in range(_CASES.get(name, 200)):
        one(name, mutated(draw.choice(seeds), seeds, draw, TARGETS[name].largest))


def test_a_target_tells_of_what_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    target = TARGETS["search"]
    broken = type(target)("search", lambda _: {}["x"], 1, 10)
    monkeypatch.setitem(TARGETS, "search", broken)
    with pytest.raises(KeyError):
        one("search", b"")


@pytest.mark.parametrize("path", sorted(_FOUND.glob("*.bin")), ids=lambda path: path.stem)
def test_what_fuzzing_found_stays_mended(path: Path) -> None:
    one(path.stem.partition("-")[0], path.read_bytes())
