"""Fixtures are layered: real components from the ground up, small data, no network.

* `shared`: the folder of development data beside the project; tests that need it are skipped where it is absent.
* rooms with heavy indexes (gazetteer, actors) have their own session fixtures in their folder.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from command import khabar

_DEFAULT = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = Path(os.environ.get("KHABAR_SHARED", _DEFAULT))
    if not (folder / "seeds").is_dir():
        pytest.skip("the development data are not here (set KHABAR_SHARED to their folder)")
    return folder


@pytest.fixture(scope="session")
def demo_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store that `khabar demo` builds, made once a session through the command itself."""
    folder = tmp_path_factory.mktemp("demo")
    store = folder / "demo.db"
    khabar(folder, "demo", "--no-serve", "--store", str(store), "--processes", "1")
    return store
