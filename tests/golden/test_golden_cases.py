"""The golden cases checked against themselves: texts, vocabulary, names, and the causes of what is missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabar.codebook.load import load_codebook
from khabar.codebook.model import Codebook
from khabar.evaluation.golden import Case
from khabar.evaluation.golden_check import flaws
from khabar.evaluation.golden_incidents import load_incidents
from khabar.evaluation.golden_load import UNEXPLAINED, load_known_misses, load_micro_cases, load_reports
from khabar.samples import sample_folder

FOLDER = Path(__file__).resolve().parents[2] / "eval" / "golden"
REPORTS = load_reports(FOLDER, sample_folder())
MICRO = load_micro_cases(FOLDER)
KNOWN = load_known_misses(FOLDER)
MOST_CAUSES = 15  # grouped in few kinds, so that the list says what to mend next


@pytest.fixture(scope="module")
def book() -> Codebook:
    return load_codebook()


@pytest.mark.parametrize("gold", REPORTS + MICRO, ids=lambda gold: gold.name)
def test_every_case_fits_its_text_and_the_vocabulary(gold: Case, book: Codebook) -> None:
    assert flaws(gold, book) == []


def test_there_are_enough_cases_of_every_sort() -> None:
    assert len(REPORTS) >= 14
    assert len(MICRO) >= 120
    names = [gold.name for gold in REPORTS + MICRO]
    assert len(set(names)) == len(names)
    assert sum(bool(gold.forbidden) for gold in REPORTS + MICRO) >= 40
    kinds = {expected["kind"] for gold in REPORTS + MICRO for expected in gold.claims}
    assert kinds == {"event", "relation", "presence", "statement"}


def test_known_misses_are_cases() -> None:
    incidents, apart = load_incidents(FOLDER / "incidents.yml")
    names = {gold.name for gold in REPORTS + MICRO} | {f"incidents/{golden.name}" for golden in incidents}
    assert set(KNOWN) <= names | {f"apart/{left}+{right}" for left, right in apart}


def test_every_known_miss_has_one_of_few_causes() -> None:
    assert [name for name, cause in KNOWN.items() if cause == UNEXPLAINED or not cause.strip()] == []
    assert len(set(KNOWN.values())) <= MOST_CAUSES
