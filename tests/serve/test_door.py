"""The door: which names are answered, who may ask for a change, and what every answer carries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from khabar.serve.app import create_app
from khabar.serve.door import Conditions
from khabar.store.base import Store
from khabar.store.opening import open_store


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "k.db") as opened:
        yield opened


def _client(base: Store, conditions: Conditions) -> TestClient:
    return TestClient(create_app(base, conditions=conditions), base_url="http://localhost:8765")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:8765", "[::1]", "[::1]:8765", "localhost."])
def test_this_machine_is_answered_under_its_own_names(base: Store, host: str) -> None:
    assert _client(base, Conditions()).get("/timeline", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil@localhost", "testserver", "", "[::2]",
     "localhost:80:80", "localhost/x", "192.168.0.7"],
)  # fmt: skip
def test_other_names_are_refused(base: Store, host: str) -> None:
    answer = _client(base, Conditions()).get("/timeline", headers={"host": host})
    assert answer.status_code == 400
    assert "Khabar does not answer to this name" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_names_can_be_allowed(base: Store) -> None:
    client = _client(base, Conditions(("khabar.house.example",)))
    assert client.get("/timeline", headers={"host": "khabar.house.example:443"}).status_code == 200
    assert client.get("/timeline").status_code == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"origin": "http://localhost:8765"}, 303),
        ({"origin": "http://localhost:8765", "sec-fetch-site": "same-origin"}, 303),
        ({"origin": "http://localhost"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://[localhost"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
    ],
)
def test_every_change_is_asked_for_by_our_own_pages(base: Store, headers: dict[str, str], status: int) -> None:
    answer = _client(base, Conditions()).post("/theme", data={"to": "dark"}, headers=headers, follow_redirects=False)
    assert answer.status_code == status


def test_every_answer_says_what_a_browser_may_do_with_it(base: Store) -> None:
    client = _client(base, Conditions())
    for path in ("/", "/api/overview", "/nowhere", "/api/nowhere", "/static/nowhere", "/api/openapi.json"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "camera=()" in headers["permissions-policy"]
        assert "strict-transport-security" not in headers
        assert "cache-control" not in headers


def test_private_pages_are_kept_nowhere_and_https_stays_https(base: Store) -> None:
    client = _client(base, Conditions(("localhost",), https=True, private=True))
    headers = client.get("/").headers
    assert headers["cache-control"] == "no-store"
    assert headers["strict-transport-security"].startswith("max-age=")
    assert "cache-control" not in client.get("/static/nowhere").headers
