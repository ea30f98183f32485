"""Made-up corpora: the same every time, grounded, and as drifting as they say."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest

from khabar.codebook.load import load_codebook
from khabar.errors import EvaluationError
from khabar.evaluation.generated import Generated, base_event, flat_row, generate, held_back, truth
from khabar.evaluation.generated_events import (
    Group,
    Happening,
    SourceEvent,
    ged_happenings,
    made_up_happenings,
    place_in,
    transposed,
)
from khabar.evaluation.generated_places import Atlas
from khabar.evaluation.generated_words import words_of_reports
from khabar.exchange import claim_from_json, claim_to_json
from khabar.records import EventBody


@pytest.fixture(scope="module")
def happenings(atlas: Atlas) -> list[Happening]:
    return made_up_happenings(atlas.country("PK"), 600, seed=3)


@pytest.fixture(scope="module")
def events(atlas: Atlas, happenings: list[Happening]) -> list[SourceEvent]:
    return list(place_in(happenings, atlas.country("PK")))


@pytest.fixture(scope="module")
def corpus(atlas: Atlas, events: list[SourceEvent]) -> list[Generated]:
    return list(generate(events, atlas, seed=1))


def test_the_same_seed_gives_the_same_corpus_and_another_seed_another(
    atlas: Atlas, events: list[SourceEvent], corpus: list[Generated]
) -> None:
    assert list(generate(events, atlas, seed=1)) == corpus
    assert [c.claim.id for c in generate(events, atlas, seed=2)] != [c.claim.id for c in corpus]


def test_every_event_has_one_to_six_reports_of_its_own(
    atlas: Atlas, events: list[SourceEvent], corpus: list[Generated]
) -> None:
    told = defaultdict(set)
    for item in corpus:
        told[item.event].add(item.document.id)
    assert set(told) == {e.id for e in events}
    reports = Counter(item.document.id for item in corpus)
    assert set(reports.values()) == {1, 2}  # some look back on another event
    own = Counter(item.document.file.split("/")[1] for item in {i.document.id: i for i in corpus}.values())
    assert (min(own.values()), max(own.values())) == (1, 6)
    once = list(generate(events[:50], atlas, seed=1, reports=1))
    assert len({item.document.id for item in once}) == 50


def test_ids_are_unique_and_the_truth_knows_every_claim(corpus: list[Generated]) -> None:
    assert len({item.claim.id for item in corpus}) == len(corpus)
    assert truth(corpus) == {item.claim.id: item.event for item in corpus}


def test_claims_are_grounded_in_their_sentence(corpus: list[Generated]) -> None:
    for item in corpus:
        [passage] = item.claim.passages
        body = item.claim.body
        assert isinstance(body, EventBody)
        stated = (
            [p.text for p in body.places] + [t.text for t in body.targets] + [a.actor.text for a in body.attributions]
        )
        stated += [c.text for c in (body.killed, body.injured, body.attackers_killed) if c is not None]
        stated += [body.weapon.text] if body.weapon else []
        stated += [item.claim.when.text] if item.claim.when.text else []
        stated += [item.claim.speaker.name] if item.claim.speaker else []
        missing = [words for words in stated if words.lower() not in passage.quote.lower()]
        assert not missing, (passage.quote, missing)
        assert passage.document == item.document.id


def test_claims_travel_and_are_of_the_codebook(corpus: list[Generated]) -> None:
    book = load_codebook()
    for item in corpus[:200]:
        assert claim_from_json(claim_to_json(item.claim)) == item.claim
    types = {item.claim.body.type for item in corpus if isinstance(item.claim.body, EventBody)}
    assert types <= set(book.events)
    assert {t.category for many in words_of_reports().targets.values() for t in many} <= set(book.targets)
    assert {d.weapon[1] for d in words_of_reports().deeds.values()} <= set(book.weapons)


def test_no_report_dates_an_event_after_itself_or_far_from_its_day(
    events: list[SourceEvent], corpus: list[Generated]
) -> None:
    days = {e.id: e.day for e in events}
    for item in corpus:
        when, told = item.claim.when, item.document.published.latest
        assert told is None or when.latest is None or when.latest <= told
        if when.precision == "day" and when.earliest:
            assert abs(date.fromisoformat(when.earliest).toordinal() - days[item.event]) <= 3


def test_reports_look_back_only(atlas: Atlas, events: list[SourceEvent], corpus: list[Generated]) -> None:
    days = {e.id: e.day for e in events}
    looking = [item for item in corpus if item.claim.passages[0].start > 0]
    assert looking
    assert all(days[item.event] <= days[item.document.file.split("/")[1]] for item in looking)
    assert not any(i.claim.passages[0].start > 0 and days[i.event] > days[i.document.file.split("/")[1]]
                   for i in generate(events[::-1], atlas, seed=1))  # fmt: skip


def test_tolls_drift_and_the_last_one_is_the_most_frequent(events: list[SourceEvent], corpus: list[Generated]) -> None:
    deadly = {e.id: e for e in events if e.killed > 3}
    low = equal = high = 0
    for item in corpus:
        event, body = deadly.get(item.event), item.claim.body
        if event is None or not isinstance(body, EventBody) or body.killed is None or body.killed.best is None:
            continue
        low += body.killed.best < event.killed
        equal += body.killed.best == event.killed
        high += body.killed.best > event.killed
    assert equal > low > high > 0


def test_drift_is_there_in_every_slot(corpus: list[Generated]) -> None:
    bodies = [item.claim.body for item in corpus if isinstance(item.claim.body, EventBody)]
    share = len(bodies)
    assert 0.3 * share < sum(not b.attributions for b in bodies) < 0.6 * share
    assert 0.05 * share < sum(b.places[0].precision == "adm1" for b in bodies) < 0.25 * share
    assert any(b.places[0].text != b.places[0].name for b in bodies)
    assert any(b.places[0].id is None for b in bodies)
    assert {item.claim.when.precision for item in corpus} == {"day", "month", "unknown"}
    copies = [item for item in corpus if item.copy_of]
    quotes = {item.document.id: item.claim.passages[0].quote for item in corpus if item.claim.passages[0].start == 0}
    assert copies
    assert all(quotes[item.copy_of] == item.claim.passages[0].quote for item in copies if item.copy_of)


def test_sites_are_called_by_name_or_by_kind(events: list[SourceEvent], corpus: list[Generated]) -> None:
    named = {e.id: e.called for e in events if e.called}
    called = [named[i.event] in i.claim.passages[0].quote for i in corpus if i.event in named]
    assert 0.2 < sum(called) / len(called) < 0.6


def test_copies_of_a_stream_lie_in_other_countries_and_keep_the_day_of_the_week(
    atlas: Atlas, happenings: list[Happening]
) -> None:
    found = list(transposed(happenings[:40], atlas, 3, ("AF", "NG")))
    countries = [e.town.here.country for e in found]
    assert [c for c, _ in groupby(countries)] == ["PK", "AF", "NG", "AF"]
    assert min(Counter(e.id.partition("@")[2] for e in found).values()) > 30
    day = {h.id: h.day for h in happenings}
    assert all((e.day - day[base_event(e.id)]) % 7 == 0 for e in found)
    assert {e.day > day[base_event(e.id)] for e in found if e.id.endswith("@AF1")} == {True}
    assert {e.day > day[base_event(e.id)] for e in found if e.id.endswith("@AF0")} == {False}
    assert len({e.id for e in found}) == len(found)
    assert {"NG", "AF"} < set(atlas.like_pakistan())
    assert "PK" not in atlas.like_pakistan()


def test_towns_are_the_nearest_ones(atlas: Atlas) -> None:
    pakistan = atlas.country("PK")
    assert pakistan.nearest(30.18, 67.0).here.name == "Quetta"
    town = pakistan.nearest(34.0, 71.5)
    assert town.province.precision == "adm1"
    assert town not in pakistan.neighbours(town)
    village = pakistan.place("Hazar Dera", 30.45, 67.31)
    assert village.here.name == "Hazar Dera"
    assert village is pakistan.place("Hazar Dera", 30.45, 67.31)
    assert village.province == pakistan.nearest(30.45, 67.31).province
    assert pakistan.place("Quetta Cantonment", 30.185, 67.0).here.name == "Quetta"
    with pytest.raises(EvaluationError, match="two-letter"):
        atlas.country("XX")


def test_held_back_events_are_about_three_in_ten_with_all_their_copies() -> None:
    ids = [f"made-up-{n}" for n in range(2000)]
    assert 0.25 < sum(map(held_back, ids)) / len(ids) < 0.35
    assert all(held_back(id_) == held_back(f"{id_}@AF0") for id_ in ids)


def test_a_flat_row_holds_plain_values(corpus: list[Generated]) -> None:
    row = flat_row(corpus[0])
    assert row["unique_id"] == corpus[0].claim.id
    assert row["cluster"] == corpus[0].event
    assert all(value is None or isinstance(value, str | int | float) for value in row.values())


def test_rows_of_the_dataset_become_events(tmp_path: Path) -> None:
    path = tmp_path / "ged.csv"
    common = {"event_clarity": "1", "date_prec": "1", "latitude": "30.2", "longitude": "67.0", "where_prec": "1",
              "iso3": "PAK", "type_of_violence": "1", "side_a": "Government of Pakistan", "side_b": "BLA",
              "deaths_a": "4", "deaths_b": "1", "deaths_civilians": "2", "deaths_unknown": "0",
              "where_coordinates": "Mach town"}  # fmt: skip
    rows = [
        {"id": ""},
        {**common, "id": "1", "date_start": "2012-05-04 00:00:00.000"},
        {**common, "id": "2", "date_start": "2012-05-03 00:00:00.000", "deaths_b": "9"},
        {**common, "id": "3", "date_start": "2012-05-03 00:00:00.000", "event_clarity": "2"},
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*common, "id", "date_start"])
        writer.writeheader()
        writer.writerows(rows)
    state, attack = ged_happenings(path)
    assert (state.id, state.side, state.killed, state.attackers) == ("2", "by a state", 9, 0)
    assert attack.place == "Mach"
    assert (attack.id, attack.side, attack.killed, attack.attackers) == ("1", "on a state", 6, 1)
    assert attack.group is not None
    assert attack.group.id == "org:balochistan-liberation-army"
    path.write_text(path.read_text(encoding="utf-8").replace("2012-05-04", "4 May"), encoding="utf-8")
    with pytest.raises(EvaluationError, match="no GED event"):
        ged_happenings(path)


def test_of_twins_only_the_first_stays(atlas: Atlas, happenings: list[Happening]) -> None:
    one = happenings[0]
    twin = replace(one, id="twin", killed=one.killed + 30)
    others = [
        replace(one, id="next day", day=one.day + 1),
        replace(one, id="other sides", side="between groups" if one.side != "between groups" else "on civilians"),
        replace(one, id="other group", group=Group(None, ("Some Other Group",))),
        replace(one, id="elsewhere", place="Another Village", latitude=one.latitude + 0.1),
    ]
    chosen = sorted([one, twin, *others], key=lambda h: h.day)
    found = [e.id for e in place_in(chosen, atlas.country("PK"))]
    wanted = {one.id, *(h.id for h in others)}
    if one.level != "town":  # nobody knows the village
        wanted.discard("elsewhere")
    assert set(found) == wanted
