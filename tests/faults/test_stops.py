"""Commands that are stopped, that run at once, and whose clock goes wrong."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

from faults.content import content, differences, faults
from faults.forge import Forge
from faults.grounds import SqliteGround
from faults.server import stop_often
from khabar.store.opening import open_store


def test_a_server_that_is_stopped_finishes_what_it_is_at(
    ground: SqliteGround, forge: Forge, bases: dict[str, str]
) -> None:
    counts = stop_often(ground, forge, bases["built"], times=2, seed=1)
    assert counts["requests answered"]
    assert counts["stops"] == 2


def test_a_command_that_is_interrupted_while_it_starts_says_so_too(tmp_path: Path) -> None:
    chance = random.Random(4)
    for _ in range(6):
        command = [sys.executable, "-m", "khabar", "documents", "--store", "none.db"]
        process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(chance.uniform(0.1, 0.8))
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
        assert process.returncode in (1, 130, -signal.SIGINT), err
        assert out == ""
        assert "/khabar/" not in err, err  # what comes before our first line is Python's own


def test_an_interrupted_command_says_so_in_one_line(ground: SqliteGround, forge: Forge, bases: dict[str, str]) -> None:
    chance = random.Random(4)
    address = ground.copy(bases["added"], "interrupted")
    for _ in range(3):
        process = forge.start(["run", "--store", address, "--processes", "1"], ground.folder)
        time.sleep(chance.uniform(0.1, 1.0))
        process.signal(signal.SIGINT)
        ended = process.wait()
        assert ended.code in (0, 130), ended
        assert "Traceback" not in ended.err, ended.err
        with open_store(address) as base:
            assert faults(base) == []
    forge.run(["run", "--store", address, "--processes", "1"], ground.folder)
    _same(address, bases["built"])
    ground.drop(address)


def test_runs_at_once_make_what_one_makes(ground: SqliteGround, forge: Forge, bases: dict[str, str]) -> None:
    address = ground.copy(bases["added"], "at-once")
    arguments = ["run", "--store", address, "--processes", "1"]
    ends = [process.wait() for process in [forge.start(arguments, ground.folder) for _ in range(2)]]
    assert [(ended.code, "Traceback" in ended.err) for ended in ends] == [(0, False)] * 2, ends
    _same(address, bases["built"])
    ground.drop(address)


def test_adding_at_once_adds_once(ground: SqliteGround, forge: Forge, bases: dict[str, str]) -> None:
    address = ground.address("added-at-once")
    arguments = ["add", "--store", address, ground.folder / "reports"]
    ends = [process.wait() for process in [forge.start(arguments, ground.folder) for _ in range(3)]]
    assert [(ended.code, "Traceback" in ended.err) for ended in ends] == [(0, False)] * 3, ends
    with open_store(address) as base, open_store(bases["added"]) as meant:
        assert faults(base) == []
        assert sorted(d.id for d in base.documents()) == sorted(d.id for d in meant.documents())
    ground.drop(address)


def test_decisions_at_once_are_all_kept(ground: SqliteGround, forge: Forge, bases: dict[str, str]) -> None:
    address = ground.copy(bases["built"], "decided-at-once")
    with open_store(address) as base:
        events = sorted(e.id for e in base.events())
    pairs = [("same", *events[0:2]), ("different", *events[2:4]), ("different", *events[4:6])]
    begun = [forge.start(["judge", *pair, "--store", address], ground.folder) for pair in pairs]
    ends = [process.wait() for process in begun]
    assert not any("Traceback" in ended.err for ended in ends), ends
    with open_store(address) as base:
        assert faults(base) == []
        assert len(list(base.decisions())) == sum(ended.code == 0 for ended in ends)
        assert all(ended.out.startswith("decision ") for ended in ends if ended.code == 0)
    ground.drop(address)


def test_a_clock_that_jumps_keeps_the_order_of_decisions(
    ground: SqliteGround, forge: Forge, bases: dict[str, str]
) -> None:
    """Back by ten years, forward by one, and back again: moments only rise, and undoing finds what it names."""
    address = ground.copy(bases["built"], "clock")
    with open_store(address) as base:
        left, right, *_ = sorted(e.id for e in base.events())
        claims = [claim.id for claim in base.claims()][:4]
    year = 365 * 86_400.0
    forge.run(["judge", "different", left, right, "--store", address], ground.folder)
    forge.run(["judge", "undo", "--store", address], ground.folder, clock=-10 * year)
    forge.run(["judge", "undo", "2", "--store", address], ground.folder, clock=year)
    forge.run(["judge", "undo", "3", "--store", address], ground.folder, clock=-20 * year)
    for number, claim in enumerate(claims):
        forge.run(["review", "accept", claim, "--store", address], ground.folder, clock=-number * year)
    with open_store(address) as base:
        assert faults(base) == []
        decisions, reviews = list(base.decisions()), list(base.reviews())
    assert [(d.act, d.undoes) for d in decisions] == [("different", None), ("undo", 1), ("undo", 2), ("undo", 3)]
    assert all(a.at < b.at for a, b in pairwise(decisions))
    assert [r.target for r in reviews] == claims
    assert all(a.at < b.at for a, b in pairwise(reviews))
    ground.drop(address)


def _same(address: str, meant: str) -> None:
    with open_store(address) as base, open_store(meant) as other:
        assert differences(content(base), content(other)) == []
        assert faults(base) == []
    assert not Path(f"{address}-wal").exists()
