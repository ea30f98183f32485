"""Which named persons died in which event claim. Invariant: only persons whom a claim names as actors are looked for.

A person dies once, so two reports of the death of one person are two reports of one incident, however little else they
say. Used to compare claims; it makes no record of victims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from khabar.records import Claim, EventBody, Passage, Relation
from khabar.resolution.actors import Identities
from khabar.resolution.model import RelationFacts
from khabar.text import fold

__all__ = ["named_victims"]


def named_victims(
    claims: Sequence[Claim], relations: RelationFacts, identities: Identities
) -> dict[str, frozenset[str]]:
    """Ids of the persons killed in each event claim that names any, by claim id.

    A person counts who is the victim of a death that a claim states in an overlapping passage, or whose full name
    stands in the target of an event claim with one death.
    """
    deaths = _deaths(claims, relations, identities)
    full_names = _full_names(identities)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for claim in claims:
        body = claim.body
        if not isinstance(body, EventBody) or body.killed is None or not body.killed.best:
            continue
        for passage, person in deaths.get(claim.passages[0].document, ()):
            if _overlap(passage, claim.passages):
                found[claim.id].add(person)
        if body.killed.best == 1:
            for target in body.targets:
                found[claim.id] |= _named_in(target.text, full_names)
    return {claim: frozenset(persons) for claim, persons in found.items() if persons}


def _deaths(
    claims: Iterable[Claim], relations: RelationFacts, identities: Identities
) -> dict[str, list[tuple[Passage, str]]]:
    """Passages that state the death of a person, by document."""
    persons = {a.id for a in identities.actors if a.kind == "person"}
    found: defaultdict[str, list[tuple[Passage, str]]] = defaultdict(list)
    for claim in claims:
        body = claim.body
        if not isinstance(body, Relation) or claim.modality != "actual" or claim.stance == "denied":
            continue
        for types, role in ((relations.death_of_object, "object"), (relations.death_of_subject, "subject")):
            if body.type in types and (person := identities.actor_of.get((claim.id, role))) in persons:
                found[claim.passages[0].document].append((claim.passages[0], person))
    return found


def _full_names(identities: Identities) -> Mapping[tuple[str, str], set[tuple[str, str]]]:
    """Folded names of at least two words and their persons, by the first two words."""
    found: defaultdict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for actor in identities.actors:
        if actor.kind == "person":
            for name in actor.names:
                words = fold(name.text).split()
                if len(words) > 1:
                    found[words[0], words[1]].add((" ".join(words), actor.id))
    return found


def _named_in(text: str, full_names: Mapping[tuple[str, str], set[tuple[str, str]]]) -> set[str]:
    folded = f" {fold(text)} "
    start = (entry for words in pairwise(folded.split()) for entry in full_names.get(words, ()))
    return {person for name, person in start if f" {name} " in folded}


def _overlap(passage: Passage, others: Iterable[Passage]) -> bool:
    return any(p.start < passage.end and passage.start < p.end for p in others)
