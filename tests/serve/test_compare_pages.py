"""The pages and the API of comparisons: one small base, one data set, two versions of a list."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from by_hand import bare_claim
from khabar.codebook.load import load_codebook
from khabar.pipeline import resolve_base
from khabar.records import (
    ActorRef,
    Attribution,
    Count,
    Document,
    EventBody,
    Interval,
    ListedName,
    ListEntry,
    Passage,
    Place,
    ReferenceIncident,
    ReferenceParty,
    ReferenceProblem,
    ReferenceReport,
    ReferenceSet,
    When,
)
from khabar.serve.app import create_app
from khabar.store import Store, open_store
from khabar.text import content_id, sha256

QUETTA = Place("Quetta", "Quetta", 1167528, "city", "PK", "Balochistan", "Quetta District", 30.18414, 67.00141)
TTP = ActorRef("TTP", "Tehrik-i-Taliban Pakistan", "org:ttp")


def _report(store: Store, day: str, killed: int) -> None:
    text = f"TTP killed {killed} in Quetta."
    doc = Document(sha256(text.encode()), text, f"{day}.txt", published=Interval(day, day))
    body = EventBody("armed_assault", places=(QUETTA,), attributions=(Attribution(TTP, "claimed"),),
                     killed=Count(killed, killed, killed, str(killed)))  # fmt: skip
    passage = Passage(doc.id, 0, len(text), text)
    claim = bare_claim(body, passage, id=content_id(text), when=When(day, day, "day"), confidence=0.9)
    store.add_document(doc)
    store.save_claims(doc.id, [claim], claim.extractor)


def _record(key: str, day: str, killed: int) -> ReferenceIncident:
    place = Place("Quetta town", "Quetta town", None, "", "PK", "Balochistan", None, 30.18, 67.0)
    parties = (ReferenceParty("TTP", "356", "perpetrator", 0), ReferenceParty("<Civilians>", "1", "victim"))
    reports = (ReferenceReport("A <b>headline</b>", "Coast News", day),)
    return ReferenceIncident(
        key,
        3,
        When(day, day, "day"),
        place,
        Count(killed, killed, killed),
        "one-sided violence",
        parties,
        reports=reports,
    )


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with open_store(tmp_path_factory.mktemp("compare") / "khabar.db") as store:
        _report(store, "2031-10-24", 61)
        _report(store, "2031-03-03", 2)
        resolve_base(store, load_codebook(), 0.0)
        about = ReferenceSet("set-one", "ucdp-ged", "UCDP Events", "9.1", "events.csv", "0" * 64, "CC BY 4.0")
        problem = ReferenceProblem(7, "event 9: best is empty.", "Correct the row.")
        store.add_reference(about, iter([_record("17", "2031-10-24", 61), _record("18", "2032-01-01", 9), problem]))
        for day, name in (("2031-01-01", "LAMP MEN"), ("2031-02-02", "LAMP FRONT")):
            entry = ListEntry("QDe.132", 1, "organization", (ListedName(name, "name"),), "Lamps", "2030-05-06")
            version = ReferenceSet(f"list-{day}", "un-list", "The list", day, f"{day}.xml", "0" * 64, "public")
            store.add_reference(version, iter([entry]))
        yield TestClient(create_app(store))


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[TestClient]:
    with open_store(tmp_path / "khabar.db") as store:
        yield TestClient(create_app(store))


def _page(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert "<b>headline" not in answer.text
    assert "<Civilians>" not in answer.text
    return answer.text


def test_what_was_imported_is_listed_with_its_origin_and_its_bad_rows(client: TestClient) -> None:
    page = _page(client, "/compare")
    for words in ("UCDP Events", "9.1", "events.csv", "CC BY 4.0", "Line 7: event 9: best is empty.", "what changed"):
        assert words in page
    assert [s["id"] for s in client.get("/api/compare").json()["sets"]] == [
        "set-one",
        "list-2031-01-01",
        "list-2031-02-02",
    ]


def test_a_base_without_imports_says_what_to_do(empty: TestClient) -> None:
    assert "khabar import ucdp-ged" in _page(empty, "/compare")
    assert "khabar import un-list" in _page(empty, "/compare/un-list")
    assert empty.get("/compare/ucdp-ged").status_code == 404
    assert empty.get("/api/compare/un-list").json() == {"version": None, "listings": []}


def test_the_comparison_and_its_twins_say_the_same(client: TestClient) -> None:
    page = _page(client, "/compare/ucdp-ged")
    told = client.get("/api/compare/ucdp-ged").json()
    rows = list(csv.DictReader(io.StringIO(client.get("/api/compare/ucdp-ged.csv").text)))
    assert told["total"] == len(rows) == 3
    assert sorted(r["verdict"] for r in told["rows"]) == sorted(r["verdict"] for r in rows)
    assert {r["verdict"] for r in rows} == {"same", "only_mine", "only_theirs"}
    assert 'id="r-17"' in page
    assert told["coverage"]["theirs_same"] == 1
    some = client.get("/api/compare/ucdp-ged?verdict=only_theirs").json()
    assert [r["record"]["id"] for r in some["rows"]] == ["18"]
    assert "18" in _page(client, "/compare/ucdp-ged?verdict=only_theirs")
    assert "No row is like that" in _page(client, "/compare/ucdp-ged?country=AF")


@pytest.mark.parametrize("key", ["17", "18"])
def test_each_row_has_an_address(client: TestClient, key: str) -> None:
    page = _page(client, f"/compare/ucdp-ged/{key}")
    assert "Coast News" in page
    row = client.get(f"/api/compare/ucdp-ged/{key}").json()
    assert row["record"]["id"] == key
    if row["incident"]:
        assert row["incident"]["id"] in page
        assert client.get(f"/api/compare/ucdp-ged/{row['incident']['id']}").json() == row


def test_the_list_its_versions_and_the_actor_it_names(client: TestClient) -> None:
    page = _page(client, "/compare/un-list")
    assert "LAMP FRONT" in page
    assert "Tehrik-i-Taliban Pakistan" in page
    (listing,) = client.get("/api/compare/un-list").json()["listings"]
    assert (listing["actor"], listing["verdict"], listing["reference"]) == ("org:ttp", "same", "QDe.132")
    assert "QDe.132" in client.get("/api/compare/un-list.csv").text
    changed = _page(client, "/compare/un-list/2031-02-02")
    assert "Listed name: LAMP MEN, now LAMP FRONT." in changed
    assert "first version" in _page(client, "/compare/un-list/2031-01-01")
    told = client.get("/api/compare/un-list/2031-02-02").json()
    assert [(c["change"], c["reference"]) for c in told["changes"]] == [("changed", "QDe.132")]
    assert "LAMP FRONT" in client.get("/api/compare/un-list/2031-02-02.csv").text
    actor = _page(client, "/actors/org:ttp")
    assert "since 2030-05-06" in actor
    assert client.get("/api/actors/org:ttp").json()["listings"][0]["key"] == "QDe.132"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/compare/gtd", 404),
        ("/api/compare/gtd", 404),
        ("/compare/ucdp-ged/nobody", 404),
        ("/compare/un-list/1999-01-01", 404),
        ("/compare/ucdp-ged?verdict=mine", 422),
        ("/compare/ucdp-ged?since=May", 422),
        ("/api/compare/ucdp-ged?page=0", 422),
    ],
)
def test_what_is_not_there_and_what_makes_no_sense(client: TestClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status
