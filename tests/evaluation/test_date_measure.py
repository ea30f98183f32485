"""The measure of dates: the notation of its table, and that only both ends of an interval make it right."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabar.errors import RecordError
from khabar.evaluation.dates import MEASURE, publication, written_date
from khabar.evaluation.numbers import MEASURE as NUMBERS
from khabar.evaluation.system import System
from khabar.reading.model import DateMention
from khabar.records import Interval
from khabar.settings import Settings


def test_the_notation_of_publications() -> None:
    assert publication("open") == Interval()
    assert publication("2018-01-01") == Interval("2018-01-01", "2018-01-01")
    assert publication("2018-01-01..") == Interval("2018-01-01", None)
    with pytest.raises(RecordError):
        publication("2018-02-01..2018-01-01")


def test_the_notation_of_mentions() -> None:
    day = DateMention(0, 3, "now", "2018-01-01", "2018-01-01", "day", "absolute", "")
    until = DateMention(0, 3, "now", None, "2018-01-01", "range", "absolute", "until")
    assert written_date(day) == "now = 2018-01-01 day"
    assert written_date(until) == "now = ..2018-01-01 range absolute until"


def test_one_end_of_an_interval_is_not_enough(tmp_path: Path) -> None:
    cases = """groups:
- about: months
  cases:
    "It fell in May 2014.": ["May 2014 = 2014-05-01..2014-05-31 month"]
    "It fell in June 2014.": ["June 2014 = 2014-06-01..2014-06-29 month"]
"""
    (tmp_path / "dates.yml").write_text(cases, encoding="utf-8")
    outcome = MEASURE.run(tmp_path, System(Settings()))
    assert [(f.value, f.size) for f in outcome.figures] == [(0.5, 2)]


def test_bounds_and_kind_make_a_number_right(tmp_path: Path) -> None:
    cases = """groups:
- about: bounds
  cases:
    "At least 12 died.": ["At least 12 = 12/12/- cardinal"]
    "About 12 died.": ["About 12 = 12/12/- cardinal"]
"""
    (tmp_path / "numbers.yml").write_text(cases, encoding="utf-8")
    outcome = NUMBERS.run(tmp_path, System(Settings()))
    assert [(f.value, f.size) for f in outcome.figures] == [(0.5, 2)]
