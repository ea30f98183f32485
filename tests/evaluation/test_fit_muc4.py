"""Fitting the weights: what the regression learns, and that nothing is left to chance."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools" / "fit_muc4.py"


@pytest.fixture(scope="module")
def tool() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("fit_muc4", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fit_muc4"] = module  # its dataclasses look for their module there
    spec.loader.exec_module(module)
    yield module
    del sys.modules["fit_muc4"]


ROWS = [{"bomb", "market"}, {"bomb", "bridge"}, {"speech", "market"}, {"speech", "bridge"}] * 6
LABELS = [True, True, False, False] * 6


def test_the_feature_that_decides_gets_the_weight(tool: ModuleType) -> None:
    fitted = tool.regression(ROWS, LABELS, range(len(ROWS)), 0.1)
    assert fitted.weights["bomb"] > 1
    assert fitted.weights["speech"] < -1
    assert abs(fitted.weights["market"]) < 0.1
    assert fitted.probability({"bomb"}) > 0.8
    assert fitted.probability({"speech", "bridge"}) < 0.2


def test_a_feature_of_few_messages_is_left_out(tool: ModuleType) -> None:
    fitted = tool.regression([*ROWS, {"hapax"}], [*LABELS, True], [*range(len(ROWS)), 99], 0.1)
    assert "hapax" not in fitted.weights
    once = tool.regression(ROWS, LABELS, [0] * len(ROWS), 0.1)  # many rows, but of one message
    assert once.weights == {}


def test_the_same_rows_give_the_same_weights(tool: ModuleType) -> None:
    assert tool.regression(ROWS, LABELS, range(24), 1.0) == tool.regression(ROWS, LABELS, range(24), 1.0)
