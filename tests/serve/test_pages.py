"""The pages over the demo base, as a browser without script gets them."""

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

from command import khabar
from khabar.records import Document
from khabar.serve.app import create_app
from khabar.serve.filters import PAGE_SIZE
from khabar.store.base import Store
from khabar.store.opening import open_store
from khabar.store.questions import ContradictionFilter


@pytest.fixture(scope="module")
def base(demo_base: Path) -> Iterator[Store]:
    with open_store(demo_base, create=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(base: Store) -> Iterator[TestClient]:
    with TestClient(create_app(base)) as client:
        yield client


@pytest.mark.parametrize(
    "path", ["/", "/incidents", "/actors", "/contradictions", "/documents", "/queue", "/search?text=quetta"]
)
def test_every_page_is_there_and_loads_nothing_from_elsewhere(pages: TestClient, path: str) -> None:
    answer = pages.get(path)
    assert answer.status_code == 200
    for address in re.findall(r'(?:src|href|action)="([^"]+)"', answer.text):
        assert address.startswith(("/", "#", "?", "data:image/")), address
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_every_value_of_every_incident_opens_the_passage_it_came_from(pages: TestClient, base: Store) -> None:
    texts = {d.id: d.text for d in base.documents()}
    for event in base.events():
        page = pages.get(f"/incidents/{event.id}").text
        links = re.findall(
            r'class="passage" href="/documents/(\w+)\?claim=(\w+)(?:&amp;start=(\d+)&amp;end=(\d+))?#', page
        )
        linked = {claim for _, claim, _, _ in links}
        for name, values in event.values.items():
            if name == "modality":
                continue
            for value in values:
                assert linked & set(value.claims), f"{event.id} {name}: no passage"
        for document, _, start, end in links:
            assert not start or texts[document][int(start) : int(end)].strip()


def test_a_passage_link_leads_to_highlighted_words(pages: TestClient, base: Store) -> None:
    event = next(e for e in base.events() if e.values.get("killed"))
    page = unescape(pages.get(f"/incidents/{event.id}").text)
    [row] = re.findall(r'id="f-killed".*?</tr>', page, re.DOTALL)
    href, words = re.findall(r'href="([^"]+)"[^>]*>“.*?<b>(.*?)</b>', row, re.DOTALL)[0]
    document = unescape(pages.get(href.split("#")[0]).text)
    assert re.search(rf'<mark class="asked" id="asked"[^>]*>{re.escape(words)}</mark>', document)


def test_the_document_page_shows_the_whole_text_and_every_claim(pages: TestClient, base: Store) -> None:
    for document in list(base.documents())[:15]:
        page = pages.get(f"/documents/{document.id}").text
        [article] = re.findall(r'<article class="text"[^>]*>(.*?)</article>', page, re.DOTALL)
        assert unescape(re.sub(r"<[^>]+>", "", article)) == document.text
        assert pages.get(f"/documents/{document.id}/text").text == document.text


def test_filters_narrow_and_api_and_csv_say_the_same(pages: TestClient) -> None:
    everything = pages.get("/api/incidents").json()["total"]
    asked = {"country": "PK", "min_killed": "20"}
    fewer = pages.get("/api/incidents", params=asked).json()
    assert 0 < fewer["total"] < everything
    listed = pages.get("/incidents", params=asked).text
    assert f"{fewer['total']} incident" in listed
    lines = pages.get("/api/incidents.csv", params=asked).text.strip().splitlines()
    assert len(lines) - 1 == len(fewer["incidents"])
    for incident in fewer["incidents"]:
        assert f"/incidents/{incident['id']}" in listed
        assert pages.get(f"/api/incidents/{incident['id']}").json()["evidence"]


def test_empty_fields_of_a_form_ask_for_nothing(pages: TestClient) -> None:
    answer = pages.get("/incidents?text=&type=&country=&actor=&since=&until=&min_killed=&order=newest")
    assert answer.status_code == 200
    assert f"{pages.get('/api/incidents').json()['total']} incident" in answer.text


@pytest.mark.parametrize("bad", ["min_killed=many", "since=yesterday", "page=0", "order=best"])
def test_a_filter_that_cannot_be_understood_is_said_in_words(pages: TestClient, bad: str) -> None:
    answer = pages.get(f"/incidents?{bad}")
    assert answer.status_code == 422
    assert bad.split("=", maxsplit=1)[0] in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", ["/incidents/ffffffffff", "/documents/ffffffffff", "/actors/nobody-knows", "/nowhere"])
def test_what_is_not_there_is_not_found(pages: TestClient, path: str) -> None:
    answer = pages.get(path)
    assert answer.status_code == 404
    assert "Back to the overview" in answer.text


def test_contradictions_stand_side_by_side_with_both_passages(pages: TestClient, base: Store) -> None:
    page = pages.get("/contradictions").text
    for contradiction in base.contradictions(ContradictionFilter(limit=50)):
        [section] = re.findall(rf'id="c-{contradiction.id}".*?</section>', page, re.DOTALL)
        assert section.count('class="side"') == len(contradiction.sides)
        assert section.count('class="passage"') >= 2


def test_actors_have_names_ties_and_incidents(pages: TestClient, base: Store) -> None:
    page = unescape(pages.get("/actors/Islamic State").text)
    assert "Names" in page
    assert "Incidents" in page
    assert "/incidents/" in page


def test_searching_marks_the_words_and_any_input_is_valid(pages: TestClient) -> None:
    assert "<mark>" in pages.get("/search?text=shrine").text
    for odd in ('"', "NEAR(", "a AND", "*", "'; DROP TABLE claims; --", "\x00", "%", "x" * 5000):
        assert pages.get("/search", params={"text": odd}).status_code == 200


def test_text_of_a_document_is_never_markup(tmp_path: Path) -> None:
    with open_store(tmp_path / "x.db") as base:
        base.add_document(
            Document("d" * 64, "<script>alert(1)</script> & <b>bold</b>", title="<i>title</i>", file="<x>.txt")
        )
        with TestClient(create_app(base)) as client:
            for path in ("/", "/documents", f"/documents/{'d' * 64}", "/search?text=alert"):
                page = client.get(path).text
                assert "<script>alert" not in page
                assert "<i>title" not in page


def test_other_host_names_are_refused(base: Store) -> None:
    with TestClient(create_app(base), base_url="http://evil.example") as client:
        assert client.get("/").status_code == 400


def test_the_api_describes_itself(pages: TestClient) -> None:
    described = pages.get("/api/openapi.json").json()
    assert "/api/incidents" in described["paths"]
    assert all(path.startswith("/api/") for path in described["paths"])


def test_the_csv_holds_all_that_the_filter_keeps_from_whichever_page(pages: TestClient, base: Store) -> None:
    total = len(list(base.events()))
    assert total > PAGE_SIZE
    rows = list(csv.DictReader(io.StringIO(pages.get("/api/incidents.csv", params={"page": 2}).text)))
    assert len({row["id"] for row in rows}) == total


@pytest.mark.slow
def test_every_link_of_every_list_and_record_leads_somewhere(pages: TestClient, base: Store) -> None:
    starts = ["/", "/incidents", "/actors", "/contradictions", "/documents"]
    starts += [f"/incidents/{e.id}" for e in base.events()][:25]
    starts += re.findall(r'href="(/actors/[^"]+)"', pages.get("/actors").text)
    links = {
        unescape(link).partition("#")[0] for at in starts for link in re.findall(r'href="(/[^"]*)"', pages.get(at).text)
    }
    plain = sorted(link for link in links if not link.startswith(("/static", "/documents/")))
    assert any(link.startswith("/actors/") for link in plain)
    for link in plain:
        assert pages.get(link).status_code == 200, link


@pytest.mark.parametrize("path", ["/incidents", "/documents", "/actors", "/contradictions", "/api/incidents"])
def test_a_page_number_beyond_all_numbers_is_no_failure(pages: TestClient, path: str) -> None:
    assert pages.get(path, params={"page": "9" * 30}).status_code in {200, 422}


def test_an_incident_that_hundreds_of_reports_tell_opens_quickly(tmp_path: Path) -> None:
    with (tmp_path / "many.jsonl").open("w", encoding="utf-8") as out:
        for n in range(120):
            told = f"Gunmen killed two policemen at a checkpoint in Kabul on 3 March 2019, officials said in week {n}."
            out.write(json.dumps({"id": str(n), "text": told, "published": "2019-03-04"}) + "\n")
    khabar(tmp_path, "add", "many.jsonl")
    khabar(tmp_path, "run", "--processes", "1")
    with open_store(tmp_path / "khabar.db", create=False) as opened, TestClient(create_app(opened)) as client:
        event = max(opened.events(), key=lambda e: len(e.claims))
        assert len(event.claims) > 100
        page = client.get(f"/incidents/{event.id}")
        assert len(page.text) < 500_000
        assert f"/api/incidents/{event.id}" in page.text
        assert len(client.get(f"/api/incidents/{event.id}").json()["evidence"]) == len(event.claims)
