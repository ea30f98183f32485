from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.documents import group_copies
from khabar.documents.copies import shingles, similarity

WORDS = [f"word{i}" for i in range(3000)]


def prose(seed: int, length: int = 300) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def text(words: list[str]) -> str:
    return " ".join(words)


def test_a_copy_with_a_few_changed_words_is_grouped_and_others_are_not() -> None:
    original = prose(1)
    changed = list(original)
    changed[40], changed[200] = "other", "words"
    documents = [("a", text(original)), ("b", text(changed).upper()), ("c", text(prose(2)))]
    assert group_copies(documents) == (frozenset({"a", "b"}),)


def test_a_copy_cut_to_its_first_paragraph_is_grouped() -> None:
    original = prose(3, 600)
    assert group_copies([("a", text(original)), ("b", text(original[:110]))]) == (frozenset({"a", "b"}),)


def test_a_copy_with_a_new_head_and_foot_is_grouped() -> None:
    original = prose(4, 300)
    framed = prose(5, 60) + original + prose(6, 60)
    assert group_copies([("a", text(original)), ("b", text(framed))]) == (frozenset({"a", "b"}),)


def test_a_round_up_does_not_tie_together_the_reports_it_reprints() -> None:
    reports = [prose(seed, 120) for seed in range(10, 16)]
    documents = [(f"r{i}", text(report)) for i, report in enumerate(reports)]
    documents.append(("roundup", text(prose(20, 60) + [word for report in reports for word in report])))
    for group in group_copies(documents):
        assert len(group - {"roundup"}) == 1, "only the report it begins with can be taken for its source"


def test_two_reports_of_one_incident_in_their_own_words_are_not_copies() -> None:
    one = (
        "A bomb killed nine people at a market in the north on Friday, the police said, and no group claimed it so far."
    )
    two = (
        "Nine shoppers died when explosives went off in a northern bazaar on Friday; nobody has claimed responsibility."
    )
    assert group_copies([("a", one), ("b", two)]) == ()


def test_empty_and_tiny_texts_are_harmless() -> None:
    assert group_copies([]) == ()
    assert group_copies([("a", ""), ("b", "   "), ("c", "!")]) == ()
    assert group_copies([("a", "Bomb blast"), ("b", "bomb  blast!"), ("c", "Bomb blasts")]) == (frozenset({"a", "b"}),)


def test_many_equal_texts_are_one_group_without_comparing_every_pair() -> None:
    same = text(prose(7))
    (group,) = group_copies([(f"d{i:04d}", same) for i in range(2000)])
    assert len(group) == 2000


@given(st.randoms(use_true_random=False), st.integers(2, 6))
@settings(max_examples=20, deadline=None)
def test_groups_do_not_depend_on_order(shuffler: random.Random, families: int) -> None:
    documents = []
    for family in range(families):
        original = prose(family, 150)
        for copy in range(3):
            start = copy * 10
            documents.append((f"{family}-{copy}", text(original[start:])))
    expected = group_copies(documents)
    shuffled = list(documents)
    shuffler.shuffle(shuffled)
    assert group_copies(shuffled) == expected
    assert len(expected) == families


@given(st.lists(st.sampled_from(WORDS[:50]), min_size=1, max_size=80))
def test_a_text_is_like_itself(words: list[str]) -> None:
    grams = shingles(text(words))
    assert similarity(grams, grams) == 1.0
    assert similarity(grams, shingles(text([f"x{word}" for word in words]))) == 0.0
