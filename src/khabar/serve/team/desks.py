"""The desk of a coder. Invariant: a coder takes back what is their own and nobody else's; a reviewer's desk has no such
bounds. That a coding is its coder's alone is checked for everybody, where codings are opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from starlette.exceptions import HTTPException

from khabar.codebook.model import Codebook
from khabar.export.decisions import Entry
from khabar.records import ActorRef, Asked, Assignment, Claim, Decision, Draft, Place, Review
from khabar.resolution.decisions import not_undone
from khabar.review.acts import Act
from khabar.review.bench import Bench
from khabar.serve.seat import Desk
from khabar.store.base import View
from khabar.store.review_questions import AssignmentFilter, ReviewFilter

__all__ = ["CoderDesk"]


@dataclass(frozen=True)
class CoderDesk:
    """The desk of `user`, who codes; `desk` is the whole one."""

    desk: Desk
    base: View
    user: str

    def decide(self, asked: Asked) -> Decision:
        """Keep a decision; an undoing is of an own one, the last where none is named."""
        if asked.act == "undo":
            every = list(self.base.decisions())
            own = [str(d.number) for d in every if d.by == self.user]
            if not asked.keys:
                standing = [str(d.number) for d in not_undone(every) if d.by == self.user]
                asked = replace(asked, keys=tuple(standing[-1:]))
            if not asked.keys or not set(asked.keys) <= set(own):
                raise HTTPException(403, "A coder takes back own decisions; ask a reviewer to take back this one.")
        return self.desk.decide(asked)

    def take_back(self, user: str, number: int | None = None, where: ReviewFilter | None = None) -> Review:
        """Undo an own review."""
        if number is not None:
            coding = where.coding if where is not None else None
            own = self.base.reviews(ReviewFilter(coding=coding, user=self.user))
            if number not in {review.number for review in own}:
                raise HTTPException(403, "A coder takes back own decisions; ask a reviewer to take back this one.")
        return self.desk.take_back(user, number, where)

    def restrict(self, document: str, groups: Sequence[str], user: str) -> None:  # noqa: ARG002 (as a desk has it)
        """Who may see a document is a reviewer's to say."""
        raise HTTPException(403, "Who may see a report is for a reviewer to say.")

    def finish(self, number: int, user: str) -> Sequence[Claim]:
        """Finish an own coding or review; to settle differences is a reviewer's."""
        given = self.base.assignments(AssignmentFilter(numbers=(number,)))
        if given and given[0].task == "adjudication":
            raise HTTPException(403, "Differences are settled by a reviewer.")
        return self.desk.finish(number, user)

    def assign(self, given: Sequence[Assignment]) -> list[Assignment]:  # noqa: ARG002
        """Refused: a reviewer gives out work."""
        raise HTTPException(403, "A reviewer gives documents to coders.")

    def adjudicate(self, document: str, batch: str, user: str) -> Assignment:  # noqa: ARG002
        """Refused: a reviewer settles differences."""
        raise HTTPException(403, "Differences are settled by a reviewer.")

    def journal(self) -> list[Entry]:
        """As the whole desk."""
        return self.desk.journal()

    def book(self) -> Codebook:
        """As the whole desk."""
        return self.desk.book()

    def bench(self, document: str, coding: int | None = None) -> Bench:
        """As the whole desk."""
        return self.desk.bench(document, coding)

    def keep(self, bench: Bench, acts: Sequence[Act]) -> list[Review]:
        """As the whole desk."""
        return self.desk.keep(bench, acts)

    def save_draft(self, draft: Draft) -> None:
        """As the whole desk."""
        self.desk.save_draft(draft)

    def places(self, text: str) -> list[Place]:
        """As the whole desk."""
        return self.desk.places(text)

    def actors(self, text: str) -> list[ActorRef]:
        """As the whole desk."""
        return self.desk.actors(text)

    def sample(self, every: int, keys: Sequence[str] = ()) -> list[str]:
        """As the whole desk."""
        return self.desk.sample(every, keys)
