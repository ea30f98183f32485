"""The queue page and its API twin say what waits at a threshold; incidents show how sure their values are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from khabar.serve.app import create_app
from khabar.store.base import Store
from khabar.store.opening import open_store
from khabar.store.questions import ClaimFilter


@pytest.fixture(scope="module")
def base(demo_base: Path) -> Iterator[Store]:
    with open_store(demo_base, create=False) as opened:
        yield opened


@contextmanager
def _pages(base: Store, doubt: float) -> Iterator[TestClient]:
    with TestClient(create_app(base, doubt=doubt)) as client:
        yield client


def test_the_queue_holds_what_lies_below_the_threshold_with_its_passage(base: Store) -> None:
    waiting = list(base.claims(ClaimFilter(doubtful=0.8, order="doubt", limit=50)))
    assert {c.confidence < 0.8 for c in waiting} == {True, False}  # claims left out, and claims with a doubtful value
    with _pages(base, 0.8) as pages:
        page = pages.get("/queue").text
        overview = pages.get("/").text
    assert re.findall(r'id="q-(\w+)"', page) == [c.id for c in waiting]
    assert "not coded" in page
    assert "coded, value marked" in page
    total = base.count(ClaimFilter(doubtful=0.8))
    assert f"{total} claims<" in page
    assert re.search(rf'href="/queue"[^>]*>{total}<', overview)
    assert "Run <code>khabar run</code>" in overview  # the incidents were made at another threshold


def test_nothing_waits_at_a_threshold_of_nought(base: Store) -> None:
    with _pages(base, 0.0) as pages:
        assert "Nothing lies below the threshold" in pages.get("/queue").text
        assert pages.get("/api/queue").json() == {"total": 0, "page": 1, "threshold": 0.0, "claims": []}


def test_the_api_gives_the_claims_with_what_is_doubtful_in_words(base: Store) -> None:
    with _pages(base, 0.8) as pages:
        answer = pages.get("/api/queue").json()
    assert answer["total"] == base.count(ClaimFilter(doubtful=0.8))
    for claim in answer["claims"]:
        assert claim["coded"] == (claim["confidence"] >= 0.8)
        assert claim["doubtful"].startswith("the claim (") == (not claim["coded"])
        assert claim["evidence"]


def test_an_incident_shows_how_sure_each_value_is_and_marks_the_doubtful_ones(base: Store) -> None:
    event = next(e for e in base.events() if e.values.get("killed") and e.values.get("attributions"))
    claims = base.claims(ClaimFilter(event=event.id))
    shares = {share for claim in claims for _, share in claim.slot_confidence}
    with _pages(base, 0.99) as pages:
        marked = pages.get(f"/incidents/{event.id}").text
    shown = re.findall(r'class="share doubtful"[^>]*>(\d+)\s%, doubtful<', marked)
    assert shown
    assert {int(figure) for figure in shown} <= {round(100 * share) for share in shares}
    with _pages(base, 0.0) as pages:
        plain = pages.get(f"/incidents/{event.id}").text
    assert "doubtful" not in plain
    assert 'class="share"' in plain
