"""What can be asked of a store about the work of its coders. Invariant: plain frozen records, as in `questions`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from khabar.records import Assignment, Claim, Draft, Review

__all__ = ["AssignmentFilter", "ReviewFilter", "ReviewStore", "ReviewView"]


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """Which reviews: about one claim first proposed or one document, by one person; those of the base itself, or of the
    `coding` of that number. The last `limit` of them, where it is given.
    """

    target: str | None = None
    document: str | None = None
    user: str | None = None
    coding: int | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class AssignmentFilter:
    """Which assignments: by document, coder, task or batch; `done` true keeps the finished ones, false the others."""

    numbers: tuple[int, ...] = ()
    document: str | None = None
    user: str | None = None
    task: str | None = None
    batch: str | None = None
    done: bool | None = None


class ReviewView(Protocol):
    """The part of `View` about reviews, assignments, codings and drafts."""

    def reviews(self, where: ReviewFilter = ...) -> Iterator[Review]:
        """Reviews, undone ones and undoings too, in their order."""

    def standings(self, claims: Sequence[str]) -> dict[str, tuple[str, int]]:
        """Of those of these claims that are decided or wait: their standing (`khabar.standing`) and the number of the
        review it follows from.
        """

    def assignments(self, where: AssignmentFilter = ...) -> list[Assignment]:
        """Assignments in the order they were given."""

    def coding(self, assignment: int) -> tuple[Claim, ...]:
        """The claims of a finished coding; NotFoundError where there is none."""

    def drafts(self, document: str, user: str, coding: int | None = None) -> dict[str, Draft]:
        """What a coder typed and did not decide yet, by target."""


class ReviewStore(Protocol):
    """The part of `Store` about reviews, assignments, codings and drafts."""

    def add_review(self, review: Review, seen: int | None = None, under: Sequence[str] | None = None) -> Review:
        """Keep a review after all earlier ones, settle what stands in its document because of it, and drop the draft
        it was made from; gives it with its number and moment.

        `seen` is the number of the last review of the same target that the person knew of (0 for none): where there
        is a later one by now it is a ConflictError, and nothing is written. None asks for no such check. Of an undoing
        target and document are those of the review it undoes; NotFoundError where there is none of that number.
        `under` are the groups of a person who sees only a part of the base, None of one who sees all of it.
        """

    def add_assignments(self, given: Sequence[Assignment]) -> list[Assignment]:
        """Give documents to coders, all or none; gives the assignments with their numbers."""

    def finish_assignment(self, number: int, claims: Sequence[Claim] | None = None) -> None:
        """Mark an assignment done and, of a coding, keep its claims; NotFoundError where there is none."""

    def reopen_assignment(self, number: int) -> None:
        """Mark an assignment not done; the claims of its coding go, what was decided in it stays."""

    def save_draft(self, draft: Draft) -> None:
        """Keep what a coder typed, in place of what was kept for the same form."""

    def drop_draft(self, draft: Draft) -> None:
        """Forget what was kept for the form of a draft."""
