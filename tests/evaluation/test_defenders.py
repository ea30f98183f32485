"""The questionnaire on attacks on defenders, against answers worked out by hand on texts of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from khabar.evaluation.defenders import score_defenders
from khabar.evaluation.defenders_gold import DefenderReport, load_defenders
from khabar.evaluation.model import Outcome
from khabar.records import (
    ActorRef,
    Attribution,
    Claim,
    ClaimKind,
    Count,
    EventBody,
    Extractor,
    Passage,
    Place,
    Relation,
    Target,
    When,
)

PLACE = Place("Davao", "Davao", 1715348, "city", "PH", "Davao Region", None, 7.07, 125.6)
PAGE = "<p>Two lawyers were seized.</p><p>A&nbsp;third fled.</p>"


def gold(**answers: Any) -> dict[str, Any]:
    base = {
        "perpetrator_mention": True,
        "perpetrator_type": "state actor",
        "violation_types": ["killing", "torture"],
        "year": "2020.0",
        "month": "March",
        "date": "4.0",
        "city": "Davao",
        "region": "None",
        "country": "Philippines",
        "victims": [{"victim_name": "Rosa Lim"}, {"victim_name": None}],
    }
    sample = {
        "Input.GLOBALEVENTID": 7,
        "Input.title": "Lawyers seized",
        "Input.publish_date": "2020-03-05 10:00:00",
        "Input.article_interface": PAGE,
    }
    return {"sample": sample, "merged_sample": base | answers}


def reports(tmp_path: Path, *rows: dict[str, Any]) -> tuple[DefenderReport, ...]:
    path = tmp_path / "dev.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return load_defenders(path)


def claim(body: EventBody | Relation, start: int = 0, day: str | None = None) -> Claim:
    passage = Passage("0" * 64, start, start + 5, "words")
    kind: ClaimKind = "event" if isinstance(body, EventBody) else "relation"
    when = When(day, day, "day", day) if day else When()
    return Claim(f"{kind}-{start}", kind, (passage,), body, Extractor("hand", "1", "test@1"), when=when)


def figures(outcome: Outcome) -> dict[str, float]:
    return {f.name: f.value for f in outcome.figures}


def test_the_answers_are_read_as_the_coders_gave_them(tmp_path: Path) -> None:
    (report,) = reports(tmp_path, gold())
    assert (report.year, report.month, report.day) == (2020, 3, 4)
    assert (report.city, report.region, report.country) == ("Davao", None, "Philippines")
    assert report.victims == ("Rosa Lim",)
    assert report.published == "2020-03-05"
    assert report.text == "Lawyers seized\n\nTwo lawyers were seized.\n\nA third fled."


@pytest.mark.parametrize(("written", "month"), [("07", 7), ("October", 10), ("11.0", 11), ("unknown", None)])
def test_months_in_every_form(tmp_path: Path, written: str, month: int | None) -> None:
    (report,) = reports(tmp_path, gold(month=written))
    assert report.month == month


def test_a_report_that_is_answered_in_full(tmp_path: Path) -> None:
    police = Attribution(ActorRef("police", "police", "agency:ph-pnp", "agency"), "asserted")
    killing = EventBody(
        "armed_assault",
        places=(PLACE,),
        attributions=(police,),
        targets=(Target("lawyer Rosa Lim"),),
        killed=Count(1, 1, 1, "one"),
    )
    found = score_defenders(reports(tmp_path, gold()), [[claim(killing, 40, "2020-03-04")]], frozenset())
    named = figures(found)
    assert set(named.values()) == {1.0}
    assert {"city, exact", "country, exact", "year, exact", "month, exact", "day, exact"} <= set(named)
    assert "region, exact" not in named
    assert found.tables[0].rows == (("killing", "yes", "1", "1", "0"), ("torture", "no", "1", "0", "0"))


def test_the_primary_event_is_the_one_of_which_most_is_said(tmp_path: Path) -> None:
    bare = claim(EventBody("arrest"), 0)
    full = claim(EventBody("assassination", places=(PLACE,)), 50, "2020-03-04")
    other = claim(EventBody("bombing", places=(PLACE,)), 90, "2019-01-01")
    named = figures(score_defenders(reports(tmp_path, gold()), [[bare, full, other]], frozenset({"arrest"})))
    assert named["day, exact"] == named["city, exact"] == 1.0
    assert named["violations that the codebook holds"] == pytest.approx(2 / 3)  # killing right, detention false
    assert named["perpetrator mentioned or not"] == 0.0
    assert named["a state's deed or not"] == 0.0  # the primary event is not one that only states do
    assert named["named victims, overlap"] == 0.0


def test_what_only_states_do_is_a_states_deed(tmp_path: Path) -> None:
    arrest = claim(EventBody("arrest", targets=(Target("Ms Lim"),)), 0, "2020-03-09")
    named = figures(score_defenders(reports(tmp_path, gold()), [[arrest]], frozenset({"arrest"})))
    assert named["a state's deed or not"] == 1.0
    assert (named["month, exact"], named["day, exact"]) == (1.0, 0.0)
    assert (named["named victims, exact"], named["named victims, overlap"]) == (0.0, 1.0)


def test_totals_and_protests_answer_nothing(tmp_path: Path) -> None:
    total = claim(EventBody("assassination", aggregate=9), 0, "2020-03-04")
    protest = claim(EventBody("protest", places=(PLACE,)), 10, "2020-03-04")
    killed = claim(Relation("killed", ActorRef("X", "X"), ActorRef("Rosa Lim", "Rosa Lim", None, "person")), 20)
    named = figures(score_defenders(reports(tmp_path, gold()), [[total, protest, killed]], frozenset()))
    assert named.pop("named victims, exact") == named.pop("named victims, overlap") == 1.0
    assert set(named.values()) == {0.0}
