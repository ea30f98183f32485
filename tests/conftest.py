"""Fixtures are layered: real components from the ground up, small data, no network.

* `shared`: the folder of development data beside the project; tests that need it are skipped where it is absent.
* `pg_server`: a PostgreSQL server of the session, `pg_address`: a fresh store on it; skipped where it is not installed.
* rooms with heavy indexes (gazetteer, actors) have their own session fixtures in their folder.

Property tests try the same cases each time, without a clock, so that a commit passes or fails whenever and wherever it
is tried. Other cases are tried by `--hypothesis-profile default`; what they find becomes a test of its own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from command import khabar
from copies import copied
from servers import MISSING, Server, server

settings.register_profile("steady", derandomize=True, deadline=None, max_examples=50)
settings.load_profile("steady")

_DEFAULT = Path(__file__).resolve().parents[2] / "shared"


# Rooms whose tests wait for other processes, longest first: begun last, one of them would keep everybody waiting.
_FIRST = ("engine", "keeping", "browser", "robustness", "faults", "access", "cli", "store", "serve", "deciding")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long rooms first; within a room the order stays."""
    here = Path(__file__).parent
    rank = {room: number for number, room in enumerate(_FIRST)}
    items.sort(key=lambda item: rank.get(item.path.relative_to(here).parts[0], len(_FIRST)))


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = Path(os.environ.get("KHABAR_SHARED", _DEFAULT))
    if not (folder / "seeds").is_dir():
        pytest.skip("the development data are not here (set KHABAR_SHARED to their folder)")
    return folder


@pytest.fixture(scope="session")
def demo_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store that `khabar demo` builds, made once for all that test side by side, through the command itself; each
    has a copy of its own.
    """
    folder = tmp_path_factory.mktemp("demo")
    beside = "PYTEST_XDIST_WORKER" in os.environ
    made = (tmp_path_factory.getbasetemp().parent if beside else folder) / "made" / "demo.db"
    made.parent.mkdir(exist_ok=True)
    with FileLock(made.parent / "lock"):
        if not (made.parent / "done").exists():
            khabar(made.parent, "demo", "--no-serve", "--store", str(made), "--processes", "1")
            (made.parent / "done").touch()
    store = copied(made, folder / "demo.db")
    shutil.copytree(f"{made}.archive", f"{store}.archive")
    return store


@pytest.fixture(scope="session")
def pg_server() -> Iterator[Server]:
    """A PostgreSQL server from a wheel, started by the first test that asks for it."""
    if MISSING:
        pytest.skip(MISSING)
    with server() as running:
        yield running


@pytest.fixture
def pg_address(pg_server: Server) -> Iterator[str]:
    """The address of an empty store on PostgreSQL, in a database of its own."""
    with pg_server.database() as address:
        yield address
