"""A small base about invented attacks in real places, and a data set that tells of some of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from khabar.codebook.load import load_codebook
from khabar.codebook.model import Codebook
from khabar.pipeline import resolve_base
from khabar.reading.gazetteer import Gazetteer, open_gazetteer
from khabar.records import ReferenceSet, Target, When
from khabar.settings import load_settings
from khabar.store import Store, open_store

sys.path.insert(0, str(Path(__file__).parent))

from reference_samples import KARACHI, LEJ, PESHAWAR, QUETTA, RECORDS, TTP, told


@pytest.fixture(scope="session")
def gazetteer() -> Iterator[Gazetteer]:
    opened = open_gazetteer(load_settings().cache)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def book() -> Codebook:
    return load_codebook()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, book: Codebook) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("base") / "khabar.db") as store:
        told(store, "2031-10-25", QUETTA, 61, TTP, LEJ, when=When("2031-10-24", "2031-10-24", "day", "Report"))
        told(store, "2032-01-03", KARACHI, 43, TTP, when=When("2031-12-01", "2031-12-31", "month", "Report"))
        told(store, "2031-03-02", PESHAWAR, 75, TTP, when=When("2031-02-01", "2031-02-28", "month", "Report"))
        told(store, "2031-06-01", QUETTA, None, targets=(Target("a school", "education"),))
        told(store, "2031-09-09", KARACHI, 2, type="bombing")
        resolve_base(store, book, 0.0)
        about = ReferenceSet("set-one", "ucdp-ged", "Events", "9.1", "events.csv", "0" * 64, "CC BY 4.0")
        store.add_reference(about, iter(RECORDS))
        yield store
