"""Disks that get full while a command is at work. Invariant: it ends with one line that says so, what was in the base
stays, and with room again the same command gives what it would have given.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from faults.content import content, differences, faults
from faults.disks import SmallDisk
from faults.forge import Ended, Forge
from faults.grounds import BESIDE
from khabar.store.opening import open_store

__all__ = ["COMMANDS", "ROOM", "fill_often", "one_line"]

ROOM = 12_000_000
"""Bytes of the disk that gets full."""

COMMANDS = ("add", "run", "decide", "export", "backup", "restore")


def one_line(ended: Ended) -> str:
    """What a command that failed said: one line of its own, no traceback."""
    assert "Traceback" not in ended.err, ended.err
    said = [line for line in ended.err.splitlines() if line.startswith("khabar: ")]
    assert said, ended
    assert ended.code == 1, ended
    return said[-1]


def fill_often(
    command: str, disk: SmallDisk, forge: Forge, bases: Mapping[str, str], times: int, seed: int
) -> Counter[str]:
    """Run a command `times` times with random room left; AssertionError where anything is lost. Counts the ends."""
    chance = random.Random(seed)
    counts: Counter[str] = Counter()
    needed = 0
    for number in range(times + 1):
        _clear(disk.folder)
        store = _begin(command, disk.folder, bases)
        arguments = _arguments(command, store, bases)
        before = _used(disk.folder)
        if number:
            disk.leave_room(int(chance.uniform(0, needed)))
        ended = forge.start(arguments, disk.folder).wait()
        if not number:
            assert ended.code == 0, ended
            needed = max(200_000, int(1.3 * (_used(disk.folder) - before)))
        elif ended.code:
            one_line(ended)
            counts["full"] += 1
        else:
            counts["had room"] += 1
        _whole(command, disk, store, ended)
        disk.make_room()
        _taken_up(command, disk, forge, bases, store, ended)
        counts["bases compared in full"] += 1
    return counts


def _begin(command: str, folder: Path, bases: Mapping[str, str]) -> Path:
    store = folder / "k.db"
    prototype = {"add": None, "run": "added", "restore": None}.get(command, "built")
    if prototype is not None:
        shutil.copyfile(bases[prototype], store)
        for end in BESIDE:
            if Path(f"{bases[prototype]}{end}").is_dir():
                shutil.copytree(f"{bases[prototype]}{end}", f"{store}{end}")
    return store


def _arguments(command: str, store: Path, bases: Mapping[str, str]) -> Sequence[str | Path]:
    if command == "add":
        return ["add", "--store", store, Path(bases["added"]).parent / "reports"]
    if command == "run":
        return ["run", "--store", store, "--processes", "1"]
    if command == "decide":
        with open_store(bases["built"]) as base:
            left, right = sorted(e.id for e in base.events())[:2]
        return ["judge", "same", left, right, "--store", store]
    if command == "export":
        return ["export", "acled", "-o", store.parent / "a.csv", "--store", store]
    if command == "backup":
        return ["backup", store.parent / "k.backup", "--store", store]
    return ["restore", Path(bases["built"]).parent / "built.backup", "--store", store]


def _whole(command: str, disk: SmallDisk, store: Path, ended: Ended) -> None:
    """Before there is room again: nothing half written has its name."""
    if command == "export" and ended.code:
        # All of it or nothing; all of it where there was room for the files and none for their line in the log of runs.
        assert len(list(disk.folder.glob("a.*"))) in (0, 3)
    if command == "backup" and ended.code:
        assert not (disk.folder / "k.backup").exists()
    if command == "restore" and ended.code:
        assert not store.exists()
    assert [path.name for path in disk.folder.glob(".*")] == [], "something half written was left"


def _taken_up(command: str, disk: SmallDisk, forge: Forge, bases: Mapping[str, str], store: Path, ended: Ended) -> None:
    """With room again: the base is whole, and the same command comes to its end."""
    if store.exists():
        with open_store(store) as base:
            assert faults(base) == []
            decisions = len(list(base.decisions()))
        assert command != "decide" or decisions or "decision 1:" not in ended.out
    if ended.code and not (command == "decide" and decisions):
        forge.run(_arguments(command, store, bases), disk.folder)
    elif ended.code:
        forge.run(["run", "--store", store, "--processes", "1"], disk.folder)
    if command == "backup":
        forge.run(["backup", "--verify", disk.folder / "k.backup"], disk.folder)
    meant = "added" if command == "add" else "decided" if command == "decide" else "built"
    with open_store(store) as base, open_store(bases[meant]) as other:
        assert differences(content(base), content(other)) == []
        assert faults(base) == []


def _used(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _clear(folder: Path) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
