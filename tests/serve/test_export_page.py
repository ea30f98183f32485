"""The page on which an export is chosen: what it offers, and that the form leads to the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from khabar.plugins import KINDS
from khabar.serve.app import create_app
from khabar.shaping import shape_named
from khabar.store.opening import open_store


@pytest.fixture(scope="module")
def client(demo_base: Path) -> Iterator[TestClient]:
    with open_store(str(demo_base), create=False) as base, TestClient(create_app(base)) as made:
        yield made


def test_every_shape_is_offered_for_the_incidents_of_the_list(client: TestClient) -> None:
    assert 'href="/export?country=PK"' in client.get("/incidents", params={"country": "PK"}).text
    page = client.get("/export", params={"country": "PK"}).text
    for name in KINDS["exporters"]:
        assert f'name="shape" value="{name}"' in page
    assert '<input type="hidden" name="country" value="PK">' in page
    assert f"{client.get('/api/incidents', params={'country': 'PK'}).json()['total']} incidents" in page


@pytest.mark.parametrize("shape", sorted(KINDS["exporters"]))
def test_the_form_leads_to_the_file_of_the_api(client: TestClient, shape: str) -> None:
    told = {"shape": shape, "part": "losses", "profile": "public", "country": "PK", "option": ["hxl", "nothing"]}
    answer = client.get("/export/file", params=told)
    assert answer.status_code == 200, answer.text
    assert answer.url.path == f"/api/export/{shape}"
    assert answer.url.params["profile"] == "public"
    assert answer.url.params["country"] == "PK"
    assert answer.url.params.get("option") == ("hxl" if "hxl" in shape_named(shape).options else None)
    assert answer.headers["content-disposition"].startswith("attachment")


def test_a_shape_that_is_not_there_is_said(client: TestClient) -> None:
    answer = client.get("/export/file", params={"shape": "excel"})
    assert answer.status_code == 404
    assert "Choose one under /export" in answer.text
