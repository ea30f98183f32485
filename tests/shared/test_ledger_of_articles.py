"""What three real articles disagree about, among themselves and with dated reports of the same incidents.

The reports were written for this test from public facts; of the articles, only values and no words are kept here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from command import khabar
from khabar.codebook.load import load_codebook
from khabar.ledger import positions_of, totals_of
from khabar.records import Contradiction
from khabar.resolution.total_words import coverage_words
from khabar.store.base import Store
from khabar.store.opening import open_store

pytestmark = pytest.mark.shared

READ_IN = "2019-05-20"  # the article without a date of its own tells of a Wednesday, 15 May: that of 2019

REPORTS = [
    ("2015-05-14", "Gunmen fired on a bus of the Ismaili community in Karachi on 13 May 2015 and killed 43 people."),
    ("2016-10-26", "The assault on the Police Training College in Quetta on 24 October 2016 left 66 dead."),
    (
        "2016-10-27",
        (
            "Gunmen stormed the Police Training College in Quetta on 24 October 2016 and killed 61 cadets. Five "
            "attackers were killed. Islamic State claimed responsibility for the attack."
        ),
    ),
    (
        "2016-11-14",
        (
            "A suicide bomber killed 52 people at the shrine of Shah Noorani in Khuzdar district, Balochistan, on 12 "
            "November 2016. Islamic State claimed responsibility for the attack."
        ),
    ),
    ("2017-02-16", "A suicide bomber killed 72 people at a Sufi shrine in Sehwan on 16 February 2017."),
    ("2017-02-18", "The suicide bombing at the Sufi shrine in Sehwan on 16 February 2017 killed 88 people."),
    ("2015-02-11", "The government of Pakistan said that Islamic State is not present in Pakistan."),
    ("2016-09-02", "The government of Pakistan acknowledged that Islamic State has cells in Pakistan."),
]


@pytest.fixture(scope="module")
def base(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("ledger")
    lines = [json.dumps({"id": f"r{n}", "published": day, "text": text}) for n, (day, text) in enumerate(REPORTS)]
    (folder / "reports.jsonl").write_text("\n".join(lines), encoding="utf-8")
    khabar(folder, "add", str(shared / "seeds"), "--published", READ_IN)
    khabar(folder, "add", "reports.jsonl")
    khabar(folder, "run", "--processes", "1")
    with open_store(folder / "khabar.db", create=False) as opened:
        yield opened


def found(base: Store, kind: str, *words: str) -> list[Contradiction]:
    every = [c for c in base.contradictions() if c.kind == kind]
    return [c for c in every if all(w in f"{c.title} {' '.join(s.says for s in c.sides)}" for w in words)]


def reconciled(contradiction: Contradiction) -> dict[str, Any]:
    return {r.name: r.words for r in contradiction.reconcilers}


def test_an_official_denial_against_what_reporters_say(base: Store) -> None:
    (c,) = found(base, "presence", "Islamic State in Pakistan")
    assert all(s.claims for s in c.sides)
    assert "organised presence" in reconciled(c)["other_degree"]


def test_territory_lost_in_one_year_and_held_in_another(base: Store) -> None:
    for province in ("Kunar", "Nangarhar"):
        (c,) = found(base, "presence", province)
        assert "change_in_time" in reconciled(c)


def test_one_suspected_and_another_blamed(base: Store) -> None:
    assert found(base, "attribution", "Islamic State suspected", "blamed on Taliban")


def test_a_joint_claim_and_a_foiled_plot_are_no_disputes(base: Store) -> None:
    for c in found(base, "attribution"):
        assert "Lashkar-e-Jhangvi" not in c.title
        assert "foiled" not in c.title


def test_two_dates_of_one_joining(base: Store) -> None:
    assert found(base, "relation_date", "Hafiz Saeed Khan", "2014-09", "2014-10")


def test_who_succeeded_whom_is_no_dispute_over_an_office(base: Store) -> None:
    assert not found(base, "leadership")


def test_a_death_told_to_the_year_and_to_the_month_is_one(base: Store) -> None:
    assert not found(base, "relation_date", "was killed")


def test_a_wrong_date_is_offered_with_its_reason(base: Store) -> None:
    (c,) = found(base, "date", "Karachi", "2015-12", "2015-05-13")
    assert reconciled(c)["one_part_differs"].endswith("differ in the month alone.")


def test_attackers_counted_in_and_out(base: Store) -> None:
    (c,) = found(base, "toll", "Quetta", "61", "66")
    assert reconciled(c)["attackers_counted"] == "66 is 61 and the 5 attackers who died."


def test_the_tolls_of_one_shrine_stand_side_by_side(base: Store) -> None:
    (c,) = found(base, "toll", "Sehwan")
    assert [s.says for s in c.sides] == ["72 killed", "75 killed", "88 killed"]


def test_a_government_that_denied_acknowledged_and_denied_again(base: Store) -> None:
    (position,) = [p for p in positions_of(base) if p.kind == "presence" and p.speaker.endswith("Pakistan")]
    years = [((s.when.earliest or "")[:4], s.stance) for s in position.steps]
    assert years == [("2015", "denied"), ("2016", "asserted"), ("2019", "denied")]


def test_two_incidents_explain_113_of_129_killed(base: Store) -> None:
    totals = totals_of(base, load_codebook()).found
    (year,) = [t for t in totals if t.incidents == 9]
    assert coverage_words(year).startswith("Your base explains 113 of 129 killed")
    assert "in 2 of 9 incidents" in coverage_words(year)
    assert year.explained["killed"].low == 113
