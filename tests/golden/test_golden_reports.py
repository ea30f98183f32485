"""The extractor against the golden cases. Cases listed in `known_misses.txt` must still miss: the list only shrinks."""

from __future__ import annotations

import pytest

from golden import HERE, Case, compare, load_micro_cases, load_reports
from khabar.samples import sample_folder

pipeline = pytest.importorskip("khabar.pipeline", reason="the extractor is not there yet")
KNOWN = {
    line.strip()
    for line in (HERE / "known_misses.txt").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
}
CASES = load_reports(HERE / "reports", sample_folder()) + load_micro_cases(HERE / "cases")


def marked(case: Case) -> object:
    """The case as a parameter; a known miss is expected to fail, and reported when it no longer does."""
    marks = [pytest.mark.xfail(reason="known miss", raises=AssertionError, strict=True)] if case.name in KNOWN else []
    return pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_the_extractor_codes_what_a_coder_would(case: Case) -> None:
    document, claims = pipeline.extract_text(case.text, case.file, case.published)
    misses = compare(case, claims, document)
    assert not misses, "\n" + "\n".join(misses)


def test_known_misses_are_cases() -> None:
    listed = {name for name in KNOWN if not name.startswith(("incidents/", "apart/"))}
    assert {case.name for case in CASES} >= listed
