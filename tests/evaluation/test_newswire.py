"""The scorer of incidents in short reports, on made-up reports whose figures are counted by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from by_hand import claim_in
from khabar.codebook.load import load_codebook
from khabar.errors import EvaluationError
from khabar.evaluation.model import Outcome
from khabar.evaluation.newswire import MEASURE, score_reports
from khabar.evaluation.newswire_gold import GoldReport, load_reports, same_actor, same_count
from khabar.evaluation.system import System
from khabar.records import ActorRef, Attribution, Claim, Count, EventBody, Place, When
from khabar.settings import load_settings

TEXT = (
    "Gunmen killed 12 herders near Kidal on 3 May 2019. JNIM claimed the attack. "
    "A bomb in Gao wounded over 20 people in April."
)
HERDERS: dict[str, Any] = {
    "cluster": "kidal",
    "main": True,
    "type": "armed_assault",
    "type_also": [],
    "date_earliest": "2019-05-03",
    "date_latest": "2019-05-03",
    "places": ["Kidal"],
    "country": "ML",
    "killed": {"low": 12, "best": 12, "high": 12},
    "injured": None,
    "attackers_killed": None,
    "attributions": [{"actor": "JNIM", "status": "claimed"}],
    "evidence": "Gunmen killed 12 herders near Kidal",
}
BOMB: dict[str, Any] = {
    **HERDERS,
    "cluster": "gao",
    "main": False,
    "type": "bombing",
    "date_earliest": "2019-04-01",
    "date_latest": "2019-04-30",
    "places": ["Gao"],
    "killed": None,
    "injured": {"low": 20, "best": 20, "high": 20, "bound": "more_than"},
    "attributions": [],
    "evidence": "A bomb in Gao wounded over 20 people",
}


def report(tmp_path: Path, *incidents: dict[str, Any]) -> GoldReport:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "r1", "text": TEXT, "published": "2019-05-04", "incidents": incidents}) + "\n")
    return load_reports(path)[0]


def claim(quote: str, body: EventBody, day: str | None = None, last: str | None = None, **rest: Any) -> Claim:
    return claim_in(TEXT, quote, body, when=When(day, last or day, "day"), **rest)


def place(name: str, country: str = "ML") -> Place:
    return Place(text=name, name=name, country=country)


def said(name: str, stance: str) -> Attribution:
    return Attribution(ActorRef(name, name), stance)


def count(low: int | None, best: int | None, high: int | None) -> Count:
    return Count(low, best, high, str(best))


KILLING = claim(
    "Gunmen killed 12 herders near Kidal on 3 May 2019.",
    EventBody("armed_assault", places=(place("Kidal"),), killed=count(12, 12, 12)),
    "2019-05-03",
)
CLAIMED = claim(
    "JNIM claimed the attack.",
    EventBody("armed_assault", places=(place("Kidal"),), attributions=(said("JNIM", "claimed"),)),
    "2019-05-03",
)


def score(gold: GoldReport, *claims: Claim) -> Outcome:
    return score_reports([gold], [claims], load_codebook())


def values(outcome: Outcome) -> dict[str, tuple[float, int]]:
    return {f.name: (round(f.value, 2), f.size) for f in outcome.figures}


def test_a_second_claim_of_an_incident_is_neutral_and_lends_its_attributions(tmp_path: Path) -> None:
    outcome = score(report(tmp_path, HERDERS), KILLING, CLAIMED)
    assert values(outcome) == {
        "incidents": (1.0, 1),
        "type": (1.0, 1),
        "date": (1.0, 1),
        "place": (1.0, 1),
        "killed": (1.0, 1),
        "killed best": (1.0, 1),
        "injured": (1.0, 0),
        "attackers killed": (1.0, 0),
        "attributions": (1.0, 1),
        "false incidents": (0, 1),
        "incidents where there are none": (0, 0),
    }
    assert not outcome.slips


def test_an_incident_not_found_is_wrong_in_all_that_it_has(tmp_path: Path) -> None:
    figures = values(score(report(tmp_path, HERDERS, BOMB), KILLING, CLAIMED))
    assert figures["incidents"] == (0.67, 2)  # one right, one missed: 2 / (2 + 1)
    assert figures["type"] == figures["date"] == figures["place"] == (0.5, 2)
    assert figures["killed"] == (1.0, 1)
    assert figures["injured"] == (0.0, 1)


def test_fields_are_compared_strictly(tmp_path: Path) -> None:
    body = EventBody("bombing", places=(place("Gao"),), injured=count(20, 20, None))
    right = claim("A bomb in Gao wounded over 20 people in April.", body, "2019-04-01", "2019-04-30")
    figures = values(score(report(tmp_path, BOMB), right))
    assert (figures["date"], figures["injured"], figures["type"]) == ((1.0, 1), (1.0, 1), (1.0, 1))
    body = EventBody("shelling", places=(place("Gao", "PH"),), injured=count(20, 20, 20), killed=count(3, 3, 3))
    wrong = claim("A bomb in Gao wounded over 20 people in April.", body, "2019-04-01", "2019-05-04")
    outcome = score(report(tmp_path, BOMB), wrong)
    figures = values(outcome)
    assert all(figures[name] == (0.0, 1) for name in ("date", "injured", "type", "place", "killed"))
    assert {s.what for s in outcome.slips} == {"type", "date", "place", "injured", "killed"}


def test_a_claim_like_no_incident_is_false_unless_the_gold_leaves_its_kind_aside(tmp_path: Path) -> None:
    quote = "A bomb in Gao wounded over 20 people in April."
    elsewhere = EventBody("bombing", places=(place("Gao"),), attributions=(said("JNIM", "blamed"),))
    outcome = score(report(tmp_path, HERDERS), KILLING, CLAIMED, claim(quote, elsewhere, "2019-04-01"))
    figures = values(outcome)
    assert figures["false incidents"] == (1.0, 1)
    assert figures["incidents"] == (0.67, 1)
    assert figures["attributions"] == (0.67, 1)  # one right, one false
    arrest = claim(quote, EventBody("arrest", places=(place("Gao"),)), "2019-04-01")
    total = claim(quote, EventBody("bombing", aggregate=4), "2019-04-01")
    planned = claim(quote, EventBody("bombing"), "2019-04-01", modality="planned")
    outcome = score(report(tmp_path, HERDERS), KILLING, CLAIMED, arrest, total, planned)
    assert values(outcome)["false incidents"] == (0.0, 1)


def test_reports_without_incidents_must_give_none(tmp_path: Path) -> None:
    figures = values(score(report(tmp_path), KILLING, CLAIMED))
    assert figures["incidents where there are none"] == (2.0, 1)
    assert figures["incidents"] == (1.0, 0)


def test_an_attribution_is_right_only_with_its_stance(tmp_path: Path) -> None:
    blamed = claim(
        KILLING.passages[0].quote,
        EventBody("armed_assault", attributions=(said("JNIM", "blamed"), said("JNIM", "blamed"))),
        "2019-05-03",
    )
    outcome = score(report(tmp_path, HERDERS), blamed)
    assert values(outcome)["attributions"] == (0.0, 1)
    assert {s.cause for s in outcome.slips if s.what == "attribution"} == {
        "who did it has another stance",
        "who did it is not so told",
    }


def test_actors_are_the_same_by_the_dictionary_or_by_their_words() -> None:
    assert same_actor("Islamic State", ActorRef("ISIS", "Islamic State", "org:islamic-state"))
    assert not same_actor("Islamic State", ActorRef("Boko Haram", "Boko Haram", "org:boko-haram"))
    assert same_actor("Ali Musa (individual)", ActorRef("Musa", "Ali Musa", kind="person"))
    assert same_actor("unnamed splinter of X", ActorRef("a splinter group", "splinter group"))
    assert not same_actor("unnamed splinter of X", ActorRef("ISIS", "Islamic State", "org:islamic-state"))


def test_a_toll_of_nobody_tells_none() -> None:
    assert same_count(None, count(0, 0, 0))
    assert not same_count((3, 3, 3), None)


def test_a_line_that_is_no_report_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "r1", "text": "x"}\n')
    with pytest.raises(EvaluationError, match=r"line 1 of gold\.jsonl"):
        load_reports(path)


def test_the_digests_are_measured(shared: Path) -> None:
    outcome = MEASURE.run(shared, System(load_settings()))
    figures = {f.name: f for f in outcome.figures}
    assert figures["incidents"].size == 42
    assert figures["incidents where there are none"].value == 0
