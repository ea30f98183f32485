"""The extractor against the golden cases. Cases listed in `known_misses.yml` must still miss: the list only shrinks."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabar.coding import extract_text
from khabar.evaluation.golden import Case, compare
from khabar.evaluation.golden_load import load_known_misses, load_micro_cases, load_reports
from khabar.samples import sample_folder

FOLDER = Path(__file__).resolve().parents[2] / "eval" / "golden"
KNOWN = load_known_misses(FOLDER)
CASES = load_reports(FOLDER, sample_folder()) + load_micro_cases(FOLDER)


def marked(case: Case) -> object:
    """The case as a parameter; a known miss is expected to fail, and reported when it no longer does."""
    cause = KNOWN.get(case.name)
    marks = [pytest.mark.xfail(reason=cause, raises=AssertionError, strict=True)] if cause else []
    return pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_the_extractor_codes_what_a_coder_would(case: Case) -> None:
    document, claims = extract_text(case.text, case.file, case.published)
    misses = compare(case, claims, document)
    assert not misses, "\n" + "\n".join(misses)
