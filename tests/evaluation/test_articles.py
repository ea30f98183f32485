"""The measure over whole articles, on a made-up article counted by hand; and equal to the published scorer."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from by_hand import claim_in
from khabar.errors import EvaluationError
from khabar.evaluation.articles import MEASURE, articles_outcome
from khabar.evaluation.articles_gold import ArticleGold, contains, load_articles
from khabar.evaluation.articles_score import ArticleScore, score_claims
from khabar.evaluation.system import GoldText, System
from khabar.exchange import claim_to_json
from khabar.records import (
    ActorRef,
    Attribution,
    Claim,
    Count,
    EventBody,
    Place,
    Presence,
    Quantity,
    Relation,
    Speaker,
    Statement,
    When,
)
from khabar.settings import load_settings

FILE = "900_made-up.txt"
TEXT = (
    "Raiders of the Blue Band killed 9 men in Mopti on 4 May 2019. The Band has camps in Gao. "
    "In the Mopti raid nine died. In all of 2019 there were 12 raids. "
    "The Blue Band split from the Red Band, a minister claimed. He put it at 200 to 300 men. It may also be in Kidal."
)


def row(number: int, quote: str, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {"id": f"r{number}", "doc": FILE, "quote": quote, "start": start, "end": start + len(quote), **fields}


def event(number: int, quote: str, **fields: Any) -> dict[str, Any]:
    plain = {
        "type": "armed_assault",
        "aggregate": False,
        "places": [],
        "country": None,
        "attributions": [],
        "killed": None,
        "injured": None,
        "date_earliest": None,
        "date_latest": None,
    }
    return row(number, quote, **{**plain, **fields})


GOLD = {
    "documents": [{"file": FILE, "author": "A. Writer"}],
    "actors": [
        {"id": "blue", "canonical": "Blue Band", "aliases": ["The Band"]},
        {"id": "red", "canonical": "Red Band", "aliases": []},
        {"id": "writer", "canonical": "A. Writer", "aliases": []},
        {"id": "minister", "canonical": "a minister", "aliases": ["He"]},
    ],
    "incidents": [
        event(
            1,
            "Raiders of the Blue Band killed 9 men in Mopti on 4 May 2019.",
            places=["Mopti"],
            country="ML",
            attributions=[{"actor": "blue", "status": "asserted"}],
            killed={"low": 9, "best": 9, "high": 9},
            date_earliest="2019-05-04",
            date_latest="2019-05-04",
            cluster="raid",
            primary=True,
        ),
        event(2, "In the Mopti raid nine died.", places=["Mopti"], country="ML", cluster="raid"),
        event(3, "In all of 2019 there were 12 raids.", aggregate=True),
    ],
    "relations": [
        row(
            4,
            "The Blue Band split from the Red Band",
            type="split_from",
            subject="blue",
            object="red",
            polarity="claimed",
            attributed_to="minister",
        )
    ],
    "presence": [
        row(5, "The Band has camps in Gao", actor="blue", place="Gao", status="present", attributed_to=None),
        row(6, "It may also be in Kidal", actor="blue", place="Kidal", status="hedged", attributed_to=None),
    ],
    "statements": [
        row(
            7,
            "He put it at 200 to 300 men",
            kind="estimate",
            speaker="minister",
            about=["blue"],
            value={"low": 200, "best": None, "high": 300},
        ),
        row(8, "It may also be in Kidal", kind="assessment", speaker="writer", about=["blue"], doubtful=True),
    ],
}
BLUE, RED = ActorRef("the Blue Band", "Blue Band"), ActorRef("the Red Band", "Red Band")
MOPTI = Place("Mopti", "Mopti", country="ML")


def claim(number: int, quote: str, body: Any, **rest: Any) -> Claim:
    return claim_in(TEXT, quote, body, id=f"c{number}", **rest)


def raid(number: int, quote: str, **fields: Any) -> Claim:
    return claim(number, quote, EventBody("armed_assault", places=(MOPTI,), **fields))


RIGHT = [
    replace(
        raid(
            1,
            "Raiders of the Blue Band killed 9 men in Mopti",
            killed=Count(9, 9, 9),
            attributions=(Attribution(BLUE, "asserted"), Attribution(RED, "blamed")),
        ),
        when=When("2019-05-04", "2019-05-04", "day"),
    ),
    raid(2, "In the Mopti raid nine died."),
    raid(3, "In all of 2019 there were 12 raids."),
    claim(4, "The Blue Band split from the Red Band", Relation("split_from", BLUE, RED), stance="claimed"),
    claim(5, "The Band has camps in Gao", Presence(BLUE, Place("Gao", "Gao"), "present")),
    claim(6, "It may also be in Kidal", Presence(BLUE, Place("Kidal", "Kidal Region"), "present")),
    claim(
        7,
        "He put it at 200 to 300 men",
        Statement("estimate", (BLUE,), Quantity(200, None, 300)),
        speaker=Speaker("He"),
    ),
    claim(8, "It may also be in Kidal", Statement("forecast", (BLUE,))),
    claim(9, "a minister claimed", Statement("forecast", (BLUE,))),
]


@pytest.fixture
def gold(tmp_path: Path) -> ArticleGold:
    (tmp_path / FILE).write_text(TEXT, encoding="utf-8")
    (tmp_path / "gold.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return load_articles(tmp_path / "gold.json", tmp_path)


def counts(gold: ArticleGold, claims: list[Claim]) -> dict[tuple[str, str], tuple[float, float, float]]:
    score = score_claims(gold, {FILE: claims})
    return {name: (t.right, t.wrong, t.missed) for name, t in score.tallies.items()}


def test_every_rule_is_counted_as_by_hand(gold: ArticleGold) -> None:
    assert counts(gold, RIGHT) == {
        # one incident told twice is found once; the total told as an incident is wrong
        ("event", "strict"): (1, 1, 0),
        ("event", "blind"): (1, 1, 0),
        ("relation", "strict"): (1, 0, 0),
        ("relation", "blind"): (1, 0, 0),
        # Kidal is hedged in the gold
        ("presence", "strict"): (1, 1, 1),
        ("presence", "blind"): (2, 0, 0),
        # the doubtful row neither helps nor harms; the last claim meets nothing
        ("statement", "strict"): (1, 1, 0),
        ("statement", "blind"): (1, 1, 0),
    }


def test_values_are_counted_over_what_was_found(gold: ArticleGold) -> None:
    score = score_claims(gold, {FILE: RIGHT})
    assert {name: (s.right, s.of) for name, s in score.slots.items()} == {
        "date": (1, 1),
        "country": (1, 1),
        "place": (1, 1),
        "killed": (1, 1),
        "killed where stated": (1, 1),
        "injured": (1, 1),
        "injured where stated": (0, 0),
        "status": (1, 2),
        "speaker": (1, 1),
        "quantity": (1, 1),
    }
    assert (score.attributions.right, score.attributions.wrong, score.attributions.missed) == (1, 1, 0)
    assert (score.aggregates.right, score.aggregates.of) == (0, 1)
    assert score.claim_f1 == pytest.approx((2 / 3 + 1 + 1 / 2 + 2 / 3) / 4)


def test_nothing_claimed_is_everything_missed(gold: ArticleGold) -> None:
    assert counts(gold, []) == {
        (kind, level): (0, 0, missed)
        for kind, missed in (("event", 1), ("relation", 1), ("presence", 2), ("statement", 1))
        for level in ("strict", "blind")
    }


def test_a_claim_whose_quote_is_not_there_is_wrong(gold: ArticleGold) -> None:
    first = RIGHT[4]
    moved = replace(first, passages=(replace(first.passages[0], start=3, end=28),))
    assert counts(gold, [moved])["presence", "strict"] == (0, 1, 2)
    assert len(score_claims(gold, {FILE: [moved]}).ungrounded) == 1


def test_a_total_told_as_a_total_is_no_mistake(gold: ArticleGold) -> None:
    told = raid(3, "In all of 2019 there were 12 raids.", aggregate=12)
    score = score_claims(gold, {FILE: [told]})
    assert score.tallies["event", "strict"].wrong == 0
    assert (score.aggregates.right, score.aggregates.of) == (1, 1)


def test_slips_say_what_is_missed_false_and_wrong(gold: ArticleGold) -> None:
    claims = {FILE: [*RIGHT[2:5], *RIGHT[5:6], RIGHT[8]]}
    outcome = articles_outcome(gold, claims, score_claims(gold, claims))
    assert {(s.kind, s.what, s.cause) for s in outcome.slips} == {
        ("missed", "firm events", "no event claim there"),
        ("wrong", "firm events", "total told as incident"),
        ("missed", "presence", "another actor or status"),
        ("wrong", "presence", "another type or status"),
        ("missed", "statements", "no statement claim there"),
        ("false", "statements", "no statement there"),
    }
    figures = {f.name: f for f in outcome.figures}
    assert (figures["presence F1"].value, figures["presence F1"].size) == (0.5, 2)
    assert (figures["ungrounded claims"].value, figures["ungrounded claims"].count) == (0, True)


def test_names_hold_each_other_as_whole_words() -> None:
    assert contains("Gao Region", "the Gao")
    assert not contains("Nigeria", "Niger")
    assert not contains("", "Niger")


def test_gold_that_does_not_fit_its_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(TEXT.replace("Gao", "Gossi"), encoding="utf-8")
    (tmp_path / "gold.json").write_text(json.dumps(GOLD), encoding="utf-8")
    with pytest.raises(EvaluationError, match="differs from the text"):
        load_articles(tmp_path / "gold.json", tmp_path)
    with pytest.raises(EvaluationError, match="is no gold of articles"):
        load_articles(tmp_path / "none.json", tmp_path)


@pytest.mark.shared
def test_figures_are_those_of_the_published_scorer(shared: Path, tmp_path: Path) -> None:
    """Two implementations of one set of rules, on the claims that Khabar makes today."""
    gold = load_articles(shared / "eval" / "gold_004.json", shared / "seeds")
    answers = System(load_settings()).extract([GoldText(text, file) for file, text in gold.texts.items()])
    for change in (lambda claim, _: claim, garbled):
        claims = [(d, [change(c, number) for number, c in enumerate(found)]) for d, found in answers]
        lines = [json.dumps(claim_to_json(c, document)) for document, found in claims for c in found]
        (tmp_path / "claims.jsonl").write_text("\n".join(lines), encoding="utf-8")
        command = [sys.executable, str(shared / "eval" / "score_claims.py"), str(tmp_path / "claims.jsonl")]
        subprocess.run([*command, "--json", str(tmp_path / "theirs.json")], check=True, capture_output=True)
        theirs = json.loads((tmp_path / "theirs.json").read_text(encoding="utf-8"))
        agree(score_claims(gold, {document.file: found for document, found in claims}), theirs)


def garbled(claim: Claim, number: int) -> Claim:
    """The claim with something wrong in every third: so that verdicts and values of all sorts are compared."""
    body = claim.body
    if isinstance(body, EventBody) and number % 3 == 0:
        body = replace(body, type="bombing", killed=None, places=body.places[1:], aggregate=None)
    elif isinstance(body, EventBody) and number % 3 == 1:
        body = replace(body, attributions=body.attributions[1:], injured=Count(3, 3, 3))
    elif isinstance(body, Relation) and number % 3 == 0:
        body = replace(body, subject=body.object, object=body.subject)
    elif isinstance(body, Presence | Statement) and number % 3 == 0:
        return replace(claim, stance="denied", speaker=Speaker("Islamic State"))
    when = claim.when if number % 2 else When()
    return replace(claim, body=body, when=when, modality="predicted" if number % 5 == 0 else claim.modality)


def agree(ours: ArticleScore, theirs: Any) -> None:
    """Our counts are theirs."""
    for (kind, level), tally in ours.tallies.items():
        expected = theirs["kinds"][kind][level]
        assert (tally.right, tally.wrong, tally.missed) == tuple(expected[n] for n in ("right", "wrong", "missed"))
    slots = theirs["kinds"]["event"]["slots"]
    for name in ("date", "country", "place", "killed", "injured"):
        assert (ours.slots[name].right, ours.slots[name].of) == (slots[name]["right"], slots[name]["of"])
    given = slots["attributions"]
    assert ours.attributions.f1 == pytest.approx(given["f1"])
    for name, kind in (("status", "presence"), ("speaker", "statement"), ("quantity", "statement")):
        expected = theirs["kinds"][kind][name]
        assert (ours.slots[name].right, ours.slots[name].of) == (expected["right"], expected["of"])
    assert ours.aggregates.right == theirs["kinds"]["event"]["aggregate"]["found"]
    assert ours.claim_f1 == pytest.approx(theirs["claim_f1"])
    assert len(ours.ungrounded) == theirs["claims"]["ungrounded"]


@pytest.mark.shared
def test_the_measure_names_the_figures_of_the_gold(shared: Path) -> None:
    names = {f.name for f in MEASURE.run(shared, System(load_settings())).figures}
    assert {"firm events F1", "relations F1", "presence F1", "statements F1", "ungrounded claims"} <= names
