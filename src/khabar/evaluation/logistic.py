"""Fitting logistic models with few weights. Invariant: the same cases give the same model, to the last digit shown.

A case that is right counts as right but for a few per cent (`_CAUTION`), so that the shares err on the careful side.
Newton's method on the weighted log likelihood with a ridge (a normal prior of mean 0 on every weight but the base), in
plain Python: some thousand cases and some thirty weights take a second, and nothing need be installed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

from khabar.extraction.confidence import Model
from khabar.extraction.doubts import Features

__all__ = ["Example", "fit"]

_ROUNDS = 50
_CLOSE = 1e-6
_RIDGE = 4.0  # as if four cases had been seen that speak against each weight
_CAUTION = 0.06  # rules are written while looking at these very sets: elsewhere some more of the right will be wrong
_RARE = 8  # cases that must have a feature, and cases that must lack it, before it gets a weight


@dataclass(frozen=True, slots=True)
class Example:
    """One case: its features, whether people found it right, and what it counts."""

    features: Features
    right: bool
    weight: float = 1.0


def fit(examples: Sequence[Example], ridge: float = _RIDGE) -> Model:
    """The model of the greatest penalised likelihood; features that hardly vary get no weight."""
    names = _telling(examples)
    rows = [([1.0, *(e.features.get(n, 0.0) for n in names)], e.right * (1 - _CAUTION), e.weight) for e in examples]
    weights = [_odds(rows), *(0.0 for _ in names)]
    for _ in range(_ROUNDS):
        step = _step(rows, weights, ridge)
        weights = [w + s for w, s in zip(weights, step, strict=True)]
        if max(map(abs, step)) < _CLOSE:
            break
    rounded = [round(w, 3) for w in weights]
    kept = {name: w for name, w in zip(names, rounded[1:], strict=True) if w}
    return Model(len(examples), sum(e.right for e in examples), rounded[0], kept)


def _telling(examples: Sequence[Example]) -> list[str]:
    count = Counter(name for e in examples for name in e.features)
    many = len(examples)
    varied = {n for n in count if len({e.features.get(n, 0.0) for e in examples}) > 1}
    return sorted(n for n, seen in count.items() if seen >= _RARE and n in varied and _lacking(n, seen, many))


def _lacking(name: str, seen: int, many: int) -> bool:
    """Whether enough cases lack the feature; a measured one ("rule") stands in all."""
    return many - seen >= _RARE or name == "rule"


def _odds(rows: Sequence[tuple[list[float], float, float]]) -> float:
    right = sum(y * w for _x, y, w in rows) + 0.5
    wrong = sum((1 - y) * w for _x, y, w in rows) + 0.5
    return log(right / wrong)


def _step(rows: Sequence[tuple[list[float], float, float]], weights: Sequence[float], ridge: float) -> list[float]:
    """One step of Newton's method: the gradient of the penalised likelihood through its curvature."""
    size = len(weights)
    slope = [0.0, *(-ridge * w for w in weights[1:])]
    bend = [[ridge if i == j and i else 0.0 for j in range(size)] for i in range(size)]
    bend[0][0] = 1e-6
    for x, y, weight in rows:
        there = [(i, v) for i, v in enumerate(x) if v]
        p = 1 / (1 + exp(-max(-30.0, min(30.0, sum(weights[i] * v for i, v in there)))))
        pull, curve = weight * (y - p), weight * p * (1 - p)
        for i, v in there:
            slope[i] += pull * v
            for j, u in there:
                bend[i][j] += curve * v * u
    return _solved(bend, slope)


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """What the matrix takes to `right`: elimination with the largest pivot; the matrix is positive definite."""
    size = len(right)
    for k in range(size):
        best = max(range(k, size), key=lambda i: abs(matrix[i][k]))
        matrix[k], matrix[best], right[k], right[best] = matrix[best], matrix[k], right[best], right[k]
        for i in range(k + 1, size):
            factor = matrix[i][k] / matrix[k][k]
            if factor:
                for j in range(k, size):
                    matrix[i][j] -= factor * matrix[k][j]
                right[i] -= factor * right[k]
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (right[i] - sum(matrix[i][j] * found[j] for j in range(i + 1, size))) / matrix[i][i]
    return found
