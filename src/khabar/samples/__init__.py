"""The sample reports that `khabar demo` reads. Invariant: every report is described in `README.md` beside this file."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

__all__ = ["sample_folder"]


def sample_folder() -> Path:
    """The folder with the sample reports, in the installed package: text, JSON lines, CSV, HTML and RSS files."""
    return Path(str(files(__name__))) / "reports"
