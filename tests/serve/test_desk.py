"""The reading desk without script, and its API twin: decide, correct, add, undo; two coders meet; nothing is lost."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from copies import copied
from khabar.deciding import Desk
from khabar.exchange import claim_to_json
from khabar.records import Assignment, Claim, EventBody
from khabar.serve.app import create_app
from khabar.settings import load_settings
from khabar.standing import CORRECTED, OWN, REJECTED
from khabar.store.base import Store
from khabar.store.opening import open_store
from khabar.store.questions import ClaimFilter, EventFilter
from khabar.store.review_questions import ReviewFilter

_PAGE = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}


@pytest.fixture
def base(demo_base: Path, tmp_path: Path) -> Iterator[Store]:
    with open_store(copied(demo_base, tmp_path / "k.db"), create=False) as opened:
        yield opened


@pytest.fixture
def client(base: Store) -> Iterator[TestClient]:
    with TestClient(create_app(base, desk=Desk(base, load_settings()), user="amal")) as made:
        yield made


@pytest.fixture
def claim(base: Store) -> Claim:
    """An incident of one report alone, with an exact number of dead."""
    for event in base.events(EventFilter(order="killed")):
        if len(event.claims) == 1:
            found = base.claim(event.claims[0])
            killed = found.body.killed if isinstance(found.body, EventBody) else None
            if killed is not None and killed.low == killed.best == killed.high:
                return found
    raise AssertionError


def _post(client: TestClient, path: str, data: dict[str, object]) -> Response:
    client.get("/decisions")
    return client.post(path, data={**data, "csrf": client.cookies["csrf"]}, headers=_PAGE)


def _form(page: str) -> dict[str, str]:
    """The filled form of the open claim, as a browser would send it."""
    [form] = re.findall(r'<form class="slots".*?</form>', page, re.DOTALL)
    found = dict(re.findall(r'<input[^>]*? name="([^"]+)" value="([^"]*)"', form))
    for name, options in re.findall(r'<select name="([^"]+)">(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"[^>]* selected', options)
        found[name] = chosen[1] if chosen else re.findall(r'<option value="([^"]*)"', options)[0]
    return {name: html.unescape(value) for name, value in found.items()}


def test_the_open_claim_is_a_filled_form_beside_its_marked_passage(client: TestClient, claim: Claim) -> None:
    document = claim.passages[0].document
    page = client.get(f"/documents/{document}?claim={claim.id}").text
    form = _form(page)
    assert isinstance(claim.body, EventBody)
    assert claim.body.killed
    assert (form["target"], form["seen"]) == (claim.id, "0")
    assert (form["type"], form["killed.best"]) == (claim.body.type, str(claim.body.killed.best))
    assert form["evidence.0.start"] == str(claim.passages[0].start)
    marked = re.findall(r'<mark class="evidence focus" data-claims="([^"]*)">', page)
    assert marked
    assert all(claim.id in ids.split() for ids in marked)
    assert 'data-help="' in page  # what the choices of the codebook mean


def test_to_send_the_form_as_it_is_accepts_the_claim(client: TestClient, base: Store, claim: Claim) -> None:
    document = claim.passages[0].document
    events = list(base.events())
    form = _form(client.get(f"/documents/{document}?claim={claim.id}").text)
    answer = _post(client, f"/documents/{document}/reviews", {**form, "act": "accept"})
    assert answer.status_code == 200
    [review] = base.reviews()
    assert (review.decision, review.user, review.target) == ("accept", "amal", claim.id)
    assert review.accepted == review.proposed
    assert list(base.events()) == events


def test_a_corrected_toll_changes_the_incident_and_to_undo_brings_it_back(
    client: TestClient, base: Store, claim: Claim
) -> None:
    document = claim.passages[0].document
    before = {event.id: event for event in base.events()}
    form = _form(client.get(f"/documents/{document}?claim={claim.id}").text)
    changed = {
        **form,
        "killed.best": "7",
        "act": "accept",
        "note": "<counted>",
    }  # "accept" of a changed form corrects it
    _post(client, f"/documents/{document}/reviews", changed)
    [review] = base.reviews()
    assert review.decision == "correct"
    assert review.proposed == {**claim_to_json(claim), **review.proposed}
    [event] = [e for e in base.events() if review.accepted and review.accepted["id"] in e.claims]
    assert event.derived["killed"].value["best"] == 7
    assert event.derived["killed"].value["high"] == 7  # an exact number stays exact
    page = client.get(f"/documents/{document}?claim={claim.id}").text
    assert "&lt;counted&gt;" in page
    assert "Proposed was" in page
    journal = client.get("/decisions").text
    assert "&lt;counted&gt;" in journal
    assert 'id="r-1"' in journal
    states = base.standings([claim.id, event.claims[0]])
    assert states == {claim.id: (CORRECTED, 1), event.claims[0]: (OWN, 1)}
    answer = _post(client, "/reviews/undo", {"number": "1"})
    assert f"claim={claim.id}" in str(answer.url)
    assert {event.id: event for event in base.events()} == before
    _post(client, "/reviews/undo", {"number": "2"})  # an undoing can be undone, too
    assert any(event.claims == e.claims for e in base.events())


def test_a_rejected_claim_leaves_its_incident(client: TestClient, base: Store, claim: Claim) -> None:
    document = claim.passages[0].document
    _post(client, f"/documents/{document}/reviews", {"target": claim.id, "seen": "0", "act": "reject"})
    assert base.count(EventFilter(claim=claim.id)) == 0
    assert base.standings([claim.id])[claim.id][0] == REJECTED
    assert claim.id not in {c.id for c in base.claims(ClaimFilter(coded=0.5))}


def test_a_missing_incident_is_added_with_its_own_passage(client: TestClient, base: Store, claim: Claim) -> None:
    document = base.document(claim.passages[0].document)
    start = document.text.index(claim.passages[0].quote)
    page = client.get(f"/documents/{document.id}?new=event").text
    form = _form(page)
    assert form["kind"] == "event"
    said = {**form, "type": "arson", "places.0.name": "Quetta", "evidence.0.start": str(start), "act": "add"}
    said |= {"evidence.0.end": str(start + 20), "evidence-of:places.0": f"{start}-{start + 5}"}
    answer = _post(client, f"/documents/{document.id}/reviews", said)
    assert answer.status_code == 200
    [review] = base.reviews()
    assert review.decision == "add"
    assert [(slot, p.quote) for slot, p in review.evidence] == [("places.0", document.text[start : start + 5])]
    added = base.claim(review.target)
    assert added.passages[0].quote == document.text[start : start + 20]
    assert isinstance(added.body, EventBody)
    assert (added.body.type, added.body.places[0].name) == ("arson", "Quetta")
    assert added.extractor.name == "person"
    assert base.count(EventFilter(claim=added.id)) == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"killed.best": "many"}, "is no number"),
        ({"killed.low": "9", "killed.best": "3"}, "out of order"),
        ({"when.earliest": "yesterday"}, "not an ISO day"),
        ({"type": "picnic"}, "knows no event type"),
        ({"evidence.0.end": "99999999"}, "no passage"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    client: TestClient, base: Store, claim: Claim, values: dict[str, str], words: str
) -> None:
    document = claim.passages[0].document
    form = _form(client.get(f"/documents/{document}?claim={claim.id}").text)
    answer = _post(client, f"/documents/{document}/reviews", {**form, **values, "act": "accept"})
    assert answer.status_code == 422
    assert words in html.unescape(answer.text)
    assert _form(answer.text) | values == _form(answer.text)
    assert list(base.reviews()) == []


def test_two_coders_meet_and_the_second_is_shown_both(client: TestClient, base: Store, claim: Claim) -> None:
    document = claim.passages[0].document
    form = _form(client.get(f"/documents/{document}?claim={claim.id}").text)
    _post(client, "/coder", {"name": "zoe"})
    _post(client, f"/documents/{document}/reviews", {**form, "killed.best": "8", "act": "correct"})
    _post(client, "/coder", {"name": "amal"})
    answer = _post(client, f"/documents/{document}/reviews", {**form, "killed.best": "9", "act": "correct"})
    assert answer.status_code == 409
    assert "zoe" in answer.text
    assert [r.user for r in base.reviews()] == ["zoe"]
    [mine] = re.findall(r'<form method="post" action="/documents/\w+/reviews">.*?</form>', answer.text, re.DOTALL)
    carried = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', mine))
    assert (carried["killed.best"], carried["seen"]) == ("9", "1")
    _post(client, f"/documents/{document}/reviews", {**carried, "act": "correct"})
    assert [r.user for r in base.reviews()] == ["zoe", "amal"]
    seen = {"act": "reject", "target": claim.id, "seen": 1}
    conflict = client.post(f"/api/documents/{document}/reviews", json=seen)
    assert conflict.status_code == 409
    assert conflict.json()["current"]["version"] == 2
    assert conflict.json()["yours"] == seen


def test_drafts_come_back_and_go_with_the_decision(client: TestClient, base: Store, claim: Claim) -> None:
    document = claim.passages[0].document
    form = _form(client.get(f"/documents/{document}?claim={claim.id}").text)
    values = {k: v for k, v in form.items() if v and k not in ("csrf", "target", "seen", "note")}
    address = f"/api/documents/{document}/drafts/{claim.id}"
    assert client.put(address, json={"values": {**values, "killed.best": "<41>"}}).json() == {"kept": True}
    page = client.get(f"/documents/{document}?claim={claim.id}").text
    assert "Your draft of" in page
    assert _form(page)["killed.best"] == "<41>"
    assert "<41>" not in page
    _post(client, f"/documents/{document}/drafts", {"target": claim.id})
    assert "Your draft of" not in client.get(f"/documents/{document}?claim={claim.id}").text
    client.put(address, json={"values": values})
    _post(client, f"/documents/{document}/reviews", {"target": claim.id, "act": "reject", "seen": "0"})
    assert base.drafts(document, "amal") == {}
    assert client.put(address, json={"values": {"x": "y" * 30_000}}).status_code == 422


def test_the_rest_is_accepted_at_once_and_the_next_report_opens(client: TestClient, base: Store, claim: Claim) -> None:
    document = claim.passages[0].document
    targets = [c.id for c in base.claims(ClaimFilter(document=document))]
    answer = _post(client, f"/documents/{document}/accept-rest", {"target": targets})
    assert {r.target for r in base.reviews(ReviewFilter(document=document))} == set(targets)
    assert answer.history[0].headers["location"] == f"/queue/next?after={document}"
    assert document not in str(answer.url)


def test_the_next_report_is_the_one_assigned(client: TestClient, base: Store) -> None:
    waiting = list(base.claims(ClaimFilter(doubtful=0.5, order="doubt")))
    last = waiting[-1].passages[0].document
    assert waiting[0].passages[0].document in str(client.get("/queue/next").url)
    base.add_assignments([Assignment(last, "amal", "review", "zoe")])
    assert last in str(client.get("/queue/next").url)
    listed = client.get("/api/queue?assigned=me").json()["claims"]
    assert {c["document"]["id"] for c in listed} == {last}


def test_the_queue_holds_pairs_and_contradictions_too(client: TestClient, base: Store) -> None:
    pairs = client.get("/queue?what=pairs").text
    told = client.get("/api/queue?what=pairs").json()
    assert told["total"] == sum(bool(e.unsure_with) for e in base.events())
    assert all(pair["event"] in pairs for pair in told["pairs"][:10])
    disputes = client.get("/api/queue?what=contradictions").json()
    assert disputes["total"] == sum(1 for _ in base.contradictions())
    assert client.get("/queue?what=contradictions").status_code == 200
    assert client.get("/queue?what=nothing").status_code == 422
    assert client.get("/api/queue.csv").text.startswith("id,kind")


@pytest.mark.parametrize("number", [2**31, 2**70, -(2**70), 0])
def test_a_number_that_no_database_holds_is_not_there(client: TestClient, claim: Claim, number: int) -> None:
    document = claim.passages[0].document
    act = {"act": "accept", "target": claim.id, "coding": number}
    assert client.get(f"/api/documents/{document}/claims?coding={number}").status_code == 404
    assert client.post(f"/api/documents/{document}/reviews", json=act).status_code == 404
    assert client.post("/api/reviews/undo", json={"coding": number}).status_code == 404
    undone = client.post("/api/reviews/undo", json={"number": number})
    assert undone.status_code < 500
    assert "There is no review" in undone.text


def test_the_api_corrects_partly_and_lists(client: TestClient, base: Store, claim: Claim) -> None:
    document = claim.passages[0].document
    body = {"act": "correct", "target": claim.id, "values": {"killed.best": "5"}, "seen": 0, "note": "recount"}
    made = client.post(f"/api/documents/{document}/reviews", json=body)
    assert made.status_code == 201
    assert made.json()["accepted"]["event"]["killed"] | {"text": ""} == {"low": 5, "best": 5, "high": 5, "text": ""}
    entries = client.get(f"/api/documents/{document}/claims").json()["entries"]
    [entry] = [e for e in entries if e["target"] == claim.id]
    assert (entry["state"], entry["version"]) == ("corrected", 1)
    assert client.get("/api/reviews").json()["reviews"][0]["number"] == 1
    assert client.get(f"/api/claims/{claim.id}/history").json()["state"] == "corrected"
    assert client.post("/api/reviews/undo", json={}).json()["undoes"] == 1
    assert client.post("/api/reviews/undo", json={}).status_code == 409  # nothing of amal stands
    assert client.post("/api/reviews/undo", json={"number": "one"}).status_code == 422
    assert client.post(f"/api/documents/{document}/reviews", json={"act": "praise"}).status_code == 409
    wrong = {"act": "reject", "target": claim.id, "values": []}
    assert client.post(f"/api/documents/{document}/reviews", json={**wrong, "values": [1]}).status_code == 422


def test_places_and_actors_are_looked_up(client: TestClient) -> None:
    places = client.get("/api/places?text=quetta").json()["places"]
    assert (places[0]["name"], places[0]["country"]) == ("Quetta", "PK")
    assert client.get("/api/places?text=").json() == {"places": []}
    actors = client.get("/api/actors/named?text=lashkar").json()["actors"]
    assert actors
    assert all(a["name"] and a["kind"] for a in actors)


def test_a_new_place_name_takes_what_the_gazetteer_says_and_drops_the_old_id(
    client: TestClient, base: Store, claim: Claim
) -> None:
    document = claim.passages[0].document
    values = {"places.0.name": "In Amenas", "places.0.text": "there"}
    client.post(f"/api/documents/{document}/reviews", json={"act": "correct", "target": claim.id, "values": values})
    [review] = base.reviews()
    assert review.accepted
    place = review.accepted["event"]["places"][0]
    assert (place["name"], place["country"], place["text"]) == ("In Amenas", "DZ", "there")
    values = {"places.0.name": "Nowhere at all"}
    client.post(f"/api/documents/{document}/reviews", json={"act": "correct", "target": claim.id, "values": values})
    *_, review = base.reviews()
    assert review.accepted
    place = review.accepted["event"]["places"][0]
    assert (place["geonames_id"], place["latitude"], place["country"]) == (None, None, None)


def test_a_base_without_a_desk_shows_claims_and_no_forms(base: Store, claim: Claim) -> None:
    with TestClient(create_app(base)) as client:
        page = client.get(f"/documents/{claim.passages[0].document}").text
        assert "data-claim=" in page
        assert "<form class=" not in page.split("<main")[1]
        assert (
            client.post(f"/documents/{claim.passages[0].document}/reviews", data={"act": "accept"}).status_code == 403
        )
