"""What the list of actors says of two names, and where it is silent, what their letters say.

Invariant: names that the list gives to different actors are never the same, however alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from khabar.records import Actor
from khabar.resolution.name_comparison import compare_names
from khabar.text import fold

__all__ = ["KnownNames", "NameVerdict"]


@dataclass(frozen=True, slots=True)
class NameVerdict:
    """same, different or unsure, and the reasons."""

    verdict: str
    reasons: tuple[str, ...]


class KnownNames:
    """The names of a list of actors, and which actors bear each of them: ids by (of a person?, folded name)."""

    def __init__(self, actors: Mapping[str, Actor], acronyms: bool = True) -> None:
        by_name: dict[tuple[bool, str], set[str]] = defaultdict(set)
        for actor in actors.values():
            for name in actor.names:
                if acronyms or name.kind != "acronym":
                    by_name[actor.kind == "person", fold(name.text)].add(actor.id)
        self.by_name: Mapping[tuple[bool, str], set[str]] = dict(by_name)

    def bearers(self, name: str, kind: str) -> frozenset[str]:
        """The ids of the listed actors that bear a name, by its letters without case and accents."""
        return frozenset(self.by_name.get((kind == "person", fold(name)), ()))

    def verdict(self, left: str, right: str, kind: str) -> NameVerdict:
        """Whether two names of a kind (`name_comparison.NAME_KINDS`) are of one bearer.

        Unsure where several listed actors share the names: which of them is meant only a text can tell.
        """
        mine, theirs = self.bearers(left, kind), self.bearers(right, kind)
        if mine and theirs:
            if not mine & theirs:
                return NameVerdict("different", ("the list of actors gives the names to different ones",))
            if len(mine | theirs) == 1:
                return NameVerdict("same", ("the list of actors gives both names to one",))
            return NameVerdict("unsure", ("several of the list of actors bear these names",))
        found = compare_names(left, right, kind)
        return NameVerdict("same" if found.same else "different", found.reasons)
