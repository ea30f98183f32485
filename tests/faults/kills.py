"""kill -9 at random moments. Invariant: after each kill the base is whole and holds what was acknowledged; taken up
again, it becomes what it would have been without any kill.
"""

from __future__ import annotations

import math
import os
import random
import re
import shutil
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import text

from faults.content import content, differences, faults
from faults.forge import Ended, Forge
from faults.grounds import Ground
from khabar.records import Asked
from khabar.store.base import Store
from khabar.store.migrate import HEAD, version_of
from khabar.store.opening import open_store
from old_stores import engine_at

__all__ = [
    "Add",
    "Backup",
    "Decide",
    "Export",
    "Import",
    "Kind",
    "Migrate",
    "Restore",
    "Review",
    "Run",
    "RunApart",
    "Tally",
    "kill_often",
]

Content = Mapping[str, list[Any]]

_GRACE_SECONDS = 20.0  # for workers to see that they are alone


@dataclass
class Tally:
    """What was tried: kills before the command's end, commands that ended before their kill, and bases they were of."""

    kind: str
    store: str
    kills: int = 0
    ended: int = 0
    bases: int = 0
    checked: Counter[str] = field(default_factory=Counter)


class Kind(Protocol):
    """A command that is killed. `lives` is how many kills one base goes through before it is taken to the end."""

    name: str
    lives: int
    checked: Counter[str]

    def fresh(self, number: int) -> str:
        """A base to begin with; gives its address."""

    def arguments(self, address: str, chance: random.Random) -> Sequence[str | Path]:
        """The next command."""

    def after(self, address: str, ended: Ended) -> None:
        """What must hold after a kill; AssertionError where it does not."""

    def finish(self, address: str) -> None:
        """Take the base to the end: it must be as if nobody had been killed."""


def kill_often(kind: Kind, ground: Ground, forge: Forge, kills: int, seed: int, seconds: float = math.inf) -> Tally:
    """Kill a kind of command until `kills` of them were killed before their end, or `seconds` have passed;
    AssertionError at the first loss.
    """
    chance = random.Random(seed)
    tally = Tally(kind.name, ground.name)
    until = time.monotonic() + seconds
    while tally.kills < kills and time.monotonic() < until:
        address = kind.fresh(tally.bases)
        tally.bases += 1
        span = 0.0
        for _ in range(min(kind.lives, kills - tally.kills)):
            if time.monotonic() > until:
                break
            arguments = kind.arguments(address, chance)
            span = span or _span(kind, ground, forge, arguments, address)
            spent = span * _paces.get(kind.name, 1.0)
            process = forge.start(arguments, ground.folder)
            time.sleep(chance.uniform(0.0, spent))
            process.signal(9)
            ended = process.wait()
            tally.kills += ended.killed
            tally.ended += not ended.killed
            _paces[kind.name] = _paces.get(kind.name, 1.0) * (1.04 if ended.killed else 0.9)  # a machine has moods
            kind.after(address, ended)
        kind.finish(address)
        ground.drop(address)
    tally.checked = kind.checked
    return tally


_SPANS: dict[str, float] = {}
_paces: dict[str, float] = {}


def _span(kind: Kind, ground: Ground, forge: Forge, arguments: Sequence[str | Path], address: str) -> float:
    """The seconds that a kind of command takes undisturbed, measured once on a copy of the base."""
    key = f"{ground.name} {kind.name}"
    if key not in _SPANS:
        copy = ground.copy(address, "undisturbed")
        _SPANS[key] = forge.timed([copy if part == address else part for part in arguments], ground.folder)
        ground.drop(copy)
    return _SPANS[key]


class _OnBases:
    """What kinds share: where bases come from, and what is counted."""

    name = ""
    lives = 4

    def __init__(self, ground: Ground, forge: Forge, prototypes: Mapping[str, str]) -> None:
        self.ground, self.forge, self.prototypes = ground, forge, prototypes
        self.checked: Counter[str] = Counter()
        with open_store(prototypes["built"]) as base:
            self.built = content(base)

    def whole(self, base: Store) -> None:
        """Nothing is wrong inside, and every document has its original."""
        assert faults(base) == []
        self.checked["bases checked"] += 1

    def same(self, address: str, meant: Content) -> None:
        """A base holds exactly what is meant, and is whole."""
        with open_store(address) as base:
            other = differences(content(base), meant)
            assert not other, "\n".join(other)
            self.whole(base)
        self.checked["bases compared in full"] += 1


