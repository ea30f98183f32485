from __future__ import annotations

import pytest

from khabar.extraction.timing import apart, disjoint, open_date, width
from khabar.records import Document, Interval, When


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen killed six farmers on 3 May 2018.", ("2018-05-03", "2018-05-03")),
        ("He joined in October 2014 and was killed in a drone strike in 2016.", ("2016-01-01", "2016-12-31")),
        ("COLOMBO, May 9 - A bomb killed six people in a hotel on Monday.", ("2018-05-07", "2018-05-07")),
        ("Gunmen killed six farmers near Bamenda.", (None, "2018-05-10")),
        ("On Monday the mayor paid tribute to the victims of the bombing in Bamenda.", (None, "2018-05-10")),
        ("The mayor condemned the bombing in Bamenda on Monday.", ("2018-05-07", "2018-05-07")),
        ("A monk died on Monday of wounds he suffered in Saturday's attack in Bamenda.", ("2018-05-05", "2018-05-05")),
        ("Police have arrested 90 people since the group was banned in 2015.", ("2015-01-01", "2018-05-10")),
        ("Hours after the vote, gunmen killed six farmers near Bamenda.", (None, "2018-05-10")),
        ("The cabinet met on Monday. Hours after the vote, gunmen shot six men.", ("2018-05-07", "2018-05-07")),
        (
            "Violence eased in April. We counted nine raids in Kivu in which six men were killed.",
            ("2018-04-01", "2018-04-30"),
        ),
        ("Armed men came to Bamenda on 3 May. They killed six farmers.", ("2018-05-03", "2018-05-03")),
    ],
)
def test_the_date_of_the_clause(events, text: str, expected: tuple[str | None, str | None]) -> None:
    [claim] = events(text)
    assert (claim.when.earliest, claim.when.latest) == expected


def test_intervals() -> None:
    assert width("2018-05-01", "2018-05-31") == 30
    assert width(None, "2018-05-31") > 10_000
    assert disjoint(When("2018-05-01", "2018-05-02"), When("2018-05-03", None))
    assert not disjoint(When(None, "2018-05-02"), When("2018-05-02", None))


def test_days_between_intervals() -> None:
    may, august = When("2018-05-01", "2018-05-02"), When("2018-08-01", None)
    assert apart(may, august) == apart(august, may) == 91
    assert apart(may, When("2018-05-02", None)) == 0
    assert apart(may, When(None, None)) == 0


def test_an_undated_event_is_not_after_publication() -> None:
    document = Document(id="a", text="x", published=Interval("2018-05-01", "2018-05-31"))
    assert open_date(document) == When(None, "2018-05-31", "unknown", None)
