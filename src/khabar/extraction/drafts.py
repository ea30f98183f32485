"""An incident while it is being put together. Invariant: every value keeps the reading offsets it was taken from."""

from __future__ import annotations

from dataclasses import dataclass, field

from khabar.extraction.indexed import Span
from khabar.extraction.units import Unit
from khabar.records import Count, Place, Speaker, Target, Weapon, When

__all__ = ["DraftAttribution", "EventDraft", "Responsibility", "Sited"]


@dataclass(frozen=True, slots=True)
class Sited:
    """A place with the reading offsets of its words; `inherited` where another sentence or a heading gave it."""

    place: Place
    span: Span
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class DraftAttribution:
    """Who is said to have done it; `span` is None for an actor understood from another sentence of the evidence."""

    text: str
    name: str
    id: str | None
    kind: str
    stance: str
    span: Span
    role: str = "perpetrator"
    by: str | None = None
    channel: str | None = None


@dataclass(slots=True)
class EventDraft:
    """What is known so far of an incident. `evidence` are reading spans, the first one the report itself,
    `support` the spans of values inherited from elsewhere. `stated`: a toll is given as a number; `varies`: the report
    repeats another but for its toll; `when_said`: the date is that of somebody's saying so; `counted_on`: the span
    of a day on which the dead were counted.
    """

    units: list[Unit]
    evidence: list[Span]
    type: str
    subtype: str | None = None
    unspecific: bool = False
    aggregate: int | None = None
    modality: str = "actual"
    stance: str = "asserted"
    speaker: Speaker | None = None
    when: When = field(default_factory=When)
    when_span: Span | None = None
    when_inherited: bool = False
    when_said: bool = False
    counted_on: Span | None = None
    places: list[Sited] = field(default_factory=list)
    attributions: list[DraftAttribution] = field(default_factory=list)
    targets: list[tuple[Target, Span]] = field(default_factory=list)
    weapon: tuple[Weapon, Span] | None = None
    tolls: dict[str, tuple[Count, Span]] = field(default_factory=dict)
    support: list[Span] = field(default_factory=list)
    state_action: bool = False
    heading: bool = False
    varies: bool = False
    stated: bool = False

    @property
    def unit(self) -> Unit:
        """The unit that first told of the incident."""
        return self.units[0]

    @property
    def sentence(self) -> int:
        """Number of the sentence that first told of it."""
        return self.units[0].line.index

    @property
    def last_sentence(self) -> int:
        """Number of the last sentence that told of it."""
        return self.units[-1].line.index


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Actors with a stance, and the token of the event noun they are said to have to do with, if one is named; `also`
    are further event nouns ("for the assault and for a bombing"); `two` where it is about both, or neither, of two;
    `lone` where it names a "he" who must have done it alone.
    """

    attributions: tuple[DraftAttribution, ...]
    event: int | None
    plural: bool
    span: Span
    verb: int
    pronoun: bool = False
    also: tuple[int, ...] = ()
    two: bool = False
    lone: bool = False
