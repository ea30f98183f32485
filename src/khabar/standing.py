"""Which claims of a document stand, given what its last reading proposes and what people decided.

Invariant: a pure function of the claims read and the reviews; so to undo brings back exactly what was there, and a
later reading never undoes a decision. Three rules make it so:

* of the reviews of one claim the last that was not undone holds;
* what a review in force proposed or accepted is kept, also where no reading gives it any more;
* where a person decided and the last reading no longer gives that claim but another at the same place, the other one
  only waits: it is not coded until a person accepts it. What was there already when the person decided is not meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from khabar.records import Claim, Review

__all__ = [
    "ACCEPTED",
    "CODED",
    "CORRECTED",
    "OWN",
    "REJECTED",
    "WAITING",
    "Standing",
    "in_force",
    "overlap",
    "standing",
]

ACCEPTED, REJECTED, CORRECTED, OWN, WAITING = "accepted", "rejected", "corrected", "own", "waiting"
"""A proposal that was accepted as it is, was rejected, or was replaced; a claim in a person's own values; a proposal of
a later reading beside what a person decided.
"""

CODED = (ACCEPTED, OWN)
"""Standings in which a claim is coded whatever its confidence; in the others it is not coded, without any by it."""

_SHARED = 0.5  # of the shorter of two passages, from which on they are one place


@dataclass(frozen=True, slots=True)
class Standing:
    """`states`: of each claim that is decided or waits its standing, and the number of the review that it follows from;
    claims that are not named stand as the reading gives them. `kept`: the claims that must be there though the reading
    does not give them, by id, in the exchange shape.
    """

    states: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    kept: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def in_force(reviews: Iterable[Review]) -> dict[str, Review]:
    """Of each target the last review that was not undone."""
    every = sorted(reviews, key=lambda r: r.number)
    gone = undone(every)
    return {r.target: r for r in every if r.decision != "undo" and r.number not in gone}


def undone(reviews: Iterable[Review]) -> set[int]:
    """The numbers of the reviews that do not hold, undoings too. To undo an undoing restores what it undid."""
    gone: set[int] = set()
    for review in sorted(reviews, key=lambda r: -r.number):  # an undoing comes after what it undoes
        if review.undoes is not None and review.number not in gone:
            gone.add(review.undoes)
    return gone


def standing(read: Sequence[Claim], reviews: Iterable[Review]) -> Standing:
    """What stands in one document: `read` is what its last reading gives, `reviews` all that was decided about it."""
    held = sorted(in_force(reviews).values(), key=lambda r: r.number)
    given = {claim.id for claim in read}
    states: dict[str, tuple[str, int]] = {}
    kept: dict[str, Mapping[str, Any]] = {}
    for review in held:
        if review.proposed is not None:
            replaced = review.accepted is None or review.accepted["id"] != review.target
            state = REJECTED if review.accepted is None else CORRECTED if replaced else ACCEPTED
            states[review.target] = (state, review.number)
            kept[review.target] = review.proposed
    for review in held:
        if review.accepted is None:
            continue
        key = str(review.accepted["id"])
        if key not in states or (key != review.target and states[key][1] < review.number):
            states[key] = (OWN, review.number)
        kept[key] = review.accepted
    for claim in read:
        if claim.id not in states and (number := _answered(claim, held, given)) is not None:
            states[claim.id] = (WAITING, number)
    return Standing(states, {key: data for key, data in kept.items() if key not in given})


def _answered(claim: Claim, held: Sequence[Review], given: set[str]) -> int | None:
    """The number of the last review that already said what stands at the place of a claim; None where none did."""
    passage = claim.passages[0]
    for review in reversed(held):
        said = review.proposed or review.accepted
        if said is None or review.target in given or said["kind"] != claim.kind or claim.id in review.beside:
            continue
        first = said["evidence"][0]
        if overlap((passage.start, passage.end), (first["start"], first["end"])):
            return review.number
    return None


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches of a text are one place: half of the shorter one is shared."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0 and shared >= _SHARED * min(one[1] - one[0], other[1] - other[0])
