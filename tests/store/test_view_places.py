"""Incidents by place: one body over every store. What is counted at a place, the filter for it lists."""

from __future__ import annotations

from typing import Any

import pytest
from store_samples import event

from khabar.store import Assembled, Store
from khabar.store.place_rows import PLACE_LEVELS, level_of, place_rows
from khabar.store.questions import EventFilter

_PORT = {"name": "Northport", "country": "XN", "admin1": "Côte Nord", "latitude": 10.12345, "longitude": -3.5}
_OCTOBER = {"earliest": "2016-10-03", "latest": "2016-10-03", "precision": "day", "text": None}
_YEAR = {"earliest": "2016-01-01", "latest": "2016-12-31", "precision": "year", "text": None}


def _place(precision: str, **more: Any) -> dict[str, Any]:
    return {**_PORT, "precision": precision, **more}


@pytest.fixture
def placed(store: Store) -> Store:
    """Incidents known to every level; the second at two places of one point, the last at none."""
    province = _place("adm1", name="Côte Nord", geonames_id=7, latitude=9.0, longitude=-3.0)
    country = {"name": "Northland", "country": "XN", "latitude": 9.0, "longitude": -3.0, "precision": "country"}
    whens_and_places = [
        (_OCTOBER, [_place("exact")]),
        (_OCTOBER, [_place("exact"), _place("exact", name="Northport harbour")]),
        (_YEAR, [_place("near")]),
        (_YEAR, [_place("adm2", name="Harbour", admin2="Harbour")]),
        (_YEAR, [_place("exact", latitude=None, longitude=None)]),
        (None, [province]),
        (_YEAR, [country]),
        (_YEAR, [{"name": "the marches", "country": None, "precision": "region"}]),
        (_YEAR, []),
    ]
    events = [event(f"e{n}", [], when=when, places=places) for n, (when, places) in enumerate(whens_and_places)]
    store.save_resolution(Assembled(events=tuple(events)))
    return store


def test_an_incident_counts_once_at_each_site(placed: Store) -> None:
    counts = {(row.site, row.earliest, row.latest): row.events for row in placed.placed()}
    assert counts == {
        ("exact:10.1235,-3.5", "2016-10", "2016-10"): 2,
        ("near:10.1235,-3.5", "2016-01", "2016-12"): 1,
        ("adm2:10.1235,-3.5", "2016-01", "2016-12"): 1,
        ("adm1:XN/cote nord", "2016-01", "2016-12"): 1,
        ("adm1:XN/cote nord", None, None): 1,
        ("country:XN", "2016-01", "2016-12"): 1,
        ("region:the marches", "2016-01", "2016-12"): 1,
    }


def test_sites_are_what_is_counted_at(placed: Store) -> None:
    sites = {site.id: site for site in placed.sites()}
    assert sites.keys() == {row.site for row in placed.placed()}
    province = sites["adm1:XN/cote nord"]
    assert (province.latitude, province.gazetteer) == (9.0, 7)  # of the one incident that names the province itself
    assert sites["exact:10.1235,-3.5"].admin1 == "Côte Nord"


@pytest.mark.parametrize("level", [*PLACE_LEVELS, "none"])
def test_what_is_counted_is_listed(placed: Store, level: str) -> None:
    where = EventFilter(known=level)
    listed = [e.id for e in placed.events(where)]
    assert len(listed) == placed.count(where)
    assert sum(row.events for row in placed.placed(where)) == (0 if level == "none" else len(listed))


def test_a_point_a_district_and_a_province_can_be_asked_for(placed: Store) -> None:
    def ids(**asked: Any) -> list[str]:
        return sorted(e.id for e in placed.events(EventFilter(**asked)))

    assert ids(at=(10.1235, -3.5)) == ["e0", "e1", "e2", "e3"]
    assert ids(at=(10.1235, -3.5), known="near") == ["e2"]
    assert ids(admin2="harbour") == ["e3"]
    assert ids(country="xn", admin1="Cote nord", known="adm1") == ["e4", "e5"]
    assert ids(country="XS", known="adm1") == []


def test_totals_count_an_incident_once_in_each_area(placed: Store) -> None:
    totals = {(t.country, t.admin1, t.level): t.events for t in placed.place_totals()}
    assert totals["XN", None, None] == 7
    assert totals["XN", "Côte Nord", None] == 6
    assert totals["XN", "Côte Nord", "exact"] == 2
    assert totals["XN", None, "country"] == 1
    october = EventFilter(since="2016-10-01", until="2016-10-31", known="exact")
    assert {(t.country, t.admin1, t.level): t.events for t in placed.place_totals(october)}["XN", None, None] == 2


@pytest.mark.parametrize(
    ("place", "level"),
    [
        (_place("exact"), "exact"),
        (_place("exact", latitude=None), "adm1"),
        (_place("near", latitude=None, admin1=None), "country"),
        (_place("adm2", latitude=None), "adm1"),
        (_place("adm1", admin1=None), "adm1"),
        ({"name": "x", "precision": "exact"}, "region"),
        ({"name": "x", "precision": "country"}, "region"),
        ({"name": "x"}, "region"),
    ],
)
def test_no_level_claims_more_than_is_known(place: dict[str, Any], level: str) -> None:
    assert level_of(place) == level
    assert place_rows([place], None)[0]["level"] == level