class Add(_OnBases):
    """`khabar add`: what is in the base is whole; taken up again, every report is there once."""

    name = "add"
    lives = 2

    def __init__(self, ground: Ground, forge: Forge, prototypes: Mapping[str, str]) -> None:
        super().__init__(ground, forge, prototypes)
        with open_store(prototypes["added"]) as base:
            self.added = content(base)
        self._known: dict[str, int] = {}

    def fresh(self, number: int) -> str:
        """No base at all."""
        self._known = {}
        address = self.ground.address(f"add-{number}")
        if not _is_there(address):
            return address
        self.ground.drop(address)
        return self.ground.address(f"add-{number}")

    def arguments(self, address: str, chance: random.Random) -> Sequence[str | Path]:
        """All reports."""
        return ["add", "--store", address, self.ground.folder / "reports"]

    def after(self, address: str, ended: Ended) -> None:
        """A beginning of the documents, each whole; none that was there is gone."""
        if not _is_there(address):
            assert not self._known
            return
        with open_store(address) as base:
            self.whole(base)
            found = content(base)["documents"]
        assert found == self.added["documents"][: len(found)]
        assert len(found) >= len(self._known)
        self._known = {d.id: 1 for d in found}
        self.checked["documents found whole"] += len(found)

    def finish(self, address: str) -> None:
        """Add them all."""
        self.forge.run(self.arguments(address, random.Random(0)), self.ground.folder)
        self.same(address, self.added)


class Run(_OnBases):
    """`khabar run`: claims of a document are all there or none; taken up again, no claim is lost or doubled."""

    name = "run"
    options: tuple[str, ...] = ("--processes", "1")

    def fresh(self, number: int) -> str:
        """Reports that nobody read."""
        return self.ground.copy(self.prototypes["added"], f"run-{number}")

    def arguments(self, address: str, chance: random.Random) -> Sequence[str | Path]:
        """Read and put together."""
        return ["run", "--store", address, *self.options]

    def after(self, address: str, ended: Ended) -> None:
        """Each document has all of its claims or none of them; what was put together is there whole or not at all."""
        with open_store(address) as base:
            self.whole(base)
            found = content(base)
        for state in found["states"]:
            assert state in self.built["states"] or state[1:] == ("pending", 0)
        read = {number for number, state, _ in found["states"] if state == "read"}
        assert found["claims"] == [c for c in self.built["claims"] if c.passages[0].document in read]
        assert found["events"] in ([], self.built["events"])
        self.checked["claims found whole"] += len(found["claims"])

    def finish(self, address: str) -> None:
        """Run to the end."""
        self.forge.run(self.arguments(address, random.Random(0)), self.ground.folder)
        self.same(address, self.built)


class RunApart(Run):
    """`khabar run` with worker processes, which must not outlive it."""

    name = "run with workers"
    options = ("--processes", "2", "--timeout", "600", "--memory", "4")

    def after(self, address: str, ended: Ended) -> None:
        """As of any run; and nothing goes on in the dark."""
        super().after(address, ended)
        until = time.monotonic() + _GRACE_SECONDS
        while _is_at_work(ended.pid):
            assert time.monotonic() < until, "a worker goes on though nobody asks for its work"
            time.sleep(0.01)


class _Deciding(_OnBases):
    """Commands that acknowledge what a person decided."""

    lives = 20
    said = re.compile(r"^decision (\d+): ", re.MULTILINE)

    def fresh(self, number: int) -> str:
        """A base that is put together."""
        self.asked: list[Any] = []
        self.acknowledged: set[int] = set()
        self.address = self.ground.copy(self.prototypes["built"], f"{self.name}-{number}")
        return self.address

    def kept(self, base: Store) -> list[Any]:
        """What people decided, in the order of the journal."""
        raise NotImplementedError

    def give(self, base: Store, decided: Any) -> None:
        """Tell a base what was decided in another."""
        raise NotImplementedError

    def after(self, address: str, ended: Ended) -> None:
        """Every decision that was printed is in the journal, in order; the one at work when the kill came may be."""
        self.acknowledged |= {int(number) for number in self.said.findall(ended.out)}
        self.checked["decisions acknowledged"] += len(self.said.findall(ended.out))
        with open_store(address) as base:
            self.whole(base)
            found = self.kept(base)
        numbers = [d.number for d in found]
        assert self.acknowledged <= set(numbers), f"lost: {self.acknowledged - set(numbers)}"
        assert len(set(numbers)) == len(numbers)
        assert all(a.at < b.at for a, b in pairwise(found))
        notes = [d.note for d in found]
        assert len(set(notes)) == len(notes), "a decision is doubled"
        assert set(notes) <= {asked.note for asked in self.asked}
        self.checked["decisions kept"] += self.asked[-1].note in notes

    def finish(self, address: str) -> None:
        """Put together anew: what comes out is what the same decisions make of a base where nobody was killed."""
        self.forge.run(["run", "--store", address, "--processes", "1"], self.ground.folder)
        with open_store(address) as base:
            done = self.kept(base)
        twin = self.ground.copy(self.prototypes["built"], "twin")
        with open_store(twin) as base:
            for decided in done:
                self.give(base, decided)
        self.forge.run(["run", "--store", twin, "--processes", "1"], self.ground.folder)
        with open_store(twin) as base:
            meant = content(base)
        self.ground.drop(twin)
        self.same(address, meant)


