"""The `khabar` command, also as `python -m khabar`. Invariant: interrupted at any moment, it says so in one line."""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Load the command line, which takes a moment, run it, and exit; see `khabar.cli.main`."""
    try:
        from khabar.cli.main import main as command

        command(arguments)
    except KeyboardInterrupt:  # before a command began or after it ended: commands themselves catch it
        sys.stderr.write("khabar: interrupted.\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
