"""The measure of golden cases, on made-up cases whose shares are counted by hand; and the loaders of a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabar.errors import EvaluationError
from khabar.evaluation.cases import measure_folder, score_cases
from khabar.evaluation.golden import Case
from khabar.evaluation.golden_load import (
    UNEXPLAINED,
    dump_known_misses,
    load_known_misses,
    load_micro_cases,
    load_reports,
)
from khabar.evaluation.system import System
from khabar.settings import load_settings

SHORT = """
phenomenon: passives
cases:
  - id: one
    text: Ten soldiers were killed by gunmen in Mopti.
    published: 2019-05-01
    claims:
      - {kind: event, quote: Ten soldiers were killed, killed: [10, 10, 10]}
  - id: two
    text: Nobody was hurt.
    not:
      - {kind: event, quote: Nobody was hurt.}
"""


def case(name: str) -> Case:
    return Case(name, "Gunmen fled.", "x.txt", None, ({"kind": "event", "quote": "Gunmen fled."},), ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "passives.yml").write_text(SHORT, encoding="utf-8")
    return tmp_path


def test_shares_are_counted_by_sort_and_by_phenomenon() -> None:
    cases = [case("garissa"), case("tolls/a"), case("tolls/b"), case("dates/a")]
    misses = {
        "garissa": ["no event claim covers 'Gunmen fled.'"],
        "tolls/a": [],
        "tolls/b": ["killed: x"],
        "dates/a": [],
    }
    outcome = score_cases(cases, misses, {"garissa": "told by a pronoun"})
    assert {f.name: (round(f.value, 2), f.size) for f in outcome.figures} == {
        "short texts met": (0.67, 3),
        "sample reports met": (0.0, 1),
    }
    [table] = outcome.tables
    assert table.rows == (("tolls", "1 of 2"), ("1 others", "all of 1"))
    first, second = outcome.slips
    assert (first.place, first.kind, first.cause, first.sentence) == (
        "garissa",
        "missed",
        "told by a pronoun",
        "Gunmen fled.",
    )
    assert (second.place, second.kind, second.cause) == ("tolls/b", "wrong", UNEXPLAINED)


def test_a_folder_of_ones_own_is_measured(folder: Path) -> None:
    outcome = measure_folder(folder, System(load_settings()))
    assert {f.name: (f.value, f.size) for f in outcome.figures} == {
        "short texts met": (1.0, 2),
        "sample reports met": (1.0, 0),
    }


def test_known_misses_are_written_and_read_with_the_head_kept(folder: Path) -> None:
    assert load_known_misses(folder) == {}
    (folder / "known_misses.yml").write_text("# what this is\nold: gone\n", encoding="utf-8")
    missed = {"passives/one": "the verb is not known", "passives/two": UNEXPLAINED}
    dump_known_misses(folder, missed)
    assert load_known_misses(folder) == missed
    assert (folder / "known_misses.yml").read_text(encoding="utf-8").startswith("# what this is\n")
    dump_known_misses(folder, {})
    assert load_known_misses(folder) == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [("cases: [", "is not YAML"), ("- 1", "does not hold keys"), ("a: 1", "'cases'"), ("cases: [{id: x}]", "'text'")],
)
def test_a_file_that_cannot_be_used_is_named(folder: Path, text: str, words: str) -> None:
    (folder / "cases" / "passives.yml").write_text(text, encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"passives\.yml") as refused:
        load_micro_cases(folder)
    assert words in str(refused.value)


def test_reports_are_found_by_file_id_and_row(folder: Path) -> None:
    reports = folder / "texts" / "reports"
    reports.mkdir(parents=True)
    (folder / "reports").mkdir()
    (reports / "a.txt").write_text("One.", encoding="utf-8")
    (reports / "b.jsonl").write_text('{"id": "x", "text": "Two."}\n', encoding="utf-8")
    (reports / "c.csv").write_text("Body\nThree.\nFour.\n", encoding="utf-8")
    for name, document in {"a": "reports/a.txt", "b": "reports/b.jsonl#x", "c": "reports/c.csv#2"}.items():
        (folder / "reports" / f"{name}.yml").write_text(f"document: {document}\n", encoding="utf-8")
    assert [case.text for case in load_reports(folder, reports)] == ["One.", "Two.", "Four."]
    (folder / "reports" / "d.yml").write_text("document: reports/d.txt\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"d\.txt is not there"):
        load_reports(folder, reports)
