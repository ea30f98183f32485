"""The whole sample corpus through the whole system: reports of one incident meet, different incidents stay apart."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from khabar.evaluation.golden_incidents import (
    Base,
    GoldenIncident,
    compare_incident,
    load_incidents,
    mixed,
    read_samples,
)
from khabar.evaluation.golden_load import load_known_misses
from khabar.settings import load_settings

FOLDER = Path(__file__).resolve().parents[2] / "eval" / "golden"
INCIDENTS, APART = load_incidents(FOLDER / "incidents.yml")
BY_NAME = {golden.name: golden for golden in INCIDENTS}
KNOWN = load_known_misses(FOLDER)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    """The sample corpus, added and run in a fresh store."""
    settings = load_settings({**os.environ, "KHABAR_PROCESSES": "1"})
    return read_samples(tmp_path_factory.mktemp("samples") / "samples.db", settings)


def marked(name: str, value: object) -> object:
    marks = [pytest.mark.xfail(reason=KNOWN[name], raises=AssertionError, strict=True)] if name in KNOWN else []
    return pytest.param(value, id=name, marks=marks)


def test_every_mention_is_in_the_sample_corpus(base: Base) -> None:
    assert all(set(golden.mentions) <= set(base.documents) for golden in INCIDENTS)
    assert sum(len(golden.mentions) > 1 for golden in INCIDENTS) >= 10


@pytest.mark.parametrize("golden", [marked(f"incidents/{g.name}", g) for g in INCIDENTS])
def test_reports_of_one_incident_meet_with_every_toll(golden: GoldenIncident, base: Base) -> None:
    misses = compare_incident(golden, base)
    assert not misses, "\n".join(misses)


@pytest.mark.parametrize("pair", [marked(f"apart/{left}+{right}", (left, right)) for left, right in APART])
def test_different_incidents_stay_apart(pair: tuple[str, str], base: Base) -> None:
    assert not mixed(BY_NAME[pair[0]], BY_NAME[pair[1]], base)
