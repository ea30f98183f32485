"""The fixtures of a team's workbench."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from house import PASSWORD, House, made
from khabar.serve.team.passwords import Passwords
from khabar.store.base import Store
from khabar.store.opening import open_store


@pytest.fixture(scope="session")
def hashed() -> str:
    return Passwords().hashed(PASSWORD)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "k.db") as opened:
        yield opened


@pytest.fixture
def house(base: Store, hashed: str) -> House:
    return made(base, hashed)
