from __future__ import annotations

from dataclasses import replace

from khabar.codebook.load import DEFAULT, load_codebook
from khabar.report.asked import Asked, period_of
from khabar.report.build import build_report
from khabar.report.lists import lists_of, numbers_of
from khabar.report.model import Number, Report
from khabar.settings import DOUBT
from khabar.store.base import Store
from khabar.store.questions import EventFilter


def test_the_incidents_of_the_year_are_in_it_and_those_around_are_not(base: Store, report: Report) -> None:
    def days(key: str) -> tuple[str, str]:
        when = base.event(key).derived["when"].value
        return when["earliest"], when["latest"]

    assert len(report.incidents) > 8
    assert all("2016-01-01" <= first <= last <= "2016-12-31" for first, last in (days(i.id) for i in report.incidents))
    assert {i.id for i in report.incidents}.isdisjoint(i.id for i in (*report.perhaps, *report.earlier))
    wide = {e.id for e in base.events(EventFilter(since="2016-01-01", until="2016-12-31"))}
    assert {i.id for i in (*report.incidents, *report.perhaps)} <= wide


def test_every_number_opens_incidents_that_have_an_entry_with_a_passage(report: Report) -> None:
    entries = {i.id: i for i in report.all_incidents()}
    lists = lists_of(report)
    numbers = [n for n in numbers_of(report) if n.incidents]
    assert numbers
    for number in numbers:
        assert all(entries[key].passages for key in number.incidents)
    assert set(lists.values()) <= {tuple(sorted(found)) for found in lists.values()}
    assert {n for found in lists.values() for n in found} <= {i.number for i in entries.values()}


def test_counts_in_tables_are_those_of_the_list(report: Report) -> None:
    happened = {i.id for i in report.incidents}
    [types] = [t for t in report.tables() if t.name == "type"]
    counted = [row[1] for row in types.rows]
    assert all(isinstance(c, Number) and set(c.incidents) <= happened for c in counted)
    [first] = [p for p in report.headline if isinstance(p, Number)][:1]
    assert sum(int(c.words) for c in counted if isinstance(c, Number)) == int(first.words)


def test_an_area_narrows_it(base: Store, report: Report) -> None:
    book = load_codebook(DEFAULT)
    pakistan = build_report(base, book, Asked(period_of("2016"), "2026-11-22", ("PK",)), DOUBT)
    assert pakistan.title == "Security report: Pakistan"
    assert {i.id for i in pakistan.incidents} < {i.id for i in report.incidents}


def test_blame_needs_origins_where_they_are_asked_for(base: Store, report: Report) -> None:
    book = load_codebook(DEFAULT)
    strict = build_report(base, book, replace(Asked(period_of("2016"), "2026-11-22"), origins=99), DOUBT)
    said = {a for i in strict.incidents for a in i.attributed}
    assert said < {a for i in report.incidents for a in i.attributed}
    quoted = {p.quote for i in strict.incidents for p in i.passages}
    assert any("[unidentified]" in quote for quote in quoted)
    claiming = {a.split(" (")[0] for a in said if "claimed" in a}
    assert claiming == {a.split(" (")[0] for a in said}


def test_a_year_without_reports_is_a_report_that_says_so(base: Store) -> None:
    empty = build_report(base, load_codebook(DEFAULT), Asked(period_of("1901"), "2026-11-22"), DOUBT)
    assert "no incident that this base knows of" in "".join(p for p in empty.headline if isinstance(p, str))
    assert not empty.incidents
