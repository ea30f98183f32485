"""What lies before a coder: a document, the claims proposed for it, and what was decided about them.

Invariant: an entry is one proposal or one added claim, under the same target through all corrections of it; what stands
is worked out by `khabar.standing` alone. The base and every coding have benches of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from khabar.exchange import claim_from_json
from khabar.records import Claim, Document, Review
from khabar.standing import ACCEPTED, CORRECTED, OWN, REJECTED, WAITING, in_force, standing, undone

__all__ = ["PLAIN", "Bench", "Entry", "coded_of", "entries_of", "last_undoable"]

PLAIN = "proposed"
"""The state of an entry that nobody decided on."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A document before a coder: `read` is what is proposed for it, `reviews` all that was decided there; `coding` is
    the number of the assignment, None for the base.
    """

    document: Document
    read: tuple[Claim, ...] = ()
    reviews: tuple[Review, ...] = ()
    coding: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to decide about. `claim` is what stands (of a rejected one what was proposed), `proposal` what was
    first proposed (of an added claim what was first added), `state` PLAIN or a state of `khabar.standing`, `version`
    the number of the last review of it, undone or not, and `review` the one that holds.
    """

    target: str
    claim: Claim
    proposal: Claim
    state: str = PLAIN
    review: Review | None = None
    version: int = 0
    history: tuple[Review, ...] = field(default=())

    @property
    def decided(self) -> bool:
        """Whether a person decided about it."""
        return self.state not in (PLAIN, WAITING)


def entries_of(bench: Bench) -> list[Entry]:
    """What there is to decide, and what was decided, in the order of the text."""
    held = in_force(bench.reviews)
    states = standing(bench.read, bench.reviews).states
    history: dict[str, list[Review]] = {}
    for review in bench.reviews:
        history.setdefault(review.target, []).append(review)
    found = [_decided(review, history[target]) for target, review in held.items()]
    there = {entry.target for entry in found} | {entry.claim.id for entry in found if entry.state in (CORRECTED, OWN)}
    for claim in bench.read:
        if claim.id not in there:
            state = WAITING if states.get(claim.id, ("", 0))[0] == WAITING else PLAIN
            past = history.get(claim.id, [])
            version = max((r.number for r in past), default=0)
            found.append(Entry(claim.id, claim, claim, state, None, version, tuple(past)))
    return sorted(found, key=lambda e: (e.claim.passages[0].start, e.claim.passages[0].end, e.target))


def _decided(review: Review, past: Sequence[Review]) -> Entry:
    first = review.proposed if review.proposed is not None else review.accepted
    proposal = claim_from_json(first or {})
    claim = claim_from_json(review.accepted) if review.accepted is not None else proposal
    if review.accepted is None:
        state = REJECTED
    elif review.proposed is None:
        state = OWN
    else:
        state = ACCEPTED if claim.id == review.target else CORRECTED
    version = max(r.number for r in past)
    return Entry(review.target, claim, proposal, state, review, version, tuple(past))


def coded_of(bench: Bench, doubt: float) -> list[Claim]:
    """The claims that stand: those accepted, corrected or added, and of the others those sure enough."""
    found = {}
    for entry in entries_of(bench):
        if entry.state in (ACCEPTED, CORRECTED, OWN) or (entry.state == PLAIN and entry.claim.confidence >= doubt):
            found[entry.claim.id] = entry.claim
    return list(found.values())


def last_undoable(reviews: Iterable[Review], user: str) -> Review | None:
    """The last review of a person that still holds, of whatever target; None where there is none."""
    every = sorted(reviews, key=lambda r: r.number)
    gone = undone(every)
    mine = [r for r in every if r.decision != "undo" and r.number not in gone and r.user == user]
    return mine[-1] if mine else None
