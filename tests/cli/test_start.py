"""What the command line loads before it knows what is asked. `--help` and listings need no numbers, model or server."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"numpy", "spacy", "sqlalchemy", "fastapi", "trafilatura", "rapidfuzz", "yaml"}
ROOMS = {"cli", "codebook", "errors", "exchange", "export", "records", "settings", "store", "text", "visible"}
"""The rooms that name what options and helpers of commands are of; every other is for a command at work."""


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The modules that are there before a command is asked for."""
    program = "import sys, khabar.cli.main; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_nothing_heavy_is_loaded_before_a_command_runs(loaded: set[str]) -> None:
    assert loaded & HEAVY == set()


def test_no_stage_is_loaded_before_a_command_runs(loaded: set[str]) -> None:
    rooms = {name.split(".")[1] for name in loaded if name.startswith("khabar.")}
    assert rooms - ROOMS == set()
    assert "khabar.codebook.load" not in loaded
