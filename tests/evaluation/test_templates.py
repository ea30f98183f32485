"""The template scorer against hand counts."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.evaluation.templates import SLOTS, TYPE, Paired, Template, normal, pair, score


def micro(result: Paired) -> tuple[int, int, int, int]:
    """Right among the found, found, found among the gold, gold."""
    total = result.micro
    return total.found_right, total.found, total.gold_right, total.gold


@pytest.mark.parametrize(
    ("mention", "compared"),
    [
        ("THE FRONT", "front"),
        ('"9 JUNE" COLUMN', "9 june column"),
        ("a bomb  made of\n fertiliser", "bomb made of fertiliser"),
        ("U.S.-OWNED MILL", "usowned mill"),
        ("ANOTHER THEATRE", "another theatre"),
    ],
)
def test_mentions_are_compared_without_case_articles_and_punctuation(mention: str, compared: str) -> None:
    assert normal(mention) == compared


def test_an_entity_is_right_if_all_its_mentions_are_of_one_gold_entity() -> None:
    gold = [Template.of(["BOMBING"], PerpOrg=[["NORTHERN FRONT", "NF"]], Target=[["MILL"], ["BRIDGE", "OLD BRIDGE"]])]
    found = [Template.of(["bombing"], PerpOrg=[["NF"]], Target=[["the mill", "bridge"], ["old bridge"]])]
    result = pair(found, gold)
    assert micro(result) == (3, 4, 3, 4)  # type, NF, old bridge; "mill or bridge" is neither
    assert result.slots["Target"].precision == 0.5
    assert result.slots["Target"].recall == 0.5
    assert result.micro.f1 == 0.75


def test_two_found_entities_may_be_right_by_one_gold_entity_but_find_it_once() -> None:
    gold = [Template.of(["ATTACK"], PerpInd=[["rebels", "armed men"], ["driver"]])]
    found = [Template.of(["attack"], PerpInd=[["rebels"], ["armed men"]])]
    counts = pair(found, gold).slots["PerpInd"]
    assert (counts.found_right, counts.found, counts.gold_right, counts.gold) == (2, 2, 1, 2)


def test_templates_of_another_type_are_never_paired() -> None:
    gold = [Template.of(["ARSON"], Target=[["warehouse"]])]
    found = [Template.of(["attack"], Target=[["warehouse"]])]
    result = pair(found, gold)
    assert result.pairs == ()
    assert micro(result) == (0, 2, 0, 2)


def test_any_alternative_of_the_gold_type_will_do() -> None:
    gold = [Template.of(["BOMBING", "ATTACK"])]
    assert pair([Template.of(["attack"])], gold).pairs == ((0, 0),)
    assert pair([Template.of(["bombing"])], gold).pairs == ((0, 0),)
    assert pair([Template.of(["robbery"])], gold).pairs == ()


def test_the_pairing_is_the_best_one_not_the_first() -> None:
    gold = [
        Template.of(["ATTACK"], Victim=[["ana"]], Weapon=[["rifle"]]),
        Template.of(["ATTACK"], Victim=[["ana"], ["luis"]], Weapon=[["rifle"], ["knife"]]),
    ]
    found = [
        Template.of(["attack"], Victim=[["ana"], ["luis"]], Weapon=[["knife"]]),
        Template.of(["attack"], Victim=[["ana"]], Weapon=[["rifle"]]),
    ]
    result = pair(found, gold)
    # crossed: (4 right of 4, 4 of 5) and (3 of 3, 3 of 3); straight: 2 and 3 right of either side
    assert result.pairs == ((0, 1), (1, 0))
    assert micro(result) == (7, 7, 7, 8)


def test_one_template_cannot_stand_for_two() -> None:
    gold = [Template.of(["KIDNAPPING"], Victim=[["ana"]]), Template.of(["KIDNAPPING"], Victim=[["luis"]])]
    found = [Template.of(["kidnapping"], Victim=[["ana"], ["luis"]])]
    assert micro(pair(found, gold)) == (2, 3, 2, 4)


def test_a_document_without_gold_counts_only_what_is_found() -> None:
    result = score([([Template.of(["attack"], PerpInd=[["rebels"]])], []), ([], [Template.of(["ATTACK"])])])
    assert micro(result) == (0, 2, 0, 1)
    assert (result.micro.precision, result.micro.recall, result.micro.f1) == (0, 0, 0)
    assert result.slots[TYPE].gold == 1


def test_nothing_found_and_nothing_to_find_is_nothing() -> None:
    assert micro(score([([], [])])) == (0, 0, 0, 0)


def test_ten_templates_of_one_type_are_paired_in_no_time() -> None:
    gold = [Template.of(["ATTACK"], Victim=[[f"v{i}"], [f"w{i}"]]) for i in range(10)]
    result = pair(list(reversed(gold)), gold)
    assert micro(result) == (30, 30, 30, 30)


NAMES = st.sampled_from(["ana", "luis", "eva"])
TEMPLATES = st.lists(
    st.builds(
        lambda kind, victims, weapons: Template.of([kind], Victim=victims, Weapon=weapons),
        st.sampled_from(["attack", "arson"]),
        st.lists(st.lists(NAMES, min_size=1, max_size=2), max_size=2),
        st.lists(st.lists(NAMES, min_size=1, max_size=1), max_size=2),
    ),
    max_size=3,
)


@given(TEMPLATES, TEMPLATES)
def test_no_other_pairing_is_better(found: list[Template], gold: list[Template]) -> None:
    best = pair(found, gold).micro.f1
    for choice in product([None, *range(len(gold))], repeat=len(found)):
        taken = [j for j in choice if j is not None]
        if len(set(taken)) < len(taken):
            continue
        right = hit = 0
        for one, j in zip(found, choice, strict=True):
            if j is not None and one.types[0] in gold[j].types:
                alone = pair([one], [gold[j]])
                right, hit = right + alone.micro.found_right, hit + alone.micro.gold_right
        sizes = sum(t.size for t in found), sum(t.size for t in gold)
        precision, recall = (right / sizes[0], hit / sizes[1]) if right and hit else (0.0, 0.0)
        other = 2 * precision * recall / (precision + recall) if right and hit else 0.0
        assert best >= other - 1e-9


@given(TEMPLATES)
def test_gold_scores_itself_in_full(gold: list[Template]) -> None:
    total = pair(gold, gold).micro
    assert total.found_right == total.found == total.gold_right == total.gold
    assert set(pair(gold, gold).slots) == {TYPE, *SLOTS}
