from __future__ import annotations

from collections.abc import Iterator

import pytest

from khabar.reading.gazetteer import Gazetteer, open_gazetteer
from khabar.settings import load_settings


@pytest.fixture(scope="session")
def gazetteer() -> Iterator[Gazetteer]:
    """The real gazetteer, compiled once into the cache folder (KHABAR_CACHE, or the user's)."""
    opened = open_gazetteer(load_settings().cache)
    yield opened
    opened.close()
