"""Pages of groups over the demo base: an actor, the list, genealogy, network, one tie; and their twins."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from khabar.export.actors import ACTOR_COLUMNS
from khabar.serve.app import create_app
from khabar.serve.group_filters import day_of
from khabar.store.base import Store
from khabar.store.opening import open_store
from khabar.store.questions import ActorFilter, ClaimFilter


@pytest.fixture(scope="module")
def base(demo_base: Path) -> Iterator[Store]:
    with open_store(demo_base, create=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(base: Store) -> Iterator[TestClient]:
    with TestClient(create_app(base)) as client:
        yield client


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


# ------------------------------------------------------------------ actors


def test_the_list_of_actors_is_filtered_by_kind_country_and_name(pages: TestClient) -> None:
    every = pages.get("/api/actors").json()
    assert every["total"] >= len(every["actors"]) > 20
    assert "person" not in {a["kind"] for a in every["actors"]}
    people = pages.get("/api/actors?kind=person").json()
    assert {a["kind"] for a in people["actors"]} == {"person"}
    names = [a["name"] for a in people["actors"]]
    assert names == sorted(names), "people are not ranked"
    named = pages.get("/api/actors?text=haqqani&kind=").json()
    assert "Haqqani Network" in [a["name"] for a in named["actors"]]
    home = next(a["country"] for a in every["actors"] if a["country"])
    there = pages.get(f"/api/actors?country={home.lower()}").json()
    assert {a["country"] for a in there["actors"]} == {home}
    page = pages.get(f"/actors?country={home}").text
    assert all(f'href="/actors/{a["id"]}"' in page for a in there["actors"])
    assert "No actor fits" in pages.get("/actors?text=zzzzzz").text
    assert pages.get("/api/actors?page=0").status_code == 422


def test_all_actors_leave_as_csv_without_names_of_private_persons(pages: TestClient, base: Store) -> None:
    groups, people = (
        list(csv.DictReader(io.StringIO(pages.get(f"/api/actors.csv?kind={kind}").text))) for kind in ("", "person")
    )
    assert tuple(groups[0]) == ACTOR_COLUMNS
    assert len(groups) + len(people) == base.count(ActorFilter(min_claims=1))
    assert any(row["name"].startswith("person-") for row in people)
    assert any(row["name"] == "Abu Bakr al-Baghdadi" for row in people)


def test_an_actor_has_leaders_with_dates_stance_and_passage(pages: TestClient, base: Store) -> None:
    group = base.actor("al-Qaeda in the Arabian Peninsula")
    page = pages.get(f"/actors/{group.id}").text
    leaders = page[page.index('id="leaders"') :]
    assert "Qasim al-Raymi" in leaders
    assert "killed in" in words(leaders)  # what became of him
    twin = pages.get(f"/api/actors/{group.id}").json()
    ties = [leader["tie"] for leader in twin["leaders"]]
    assert ties[0]["object"]["id"] == group.id
    quotes = [c["quote"] for tie in ties for c in tie["said"]]
    assert all(q in words(page) for q in (" ".join(q.split()) for q in quotes[:1]))
    assert any(leader["fate"] for leader in twin["leaders"])


def test_incidents_of_an_actor_stand_apart_by_how_it_is_named_for_them(pages: TestClient, base: Store) -> None:
    twin = pages.get("/api/actors/org:islamic-state").json()
    page = pages.get("/actors/org:islamic-state").text
    for stance, found in twin["attributed"].items():
        assert (f'id="{stance}"' in page) == (found["total"] > 0)
        for key in found["incidents"]:
            said = [v.value for v in base.event(key).values["attributions"]]
            assert ("org:islamic-state", stance) in [(v["actor_id"], v["stance"]) for v in said]
    assert twin["attributed"]["claimed"]["total"] > 3


def test_a_long_list_of_an_actor_has_pages_of_its_own(pages: TestClient) -> None:
    total = pages.get("/api/actors/org:islamic-state").json()["attributed"]["claimed"]["total"]
    page = pages.get("/actors/org:islamic-state?show=claimed").text
    assert page.count("<tr>") == total + 1
    assert "Nothing of this kind" in pages.get("/actors/org:islamic-state?show=claimed&page=99").text or total
    assert pages.get("/actors/org:islamic-state?show=everything").status_code == 404
    assert pages.get("/actors/org:islamic-state?show=presence&page=-5").status_code == 200


def test_every_actor_has_a_page_and_a_twin(pages: TestClient, base: Store) -> None:
    for summary in list(base.actors(ActorFilter(min_claims=1)))[::4]:
        assert pages.get(f"/actors/{summary.actor.id}").status_code == 200, summary.actor.id
        assert pages.get(f"/api/actors/{summary.actor.id}").json()["claims"] == summary.claims


# ------------------------------------------------------------------ genealogy


def test_the_genealogy_draws_every_tie_once_and_the_table_says_the_same(pages: TestClient, base: Store) -> None:
    page = pages.get("/genealogy").text
    ties = pages.get("/api/genealogy").json()["ties"]
    assert len(ties) > 8
    sheet = page[page.index("<svg class=") : page.rindex("</svg>")]
    drawn = re.findall(r'<a class="tie[^>]* data-tie="(\w+)"', sheet)
    rows = re.findall(r'<tr id="tie-(\w+)"', page)
    assert sorted(drawn) == sorted(rows) == sorted(t["id"] for t in ties)
    claims = {c.id for c in base.claims(ClaimFilter(kinds=("relation",)))}
    for tie in ties:
        assert tie["said"] or tie["denied"]
        assert {c["id"] for c in (*tie["said"], *tie["denied"], *tie["unrealised"])} <= claims


def test_every_line_leads_to_the_claims_that_say_it(pages: TestClient) -> None:
    page = pages.get("/genealogy").text
    addresses = {unescape(a) for a in re.findall(r'href="(/ties\?[^"]+)"', page)}
    assert addresses
    for address in addresses:
        tie = pages.get(address)
        assert tie.status_code == 200
        assert 'class="passage"' in tie.text
        assert pages.get("/api" + address).json()["said"] or pages.get("/api" + address).json()["denied"]


def test_on_a_day_only_ties_that_may_hold_then_are_shown(pages: TestClient) -> None:
    every = {t["id"]: t for t in pages.get("/api/genealogy").json()["ties"]}
    then = pages.get("/api/genealogy?at=2015-06").json()
    assert then["day"] == "2015-06-30"
    held = {t["id"]: t["on_day"] for t in then["ties"]}
    assert {"yes", "perhaps", "no"} == set(held.values())
    for key, state in held.items():
        began = every[key]["began"]
        if began["earliest"] and began["earliest"] > "2015-06-30":
            assert state == "no"
    page = pages.get("/genealogy?at=2015-06").text
    hidden = set(re.findall(r'<tr id="tie-(\w+)"[^>]* hidden', page))
    assert hidden == {key for key, state in held.items() if state == "no"}
    rows = list(csv.DictReader(io.StringIO(pages.get("/api/genealogy.csv?at=2015-06").text)))
    assert {row["id"] for row in rows} == set(held) - hidden


def test_the_family_of_a_group_grows_with_its_depth_and_types_choose(pages: TestClient) -> None:
    near, far = (pages.get(f"/api/genealogy?group=org:boko-haram&depth={n}").json() for n in (1, 2))
    assert {lane["id"] for lane in near["lanes"]} < {lane["id"] for lane in far["lanes"]}
    assert "org:boko-haram" in {lane["id"] for lane in near["lanes"]}
    pledges = pages.get("/api/genealogy?type=pledged_allegiance").json()["ties"]
    assert {t["type"] for t in pledges} == {"pledged_allegiance"}
    assert "No claim ties" in pages.get("/genealogy?group=org:farc").text
    assert pages.get("/genealogy?group=nobody-knows").status_code == 404
    assert pages.get("/genealogy?at=June").status_code == 422


def test_a_tie_that_nobody_says_is_not_found(pages: TestClient) -> None:
    answer = pages.get("/ties?type=split_from&subject=org:boko-haram&object=org:farc")
    assert (answer.status_code, "No claim says" in answer.text) == (404, True)


# ------------------------------------------------------------------ network


def test_the_network_shows_what_its_twins_say(pages: TestClient) -> None:
    made = pages.get("/api/network").json()
    page = pages.get("/network").text
    assert len(re.findall(r"data-node=", page)) == len(made["groups"]) > 10
    assert len(re.findall(r'<path class="stroke', page)) == len(made["ties"])
    rows = list(csv.DictReader(io.StringIO(pages.get("/api/network.csv").text)))
    assert [(r["type"], r["subject"], r["object"]) for r in rows] == [
        (t["type"], t["subject"], t["object"]) for t in made["ties"]
    ]
    assert not any(group["id"].startswith("person:") for group in made["groups"])
    assert pages.get("/api/network").json() == made


def test_a_network_of_a_period_and_around_a_group(pages: TestClient) -> None:
    every = pages.get("/api/network").json()["ties"]
    then = pages.get("/api/network?since=2016&until=2016").json()["ties"]
    assert 0 < len(then) < len(every)
    assert all(t["last"] is None or t["last"] >= "2016-01-01" for t in then)
    around = pages.get("/api/network?group=org:boko-haram").json()["ties"]
    assert around
    assert len(around) < len(every)
    assert "Show all ties" in pages.get("/network?since=2100").text


@pytest.mark.parametrize(
    ("typed", "last", "first"),
    [
        ("2016", "2016-12-31", "2016-01-01"),
        ("2016-02", "2016-02-29", "2016-02-01"),
        ("2016-06-15", "2016-06-15", "2016-06-15"),
        ("", None, None),
    ],
)
def test_a_year_a_month_or_a_day(typed: str, last: str | None, first: str | None) -> None:
    assert (day_of(typed), day_of(typed, first=True)) == (last, first)


@pytest.mark.parametrize("typed", ["2016-13", "2016-00", "0000", "16", "2016-02-30", "June", "2016-06-15T"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"use a year|no such month|day is out of range"):
        day_of(typed)
