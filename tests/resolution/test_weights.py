"""Weights: every level has one, a file that fits nothing is refused, and a sum is the base and what was found."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import numpy as np
import pytest
import yaml

from khabar.errors import RecordError
from khabar.resolution.features import FEATURES
from khabar.resolution.weights import UNSAID, WEIGHTS_FILE, load_weights, weights_from


@pytest.fixture(scope="module")
def data() -> dict[str, object]:
    loaded: dict[str, object] = yaml.safe_load(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return loaded


def test_every_level_of_every_comparison_has_a_weight_and_nothing_else_has() -> None:
    levels = load_weights().levels
    assert set(levels) == {f.name for f in FEATURES}
    for feature in FEATURES:
        assert set(levels[feature.name]) - {UNSAID} == set(feature.levels), feature.name


def test_what_people_set_exists_and_says_why(data: dict[str, object]) -> None:
    by_hand = data["by_hand"]
    assert isinstance(by_hand, dict)
    known = {f.name for f in FEATURES} | {f"{f.name}: {level}" for f in FEATURES for level in (*f.levels, UNSAID)}
    assert set(by_hand) <= known
    assert all(isinstance(reason, str) and len(reason.split()) > 3 for reason in by_hand.values())


def test_the_sums_are_in_order() -> None:
    weights = load_weights()
    assert weights.different < weights.unsure < weights.same


def test_a_sum_is_the_base_and_what_each_comparison_found() -> None:
    weights = load_weights()
    found = {f.name: np.array([0, 1], np.uint8) for f in FEATURES}
    silent, first = weights.sums(FEATURES, found, 2)
    assert silent == pytest.approx(weights.base + sum(levels.get(UNSAID, 0.0) for levels in weights.levels.values()))
    assert first == pytest.approx(weights.base + sum(weights.levels[f.name][f.levels[0]] for f in FEATURES), abs=1e-3)


@pytest.mark.parametrize("gone", ["base", "same", "features"])
def test_a_table_that_lacks_a_part_is_refused(data: dict[str, object], gone: str) -> None:
    broken = deepcopy(data)
    del broken[gone]
    with pytest.raises(RecordError, match=gone):
        weights_from(broken)


def test_a_weight_that_is_no_number_is_refused_with_the_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text("base: 1\nsame: 5\nunsure: 4\ndifferent: 1\nfeatures: {dates: {the same day: much}}\n")
    with pytest.raises(RecordError, match=r"mine\.yml"):
        load_weights(path)
