"""A report of the sample base."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from khabar.codebook.load import DEFAULT, load_codebook
from khabar.report.asked import Asked, period_of
from khabar.report.build import build_report
from khabar.report.model import Report
from khabar.settings import DOUBT
from khabar.store.base import Store
from khabar.store.opening import open_store


@pytest.fixture(scope="session")
def base(demo_base: Path) -> Iterator[Store]:
    with open_store(str(demo_base), create=False) as store:
        yield store


@pytest.fixture(scope="session")
def report(base: Store) -> Report:
    return build_report(base, load_codebook(DEFAULT), Asked(period_of("2016"), "2026-11-22"), DOUBT)
