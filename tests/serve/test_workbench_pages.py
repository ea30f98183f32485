"""What the workbench promises: every number leads to its list, every list has its twins, nothing is left unsaid."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from khabar.serve.app import create_app
from khabar.store.base import Store
from khabar.store.opening import open_store

_LISTS = (
    "incidents",
    "actors",
    "contradictions",
    "statements",
    "positions",
    "totals",
    "documents",
    "timeline",
    "search",
)


@pytest.fixture(scope="module")
def base(demo_base: Path) -> Iterator[Store]:
    with open_store(demo_base, create=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(base: Store) -> Iterator[TestClient]:
    with TestClient(create_app(base)) as client:
        yield client


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[TestClient]:
    with open_store(tmp_path / "empty.db") as opened, TestClient(create_app(opened)) as client:
        yield client


@pytest.mark.slow
@pytest.mark.parametrize("span", ["", "all", "2017"])
def test_every_number_of_the_overviews_tables_is_that_of_its_list(pages: TestClient, span: str) -> None:
    page = pages.get(f"/?span={span}").text
    links = re.findall(r'<td class="num"><a href="(/incidents\?[^"]+)">(\d+)</a>', page)
    assert len(links) > 20
    for href, number in links:
        answer = pages.get(f"/api{unescape(href)}")
        assert answer.json()["total"] == int(number), href


def test_the_overview_says_by_which_rule_it_counts_and_that_totals_are_left_out(pages: TestClient) -> None:
    page = unescape(pages.get("/").text)
    assert "by the rule “majority”" in page
    assert "a total that a report gives is no incident and is not counted" in page


def test_a_span_that_is_none_is_said_in_words(pages: TestClient) -> None:
    assert pages.get("/?span=lastyear").status_code == 422
    assert pages.get("/timeline?span=2016-13").status_code == 422


@pytest.mark.parametrize("name", _LISTS)
def test_every_list_has_a_page_a_json_and_a_csv(pages: TestClient, name: str) -> None:
    asked = "?text=police" if name == "search" else ""
    page = pages.get(f"/{name}{asked}").text
    assert f"/api/{name}.csv" in page
    rows = list(csv.reader(io.StringIO(pages.get(f"/api/{name}.csv{asked}").text)))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert isinstance(pages.get(f"/api/{name}{asked}").json(), dict)


@pytest.mark.parametrize("path", [f"/{name}" for name in _LISTS] + ["/", "/queue", "/map", "/genealogy", "/network"])
def test_an_empty_base_says_what_to_do(empty: TestClient, path: str) -> None:
    answer = empty.get(path)
    assert answer.status_code == 200
    assert 'class="empty"' in answer.text or "khabar add" in answer.text or 'class="open"' in answer.text


def test_filters_that_other_pages_set_stay_and_can_be_left_out(pages: TestClient) -> None:
    page = pages.get("/incidents?within=2017&country=PK").text
    assert '<input type="hidden" name="within" value="2017">' in page
    assert re.search(r'<a href="/incidents\?country=PK[^"]*"[^>]*>date: 2017', page)


def test_search_marks_what_was_found_and_goes_on_page_by_page(pages: TestClient) -> None:
    page = pages.get("/search?text=bombing").text
    assert re.search(r"<mark>[Bb]omb\w*</mark>", page)
    assert "kind=claims" in page
    first = pages.get("/api/search?text=said&kind=claims").json()
    assert {row["kind"] for row in first["found"]} == {"claim"}
    if first["more"]:
        second = pages.get("/api/search?text=said&kind=claims&page=2").json()
        assert not {row["id"] for row in first["found"]} & {row["id"] for row in second["found"]}


def test_what_was_searched_for_is_shown_as_it_was_typed_and_never_as_markup(pages: TestClient) -> None:
    page = pages.get("/search", params={"text": '<script>alert(1)</script> "'}).text
    assert "<script>alert" not in page


def test_every_statement_stands_with_its_speaker_and_passage(pages: TestClient, base: Store) -> None:
    told = pages.get("/api/statements").json()
    page = unescape(pages.get("/statements").text)
    assert told["total"] == len(told["statements"])
    for statement in told["statements"]:
        assert f'id="s-{statement["id"]}"' in page
        if statement["speaker"]:
            assert statement["speaker"]["name"] in page


def test_the_api_reference_names_every_address_and_loads_nothing_from_elsewhere(pages: TestClient) -> None:
    described = pages.get("/api/openapi.json").json()
    page = unescape(pages.get("/api/docs").text)
    for path, methods in described["paths"].items():
        assert f"<code>{path}</code>" in page
        for operation in methods.values():
            assert operation["summary"] in page
    assert not re.findall(r'(?:src|href)="https?://', page)


def test_reports_are_listed_without_their_texts(pages: TestClient, base: Store) -> None:
    answer = pages.get("/api/documents").text
    longest = max((document.text for document in base.documents()), key=len)
    assert json.dumps(longest[:80])[1:-1] not in answer


def test_the_timeline_draws_every_incident_of_a_year_once(pages: TestClient) -> None:
    told = pages.get("/api/timeline?span=2017&show=incidents").json()
    assert told["incidents"] == len(told["entries"])
    page = pages.get("/timeline?span=2017&show=incidents").text
    assert page.count('class="bar"') == told["incidents"]
    assert len({entry["href"] for entry in told["entries"]}) == told["incidents"]


def test_an_incident_shows_where_what_was_reported_when_and_how_it_is_known(pages: TestClient, base: Store) -> None:
    event = max(base.events(), key=lambda e: len(e.documents))
    page = unescape(pages.get(f"/incidents/{event.id}").text)
    for part in ("fields", "attribution", "origins", "tolls"):
        assert f'id="{part}"' in page, part
    assert '<figure class="locator' in page
    for value in event.values["killed"]:
        for claim in value.claims:
            assert f"/claims/{claim}" in page or len(value.claims) > 25
