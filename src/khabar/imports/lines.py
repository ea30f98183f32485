"""Lines of a file as a stream. Invariant: no line is read that is longer than any record, so that a file without line
ends, however large, takes no more memory than one with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from khabar.errors import DocumentError

__all__ = ["bounded_lines"]

_LONGEST = 2_000_000  # characters; a row of the UCDP data has some thousand


def bounded_lines(stream: TextIO, name: str, longest: int = _LONGEST) -> Iterator[str]:
    """The lines with their ends; DocumentError at one that is longer than `longest` characters."""
    number = 0
    while line := stream.readline(longest + 1):
        number += 1
        if len(line) > longest:
            raise DocumentError(
                f"{name}: line {number} is longer than {longest:,} characters.", "Fetch the file again as published."
            )
        yield line
