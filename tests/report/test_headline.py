from __future__ import annotations

from khabar.records import Event
from khabar.report.asked import Asked, period_of
from khabar.report.gather import Found
from khabar.report.headline import headline
from told_incidents import incident


def _said(inside: list[Event], earlier: list[Event]) -> str:
    found = Found(tuple(inside), (), tuple(earlier), (), 0)
    pieces = headline(found, Asked(period_of("2016-10"), "2016-11-01"), "Pakistan")
    return "".join(p if isinstance(p, str) else p.words for p in pieces)


def test_what_happened_and_how_it_compares() -> None:
    inside = [
        incident("a", killed=61, injured=100, places=("Quetta", "Balochistan", "PK")),
        incident("b", killed=2, attackers_killed=1),
    ]
    earlier = [incident("c", "2016-09-02", killed=3)]
    assert _said(inside, earlier) == (
        "In Pakistan October 2016 saw 2 incidents that killed 63 people and injured 100. Attackers killed: 1. The "
        "deadliest was the bombing in Quetta on 2016-10-24, with 61 dead. In September 2016 there was 1 incident (1 "
        "more now) and 3 killed (60 more now)."
    )


def test_a_period_without_incidents_says_so() -> None:
    assert _said([], []) == (
        "In Pakistan October 2016 saw no incident that this base knows of. For September 2016 the base knows of no "
        "incident, so that nothing can be compared."
    )


def test_two_that_are_as_deadly_are_both_named() -> None:
    said = _said([incident("a", killed=5), incident("b", killed=5), incident("c", killed=1)], [])
    assert "The deadliest, with 5 dead each, were 2." in said
