"""Weights: every level has one, a file that fits nothing is refused, and a sum is the base and what was found."""

from __future__ import annotations

import hashlib
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from khabar.errors import RecordError
from khabar.resolution.features import FEATURES
from khabar.resolution.weights import UNSAID, WEIGHTS_FILE, load_weights, print_of_weights, weights_from

PRIORS = Path(__file__).parents[2] / "tools" / "incident_priors.yml"


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return loaded


def test_every_level_of_every_comparison_has_a_weight_and_nothing_else_has() -> None:
    levels = load_weights().levels
    assert set(levels) == {f.name for f in FEATURES}
    for feature in FEATURES:
        assert set(levels[feature.name]) - {UNSAID} == set(feature.levels), feature.name


def test_what_people_set_is_in_the_file_as_they_set_it_each_with_its_reason() -> None:
    levels = load_weights().levels
    for group in yaml.safe_load(PRIORS.read_text(encoding="utf-8"))["set"]:
        assert len(group["reason"].split()) > 3, group
        for name, weight in group["levels"].items():
            feature, level = name.split(": ", 1)
            assert levels[feature][level] == weight, f"{name}: run tools/fit_incidents.py again"


def test_the_file_says_which_data_seed_and_version_it_came_from(data: dict[str, Any]) -> None:
    made_from = data["made_from"]
    assert set(made_from["files"]) == {"ged_pakistan_1989_2014.csv", "dev.jsonl", PRIORS.name}
    assert isinstance(made_from["seed"], int)
    assert made_from["claims"] > 0
    assert made_from["khabar"].count(".") == 2
    assert set(made_from["pairs"]) == {"generated", "headlines", "digests"}


def test_nobody_edited_the_weights_or_what_they_were_made_from(data: dict[str, Any]) -> None:
    made_from = data["made_from"]
    assert made_from["weights"] == print_of_weights(data), "weights are not edited by hand: see tools/fit_incidents.py"
    assert made_from["files"][PRIORS.name] == _print(PRIORS), "run tools/fit_incidents.py again"


def test_the_data_are_those_the_weights_were_made_from(data: dict[str, Any], shared: Path) -> None:
    files = data["made_from"]["files"]
    for path in (shared / "data/ged/ged_pakistan_1989_2014.csv", shared / "data/newswire/dev.jsonl"):
        assert files[path.name] == _print(path)


def test_an_edit_by_hand_shows(data: dict[str, Any]) -> None:
    edited = deepcopy(data)
    edited["features"]["dates"]["the same day"] += 0.01
    assert print_of_weights(edited) != print_of_weights(data)


def _print(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def test_the_sums_are_in_order() -> None:
    weights = load_weights()
    assert weights.different < weights.unsure < weights.same


def test_a_sum_is_the_base_and_what_each_comparison_found() -> None:
    weights = load_weights()
    found = {f.name: np.array([0, 1], np.uint8) for f in FEATURES}
    silent, first = weights.sums(FEATURES, found, 2)
    assert silent == pytest.approx(weights.base + sum(levels.get(UNSAID, 0.0) for levels in weights.levels.values()))
    assert first == pytest.approx(weights.base + sum(weights.levels[f.name][f.levels[0]] for f in FEATURES), abs=1e-3)


def test_reports_of_one_incident_may_differ_by_a_little() -> None:
    seen = [
        {},
        {"dates": "a day apart"},
        {"dates": "a day apart", "killed": "one more of few"},
        {"dates": "a day apart", "killed": "one more of few", "injured": "apart in the first news"},
        {"killed": "far apart"},
    ]
    found = {
        f.name: np.array([f.levels.index(row[f.name]) + 1 if f.name in row else 0 for row in seen]) for f in FEATURES
    }
    assert load_weights().opposed(FEATURES, found, len(seen)).tolist() == [False, False, False, True, True]


@pytest.mark.parametrize("gone", ["base", "same", "features"])
def test_a_table_that_lacks_a_part_is_refused(data: dict[str, Any], gone: str) -> None:
    broken = deepcopy(data)
    del broken[gone]
    with pytest.raises(RecordError, match=gone):
        weights_from(broken)


def test_a_weight_that_is_no_number_is_refused_with_the_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text("base: 1\nsame: 5\nunsure: 4\ndifferent: 1\nfeatures: {dates: {the same day: much}}\n")
    with pytest.raises(RecordError, match=r"mine\.yml"):
        load_weights(path)
