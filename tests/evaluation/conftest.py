"""What the tests of made-up corpora share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from khabar.evaluation.generated_places import Atlas
from khabar.reading.gazetteer import open_gazetteer
from khabar.settings import load_settings


@pytest.fixture(scope="session")
def atlas() -> Iterator[Atlas]:
    gazetteer = open_gazetteer(load_settings().cache)
    gazetteer.close()
    opened = Atlas(gazetteer.path)
    yield opened
    opened.close()
