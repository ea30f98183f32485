"""What each level of each comparison is worth. Invariant: every level of every feature has a weight, and nothing else.

Weights are log odds: 0.7 doubles the odds that two claims are one incident, 2.3 makes them ten times as high. They
stand in `incident_weights.yml`, written by `tools/fit_incidents.py`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from khabar.errors import RecordError
from khabar.resolution.levels import Feature, Found

__all__ = ["UNSAID", "WEIGHTS_FILE", "Weights", "load_weights", "print_of_weights", "weights_from"]

UNSAID = "not said"
"""The name under which a feature's silence has a weight, where it has one: of most things silence is worth nothing."""

_SLIGHT = -1.2  # a third of the odds, all that speaks against it together: a day apart, one more of few dead

WEIGHTS_FILE = Path(__file__).with_name("incident_weights.yml")


@dataclass(frozen=True, slots=True)
class Weights:
    """The sum before anything is compared (`base`), the sums from which a pair is the same and unsure and below which
    it is different, and the weight of each level by feature.
    """

    base: float
    same: float
    unsure: float
    different: float
    levels: Mapping[str, Mapping[str, float]]

    def of(self, feature: Feature, found: Found) -> NDArray[np.float64]:
        """What one feature adds to the sum of each pair."""
        levels = self.levels[feature.name]
        table = np.array([self.silence(feature), *(levels[level] for level in feature.levels)])
        return np.asarray(table[found[feature.name]])

    def sums(self, features: Iterable[Feature], found: Found, pairs: int) -> NDArray[np.float64]:
        """The sum of each pair."""
        total = np.full(pairs, self.base)
        for feature in features:
            total += self.of(feature, found)
        return np.round(total, 3)

    def most(self, feature: Feature) -> float:
        """The most that one feature can add."""
        return max(self.silence(feature), *(self.levels[feature.name][x] for x in feature.levels))

    def silence(self, feature: Feature) -> float:
        """What one feature adds where it finds nothing."""
        return self.levels[feature.name].get(UNSAID, 0.0)

    def opposed(self, features: Iterable[Feature], found: Found, pairs: int) -> NDArray[np.bool_]:
        """Which pairs show levels that speak against one incident by more than reports of one differ; silence never
        does.
        """
        against = np.zeros(pairs)
        for feature in features:
            against += np.where(found[feature.name] > 0, np.minimum(self.of(feature, found), 0.0), 0.0)
        return against < _SLIGHT


@cache
def load_weights(path: Path = WEIGHTS_FILE) -> Weights:
    """The weights of a file; RecordError where it does not fit the comparisons (see `weights_from`)."""
    return weights_from(yaml.safe_load(path.read_text(encoding="utf-8")), path.name)


def weights_from(data: Mapping[str, Any], name: str = "weights") -> Weights:
    """Weights as YAML holds them: `base`, `same`, `unsure`, `different`, and `features` by name and level."""
    try:
        levels = {f: {str(k): float(w) for k, w in by_level.items()} for f, by_level in data["features"].items()}
        base, same, unsure, different = (float(data[key]) for key in ("base", "same", "unsure", "different"))
        return Weights(base, same, unsure, different, levels)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        remedy = "Write the file again with tools/fit_incidents.py."
        raise RecordError(f"{name} is no table of weights: {problem}.", remedy) from problem


def print_of_weights(data: Mapping[str, Any]) -> str:
    """The fingerprint of all that decides in a table of weights, which the file names: an edit by hand shows."""
    told = {key: data[key] for key in ("base", "same", "unsure", "different", "features")}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]
