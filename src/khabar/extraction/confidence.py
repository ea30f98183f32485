"""How often claims like this one, and values like these, are right. Invariant: the weights stand in `confidence.yml`
beside this module, fitted on texts that people have coded (`tools/fit_confidence.py`); nothing here is set by hand.

A model is a sum of weighted features (`khabar.extraction.doubts`) turned into a share by the logistic function. Where
no model was fitted, for too few cases, the kind's share of right ones stands for all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import exp
from pathlib import Path

import yaml

from khabar.errors import ExtractionError
from khabar.extraction.doubts import CLAIM, Doubts, Features, model_of
from khabar.records import Claim

__all__ = ["TABLE", "Model", "load_models", "rated"]

TABLE = Path(__file__).with_name("confidence.yml")
_LEAST, _MOST = 0.02, 0.98  # no sample of ours is large enough for more


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of one slot: log odds without any feature, and what each feature adds; `cases` were coded by people,
    of which `right` were right.
    """

    cases: int
    right: int
    base: float
    weights: Mapping[str, float] = field(default_factory=dict)

    def share(self, features: Features) -> float:
        """The share of right ones among cases with these features."""
        odds = self.base + sum(weight * features.get(name, 0.0) for name, weight in self.weights.items())
        return min(max(1 / (1 + exp(-odds)), _LEAST), _MOST)


def rated(claim: Claim, doubts: Doubts, models: Mapping[str, Model]) -> Claim:
    """The claim with its confidence and those of its values; slots without a model get none."""
    shares = {
        slot: round(model.share(features), 3)
        for slot, features in doubts.items()
        if (model := models.get(model_of(claim.kind, slot))) is not None
    }
    whole = shares.pop(CLAIM, claim.confidence)
    return replace(claim, confidence=whole, slot_confidence=tuple(shares.items()))


@lru_cache(maxsize=2)
def load_models(path: Path = TABLE) -> Mapping[str, Model]:
    """The models of a table by name ("event.claim", "event.when"); ExtractionError if it cannot be used."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return {
            name: Model(row["cases"], row["right"], row["base"], row["weights"] or {})
            for name, row in data["models"].items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError, yaml.YAMLError) as problem:
        raise ExtractionError(
            f"The table of confidences {path.name} cannot be used ({problem!r}).",
            "Install Khabar again, or write it anew with tools/fit_confidence.py.",
        ) from problem
