"""What people decide about single claims. Invariant: a review is never changed; to undo is a review too.

Proposal and acceptance stand side by side as whole claims in the exchange shape, so that a claim which no later
reading gives any more can still be shown, and an undoing brings back exactly what was there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from khabar.records.documents import Passage
from khabar.records.vocabulary import REVIEW_ACTS, TASKS, need, one_of

__all__ = ["Assignment", "Draft", "Review"]


@dataclass(frozen=True, slots=True)
class Review:
    """One act of a person on a claim. `number` and `at` are the store's: 0 and empty until it is kept.

    `target` is the claim first proposed, and stays so through every later correction; of an added claim it is that
    claim. `coding` is the number of the assignment in whose own coding this was decided, None for the base itself.
    """

    target: str
    decision: str
    user: str
    proposed: Mapping[str, Any] | None = None
    accepted: Mapping[str, Any] | None = None
    note: str = ""
    evidence: tuple[tuple[str, Passage], ...] = ()
    beside: tuple[str, ...] = ()
    undoes: int | None = None
    coding: int | None = None
    number: int = 0
    at: str = ""

    def __post_init__(self) -> None:
        one_of(self.decision, REVIEW_ACTS, "review.decision")
        need(self.user and not self.user.startswith("rule:"), "a review is by a person")
        need((self.decision == "undo") == (self.undoes is not None), "to undo, and only to undo, names another review")
        if self.decision in ("accept", "correct", "reject"):
            need(self.proposed is not None, "a review keeps what was proposed")
        if self.decision in ("accept", "correct", "add"):
            need(self.accepted is not None, "a review keeps what was accepted")
        if self.decision in ("reject", "undo"):
            need(self.accepted is None, f"to {self.decision} accepts nothing")

    @property
    def document(self) -> str | None:
        """The document that it is about; None of an undoing, which has that of what it undoes."""
        said = self.proposed or self.accepted
        return str(said["document"]["id"]) if said is not None else None


@dataclass(frozen=True, slots=True)
class Assignment:
    """A document given to a coder. `number` and `at` are the store's.

    task: review (decide about the base's claims), coding (an own coding, which the other coders of the `batch` do not
    see), or adjudication (choose between the codings of a batch). `sees_machine` says whether the coding begins with
    the machine's claims. `done_at` is empty until the coder has finished.
    """

    document: str
    user: str
    task: str
    by: str
    batch: str = ""
    sees_machine: bool = True
    number: int = 0
    at: str = ""
    done_at: str = ""

    def __post_init__(self) -> None:
        one_of(self.task, TASKS, "assignment.task")
        need(self.user.strip(), "an assignment names its coder")
        need(self.task == "review" or self.batch, "a coding belongs to a batch")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a coder has typed and not decided yet: the values of one form, saved while they are typed.

    `target` is the claim the form is about, "new" for a claim that is missing; `coding` as of `Review`.
    """

    document: str
    target: str
    user: str
    values: Mapping[str, str]
    coding: int | None = None
    at: str = ""
