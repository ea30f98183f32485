"""How much of what a reading says another says too, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from khabar.evaluation.golden import Case
from khabar.evaluation.robustness import said, stability, swapped
from khabar.records import ActorRef, Attribution, Claim, Count, EventBody, Extractor, Passage, Place, Relation, When

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


def test_pairs_are_of_one_day_and_of_two_phenomena() -> None:
    def case(name: str, published: str | None, text: str = "Text.") -> Case:
        return Case(name, text, "f.txt", published, (), ())

    cases = [
        case("a/1", "2019-05-03", "One."), case("b/2", "2019-05-03", "Two."), case("a/3", "2019-05-04"),
        case("a/4", "2019-05-04"), case("b/5", None), case("report", "2019-05-03"), case("c/6", "2019-05-05", "x\ny"),
    ]  # fmt: skip
    [(first, second)] = swapped(cases)
    assert {first.text, second.text} == {"One.\n\nTwo.", "Two.\n\nOne."}
    assert first.published == second.published == "2019-05-03"
