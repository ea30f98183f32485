"""Processes, bases to be hurt, and a folder on a disk that gets full; each is made once for all tests here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from faults.forge import Forge
from faults.grounds import SqliteGround, prototypes


@pytest.fixture(scope="session")
def forge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forge]:
    with Forge(tmp_path_factory.mktemp("forge")) as found:
        yield found


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> SqliteGround:
    return SqliteGround(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def bases(ground: SqliteGround, forge: Forge) -> dict[str, str]:
    found = prototypes(ground, forge)
    forge.run(["backup", ground.folder / "built.backup", "--store", found["built"]], ground.folder)
    return found
