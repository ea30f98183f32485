"""What resolution takes and gives. Invariant: `Resolution` is a pure function of a `Corpus` and the users' judgements.

Nothing here knows an event type: what resolution must know of the codebook comes in as `TypeFacts` and `RelationFacts`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from khabar.records import Actor, Claim, Contradiction, Event, Interval, Judgement
from khabar.settings import RULE

__all__ = ["RULE_PREFIX", "Corpus", "DocumentFacts", "Link", "RelationFacts", "Resolution", "TypeFacts", "is_rule"]

RULE_PREFIX = "rule:"
"""`Judgement.by` of every judgement made by the machine starts with this; all others are decisions of people."""


def is_rule(judgement: Judgement) -> bool:
    """True for a judgement made by a rule, which is made anew in every run; False for a person's decision."""
    return judgement.by.startswith(RULE_PREFIX)


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What resolution needs of a document. `publisher` None means unknown, and then the document is its own origin.

    `credits` are the agencies whose work it says it is (`khabar.resolution.origins.credits`).
    """

    id: str
    file: str = ""
    external_id: str | None = None
    publisher: str | None = None
    published: Interval = field(default_factory=Interval)
    title: str | None = None
    credits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeFacts:
    """The codebook's event types as resolution sees them.

    `parents` gives each type's parent (None for a root); `violent` the types in which somebody attacks or is
    attacked, as against arrests, protests and other doings; `general` the types that only say that something happened
    ("attack", "other"), which are compatible with any type; `state_actions` what states do (arrests, raids, strikes);
    `mutual` those in which two sides fight each other. A type that is not in `parents` is a root.
    """

    parents: Mapping[str, str | None] = field(default_factory=dict)
    violent: frozenset[str] = frozenset()
    general: frozenset[str] = frozenset()
    state_actions: frozenset[str] = frozenset()
    mutual: frozenset[str] = frozenset()

    def lineage(self, type_: str) -> tuple[str, ...]:
        """The type, its parent, and so on up to the root; a circle in `parents` ends the walk."""
        walk: list[str] = []
        step: str | None = type_
        while step is not None and step not in walk:
            walk.append(step)
            step = self.parents.get(step)
        return tuple(walk)


@dataclass(frozen=True, slots=True)
class RelationFacts:
    """The relation types of the claim format by what they mean for identity and contradiction.

    `joining`: somebody becomes part of a group, in whatever words. `once`: a thing that happens on one date.
    `death_of_object` and `death_of_subject`: who dies. `office`: one holder at a time, subject holds office in object.
    `succession`: the object took over from the subject. `alias`: two names of one actor. `within`: subject is a part
    of object. `binding`: subject submits to object and to no other at a time; `separation`: subject left object;
    `alliance`: they act together. `words` says a type in a title. Defaults are the types of `docs/claims.md`.
    """

    alias: frozenset[str] = frozenset({"alias_of"})
    within: frozenset[str] = frozenset({"part_of"})
    joining: frozenset[str] = frozenset({"member_of", "pledged_allegiance", "affiliated_with"})
    once: frozenset[str] = frozenset(
        {"pledged_allegiance", "split_from", "merged_into", "founded", "designated_by", "opens_branch", "replaced_by"}
    )
    death_of_object: frozenset[str] = frozenset({"killed"})
    death_of_subject: frozenset[str] = frozenset({"killed_in"})
    office: frozenset[str] = frozenset({"leads"})
    succession: frozenset[str] = frozenset({"replaced_by"})
    binding: frozenset[str] = frozenset({"pledged_allegiance", "merged_into"})
    separation: frozenset[str] = frozenset({"split_from"})
    alliance: frozenset[str] = frozenset({"allied_with"})
    words: Mapping[str, str] = field(
        default_factory=lambda: {
            "split_from": "split from",
            "merged_into": "merged into",
            "founded": "founded",
            "designated_by": "was designated by",
            "opens_branch": "opened the branch",
            "replaced_by": "was replaced by",
        }
    )


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything resolution reads. `copies` are sets of document ids with near-identical text; `known` the actors of
    the dictionary by id. A document that is missing from `documents` counts as one without publisher and date.
    `rule` names how one of several stated values is chosen to be shown (`khabar.resolution.values.rules`).
    """

    claims: Sequence[Claim]
    documents: Mapping[str, DocumentFacts] = field(default_factory=dict)
    copies: Sequence[frozenset[str]] = ()
    known: Mapping[str, Actor] = field(default_factory=dict)
    types: TypeFacts = field(default_factory=TypeFacts)
    relations: RelationFacts = field(default_factory=RelationFacts)
    rule: str = RULE

    def document(self, id_: str) -> DocumentFacts:
        """The facts of a document, or bare ones for an id nobody described."""
        return self.documents.get(id_) or DocumentFacts(id_)


class Link(NamedTuple):
    """The place of one actor in one claim.

    `role` is subject, object, actor, speaker, attribution:N or about:N, N counting from 0 in the order of the claim.
    """

    claim: str
    role: str
    actor: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who is who, what happened, and what cannot all be true; sorted, so that equal input gives equal output."""

    actors: tuple[Actor, ...] = ()
    links: tuple[Link, ...] = ()
    events: tuple[Event, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
