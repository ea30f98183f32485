"""Every kind of store that the contract is run over: all of STORES."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from khabar.store import Store, open_store
from servers import STORES

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(params=STORES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store that is not there yet, or is empty."""
    if request.param == "sqlite":
        return str(tmp_path / "khabar.db")
    return str(request.getfixturevalue("pg_address"))


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with open_store(address) as opened:
        yield opened
