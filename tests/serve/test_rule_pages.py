"""The rule that is asked for in the address: on the list, on an incident, in the API and in the download."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from html import unescape

import pytest
from fastapi.testclient import TestClient

from khabar.by_rule import ByRule
from khabar.codebook.load import load_codebook
from khabar.facts import document_facts
from khabar.records import Document, Event, Interval, Judgement
from khabar.resolution.resolve import resolve
from khabar.serve.app import create_app
from khabar.settings import RULE_NAMES
from khabar.store.base import ActorLink, Assembled, Store
from khabar.store.opening import open_store
from resolution.make import QUETTA, corpus, event

REPORTS = (
    ("a", "Herat Post", 61, "A bomb in Quetta killed 61 people on Monday, police said."),
    ("b", "Balkh Daily", 59, "Police in Quetta said 59 people were killed on Monday."),
    ("c", "Balkh Daily", 66, "At last 66 people were killed in Quetta on Monday."),
    ("d", "Morning Wire", 61, "Monday's blast in Quetta killed 61 people."),
)
"""Id, publisher, toll and text of four reports of one incident; two of them have nothing but the word of the police."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    claims = [
        event(key, "bombing", QUETTA, "2016-10-24", killed=killed, start=0, text=text, speaker=_speaker(text))
        for key, _, killed, text in REPORTS
    ]
    people = [Judgement(claims[0].id, claim.id, "same", "amira", "2026-01-01") for claim in claims[1:]]
    documents = [
        Document(key, text, f"{key}.txt", publisher=publisher, published=Interval("2016-10-25", "2016-10-25"))
        for key, publisher, _, text in REPORTS
    ]
    found = resolve(corpus(*claims, documents=[document_facts(d) for d in documents]), people)
    with open_store(str(tmp_path_factory.mktemp("rules") / "base.db")) as opened:
        for document, claim in zip(documents, claims, strict=True):
            opened.add_document(document)
            opened.save_claims(document.id, [claim], claim.extractor)
        links = tuple(ActorLink(link.claim, link.role, link.actor) for link in found.links)
        opened.save_resolution(Assembled(found.actors, links, found.events))
        yield opened


def _speaker(text: str) -> str | None:
    return "police" if "olice" in text else None


@pytest.fixture(scope="module")
def pages(base: Store) -> Iterator[TestClient]:
    with TestClient(create_app(base)) as client:
        yield client


@pytest.fixture(scope="module")
def disputed(base: Store) -> Event:
    """An incident whose toll the rules show differently."""
    careful = ByRule(base, load_codebook(), "conservative")
    return next(e for e in base.events() if careful.event(e).derived.get("killed") != e.derived.get("killed"))


@pytest.mark.parametrize("rule", RULE_NAMES)
def test_page_and_api_show_the_values_of_the_rule(pages: TestClient, disputed: Event, rule: str) -> None:
    told = pages.get(f"/api/incidents/{disputed.id}", params={"rule": rule}).json()
    page = unescape(pages.get(f"/incidents/{disputed.id}", params={"rule": rule}).text)
    assert f'<span class="rule">{told["rule"]["killed"]}</span>' in page
    assert f'<option value="{rule}"' in page
    assert rule == "majority" or told["rule"]["killed"].startswith(f"{rule}: ")
    assert told["values"] == pages.get(f"/api/incidents/{disputed.id}").json()["values"]


def test_list_and_download_show_the_values_of_the_rule(pages: TestClient, disputed: Event) -> None:
    asked = {"rule": "conservative"}
    listed = pages.get("/api/incidents.csv", params=asked).text
    row = next(row for row in csv.DictReader(io.StringIO(listed)) if row["id"] == disputed.id)
    told = pages.get(f"/api/incidents/{disputed.id}", params=asked).json()
    assert row["killed_best"] == str(told["killed"]["best"])
    assert "conservative: " in row["rules"]
    assert pages.get("/api/incidents", params=asked).json()["rule"] == "conservative"
    assert f"/incidents/{disputed.id}?rule=conservative" in pages.get("/incidents", params=asked).text


def test_the_setting_holds_where_no_rule_is_asked_for(base: Store, disputed: Event) -> None:
    with TestClient(create_app(base, rule="ucdp")) as careful:
        assert careful.get(f"/api/incidents/{disputed.id}").json()["rule"]["killed"].startswith("ucdp: ")
        assert careful.get("/api/incidents").json()["rule"] == "ucdp"


def test_a_rule_nobody_knows_is_said_in_words(pages: TestClient, disputed: Event) -> None:
    answer = pages.get(f"/incidents/{disputed.id}?rule=best")
    assert answer.status_code == 422
    assert "use one of majority" in answer.text


def test_an_incident_tells_its_origins_and_why_they_count_once(pages: TestClient, base: Store) -> None:
    joined = next(e for e in base.events() if e.origins < len(e.documents))
    page = unescape(pages.get(f"/incidents/{joined.id}").text)
    told = f"{len(joined.documents)} reports, {joined.origins} independent origin"
    assert page.count(told) == 2
    for origin in joined.corroboration:
        assert origin.name in page
        assert all(reason in page for reason in origin.why)
    assert pages.get(f"/api/incidents/{joined.id}").json()["corroboration"] == [
        {"name": o.name, "documents": list(o.documents), "claims": list(o.claims), "why": list(o.why)}
        for o in joined.corroboration
    ]
