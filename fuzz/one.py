"""One target under atheris, which looks for inputs that reach new lines of the package.

`python fuzz/one.py TARGET [options of libFuzzer] [folder of inputs]`; with files in place of folders, runs those alone.
"""

from __future__ import annotations

import sys

import atheris

_WATCHED = ["documents", "reading", "codebook", "imports", "store.fts", "export.tables"]

with atheris.instrument_imports(include=[f"khabar.{room}" for room in _WATCHED]):
    import targets


def main() -> None:
    """Run the target that the first argument names."""
    name = sys.argv.pop(1)

    def case(data: bytes) -> None:
        targets.one(name, data)

    atheris.Setup(sys.argv, case)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
