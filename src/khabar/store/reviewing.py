"""The work of coders in SQL: reviews, assignments, codings, drafts. Invariant: one transaction a call; reviews are only
ever added; nothing is written for somebody who did not know of the latest review of the same claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from khabar.errors import ConflictError, NotFoundError, StoreError
from khabar.exchange import claim_as_kept, claim_from_json
from khabar.records import Assignment, Claim, Draft, Review
from khabar.store.auditing import logged, logged_review
from khabar.store.conditions import claim_conditions
from khabar.store.lookup import number_held
from khabar.store.questions import ClaimFilter
from khabar.store.restricting import cleared
from khabar.store.review_questions import AssignmentFilter, ReviewFilter
from khabar.store.rows import now
from khabar.store.schema import assignments, claims, codings, documents, drafts, reviews, standing, state
from khabar.store.settle import review_from_row, settle
from khabar.store.sql import SqlSource
from khabar.store.state_rows import mark_changed, next_in

__all__ = ["SqlReviewView", "SqlReviewWriter"]

_MANY = 1000  # ids in one question
_EVERY_REVIEW = ReviewFilter()
_EVERY_ASSIGNMENT = AssignmentFilter()


class SqlReviewView(SqlSource):
    """`khabar.store.review_questions.ReviewView` over SQLAlchemy Core."""

    def reviews(self, where: ReviewFilter = _EVERY_REVIEW) -> Iterator[Review]:
        """Reviews, undone ones and undoings too, in their order."""
        r = reviews.c
        question = select(reviews).where(*_review_conditions(where))
        if where.limit is not None:
            last = question.with_only_columns(r.number).order_by(r.number.desc()).limit(where.limit)
            question = select(reviews).where(r.number.in_(last))
        for row in self._rows(question.order_by(r.number)):
            yield review_from_row(row)

    def standings(self, claims: Sequence[str]) -> dict[str, tuple[str, int]]:
        """Of those of these claims that are decided or wait: their standing and the review it follows from."""
        found: dict[str, tuple[str, int]] = {}
        for start in range(0, len(claims), _MANY):
            asked = select(standing).where(standing.c.claim.in_(claims[start : start + _MANY]))
            found |= {row.claim: (row.state, row.review) for row in self._rows(asked)}
        return found

    def assignments(self, where: AssignmentFilter = _EVERY_ASSIGNMENT) -> list[Assignment]:
        """Assignments in the order they were given."""
        a = assignments.c
        pairs = ((a.document, where.document), (a.user, where.user), (a.task, where.task), (a.batch, where.batch))
        found: list[ColumnElement[bool]] = [column == value for column, value in pairs if value is not None]
        if where.numbers:
            found.append(a.number.in_(list(map(number_held, where.numbers))))
        if where.done is not None:
            found.append(a.done_at != "" if where.done else a.done_at == "")
        rows = self._rows(select(assignments).where(*found).order_by(a.number))
        return [Assignment(**row._mapping) for row in rows]  # noqa: SLF001 (the columns are the fields)

    def coding(self, assignment: int) -> tuple[Claim, ...]:
        """The claims of a finished coding."""
        for row in self._rows(select(codings.c.claims).where(codings.c.assignment == assignment)):
            return tuple(map(claim_from_json, row.claims))
        raise NotFoundError(f"Coding {assignment} is not finished.", "Its coder finishes it at the reading desk.")

    def drafts(self, document: str, user: str, coding: int | None = None) -> dict[str, Draft]:
        """What a coder typed and did not decide yet, by target."""
        asked = select(drafts).where(*_form(document, user, coding)).order_by(drafts.c.number)
        found = (Draft(r.document, r.target, r.user, r.data, r.coding, r.at) for r in self._rows(asked))
        return {draft.target: draft for draft in found}


class SqlReviewWriter(SqlSource):
    """`khabar.store.review_questions.ReviewStore` over SQLAlchemy Core; every method is described there."""

    def add_review(self, review: Review, seen: int | None = None, under: Sequence[str] | None = None) -> Review:
        """Keep a review after all earlier ones, and settle what stands because of it."""
        r = reviews.c
        with self._writing(lasting=True) as connection:
            target, document = _about(connection, review)
            same = r.coding.is_not_distinct_from(review.coding)
            last = connection.execute(select(func.max(r.number)).where(r.target == target, same)).scalar() or 0
            if seen is not None and last != seen:
                who = connection.execute(select(r.user).where(r.number == last)).scalar()
                raise ConflictError(
                    f"Claim {target[:12]} was decided by {who} meanwhile (review {last}).",
                    "Look at what stands now, and decide again.",
                )
            line = next_in(connection, reviews)
            kept = replace(review, target=target, **line)
            connection.execute(insert(reviews), {**_review_row(kept), **line, "document": document})
            if review.coding is None:
                _settle_and_say(connection, document)
            for form in {target, "new"} if review.decision == "add" else {target}:
                _drop(connection, Draft(document, form, review.user, {}, review.coding))
            cleared(connection, "review", kept.number, under)
            logged_review(connection, connection.execute(select(reviews).where(r.number == kept.number)).one(), under)
        return kept

    def add_assignments(self, given: Sequence[Assignment]) -> list[Assignment]:
        """Give documents to coders, all or none."""
        kept = []
        names = ("document", "user", "task", "batch", "sees_machine", "by", "done_at")
        with self._writing() as connection:
            for one in given:
                row = {**{name: getattr(one, name) for name in names}, "at": now()}
                if connection.execute(select(documents.c.id).where(documents.c.id == one.document)).first() is None:
                    raise StoreError(f"Document {one.document[:12]} is not in the store.", "Add it first.")
                added = connection.execute(insert(assignments), row)
                key: tuple[int] = added.inserted_primary_key or (0,)
                kept.append(replace(one, number=key[0], at=row["at"]))
            for one in kept:
                details = {"document": one.document, "task": one.task, "batch": one.batch, "user": one.user}
                logged(connection, one.by, "assign", f"assignment {one.number}", details)
        return kept

    def finish_assignment(self, number: int, claims: Sequence[Claim] | None = None) -> None:
        """Mark an assignment done and, of a coding, keep its claims."""
        with self._writing(lasting=True) as connection:
            user = _mark(connection, number, now())
            connection.execute(delete(codings).where(codings.c.assignment == number))
            if claims is not None:
                row = {"assignment": number, "claims": [claim_as_kept(claim) for claim in claims]}
                connection.execute(insert(codings), row)
            details = {"claims": [claim.id for claim in claims]} if claims is not None else {}
            logged(connection, user, "finish", f"assignment {number}", details)

    def reopen_assignment(self, number: int) -> None:
        """Mark an assignment not done; the claims of its coding go."""
        with self._writing() as connection:
            _mark(connection, number, "")
            connection.execute(delete(codings).where(codings.c.assignment == number))
            logged(connection, "", "reopen", f"assignment {number}", {})

    def save_draft(self, draft: Draft) -> None:
        """Keep what a coder typed, in place of what was kept for the same form."""
        names = ("document", "target", "user", "coding")
        with self._writing() as connection:
            _drop(connection, draft)
            row = {**{name: getattr(draft, name) for name in names}, "data": dict(draft.values), "at": now()}
            connection.execute(insert(drafts), row)

    def drop_draft(self, draft: Draft) -> None:
        """Forget what was kept for the form of a draft."""
        with self._writing() as connection:
            _drop(connection, draft)


def _review_conditions(where: ReviewFilter) -> list[ColumnElement[bool]]:
    r = reviews.c
    pairs = ((r.target, where.target), (r.document, where.document), (r.user, where.user))
    found: list[ColumnElement[bool]] = [column == value for column, value in pairs if value is not None]
    return [*found, r.coding.is_not_distinct_from(where.coding)]


def _review_row(review: Review) -> dict[str, Any]:
    plain = ("target", "coding", "decision", "undoes", "user", "at", "note")
    return {
        **{name: getattr(review, name) for name in plain},
        "proposed": review.proposed,
        "accepted": review.accepted,
        "evidence": [[slot, p.start, p.end, p.quote] for slot, p in review.evidence],
        "beside": list(review.beside),
    }


def _about(connection: Connection, review: Review) -> tuple[str, str]:
    """Target and document of a review."""
    if review.document is not None:
        return review.target, review.document
    r = reviews.c
    same = r.coding.is_not_distinct_from(review.coding)
    asked = r.number == number_held(review.undoes), same
    row = connection.execute(select(r.target, r.document).where(*asked)).first()
    if row is None:
        raise NotFoundError(
            f"There is no review {review.undoes}.", "`khabar review list` shows them with their numbers."
        )
    return row.target, row.document


def _settle_and_say(connection: Connection, document: str) -> None:
    """Settle a document; incidents are out of date only where other claims are coded than before."""
    doubt = connection.execute(select(state.c.value).where(state.c.name == "doubt")).scalar()
    before = _coded(connection, document, doubt)
    settle(connection, document)
    if before is None or before != _coded(connection, document, doubt):
        mark_changed(connection)


def _coded(connection: Connection, document: str, doubt: str | None) -> set[str] | None:
    if doubt is None:
        return None
    where = ClaimFilter(document=document, coded=float(doubt))
    return set(connection.execute(select(claims.c.id).where(*claim_conditions(where))).scalars())


def _mark(connection: Connection, number: int, moment: str) -> str:
    """Write when an assignment was done; gives whose it is."""
    changed = connection.execute(update(assignments).where(assignments.c.number == number).values(done_at=moment))
    if changed.rowcount == 0:
        raise NotFoundError(f"There is no assignment {number}.", "`khabar review assignments` lists them.")
    user: str = connection.execute(select(assignments.c.user).where(assignments.c.number == number)).scalar_one()
    return user


def _form(document: str, user: str, coding: int | None) -> list[ColumnElement[bool]]:
    d = drafts.c
    return [d.document == document, d.user == user, d.coding.is_not_distinct_from(coding)]


def _drop(connection: Connection, draft: Draft) -> None:
    form = _form(draft.document, draft.user, draft.coding)
    connection.execute(delete(drafts).where(*form, drafts.c.target == draft.target))
