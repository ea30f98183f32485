"""kill -9 at random moments: a few of each kind; `make faults` kills two hundred of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from faults.forge import Forge
from faults.grounds import SqliteGround
from faults.kills import Add, Backup, Decide, Export, Import, Migrate, Restore, Review, Run, kill_often
from imports.test_ged import ROW, written

ROWS = 600


@pytest.mark.parametrize(
    "kind", [Add, Run, Decide, Review, Export, Migrate, Backup, Restore], ids=lambda kind: kind.name
)
def test_killed_commands_lose_and_double_nothing(kind, ground, forge, bases) -> None:  # type: ignore[no-untyped-def]
    tally = kill_often(kind(ground, forge, bases), ground, forge, kills=2, seed=7)
    assert tally.kills >= 2


def test_a_killed_import_is_there_whole_or_not_at_all(
    ground: SqliteGround, forge: Forge, bases: dict[str, str], tmp_path: Path
) -> None:
    file = written(tmp_path / "ged.csv", (ROW | {"id": str(number)} for number in range(ROWS)))
    assert kill_often(Import(ground, forge, bases, file, ROWS), ground, forge, kills=2, seed=7).kills >= 2
