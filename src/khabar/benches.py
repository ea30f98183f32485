"""What lies before a coder, brought from a base. Invariant: a blind coding shows nothing of what others decided."""

from __future__ import annotations

from khabar.errors import NotFoundError
from khabar.records import Assignment, Claim
from khabar.review.bench import Bench
from khabar.store.base import View
from khabar.store.questions import ClaimFilter
from khabar.store.review_questions import AssignmentFilter, ReviewFilter

__all__ = ["assignment_of", "bench_of"]


def assignment_of(base: View, number: int) -> Assignment:
    """The assignment of a number; NotFoundError where there is none."""
    found = base.assignments(AssignmentFilter(numbers=(number,)))
    if not found:
        raise NotFoundError(f"There is no assignment {number}.", "`khabar review assignments` lists them.")
    return found[0]


def bench_of(base: View, document: str, coding: int | None = None) -> Bench:
    """What lies before a coder: of the base, or of a coding, which sees of the base what its assignment says."""
    found = base.document(document)
    reviews = tuple(base.reviews(ReviewFilter(document=found.id, coding=coding)))
    read: tuple[Claim, ...] = ()
    if coding is None:
        read = tuple(base.claims(ClaimFilter(document=found.id, read=True)))
    else:
        given = assignment_of(base, coding)
        if given.document != found.id:
            raise NotFoundError(f"Assignment {coding} is not about {found.id[:12]}.", "Open it from the queue.")
        if given.task == "adjudication":
            read = _of_codings(base, given)
        elif given.sees_machine:
            read = tuple(base.claims(ClaimFilter(document=found.id, read=True)))
    return Bench(found, read, reviews, coding)


def _of_codings(base: View, given: Assignment) -> tuple[Claim, ...]:
    """The claims of all finished codings of a batch of the document, each once."""
    codings = base.assignments(AssignmentFilter(document=given.document, batch=given.batch, task="coding", done=True))
    return tuple({claim.id: claim for one in codings for claim in base.coding(one.number)}.values())
