"""The real command, run as a user runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any


def khabar(folder: Path, *arguments: str, code: int = 0, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the real command in `folder`; it must end with `code`, and never with a traceback."""
    command = [sys.executable, "-m", "khabar", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=240, check=False, **options)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == code, f"ended with {done.returncode}: {done.stderr}\n{done.stdout}"
    return done
