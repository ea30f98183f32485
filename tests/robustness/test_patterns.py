"""No pattern of the package takes more than linear time, whatever it is given."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pattern_attacks import Found, attacks, growth
from scan_patterns import slow

_HERE = Path(__file__).parent


@pytest.mark.slow
def test_every_pattern_of_the_package_is_linear(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(_HERE / "scan_patterns.py"), str(tmp_path)],
        capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["patterns"] > 450  # it finds them
    assert said["asked"] > 350  # and sees most of them at work
    assert said["slow"] == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"\s+\Z",
        r"(?:a+)+b",
        r"(?:\w+[ -]?)+:",
        r"[A-Z]\w*[a-z]\w*!",
        r"\d*\d*x",
        r"“[^”]*”",
    ],
)
def test_the_search_finds_patterns_that_are_not(pattern: str) -> None:
    assert slow(Found("khabar.example", pattern)) is not None


@pytest.mark.parametrize(
    "pattern", [r"(?<!\s)\s+\Z", r"a+b?", r"\b[A-Z]\w{0,40}!", r"“[^“”]*”", r"(?<![.!?])[.!?]++(?=\s)"]
)
def test_and_leaves_linear_ones_alone(pattern: str) -> None:
    assert slow(Found("khabar.example", pattern)) is None


def test_a_pattern_that_is_only_asked_at_a_place_may_begin_with_any_run() -> None:
    assert slow(Found("khabar.example", r"\s*x", 0, ("match",))) is None
    assert slow(Found("khabar.example", r"\s*\s*\s*x", 0, ("match",))) is not None


def test_attacks_hold_what_a_pattern_repeats() -> None:
    assert {"0", "ab"} <= set(attacks(r"(?:ab)*\d+", 0))
    assert growth(Found("khabar.example", "x"), "a", 100, 1.0) is None
