"""Work done once for a dictionary of actors. Invariant: a dictionary that was given is not changed afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TypeVar

from khabar.records import Actor

__all__ = ["once"]

Found = TypeVar("Found")


def once(function: Callable[[Mapping[str, Actor]], Found]) -> Callable[[Mapping[str, Actor]], Found]:
    """The function, which keeps what it said of the last dictionary: the same object is asked again and again."""
    last: list[tuple[Mapping[str, Actor], Found]] = []

    @wraps(function)
    def kept(actors: Mapping[str, Actor]) -> Found:
        for known, found in last[:]:
            if known is actors:
                return found
        found = function(actors)
        last[:] = [(actors, found)]
        return found

    return kept
