"""The pages and the API of the ledger, over reports that disagree."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from command import khabar
from khabar.serve.app import create_app
from khabar.store.base import Store
from khabar.store.opening import open_store

REPORTS = [
    (
        "north-1",
        "2015-02-11",
        "The government of Pakistan denied on Tuesday that Islamic State is present in Pakistan.",
    ),
    (
        "hill-1",
        "2016-09-02",
        "In 2016 the government of Pakistan acknowledged that Islamic State had cells in Pakistan.",
    ),
    (
        "north-2",
        "2019-05-16",
        "The state of Pakistan said that there is no organised presence of Islamic State in Pakistan.",
    ),
    (
        "coast-1",
        "2016-10-26",
        (
            "Gunmen stormed a police college in Quetta on 24 October 2016, killing 61 cadets. Islamic State claimed "
            "responsibility for the attack. Five attackers were killed."
        ),
    ),
    (
        "hill-2",
        "2016-10-27",
        "The attack on the police college in Quetta on 24 October 2016 left 66 people dead, officials said.",
    ),
    (
        "coast-2",
        "2016-11-13",
        (
            "A suicide bomber killed 52 people at a shrine in Khuzdar, Balochistan, on 12 November 2016. Islamic State "
            "claimed responsibility."
        ),
    ),
    (
        "watch-1",
        "2017-01-10",
        (
            "According to Peace Watch, Islamic State carried out nine terrorist attacks in Pakistan in 2016, killing "
            "129 people. In 2015, Islamic State carried out four terrorist attacks in Pakistan, killing 60 people."
        ),
    ),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger")
    lines = [
        json.dumps({"id": id_, "text": text, "published": day, "publisher": id_.partition("-")[0]})
        for id_, day, text in REPORTS
    ]
    (folder / "reports.jsonl").write_text("\n".join(lines), encoding="utf-8")
    khabar(folder, "add", "reports.jsonl")
    khabar(folder, "run", "--processes", "1")
    return folder


@pytest.fixture(scope="module")
def base(path: Path) -> Iterator[Store]:
    with open_store(path / "khabar.db", create=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(base: Store) -> Iterator[TestClient]:
    with TestClient(create_app(base)) as client:
        yield client


def rows(pages: TestClient, address: str) -> list[dict[str, str]]:
    answer = pages.get(address)
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_a_contradiction_stands_with_both_passages_and_what_reconciles_it(pages: TestClient) -> None:
    found = pages.get("/api/contradictions?kind=toll").json()
    (toll,) = found["contradictions"]
    assert toll["reconcilers"][0] == {
        "name": "attackers_counted",
        "words": "66 is 61 and the 5 attackers who died.",
    }
    assert [side["evidence"][0]["claim"] for side in toll["sides"]] == [side["claims"][0] for side in toll["sides"]]
    page = pages.get("/contradictions?kind=toll").text
    assert "Attackers counted" in page
    assert "66 is 61 and the 5 attackers who died." in page
    assert pages.get(f"/api/contradictions/{toll['id']}").json() == toll
    (row,) = rows(pages, "/api/contradictions.csv?kind=toll")
    assert (row["id"], row["sides"]) == (toll["id"], "61 killed | 66 killed")
    assert row["quotes"].count(" | ") == 1


def test_a_changed_position_is_a_timeline_and_no_contradiction(pages: TestClient) -> None:
    found = pages.get("/api/positions").json()
    (position,) = found["positions"]
    assert [step["stance"] for step in position["steps"]] == ["denied", "asserted", "denied"]
    assert [(step["earliest"] or "")[:4] for step in position["steps"]] == ["2015", "2016", "2019"]
    assert pages.get("/api/contradictions?kind=presence").json()["total"] == 0
    page = unescape(pages.get("/positions").text)
    assert "Islamic State in Pakistan" in page
    assert page.count('class="passage"') >= 3
    (row,) = rows(pages, "/api/positions.csv")
    assert row["steps"].count(" | ") == 2
    assert pages.get("/api/positions?speaker=nobody").json()["total"] == 0


def test_a_total_stands_with_what_the_base_explains_of_it(pages: TestClient) -> None:
    found = pages.get("/api/totals?origin=peace").json()
    by_year = {total["when"]["earliest"]: total for total in found["totals"]}
    assert by_year["2016-01-01"]["explains"] == "Your base explains 113 of 129 killed in 2 of 9 incidents."
    assert len(by_year["2016-01-01"]["sure"]) == 2
    page = unescape(pages.get("/totals").text)
    assert "Your base explains 113 of 129 killed in 2 of 9 incidents." in page
    assert all(f"/incidents/{key}" in page for key in by_year["2016-01-01"]["sure"])
    told = {row["claim"]: row for row in rows(pages, "/api/totals.csv")}
    row = told[by_year["2016-01-01"]["claim"]]
    assert (row["sure_incidents"], row["sure_killed_low"], row["sure_killed_high"]) == ("2", "113", "113")


@pytest.mark.parametrize("address", ["/contradictions?kind=x", "/positions?kind=x", "/api/contradictions?kind=x"])
def test_a_kind_that_is_none_is_said(pages: TestClient, address: str) -> None:
    assert pages.get(address).status_code == 422


def test_an_id_of_something_else_is_no_contradiction(pages: TestClient, base: Store) -> None:
    other = next(iter(base.events())).id
    assert pages.get(f"/api/contradictions/{other}").status_code == 404


def test_the_commands_say_the_same(path: Path) -> None:
    def lines(*words: str) -> list[dict[str, object]]:
        return [json.loads(line) for line in khabar(path, *words, "-f", "jsonl").stdout.splitlines()]

    (toll,) = lines("contradictions", "--reconciler", "attackers_counted")
    assert toll["kind"] == "toll"
    assert len(lines("positions", "--kind", "presence", "--speaker", "pakistan")) == 1
    assert not lines("positions", "--kind", "estimate")
    (total,) = [t for t in lines("totals") if t["incidents"] == 9]
    shown = khabar(path, "show", str(total["claim"])).stdout
    assert "Your base explains 113 of 129 killed in 2 of 9 incidents." in shown
    assert "attackers counted: 66 is 61" in khabar(path, "show", str(toll["id"])).stdout
    assert all(len(s["totals"]) > 1 for s in lines("totals", "--series"))  # type: ignore[arg-type]
    for command in ("positions", "totals"):
        assert "Pakistan" in khabar(path, command).stdout
    assert "toll_grew" in khabar(path, "contradictions", "--reconciler", "magic", code=1).stderr
