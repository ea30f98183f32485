"""`python -m khabar` is the `khabar` command."""

from __future__ import annotations

from khabar.cli.main import main

if __name__ == "__main__":
    main()
