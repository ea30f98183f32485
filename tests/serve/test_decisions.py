"""Decisions over the web: the pages without script, the API, and who may not ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from copies import copied
from khabar.deciding import Desk
from khabar.serve.app import create_app
from khabar.settings import Settings
from khabar.store.base import Store
from khabar.store.opening import open_store

_PAGE = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}


@pytest.fixture
def base(demo_base: Path, tmp_path: Path) -> Iterator[Store]:
    with open_store(copied(demo_base, tmp_path / "k.db"), create=False) as opened:
        yield opened


@pytest.fixture
def client(base: Store) -> Iterator[TestClient]:
    with TestClient(create_app(base, desk=Desk(base, Settings()), user="amal")) as made:
        yield made


def _post(client: TestClient, data: dict[str, object]) -> Response:
    """As a browser sends a form of ours: from our own page, with the token of its cookie."""
    client.get("/decisions")
    token = client.cookies["csrf"]
    return client.post("/decisions", data={**data, "csrf": token}, headers=_PAGE)


def _pair(base: Store) -> tuple[str, str]:
    event = next(e for e in base.events() if e.unsure_with)
    return event.id, event.unsure_with[0]


def test_a_form_merges_and_the_journal_undoes(client: TestClient, base: Store) -> None:
    before = list(base.events())
    left, right = _pair(base)
    page = client.get(f"/incidents/{left}").text
    form = re.search(r'<form class="decide".*?value="merge".*?</form>', page, re.DOTALL)
    assert form
    assert set(re.findall(r'name="keys" value="(\w+)"', form.group())) == {left, right}
    answer = _post(client, {"act": "merge", "keys": [left, right], "note": "<one> siege"})
    assert answer.status_code == 200  # after the redirect, at the incident that now holds both
    assert answer.history[0].status_code == 303
    assert "decided by amal" in answer.text
    journal = client.get("/decisions").text
    assert "&lt;one&gt; siege" in journal
    assert _post(client, {"act": "undo", "keys": ["1"]}).status_code == 200
    assert list(base.events()) == before


def test_a_form_parts_the_ticked_claims(client: TestClient, base: Store) -> None:
    event = max(base.events(), key=lambda e: len(e.claims))
    page = client.get(f"/incidents/{event.id}").text
    ticks = re.findall(r'type="checkbox" name="keys" value="(\w+)"', page)
    assert set(ticks) == set(event.claims)
    _post(client, {"act": "split", "keys": [event.id, *ticks[:1]]})
    [home] = [e for e in base.events() if ticks[0] in e.claims]  # alone, or with reports of another incident
    assert not set(home.claims) & set(ticks[1:])


def test_the_api_decides_lists_and_says_why(client: TestClient, base: Store) -> None:
    left, right = _pair(base)
    made = client.post("/api/decisions", json={"act": "merge", "keys": [left, right]})
    assert made.status_code == 201
    assert (made.json()["number"], made.json()["by"], made.json()["state"]) == (1, "amal", "holds")
    [whole] = [e for e in base.events() if base.event(e.id).claims and made.json()["sides"][0][0]["claim"] in e.claims]
    told = client.get(f"/api/incidents/{whole.id}/why").json()
    by_person = [p for p in told["pairs"] if p["by"] == "amal"]
    assert by_person
    assert all(p["within"] and p["reasons"][0]["words"].startswith("Decision 1") for p in by_person)
    by_rule = [p for p in told["pairs"] if p["by"].startswith("rule:")]
    assert by_rule
    for found in by_rule:
        assert found["reasons"]
        assert all(reason["words"] for reason in found["reasons"])
        assert all(side["quote"] for side in found["sides"])
    undone = client.post("/api/decisions", json={"act": "undo", "keys": [1]})
    assert undone.status_code == 201
    assert [d["state"] for d in client.get("/api/decisions").json()["decisions"]] == ["holds", "undone"]


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://testserver:81"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_page_of_another_site_changes_nothing(client: TestClient, base: Store, headers: dict[str, str]) -> None:
    keys = list(_pair(base))
    assert client.post("/decisions", data={"act": "merge", "keys": keys}, headers=headers).status_code == 403
    assert client.post("/api/decisions", json={"act": "merge", "keys": keys}, headers=headers).status_code == 403
    assert list(base.decisions()) == []


@pytest.mark.parametrize("token", ["", "x" * 43, "é"])
def test_a_browser_s_form_without_its_token_changes_nothing(client: TestClient, base: Store, token: str) -> None:
    """A page of another site cannot read the token, even where a browser sends our cookie along."""
    keys = list(_pair(base))
    client.get("/decisions")
    answer = client.post("/decisions", data={"act": "merge", "keys": keys, "csrf": token}, headers=_PAGE)
    assert answer.status_code == 403
    assert list(base.decisions()) == []


def test_a_form_goes_back_where_it_came_from_within_this_site(client: TestClient, base: Store) -> None:
    keys = list(_pair(base))
    there = _post(client, {"act": "unsure", "keys": keys, "back": "/queue?what=pairs"})
    assert str(there.url).endswith("/queue?what=pairs")
    elsewhere = _post(client, {"act": "undo", "keys": ["1"], "back": "//evil.example/"})
    assert str(elsewhere.url).endswith("/decisions")


def test_a_base_without_a_desk_is_only_read(base: Store) -> None:
    with TestClient(create_app(base)) as client:
        left, right = _pair(base)
        assert '<form class="decide"' not in client.get(f"/incidents/{left}").text
        assert client.get("/decisions").status_code == 200
        assert client.post("/api/decisions", json={"act": "merge", "keys": [left, right]}).status_code == 403
        assert client.get("/api/decisions").status_code == 403


def test_an_incident_that_changed_meanwhile_is_a_conflict(client: TestClient, base: Store) -> None:
    left, right = _pair(base)
    client.post("/api/decisions", json={"act": "merge", "keys": [left, right]})
    again = client.post("/api/decisions", json={"act": "different", "keys": [left, right]})
    assert again.status_code == 409
    assert "may have changed" in again.json()["error"]
    assert _post(client, {"act": "different", "keys": [left, right]}).status_code == 409
    assert len(list(base.decisions())) == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"no json", b"[]", b'{"act": "forget"}', b'{"act": "same", "keys": "x"}', b'{"act": "same", "keys": []}'],
)
def test_what_makes_no_sense_is_said(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/decisions", content=body)
    assert answer.status_code == 422
    assert answer.json()["error"]


def test_too_much_is_refused(client: TestClient) -> None:
    assert client.post("/api/decisions", content=b'{"note": "' + b"x" * 300_000 + b'"}').status_code == 413
