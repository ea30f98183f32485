"""What lies before a coder, brought from a base. Invariant: a blind coding shows nothing of what others decided."""

from __future__ import annotations

from itertools import combinations

from khabar.errors import NotFoundError
from khabar.records import Assignment, Claim
from khabar.review.agreement import SlotAgreement, agreement_of
from khabar.review.bench import Bench
from khabar.store.base import View
from khabar.store.questions import ClaimFilter
from khabar.store.review_questions import AssignmentFilter, ReviewFilter

__all__ = ["agreements_of", "assignment_of", "bench_of", "codings_of"]


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
            read = tuple({c.id: c for _, claims in codings_of(base, given) for c in claims}.values())
        elif given.sees_machine:
            read = tuple(base.claims(ClaimFilter(document=found.id, read=True)))
    return Bench(found, read, reviews, coding)


def codings_of(base: View, given: Assignment) -> list[tuple[str, tuple[Claim, ...]]]:
    """The finished codings of the document and batch of an assignment, by coder."""
    where = AssignmentFilter(document=given.document, batch=given.batch, task="coding", done=True)
    return [(one.user, base.coding(one.number)) for one in base.assignments(where)]


def agreements_of(base: View, batch: str, doubt: float) -> list[tuple[str, str, int, list[SlotAgreement]]]:
    """How far the coders of a batch agree, and how far each agrees with the machine: two names ("coders" of all pairs
    together, then each coder and "machine"), the number of reports, and the agreement value by value.
    """
    done = base.assignments(AssignmentFilter(batch=batch, task="coding", done=True))
    by_document: dict[str, dict[str, tuple[Claim, ...]]] = {}
    for one in done:
        by_document.setdefault(one.document, {})[one.user] = base.coding(one.number)
    pairs = [(a, b) for coded in by_document.values() for a, b in combinations(coded.values(), 2)]
    found = [("coders", "coders", len(pairs), agreement_of(pairs))] if pairs else []
    machine = {key: list(base.claims(ClaimFilter(document=key, read=True))) for key in by_document}
    for user in sorted({user for coded in by_document.values() for user in coded}):
        sides = [
            ([c for c in machine[key] if c.confidence >= doubt], coded[user])
            for key, coded in by_document.items()
            if user in coded
        ]
        found.append(("machine", user, len(sides), agreement_of(sides)))
    return found
