"""A base as somebody sees it who may not see all of it. Invariant: what is asked is answered from a projection alone,
and what is decided is kept in the whole base, with the claims it is about; the projection follows.

A decision or review is about claims, and claims have the same id in both; only the numbers of the journals differ, and
are translated. What machines write (documents, readings, lists) cannot be written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Never

from khabar.errors import ConflictError, NotFoundError, StoreError
from khabar.records import Assignment, Claim, Decision, Draft, Review
from khabar.store.base import Store
from khabar.store.chain import AuditLine
from khabar.store.projected import number_here, number_there
from khabar.store.questions import DocumentFilter
from khabar.store.sqlite import SqliteStore

__all__ = ["ClearedStore"]

_NOTHING: Mapping[str, Any] = {}


class ClearedStore(SqliteStore):
    """A projection of `whole` for people of these groups; `follow` copies what is new there."""

    def __init__(
        self, path: Path, whole: Store, groups: frozenset[str], follow: Callable[[ClearedStore], None]
    ) -> None:
        super().__init__(path)
        self._whole = whole
        self.groups = groups
        self._groups = tuple(sorted(groups))
        self._follow = follow
        self._logged = False  # the log of the whole base tells of hidden documents too

    # ---------------- what people decide

    def add_decision(self, decision: Decision, under: Sequence[str] | None = None) -> Decision:
        """Keep a decision in the whole base; gives it as it is seen here."""
        there = replace(decision, undoes=self._there("decision", decision.undoes))
        kept = self._whole.add_decision(there, self._groups if under is None else under)
        self._follow(self)
        here = self._here("decision", kept.number)
        return replace(kept, number=here, undoes=decision.undoes)

    def add_review(self, review: Review, seen: int | None = None, under: Sequence[str] | None = None) -> Review:
        """Keep a review in the whole base; gives it as it is seen here."""
        if review.document is not None:
            self._must_show([review.document])
        there = replace(
            review, undoes=self._there("review", review.undoes), coding=self._there("assignment", review.coding)
        )
        before = self._there("review", seen) if seen else seen
        try:
            kept = self._whole.add_review(there, before, self._groups if under is None else under)
        except ConflictError:
            self._follow(self)
            raise ConflictError(
                f"Claim {review.target[:12]} was decided by somebody meanwhile.",
                "Look at what stands now, and decide again.",
            ) from None
        self._follow(self)
        here = self._here("review", kept.number)
        return replace(kept, number=here, undoes=review.undoes, coding=review.coding)

    def add_assignments(self, given: Sequence[Assignment]) -> list[Assignment]:
        """Give visible documents to coders."""
        self._must_show([one.document for one in given])
        kept = self._whole.add_assignments(given)
        self._follow(self)
        return [replace(one, number=self._here("assignment", one.number)) for one in kept]

    def finish_assignment(self, number: int, claims: Sequence[Claim] | None = None) -> None:
        """Mark an assignment done."""
        self._whole.finish_assignment(self._number("assignment", number), claims)
        self._follow(self)

    def reopen_assignment(self, number: int) -> None:
        """Mark an assignment not done."""
        self._whole.reopen_assignment(self._number("assignment", number))
        self._follow(self)

    def restrict(self, documents: Sequence[str], groups: Sequence[str], by: str) -> None:
        """Let only these groups see visible documents."""
        self._must_show(documents)
        self._whole.restrict(documents, groups, by)  # the next question is answered from another projection

    # ---------------- drafts stay in the whole base: they are nobody's but their author's

    def drafts(self, document: str, user: str, coding: int | None = None) -> dict[str, Draft]:
        """What a coder typed and did not decide yet, by target."""
        self._must_show([document])
        found = self._whole.drafts(document, user, self._there("assignment", coding))
        return {target: replace(draft, coding=coding) for target, draft in found.items()}

    def save_draft(self, draft: Draft) -> None:
        """Keep what a coder typed."""
        self._must_show([draft.document])
        self._whole.save_draft(replace(draft, coding=self._there("assignment", draft.coding)))

    def drop_draft(self, draft: Draft) -> None:
        """Forget what was kept for the form of a draft."""
        self._whole.drop_draft(replace(draft, coding=self._there("assignment", draft.coding)))

    # ---------------- what is said of work on the base

    def append_audit(self, by: str, act: str, subject: str = "", details: Mapping[str, Any] = _NOTHING) -> AuditLine:
        """Write that somebody did something into the log of the whole base."""
        return self._whole.append_audit(by, act, subject, details)

    def begin_run(self, command: str, by: str = "") -> int:
        """Log a command in the whole base."""
        return self._whole.begin_run(command, by)

    def end_run(self, run: int, counts: Mapping[str, int], by: str = "") -> None:
        """Log the end of a command in the whole base."""
        self._whole.end_run(run, counts, by)

    # ---------------- what only the whole base can be given

    def _refused(self, *_args: object, **_more: object) -> Never:
        raise StoreError("This is a part of a base.", "Add documents and lists to the whole of it.")

    add_document = save_claims = save_failure = add_problem = clear_problems = _refused
    add_reference = forget_reference = _refused

    # ---------------- numbers

    def _there(self, journal: str, here: int | None) -> int | None:
        return None if here is None else self._number(journal, here)

    def _number(self, journal: str, here: int) -> int:
        there = number_there(self, journal, here)
        if there is None:
            raise NotFoundError(f"There is no {journal} {here}.", "The list shows them with their numbers.")
        return there

    def _here(self, journal: str, there: int) -> int:
        here = number_here(self, journal, there)
        if here is None:
            raise NotFoundError(f"This {journal} is kept, but cannot be seen here.", "Ask who may see the whole base.")
        return here

    def _must_show(self, documents: Iterable[str]) -> None:
        wanted = tuple(dict.fromkeys(documents))
        there = {document.id for document in self.document_list(DocumentFilter(ids=wanted))} if wanted else set()
        for key in wanted:
            if key not in there:
                raise NotFoundError(f"There is no document {key[:12]}.", "The list of documents shows them.")