class Decide(_Deciding):
    """`khabar judge same|different|undo`."""

    name = "decide"

    def kept(self, base: Store) -> list[Any]:
        """Decisions about incidents."""
        return list(base.decisions())

    def give(self, base: Store, decided: Any) -> None:
        """A decision about incidents."""
        base.add_decision(decided)

    def arguments(self, address: str, chance: random.Random) -> Sequence[str | Path]:
        """A verdict about two incidents of those there are, or the undoing of the last."""
        with open_store(address) as base:
            events = sorted(e.id for e in base.events())
            any_ = bool(list(base.decisions()))
        act = chance.choice(["same", "different", "merge", "undo"] if any_ else ["same", "different"])
        keys = () if act == "undo" else tuple(chance.sample(events, 2))
        asked = Asked(act, keys, "zoe", f"decision of kill {len(self.asked)}")
        self.asked.append(asked)
        return ["judge", act, *keys, "--by", asked.by, "--note", asked.note, "--store", address]


class Review(_Deciding):
    """`khabar review accept|reject`."""

    name = "review"
    said = re.compile(r"^review (\d+): ", re.MULTILINE)

    def kept(self, base: Store) -> list[Any]:
        """Decisions about claims."""
        return list(base.reviews())

    def give(self, base: Store, decided: Any) -> None:
        """A decision about a claim."""
        base.add_review(decided)

    def arguments(self, address: str, chance: random.Random) -> Sequence[str | Path]:
        """Accept or reject a claim."""
        act = chance.choice(["accept", "reject"])
        claim = chance.choice(self.built["claims"]).id
        asked = Asked(act, (claim,), "amal", f"review of kill {len(self.asked)}")
        self.asked.append(asked)
        return ["review", act, claim, "--by", asked.by, "--note", asked.note, "--store", address]


class Export(_OnBases):
    """`khabar export`: a file is the one that was there before, or the new one, never a part of one."""

    name = "export"
    lives = 20

    def __init__(self, ground: Ground, forge: Forge, prototypes: Mapping[str, str]) -> None:
        super().__init__(ground, forge, prototypes)
        self.folder = ground.folder / "exported"
        self.folder.mkdir(exist_ok=True)
        forge.run(["export", "acled", "--store", prototypes["built"], "-o", self.folder / "a.csv"], ground.folder)
        self.whole_files = {path.name: path.read_bytes() for path in self.folder.iterdir()}

    def fresh(self, number: int) -> str:
        """A base that is put together, and no file."""
        return self.ground.copy(self.prototypes["built"], f"export-{number}")

    def arguments(self, address: str, chance: random.Random) -> Sequence[str | Path]:
        """Export over files that are there, or that are not."""
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        self.before = chance.choice([{}, dict.fromkeys(self.whole_files, b"what was there before\n")])
        for name, data in self.before.items():
            (self.folder / name).write_bytes(data)
        return ["export", "acled", "--store", address, "-o", self.folder / "a.csv"]

    def after(self, address: str, ended: Ended) -> None:
        """Each file is whole; where the table is the new one, its companions are too."""
        found = {path.name: path.read_bytes() for path in self.folder.iterdir() if not path.name.startswith(".")}
        assert set(self.before) <= set(found)
        for name, data in found.items():
            assert data in (self.whole_files[name], self.before.get(name)), f"{name} is half written"
        if found.get("a.csv") == self.whole_files["a.csv"]:
            assert found == self.whole_files
        assert ended.killed or found == self.whole_files
        self.checked["files found whole"] += len(found)

    def finish(self, address: str) -> None:
        """The base was only read."""
        self.same(address, self.built)


