"""Claims stay grounded, and stay the same, however their report is written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.coding import extract_text
from khabar.evaluation.golden import Case
from khabar.evaluation.golden_load import load_micro_cases, load_reports
from khabar.evaluation.perturbed import PERTURBATIONS
from khabar.evaluation.robustness import Said, drawn, said, stability, swapped
from khabar.records import Claim, Document
from khabar.samples import sample_folder

_GOLDEN = Path(__file__).resolve().parents[2] / "eval" / "golden"
_ALTERING = ("capital letters", "curly quotation marks")  # what a parser sees differs: measured, not promised
_KEEPING = [name for name in PERTURBATIONS if name not in _ALTERING]


@lru_cache(maxsize=1)
def _cases() -> tuple[Case, ...]:
    return (*load_reports(_GOLDEN, sample_folder()), *load_micro_cases(_GOLDEN))


def _picked() -> st.SearchStrategy[Case]:
    """One of the texts, found by number, so that collecting tests loads none."""
    return st.integers(0, 10_000).map(lambda n: _cases()[n % len(_cases())])


@lru_cache(maxsize=512)
def _plain(number: int) -> tuple[Claim, ...]:
    case = _cases()[number]
    return tuple(extract_text(case.text, case.file, case.published)[1])


def _written(case: Case, way: str, seed: int) -> tuple[Document, list[Claim]]:
    text = PERTURBATIONS[way](case.text, seed)
    return extract_text(text, case.file, case.published)


def _assert_grounded(document: Document, claims: Sequence[Claim]) -> None:
    for claim in claims:
        for passage in claim.passages:
            assert passage.quote == document.text[passage.start : passage.end]


@settings(max_examples=60, derandomize=True, deadline=None)
@given(_picked(), st.sampled_from(_KEEPING), st.integers(0, 1000))
def test_what_leaves_words_and_case_alone_leaves_the_claims_alone(case: Case, way: str, seed: int) -> None:
    document, claims = _written(case, way, seed)
    _assert_grounded(document, claims)
    assert sorted(map(said, claims)) == sorted(map(said, _plain(_cases().index(case))))


@settings(max_examples=20, derandomize=True, deadline=None)
@given(_picked(), st.sampled_from(_ALTERING), st.integers(0, 1000))
def test_claims_stay_grounded_in_capitals_and_between_curly_marks(case: Case, way: str, seed: int) -> None:
    _assert_grounded(*_written(case, way, seed))


@pytest.mark.parametrize(("way", "least"), [("capital letters", 0.7), ("curly quotation marks", 0.97)])
def test_most_claims_stay_the_same_where_the_parser_sees_another_text(way: str, least: float) -> None:
    found = []
    for number in range(0, len(_cases()), 12):
        _, claims = _written(_cases()[number], way, number)
        found.append(stability(_plain(number), claims))
    every = sum(s.same + len(s.lost) + len(s.new) for s in found)
    assert every > 40
    assert sum(s.same for s in found) >= least * every


def test_two_unrelated_paragraphs_mostly_say_the_same_in_either_order() -> None:
    same, every = 0, 0
    for pair in drawn(_GOLDEN.parent)[1][:12]:
        first, second = (extract_text(c.text, c.file, c.published)[1] for c in swapped(*pair))
        found = stability(first, second)
        same += found.same
        every += found.same + len(found.lost) + len(found.new)
    assert every > 15
    assert same >= 0.7 * every


def test_all_kinds_of_claims_are_among_the_texts() -> None:
    kinds: set[str] = set()
    texts: list[Said] = []
    for number in range(0, len(_cases()), 20):
        kinds |= {c.kind for c in _plain(number)}
        texts += map(said, _plain(number))
    assert kinds == {"event", "relation", "presence", "statement"}
    assert len(set(texts)) > 20
