"""Every kind of store that the contract is run over: add a maker to STORES and all tests run over it too."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from khabar.store import Store, open_store

sys.path.insert(0, str(Path(__file__).parent))

STORES: dict[str, Callable[[Path], str]] = {
    "sqlite": lambda folder: str(folder / "khabar.db"),
}


@pytest.fixture(params=STORES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return STORES[request.param](tmp_path)


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with open_store(address) as opened:
        yield opened