class Import(_OnBases):
    """`khabar import`: a file of other people's records is there whole or not at all."""

    name = "import"
    lives = 10

    def __init__(self, ground: Ground, forge: Forge, prototypes: Mapping[str, str], file: Path, rows: int) -> None:
        super().__init__(ground, forge, prototypes)
        self.file, self.rows = file, rows

    def fresh(self, number: int) -> str:
        """A base without other people's records."""
        return self.ground.copy(self.prototypes["built"], f"import-{number}")

    def arguments(self, address: str, chance: random.Random) -> Sequence[str | Path]:
        """Import the file."""
        with open_store(address) as base:
            for one in base.reference_sets():
                base.forget_reference(one.id)
        return ["import", "ucdp-ged", self.file, "--store", address]

    def after(self, address: str, ended: Ended) -> None:
        """All rows, or none."""
        with open_store(address) as base:
            self.whole(base)
            found = [(s.records, sum(1 for _ in base.reference_records(s.id))) for s in base.reference_sets()]
        assert found in ([], [(self.rows, self.rows)])
        assert ended.killed or found

    def finish(self, address: str) -> None:
        """Import to the end: once."""
        self.forge.run(self.arguments(address, random.Random(0)), self.ground.folder)
        self.after(address, Ended(0, "", ""))


class Backup(_OnBases):
    """`khabar backup`: the file is there whole and verified, or not at all."""

    name = "backup"
    lives = 10

    def fresh(self, number: int) -> str:
        """A base that is put together."""
        self.file = self.ground.folder / f"{self.name}.backup"
        return self.ground.copy(self.prototypes["built"], f"{self.name}-{number}")

    def arguments(self, address: str, chance: random.Random) -> Sequence[str | Path]:
        """Back it up."""
        self.file.unlink(missing_ok=True)
        return ["backup", self.file, "--store", address]

    def after(self, address: str, ended: Ended) -> None:
        """No file, or one that is whole."""
        if self.file.exists():
            self.forge.run(["backup", "--verify", self.file], self.ground.folder)
            self.checked["backups found whole"] += 1
        else:
            assert ended.killed, ended

    def finish(self, address: str) -> None:
        """Back it up and get it back; the base was only read."""
        self.forge.run(self.arguments(address, random.Random(0)), self.ground.folder)
        again = self.ground.address(f"{self.name}-again")
        self.forge.run(["restore", self.file, "--store", again], self.ground.folder)
        self.same(again, self.built)
        self.same(address, self.built)
        self.ground.drop(again)
        _sweep(self.ground.folder)


class Restore(Backup):
    """`khabar restore`: the base is there whole or not at all."""

    name = "restore"

    def fresh(self, number: int) -> str:
        """A backup, and no base."""
        self.file = self.ground.folder / f"{self.name}.backup"
        if not self.file.exists():
            self.forge.run(["backup", self.file, "--store", self.prototypes["built"]], self.ground.folder)
        return self.ground.address(f"{self.name}-{number}")

    def arguments(self, address: str, chance: random.Random) -> Sequence[str | Path]:
        """Restore it where nothing is, or where what was restored is taken away first."""
        self.ground.drop(address)
        return ["restore", self.file, "--store", address]

    def after(self, address: str, ended: Ended) -> None:
        """No base, or one that is whole."""
        if _is_there(address):
            self.same(address, self.built)
        else:
            assert ended.killed, ended
            self.checked["bases not there"] += 1

    def finish(self, address: str) -> None:
        """Restore it."""
        self.forge.run(self.arguments(address, random.Random(0)), self.ground.folder)
        self.same(address, self.built)
        _sweep(self.ground.folder)


class Migrate(_OnBases):
    """Opening a base of an earlier release: it is at the old schema or at the new one, and nothing of it is lost."""

    name = "migrate"
    lives = 4

    def fresh(self, number: int) -> str:
        """A base as the first release wrote it."""
        return self.ground.copy(self.prototypes["old"], f"migrate-{number}")

    def arguments(self, address: str, chance: random.Random) -> Sequence[str | Path]:
        """Whatever opens it."""
        return ["judge", "list", "--store", address]

    def after(self, address: str, ended: Ended) -> None:
        """One of the two schemas."""
        engine = engine_at(address)
        with engine.connect() as connection:
            version = version_of(connection)
            if connection.dialect.name == "sqlite":
                assert connection.execute(text("PRAGMA integrity_check")).all() == [("ok",)]
        engine.dispose()
        assert version == HEAD or (ended.killed and version == "0001")
        self.checked[f"at schema {version}"] += 1

    def finish(self, address: str) -> None:
        """Open it: all is there."""
        self.forge.run(self.arguments(address, random.Random(0)), self.ground.folder)
        with open_store(address) as base:
            found = content(base)
            assert base.check() == []
        for name in ("documents", "claims", "events", "actors", "contradictions"):
            assert found[name] == self.built[name]


def _is_at_work(group: int) -> bool:
    """Whether a process of a group that was begun for a command is still there."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _sweep(folder: Path) -> None:
    """Take away what killed commands left beside: folders for their work, with names that begin with a dot."""
    for path in folder.glob(".*"):
        shutil.rmtree(path)


def _is_there(address: str) -> bool:
    return address.startswith("postgresql") or Path(address).exists()
