"""Counting incidents: one body over every store. What is counted can be listed, by the same filter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from store_samples import EXTRACTOR, claims_of, document, event, resolved

from khabar.records import Value
from khabar.store import Store, open_store
from khabar.store.questions import EventFilter, EventOrder
from khabar.store.tallies import TallyBy

_PLACES = ({"name": "A", "country": "XN", "admin1": None}, {"name": "B", "country": "XS", "admin1": None})


def _when(earliest: str | None, latest: str | None) -> dict[str, str | None]:
    return {"earliest": earliest, "latest": latest, "precision": "range", "text": None}


def _killed(low: int | None, best: int | None, high: int | None) -> dict[str, object]:
    return {"low": low, "best": best, "high": high, "text": ""}


@pytest.fixture
def counted(store: Store) -> Store:
    """Six incidents of every kind of date and toll; the first is attributed to the front in two ways."""
    doc = document()
    told = claims_of(doc)
    store.add_document(doc)
    store.save_claims(doc.id, told, EXTRACTOR)
    said = [{"actor": "F", "actor_id": "actor-front", "stance": s} for s in ("claimed", "denied")]
    base = event("e1", told[:1], when=_when("2019-05-03", "2019-05-03"), killed=_killed(10, 12, 15), places=_PLACES)
    base = replace(base, values={**base.values, "attributions": tuple(Value(v, base.claims) for v in said)})
    others = [
        event("e2", [], when=_when("2019-05-30", "2019-05-31"), killed=_killed(5, None, None)),
        event("e3", [], when=_when("2019-05-30", "2019-06-02"), killed=_killed(None, 7, None), type="arson"),
        event("e4", [], when=_when("2018-12-31", "2019-01-01"), killed=_killed(None, None, 4), places=()),
        event("e5", [], when=_when(None, "2019-05-01"), killed=None),
        event("e6", [], when=_when(None, None), killed=_killed(0, 0, 0)),
    ]
    store.save_resolution(resolved(told, base, *others))
    return store


def test_dead_are_summed_from_the_lowest_to_the_highest_number(counted: Store) -> None:
    [every] = counted.tallies(())
    assert (every.low, every.best, every.high) == (10 + 5 + 7 + 0 + 0, 12 + 5 + 7 + 0, 15 + 5 + 7 + 4 + 0)
    assert (every.events, every.stated, every.open) == (6, 5, 2)


def test_the_band_holds_every_number_stated_and_is_open_where_the_highest_is(counted: Store) -> None:
    base = event("e7", [], when=_when("2020-01-01", "2020-01-01"), killed=_killed(59, 59, 59))
    stated = tuple(Value(_killed(*n), ()) for n in ((59, 59, 59), (61, 61, None), (None, None, 60)))
    counted.save_resolution(resolved(claims_of(document()), replace(base, values={"killed": stated})))
    [band] = counted.tallies(())
    assert (band.low, band.best, band.high, band.open) == (0, 59, 61, 1)
    more = (*stated, Value(_killed(None, 70, 70), ()))
    counted.save_resolution(resolved(claims_of(document()), replace(base, values={"killed": more})))
    [band] = counted.tallies(())
    assert (band.low, band.best, band.high, band.open) == (0, 59, 70, 0)


def test_a_month_counts_only_whom_it_holds_for_sure(counted: Store) -> None:
    assert {t.key: t.events for t in counted.tallies(("month",))} == {("",): 4, ("2019-05",): 2}
    assert {t.key: t.events for t in counted.tallies(("year",))} == {("",): 3, ("2019",): 3}


def test_every_number_can_be_listed(counted: Store) -> None:
    steps: tuple[TallyBy, ...] = ("month", "year")
    for step in steps:
        for tally in counted.tallies((step,)):
            assert counted.count(EventFilter(within=tally.key[0] or f"no-{step}")) == tally.events
    for tally in counted.tallies(("type",)):
        assert counted.count(EventFilter(types=tally.key)) == tally.events
    countries = counted.tallies(("country",))
    assert [t.key for t in countries] == [("XN",), ("XS",)]
    for tally in countries:
        assert counted.count(EventFilter(country=tally.key[0])) == tally.events
    said = counted.tallies(("actor", "stance"))
    assert [t.key for t in said] == [("actor-front", "claimed"), ("actor-front", "denied")]
    for tally in said:
        assert counted.count(EventFilter(actor=tally.key[0], stance=tally.key[1])) == tally.events == 1


def test_a_filter_is_kept_while_counting(counted: Store) -> None:
    assert [t.key for t in counted.tallies(("type",), EventFilter(within="2019-06"))] == []
    [arson] = counted.tallies(("type", "year"), EventFilter(types=("arson",)))
    assert arson.key == ("arson", "2019")
    assert arson.stated == 1
    assert arson.open == 1


def test_a_day_lies_in_its_month_and_year(counted: Store) -> None:
    def within(period: str) -> list[str]:
        return [e.id for e in counted.events(EventFilter(within=period))]

    assert within("2019-05-03") == ["e1"]
    assert within("2019-05") == ["e1", "e2"]
    assert within("2019") == ["e1", "e2", "e3"]


def test_a_page_of_a_list_is_the_same_as_that_part_of_the_whole(counted: Store) -> None:
    orders: tuple[EventOrder, ...] = ("oldest", "newest", "killed")
    for order in orders:
        whole = [e.id for e in counted.events(EventFilter(order=order))]
        pages = [e.id for at in range(0, 8, 2) for e in counted.events(EventFilter(order=order, limit=2, offset=at))]
        assert pages == whole
        assert len(whole) == 6


def test_without_tolls_the_same_is_counted(counted: Store) -> None:
    kinds: tuple[tuple[TallyBy, ...], ...] = (("month",), ("type", "year"), ("country",), ("actor", "stance"), ())
    for by in kinds:
        for where in (EventFilter(), EventFilter(within="2019")):
            whole = [(t.key, t.events) for t in counted.tallies(by, where)]
            assert [(t.key, t.events) for t in counted.tallies(by, where, tolls=False)] == whole


def test_what_was_counted_is_counted_anew_when_incidents_change(counted: Store, address: str) -> None:
    with open_store(address) as elsewhere:
        assert [t.events for t in counted.tallies(())] == [6]
        elsewhere.save_resolution(resolved(claims_of(document()), event("new", [])))
        assert [t.events for t in counted.tallies(())] == [1]
