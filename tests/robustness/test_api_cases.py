"""A few cases of every route of the API, made from its description; `make fuzz` makes hundreds."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "fuzz"))

from api import tried


@pytest.mark.slow
def test_no_route_of_the_api_answers_with_a_server_error() -> None:
    cases, found = tried(2)
    assert found == []
    assert cases > 40
