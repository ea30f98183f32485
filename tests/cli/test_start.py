"""What the command line loads before it knows what is asked. `--help` and listings need no numbers, model or server."""

from __future__ import annotations

import subprocess
import sys


def test_nothing_heavy_is_loaded_before_a_command_runs() -> None:
    heavy = ("numpy", "spacy", "sqlalchemy", "fastapi", "trafilatura")
    program = f"import sys, khabar.cli.main; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
