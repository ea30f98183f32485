"""How much of what a reading says another says too, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from khabar.errors import EvaluationError
from khabar.evaluation.golden import Case
from khabar.evaluation.robustness import drawn, said, stability, swapped
from khabar.records import ActorRef, Attribution, Claim, Count, EventBody, Extractor, Passage, Place, Relation, When

OWN = Path(__file__).resolve().parents[2] / "eval"
_BODY = EventBody(
    "bombing",
    places=(Place("Würzburg", "Würzburg", 1),),
    attributions=(Attribution(ActorRef("the group", "Islamic State"), "claimed"),),
    killed=Count(5, 5, 5, "five people"),
)
_CLAIM = Claim(
    "c", "event", (Passage("d", 3, 4, "x"),), _BODY, Extractor("rules", "1", "b@1"),
    when=When("2019-05-03", "2019-05-03", "day", "on Friday"), confidence=0.9,
)  # fmt: skip


def test_where_it_stands_in_which_words_and_how_sure_it_is_do_not_matter() -> None:
    other = replace(
        _CLAIM,
        id="other",
        passages=(Passage("e", 0, 2, "yy"),),
        body=replace(
            _BODY, killed=Count(5, 5, 5, "FIVE PEOPLE"), places=(Place("WU\u0308RZBURG", "Wu\u0308rzburg", 1),)
        ),
        when=replace(_CLAIM.when, text="ON FRIDAY"),
        confidence=0.3,
    )
    assert said(other) == said(_CLAIM)


@pytest.mark.parametrize(
    "change",
    [
        {"body": replace(_BODY, type="arson")},
        {"body": replace(_BODY, killed=Count(5, 5, None, "at least five"))},
        {"body": replace(_BODY, attributions=())},
        {"body": replace(_BODY, aggregate=3)},
        {"when": When("2019-05-03", "2019-05-04", "range", "over two days")},
        {"stance": "hedged"},
        {"modality": "planned"},
    ],
)
def test_what_is_said_does(change: dict[str, object]) -> None:
    assert said(replace(_CLAIM, **change)) != said(_CLAIM)  # type: ignore[arg-type]


def test_the_share_is_that_of_the_common_ones_among_all() -> None:
    arson = replace(_CLAIM, body=replace(_BODY, type="arson"))
    tie = replace(_CLAIM, kind="relation", body=Relation("leads", ActorRef("A", "A"), ActorRef("B", "B")))
    found = stability([_CLAIM, _CLAIM, arson], [_CLAIM, arson, tie])
    assert (found.same, found.lost, found.new) == (2, (said(_CLAIM),), (said(tie),))
    assert found.share == 0.5
    assert stability([], []).share == 1.0


def test_two_texts_are_joined_in_either_order() -> None:
    one, other = (Case(f"a/{n}", text, "f.txt", "2019-05-03", (), ()) for n, text in enumerate(("One.", "Two.")))
    first, second = swapped(one, other)
    assert (first.text, second.text) == ("One.\n\nTwo.", "Two.\n\nOne.")
    assert first.published == second.published == "2019-05-03"
    assert first.name == second.name


def test_the_list_names_golden_cases_and_pairs_unrelated_ones_of_one_day() -> None:
    short, pairs = drawn(OWN)
    assert len(short) > 200
    assert len({case.name for case in short}) == len(short)
    assert len(pairs) >= 40
    for one, other in pairs:
        assert one.published == other.published is not None
        assert one.name.split("/")[0] != other.name.split("/")[0]


def test_a_case_that_is_gone_is_named(tmp_path: Path) -> None:
    (tmp_path / "golden" / "cases").mkdir(parents=True)
    (tmp_path / "robustness.yml").write_text("short: [tolls/gone]\npairs: []\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="'tolls/gone', which is no golden case"):
        drawn(tmp_path)
