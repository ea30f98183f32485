"""Which names of actors somebody may see. Invariant: those that a visible claim says, and those of the list that comes
with the program; a decision about any other name is not shown, because the name itself would tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from khabar.exchange import claim_from_json
from khabar.reading.actors import actors_by_id
from khabar.resolution.references import references
from khabar.store.projecting import Sight
from khabar.text import fold

__all__ = ["sight_of"]


def sight_of(groups: frozenset[str]) -> Sight:
    """What people of these groups may see."""
    return Sight(groups, _names_in, _listed(), fold)


def _names_in(data: Mapping[str, Any]) -> Iterator[str]:
    """The names of actors that a claim says, folded."""
    for _role, ref in references(claim_from_json(data)):
        yield from (fold(name) for name in (ref.text, ref.name, ref.id) if name)


@cache
def _listed() -> frozenset[str]:
    every = actors_by_id().values()
    return frozenset({*(fold(a.id) for a in every), *(fold(name.text) for a in every for name in a.names)})
