"""Disks that get full: a few of each command; `make faults` does it at length."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from faults.disks import SmallDisk
from faults.forge import Forge
from faults.full import COMMANDS, ROOM, fill_often, one_line


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallDisk]:
    with SmallDisk(tmp_path_factory.mktemp("disk") / "small", ROOM) as found:
        if found.why_not is not None:
            pytest.skip(found.why_not)
        yield found


@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_costs_nothing(command: str, disk: SmallDisk, forge: Forge, bases: dict[str, str]) -> None:
    fill_often(command, disk, forge, bases, times=2, seed=3)


def test_a_file_that_may_not_grow_is_told_in_one_line(forge: Forge, bases: dict[str, str], tmp_path: Path) -> None:
    """As under a quota; this needs no right to mount anything."""
    reports = Path(bases["added"]).parent / "reports"
    for limit in (1_000, 40_000, 150_000):
        ended = forge.start(["add", "--store", tmp_path / "k.db", reports], tmp_path, limit=limit).wait()
        one_line(ended)
    forge.run(["add", "--store", tmp_path / "k.db", reports], tmp_path)
    assert "No faults" in forge.run(["check", "--store", tmp_path / "k.db"], tmp_path).out
