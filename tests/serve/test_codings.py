"""Blind double coding over the web: who may see what, and what enters the base."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from copies import copied
from khabar.deciding import Desk
from khabar.errors import SettingsError
from khabar.records import EventBody
from khabar.review.acts import Act
from khabar.serve.app import create_app
from khabar.settings import load_settings
from khabar.store.base import Store
from khabar.store.opening import open_store
from khabar.store.questions import ClaimFilter


@pytest.fixture
def base(demo_base: Path, tmp_path: Path) -> Iterator[Store]:
    with open_store(copied(demo_base, tmp_path / "k.db"), create=False) as opened:
        yield opened


def _client(base: Store, user: str) -> TestClient:
    return TestClient(create_app(base, desk=Desk(base, load_settings()), user=user))


def _with_a_toll(base: Store) -> tuple[str, str]:
    """A document and a claim of it that counts the dead."""
    for claim in base.claims(ClaimFilter(kinds=("event",), coded=0.5, aggregates=False)):
        if isinstance(claim.body, EventBody) and claim.body.killed:
            return claim.passages[0].document, claim.id
    raise AssertionError


def test_a_coding_is_its_coders_alone_until_it_is_adjudicated(base: Store) -> None:
    document, key = _with_a_toll(base)
    bo, zoe, lead = (_client(base, name) for name in ("bo", "zoe", "lead"))
    body = {"coders": ["bo", "zoe"], "batch": "pilot", "documents": [document[:12]], "sees_machine": True}
    given = lead.post("/api/assignments", json=body).json()["assignments"]
    assert [g["user"] for g in given] == ["bo", "zoe"]
    assert lead.post("/api/assignments", json=body).status_code == 422  # they have it already
    mine, theirs = (g["number"] for g in given)

    assert str(bo.get(f"/documents/{document}").url).endswith(f"/codings/{mine}")
    assert bo.get(f"/api/documents/{document}/claims").status_code == 403  # what others decided about it
    assert bo.get(f"/codings/{theirs}").status_code == 403
    assert bo.get(f"/api/documents/{document}/claims?coding={theirs}").status_code == 403
    act = {"act": "correct", "target": key, "values": {"killed.low": "91", "killed.best": "91"}, "coding": mine}
    assert bo.post(f"/api/documents/{document}/reviews", json=act).status_code == 201
    assert bo.post(f"/api/documents/{document}/reviews", json={**act, "coding": theirs}).status_code == 403
    assert lead.get("/api/reviews").json()["reviews"] == []  # nothing of it in the base
    assert "corrected" not in zoe.get(f"/codings/{theirs}").text
    assert lead.post("/adjudicate", data={"document": document, "batch": "pilot"}).status_code == 422

    for client, number in ((bo, mine), (zoe, theirs)):
        assert client.post(f"/codings/{number}/finish").status_code == 200
    found = lead.get("/api/agreement?batch=pilot").json()["agreements"]
    assert [(a["left"], a["right"]) for a in found] == [("coders", "coders"), ("machine", "bo"), ("machine", "zoe")]
    killed = {a["right"]: next(v for v in a["values"] if v["value"] == "killed") for a in found}
    assert killed["zoe"]["f1"] == 1.0
    assert killed["bo"]["f1"] < 1.0
    assert "Between coders" in lead.get("/agreement").text

    settled = lead.post("/adjudicate", data={"document": document, "batch": "pilot"})
    number = int(str(settled.url).rsplit("/", 1)[1])
    assert lead.post(f"/codings/{number}/finish").status_code == 422  # a difference waits
    page = lead.get(f"/adjudications/{number}").text
    assert "Take bo" in page
    own = [c for c in base.coding(mine) if c.extractor.name == "person"]
    choice = {"unit": "0", "take": own[0].id, "side": [own[0].id, key]}
    assert lead.post(f"/adjudications/{number}/choose", data=choice).status_code == 200
    assert lead.post(f"/codings/{number}/finish").status_code == 200
    assert {k: s for k, (s, _) in base.standings([key, own[0].id]).items()} == {key: "corrected", own[0].id: "own"}
    assert own[0].id in {c.id for c in base.claims(ClaimFilter(document=document, coded=0.5))}
    assert key not in {c.id for c in base.claims(ClaimFilter(document=document, coded=0.5))}


def test_a_blind_coder_begins_with_an_empty_list_and_nobody_else_finishes(base: Store) -> None:
    document, _ = _with_a_toll(base)
    desk = Desk(base, load_settings())
    [given] = (
        _client(base, "lead")
        .post("/api/assignments", json={"coders": ["bo"], "batch": "blind", "documents": [document]})
        .json()["assignments"]
    )
    bench = desk.bench(document, given["number"])
    assert bench.read == ()
    text = bench.document.text
    values = {"type": "bombing", "evidence.0.start": "0", "evidence.0.end": str(min(40, len(text)))}
    desk.keep(bench, [Act("add", "bo", values=values)])
    with pytest.raises(SettingsError, match="bo's"):
        desk.finish(given["number"], "zoe")
    assert len(desk.finish(given["number"], "bo")) == 1
    assert _client(base, "bo").get(f"/documents/{document}").status_code == 200  # the base again


def test_nonsense_is_said(base: Store) -> None:
    client = _client(base, "lead")
    assert client.post("/api/assignments", json={"coders": []}).status_code == 422
    assert client.post("/codings", data={"coders": "bo", "task": "coding"}).status_code == 422
    assert client.get("/codings/77").status_code == 404
    assert client.get("/adjudications/77").status_code == 404
    assert client.get("/codings").status_code == 200
    assert "give reports to two coders" in client.get("/agreement").text
