"""Linear weights that say how likely something is. Invariant: a model is its file; equal features give equal answers.

The weights are logistic regressions fitted by `tools/fit_muc4.py` on the training messages of MUC-4. They hold
features and numbers, no text; a feature is kept only if it stands in at least five training messages.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Any

from khabar.errors import EvaluationError

__all__ = ["Model", "Weights", "dump_model", "load_model"]


@dataclass(frozen=True, slots=True)
class Weights:
    """One regression: the probability from which something is taken, the bias, and the weight of each feature."""

    threshold: float
    bias: float
    weights: Mapping[str, float]

    def probability(self, features: Iterable[str]) -> float:
        """How likely it is, from 0 to 1, given its features."""
        total = self.bias + sum(self.weights.get(feature, 0.0) for feature in features)
        return 1.0 / (1.0 + exp(-max(total, -500.0)))


@dataclass(frozen=True, slots=True)
class Model:
    """The regressions: whether a message has an incident of a type, whether it has a second one of a type (features of
    `for_type`), and whether a candidate fills a slot.
    """

    types: Mapping[str, Weights]
    second: Weights
    slots: Mapping[str, Weights]


def load_model(path: Path) -> Model:
    """The model of a JSON file; EvaluationError where it is missing or no model."""
    try:
        raw = json.loads(path.read_text("utf-8"))
        types, slots = ({name: _weights(w) for name, w in raw[part].items()} for part in ("types", "slots"))
        return Model(types, _weights(raw["second"]), slots)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise EvaluationError(
            f"the weights {path.name} cannot be read ({problem!r}).", "Make them again with tools/fit_muc4.py."
        ) from problem


def _weights(raw: Mapping[str, Any]) -> Weights:
    return Weights(float(raw["threshold"]), float(raw["bias"]), {str(k): float(v) for k, v in raw["weights"].items()})


def dump_model(model: Model, least: float = 0.0) -> str:
    """The model as JSON, a feature a line, weights to two digits; those under `least` are left out."""

    def plain(weights: Weights) -> dict[str, Any]:
        kept = {name: round(w, 2) for name, w in sorted(weights.weights.items()) if abs(w) >= max(least, 0.005)}
        return {"threshold": weights.threshold, "bias": round(weights.bias, 3), "weights": kept}

    raw = {
        "types": {name: plain(w) for name, w in model.types.items()},
        "second": plain(model.second),
        "slots": {name: plain(w) for name, w in model.slots.items()},
    }
    return json.dumps(raw, indent=0, ensure_ascii=False) + "\n"
