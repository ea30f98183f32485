from __future__ import annotations

from pathlib import Path

import pytest

from khabar.errors import RecordError
from khabar.evaluation.own_places import read_cases, score_cases
from khabar.reading.gazetteer import open_gazetteer
from khabar.settings import load_settings

CASES = """
- phenomenon: twice
  text: Kabul is calm. Two men were shot
    in Kabul and in Herat.
  places:
    - {name: Kabul, nth: 2, country: AF, admin1: Kabul, at: [34.53, 69.17]}
    - {name: Herat, country: AF, at: [10, 10], within: 100}
- phenomenon: unknown
  text: Two men were shot in Xyzzyville.
  places:
    - {name: Xyzzyville, country: AF, at: [34, 69]}
- phenomenon: another country
  text: Two men were shot in Quetta.
  places:
    - {name: Quetta, country: IN, at: [30.18, 67]}
"""


def test_each_fault_is_counted_once(tmp_path: Path) -> None:
    path = tmp_path / "cases.yml"
    path.write_text(CASES, encoding="utf-8")
    cases = list(read_cases(path))
    assert [cases[0].text[p.start : p.end] for p in cases[0].places] == ["Kabul", "Herat"]
    assert cases[0].places[0].start > cases[0].text.index("shot")
    gazetteer = open_gazetteer(load_settings().cache)
    outcome = score_cases(cases, gazetteer)
    gazetteer.close()
    right, units = outcome.figures
    assert (right.value, right.size) == (0.25, 4)
    assert (units.value, units.size) == (1.0, 1)
    causes = ["twice: too far", "unknown: not found", "another country: in another country"]
    assert [slip.cause for slip in outcome.slips] == causes


def test_a_case_whose_place_is_not_in_its_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cases.yml"
    path.write_text("- {phenomenon: a, text: Nothing here., places: [{name: Oslo, at: [0, 0]}]}", encoding="utf-8")
    with pytest.raises(RecordError, match="Nothing here"):
        list(read_cases(path))


def test_the_shipped_cases_can_be_read() -> None:
    cases = list(read_cases(Path(__file__).resolve().parents[2] / "eval" / "places.yml"))
    assert len(cases) >= 40
    assert len({case.text for case in cases}) == len(cases)
    assert all(-90 <= place.latitude <= 90 for case in cases for place in case.places)
