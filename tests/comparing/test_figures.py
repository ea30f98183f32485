"""Numbers of dead in a record and in the headlines that it lists."""

from __future__ import annotations

import pytest
from reference_samples import QUETTA, record

from khabar.comparing.figures import estimates, reported
from khabar.records import Count, ReferenceReport


def test_a_record_has_up_to_three_numbers_of_its_own() -> None:
    assert estimates(record("1", "2031-01-01", QUETTA, Count(43, 45, 47))) == (45, 43, 47)
    assert estimates(record("1", "2031-01-01", QUETTA, 52)) == (52,)


@pytest.mark.parametrize(
    ("headline", "numbers"),
    [
        ("Toll of shrine bombing rises to 75 dead", [75]),
        ("At least 52 killed in Elmtown", [52]),
        ("Twelve dead and 30 wounded in market", [12]),
        ("Bomb kills nine, 14 others injured", [9]),
        ("Gunmen kill 99 in raid", []),
        ("Five things to know about the raid", []),
        ("30 wounded in market", []),
        ("Police chief, 45, killed", []),
    ],
)
def test_numbers_of_dead_in_headlines(headline: str, numbers: list[int]) -> None:
    told = record("1", "2031-01-01", QUETTA, 88, reports=(ReferenceReport(headline, "News", "2031-01-02"),))
    assert [r.number for r in reported(told)] == numbers


def test_a_number_is_told_once_with_its_first_report() -> None:
    reports = (ReferenceReport("7 dead", "A", "2031-01-02"), ReferenceReport("Seven killed", "B", "2031-01-03"))
    (only,) = reported(record("1", "2031-01-01", QUETTA, 9, reports=reports))
    assert (only.number, only.report.publisher) == (7, "A")
