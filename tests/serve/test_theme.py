"""The reader's choice of light or dark: kept in a cookie, written into the page, led back to this site alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from khabar.serve.app import create_app
from khabar.store.opening import open_store


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[TestClient]:
    with open_store(tmp_path / "empty.db", create=True) as base, TestClient(create_app(base)) as client:
        yield client


def test_a_choice_is_kept_and_can_be_forgotten(pages: TestClient) -> None:
    assert "data-theme" not in pages.get("/").text
    answer = pages.post("/theme", data={"to": "dark", "back": "/incidents?country=PK"}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/incidents?country=PK"
    assert '<html lang="en" data-theme="dark">' in pages.get("/").text
    assert '<html lang="en" data-theme="dark">' in pages.get("/no-such-page").text
    pages.post("/theme", data={"to": "", "back": "/"})
    assert "data-theme" not in pages.get("/").text


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "elsewhere", "/a\nb", ""]
)
def test_the_way_back_stays_on_this_site(pages: TestClient, back: str) -> None:
    answer = pages.post("/theme", data={"to": "light", "back": back}, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_a_cookie_that_is_no_theme_changes_nothing(pages: TestClient) -> None:
    pages.cookies.set("theme", '"><script>')
    assert "data-theme" not in pages.get("/").text
