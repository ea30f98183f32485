"""A codebook as data. Invariant: code names no event type or relation type; everything it knows about them is here.

The YAML form is described in `docs/codebook.md`; `load` makes these records from it and `check` finds what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Codebook", "EventType", "RelationType"]


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event: what it is, what counts, which words report it, and how other codebooks call it."""

    id: str
    label: str
    definition: str
    parent: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    violent: bool = True
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RelationType:
    """One type of tie between two actors, with its direction and the wording that reports it."""

    id: str
    label: str
    definition: str
    direction: str
    symmetric: bool = False


@dataclass(frozen=True, slots=True)
class Codebook:
    """A named, versioned set of event and relation types and of the words that carry stance and modality."""

    id: str
    version: str
    title: str
    events: Mapping[str, EventType]
    relations: Mapping[str, RelationType]

    @property
    def key(self) -> str:
        """Name and version as recorded in every claim: `political-violence@1`."""
        return f"{self.id}@{self.version}"
