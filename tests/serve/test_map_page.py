"""The map as pages and data, over the demo base, without a browser."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from khabar.serve.app import create_app
from khabar.store.base import Store
from khabar.store.opening import open_store
from khabar.store.questions import EventFilter


@pytest.fixture(scope="module")
def base(demo_base: Path) -> Iterator[Store]:
    with open_store(demo_base, create=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(base: Store) -> Iterator[TestClient]:
    with TestClient(create_app(base)) as client:
        yield client


def test_every_number_of_the_table_is_what_its_list_has(pages: TestClient) -> None:
    page = pages.get("/map").text
    table = page[page.index('<table class="rows areas">') :]
    cells = re.findall(r'<a href="(/incidents\?[^"]+)">(\d+)</a>', table)
    assert len(cells) > 20
    for href, count in cells[:40]:
        found = pages.get("/api" + unescape(href)).json()
        assert found["total"] == int(count), href


def test_without_script_the_map_is_drawn_with_links(pages: TestClient) -> None:
    page = pages.get("/map?country=PK").text
    picture = page[page.index("<noscript>") : page.index("</noscript>")]
    assert "<svg" in picture
    href = re.search(r'<a href="([^"]+)" aria-label="Sindh: (\d+)"', picture)
    assert href is not None
    assert pages.get("/api" + unescape(href[1])).json()["total"] == int(href[2])
    assert "http://www.w3.org/2000/svg" in picture
    assert not re.search(r'(?:src|href)="https?:', page)
    assert " style=" not in page


def test_the_data_are_the_same_incidents(pages: TestClient, base: Store) -> None:
    body = pages.get("/api/map").json()
    counts = body["counts"]
    assert len({len(column) for column in counts.values()}) == 1
    assert set(counts["place"]) == set(range(len(body["places"])))
    levels = [row[0] for row in body["places"]]
    for level in set(levels):
        shown = sum(n for at, n in zip(counts["place"], counts["incidents"], strict=True) if levels[at] == level)
        assert shown >= base.count(EventFilter(known=level))
    narrowed = pages.get("/api/map?country=AF&type=bombing").json()
    assert 0 < sum(narrowed["counts"]["incidents"]) < sum(counts["incidents"])
    assert {row[2] for row in narrowed["places"]} == {"AF"}


def test_points_are_towns_and_areas_have_no_point(pages: TestClient) -> None:
    body = pages.get("/api/map").json()
    for row in body["places"]:
        place = dict(zip(body["place_columns"], row, strict=True))
        if place["level"] in ("country", "region"):
            assert place["latitude"] is None
        if place["level"] in ("exact", "near"):
            assert place["radius_km"] is None
            assert place["latitude"] is not None
        if place["level"] == "adm2":
            assert place["radius_km"] >= 5


def test_areas_as_csv_have_every_row_of_the_table(pages: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(pages.get("/api/map/areas.csv").text)))
    whole = {row["country"]: int(row["incidents"]) for row in rows if not row["admin1"]}
    assert all(int(row["incidents"]) <= whole[row["country"]] for row in rows)
    assert pages.get("/map").text.count("<tr") == len(rows) + 1


def test_outlines_are_kept_by_browsers_under_their_version(pages: TestClient) -> None:
    address = re.search(r'data-shapes="([^"]+)"', pages.get("/map").text)
    assert address is not None
    answer = pages.get(address[1])
    assert "immutable" in answer.headers["cache-control"]
    assert answer.json()["type"] == "Topology"
    assert "cache-control" not in pages.get("/api/map/shapes?v=other").headers


@pytest.mark.parametrize("asked", ["known=close", "at=here", "at=99,0", "at=1,2,3", "since=yesterday"])
def test_a_filter_that_cannot_be_understood_is_named(pages: TestClient, asked: str) -> None:
    answer = pages.get(f"/map?{asked}")
    assert answer.status_code == 422
    assert asked.partition("=")[0] in answer.text


def test_an_empty_map_says_what_to_do(pages: TestClient) -> None:
    page = pages.get("/map?text=zzzzzz").text
    assert "Leave a filter out" in page
    assert "data-map" not in page
