"""A Ray cluster of this machine for all tests of the engines; started once, as that takes long."""

from __future__ import annotations

import gc
import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from khabar.engine.ray import connected

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def ray_path() -> str:
    """What the processes of Ray find modules by: steps must be installed there too, and one module is better not."""
    return os.pathsep.join((str(HERE / "quick_start"), str(HERE)))


@pytest.fixture(scope="session")
def cluster(ray_path: str) -> Iterator[None]:
    """A cluster to which engines of this process connect."""
    patch = pytest.MonkeyPatch()
    patch.setenv("PYTHONPATH", ray_path)
    patch.syspath_prepend(HERE / "quick_start")
    pytest.importorskip("ray", reason="Ray is not installed (pip install 'khabar[ray]')")
    with warnings.catch_warnings():  # Ray's own
        warnings.simplefilter("ignore")
        with connected(None, 2) as ray:
            yield
        assert not ray.is_initialized()
        gc.collect()  # Ray leaves its own processes to the collector, which warns of each
    patch.undo()
