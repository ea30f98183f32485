"""What is put together from claims: actors, events, judgements, contradictions, decisions. Nothing is overwritten."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from khabar.records.measures import Interval
from khabar.records.vocabulary import ACTOR_KINDS, CONTRADICTION_KINDS, NAME_KINDS, VERDICTS, need, one_of

__all__ = [
    "Actor",
    "ActorName",
    "Contradiction",
    "Derived",
    "Event",
    "IndependentOrigin",
    "Judgement",
    "Reason",
    "Reconciliation",
    "Side",
    "Value",
]


@dataclass(frozen=True, slots=True)
class ActorName:
    """One name of an actor, with what kind of name it is and where it is known from."""

    text: str
    kind: str = "name"
    script: str = "Latn"
    source: str = ""

    def __post_init__(self) -> None:
        one_of(self.kind, NAME_KINDS, "actor name kind")


@dataclass(frozen=True, slots=True)
class Actor:
    """An organised group, agency, state or person of public record; `names[0]` is the name shown."""

    id: str
    kind: str
    names: tuple[ActorName, ...]
    parent: str | None = None
    country: str | None = None
    external_ids: tuple[tuple[str, str], ...] = ()
    valid: Interval = field(default_factory=Interval)

    def __post_init__(self) -> None:
        one_of(self.kind, ACTOR_KINDS, "actor.kind")
        need(self.names, f"actor {self.id} needs a name")


@dataclass(frozen=True, slots=True)
class IndependentOrigin:
    """One independent origin: who it is, the claims and reports that come from it, and why these are one."""

    name: str
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """One stated value of one field of an event, the claims that state it, and the names of its independent origins."""

    value: Any
    claims: tuple[str, ...]
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Derived:
    """The value shown for a field, and the named rule that chose it among the stated ones."""

    value: Any
    rule: str


@dataclass(frozen=True, slots=True)
class Event:
    """An incident assembled from claims: every stated value is kept, the shown one is derived by a named rule.

    Field names: type, when, places, targets, weapon, killed, injured, arrested, abducted, attackers_killed,
    modality, attributions. Values are plain JSON in the shape of the claim format. `origins` is how many independent
    origins `corroboration` has.
    """

    id: str
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    values: dict[str, tuple[Value, ...]]
    derived: dict[str, Derived]
    origins: int = 1
    unsure_with: tuple[str, ...] = ()
    corroboration: tuple[IndependentOrigin, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two things were (not) judged the same: a feature's name, what it adds to the score, and words for people."""

    feature: str
    score: float
    words: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """left and right (claim ids, or actor names) are the same, different, or unsure; by a rule or a user; why."""

    left: str
    right: str
    verdict: str
    by: str
    when: str
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        one_of(self.verdict, VERDICTS, "judgement.verdict")
        need(self.left != self.right, "a judgement is about two things")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a contradiction: what is said, by which claims."""

    says: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What may make the sides of a contradiction agree: the `name` of the reconciler, and the facts it found."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Claims that cannot all hold as they stand; `kind` is one of `CONTRADICTION_KINDS`.

    `subject` is the event id, actor id or relation key they are about; `reconcilers` say what would reconcile the
    sides, `note` what else there is to say.
    """

    id: str
    kind: str
    subject: str
    title: str
    sides: tuple[Side, ...]
    note: str = ""
    reconcilers: tuple[Reconciliation, ...] = ()

    def __post_init__(self) -> None:
        one_of(self.kind, CONTRADICTION_KINDS, "contradiction.kind")
