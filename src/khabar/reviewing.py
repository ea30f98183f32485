"""Coders at work on a base: from what was asked to a review that is kept, and a base put together anew where needed.

Invariant: whatever is decided goes through the journal of reviews; the incidents are made anew only where other claims
are coded than before, so that to accept what was coded already costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from khabar.codebook.load import DEFAULT, load_codebook
from khabar.codebook.model import Codebook
from khabar.coding import Progress, silent
from khabar.errors import NotFoundError, SettingsError
from khabar.pipeline import resolve_base
from khabar.records import Assignment, Claim, Review
from khabar.review.acts import Act, review_of
from khabar.review.bench import Bench, coded_of, last_undoable
from khabar.settings import Settings
from khabar.store.base import Store, View
from khabar.store.questions import ClaimFilter
from khabar.store.review_questions import AssignmentFilter, ReviewFilter

__all__ = ["assignment_of", "bench_of", "book_of", "finish", "keep", "renew", "take_back"]


def book_of(settings: Settings) -> Codebook:
    """The codebook that coders work with."""
    return load_codebook(settings.codebook or DEFAULT)


def assignment_of(base: View, number: int) -> Assignment:
    """The assignment of a number; NotFoundError where there is none."""
    found = base.assignments(AssignmentFilter(numbers=(number,)))
    if not found:
        raise NotFoundError(f"There is no assignment {number}.", "`khabar review assignments` lists them.")
    return found[0]


def bench_of(base: View, document: str, coding: int | None = None) -> Bench:
    """What lies before a coder: of the base, or of a coding, which sees no more of the base than its assignment says."""
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


def keep(base: Store, bench: Bench, act: Act, settings: Settings, progress: Progress = silent) -> Review:
    """Keep a coder's act. ConflictError where somebody else decided meanwhile; see `review_of` for the others."""
    kept = base.add_review(review_of(bench, act, book_of(settings)), act.seen)
    if bench.coding is None:
        renew(base, settings, progress)
    return kept


def take_back(
    base: Store, user: str, settings: Settings, number: int | None = None, where: ReviewFilter | None = None
) -> Review:
    """Undo a review: that of `number`, else the last that holds of the person's own among those of `where`."""
    asked = where or ReviewFilter()
    if number is None:
        last = last_undoable(base.reviews(asked), user)
        if last is None:
            raise NotFoundError(f"There is nothing of {user} to undo.", "`khabar review list` shows what was decided.")
        number = last.number
    kept = base.add_review(Review("-", "undo", user, undoes=number, coding=asked.coding))
    if asked.coding is None:
        renew(base, settings)
    return kept


def renew(base: Store, settings: Settings, progress: Progress = silent) -> None:
    """Put the base together anew where claims or decisions changed since it was."""
    if not base.overview().resolved:
        resolve_base(base, book_of(settings), settings.doubt, progress)


# ------------------------------------------------------------------ codings


def finish(base: Store, number: int, user: str, settings: Settings) -> Sequence[Claim]:
    """Finish an assignment: of a coding the claims left standing are kept as they are now; of an adjudication they go
    into the base (`settle_codings`). Gives the claims; of a review there are none.
    """
    given = assignment_of(base, number)
    if given.user != user:
        raise SettingsError(f"Assignment {number} is {given.user}'s.", "Only the coder it was given to finishes it.")
    if given.task == "review":
        base.finish_assignment(number)
        return ()
    bench = bench_of(base, given.document, number)
    claims = coded_of(bench, settings.doubt)
    base.finish_assignment(number, claims)
    return claims
