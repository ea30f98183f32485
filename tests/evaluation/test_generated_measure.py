"""Figures of made-up corpora, on groups that are right, all one, or each alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest

from khabar.evaluation.cluster_score import clustering_of, pairwise
from khabar.evaluation.generated import Generated, generate, held_back, truth
from khabar.evaluation.generated_events import SourceEvent, made_up_happenings, place_in
from khabar.evaluation.generated_measure import MADE_UP, copies_of, score_corpus
from khabar.evaluation.generated_places import Atlas
from khabar.evaluation.system import System
from khabar.settings import load_settings


@pytest.fixture(scope="module")
def events(atlas: Atlas) -> list[SourceEvent]:
    country = atlas.country("NG")
    return list(place_in(made_up_happenings(country, 120, seed=5), country))


@pytest.fixture(scope="module")
def items(atlas: Atlas, events: list[SourceEvent]) -> list[Generated]:
    return list(generate(events, atlas, seed=5))


def by_event(items: list[Generated]) -> list[list[str]]:
    groups = defaultdict(list)
    for item in items:
        groups[item.event].append(item.claim.id)
    return list(groups.values())


def test_the_truth_is_without_fault(events: list[SourceEvent], items: list[Generated]) -> None:
    outcome = score_corpus(events, items, by_event(items))
    assert [f.value for f in outcome.figures] == [1, pytest.approx(1), 1]
    assert outcome.slips == ()


def test_claims_each_alone_are_precise_and_miss_all(events: list[SourceEvent], items: list[Generated]) -> None:
    outcome = score_corpus(events, items, [])
    pairs, _cubed, near = outcome.figures
    assert (pairs.value, near.value) == (0, 1)
    pairs_of = [len(group) * (len(group) - 1) // 2 for group in by_event(items)]
    told = [item for group in by_event(items) for item in group[:1]]
    of = truth(items)
    assert pairs.size == sum(n for n, claim in zip(pairs_of, told, strict=True) if held_back(of[claim]))
    split = {of[group[0]] for group in by_event(items) if len(group) > 1}
    assert {s.place for s in outcome.slips} == {event for event in split if not held_back(event)}
    assert all(s.cause.startswith("kept apart: ") for s in outcome.slips)


def test_all_in_one_incident_joins_every_near_miss(events: list[SourceEvent], items: list[Generated]) -> None:
    outcome = score_corpus(events, items, [[item.claim.id for item in items]])
    assert outcome.figures[2].value == 0
    assert outcome.figures[2].size > 50
    assert all(s.kind == "false" and not any(map(held_back, s.place.split())) for s in outcome.slips)


def test_copies_are_told_as_sets_of_documents(items: list[Generated]) -> None:
    groups = copies_of(items)
    assert groups
    assert sum(len(group) - 1 for group in groups) == sum(item.copy_of is not None for item in items)


def test_resolution_does_better_than_doing_nothing(items: list[Generated]) -> None:
    system = System(replace(load_settings(), processes=1))
    outcome = MADE_UP.run(system.settings.cache, system)
    of = truth(items)
    nothing = pairwise(of, clustering_of([], of))
    assert nothing.f1 == 0
    assert outcome.figures[0].value > 0.5
    assert outcome.figures[2].value > 0.8
