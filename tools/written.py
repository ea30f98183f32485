"""Files that a tool writes and a test compares. Invariant: with --check nothing is written."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

__all__ = ["write_or_check"]

_ROOT = Path(__file__).resolve().parents[1]


def write_or_check(files: Mapping[Path, str], tool: str) -> int:
    """Write the files; with --check among the arguments only say which of them `tool` would write otherwise.

    Gives the exit code: 1 where a file is out of date.
    """
    if "--check" not in sys.argv[1:]:
        for path, text in files.items():
            path.write_text(text, encoding="utf-8")
        return 0
    stale = [p for p, text in files.items() if not p.is_file() or p.read_text(encoding="utf-8") != text]
    for path in stale:
        sys.stderr.write(f"{path.relative_to(_ROOT).as_posix()} is out of date. Run: python tools/{tool}\n")
    return 1 if stale else 0
