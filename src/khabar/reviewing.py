"""Coders at work on a base: from what was asked to a review that is kept, and a base put together anew where needed.

Invariant: whatever is decided goes through the journal of reviews; the incidents are made anew only where other claims
are coded than before, so that to accept what was coded already costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

from khabar.benches import assignment_of, bench_of, codings_of
from khabar.codebook.load import DEFAULT, load_codebook
from khabar.codebook.model import Codebook
from khabar.coding import Progress, silent
from khabar.errors import NotFoundError, SettingsError
from khabar.offering import actors_named, places_named
from khabar.pipeline import renew_base
from khabar.records import ActorRef, Assignment, Claim, Draft, Place, Review
from khabar.review.acts import Act, review_of
from khabar.review.adjudicate import into_base, settled_claims, undecided, units_of
from khabar.review.bench import Bench, coded_of, last_undoable
from khabar.settings import Settings
from khabar.store.base import Store, View
from khabar.store.questions import DocumentFilter
from khabar.store.review_questions import AssignmentFilter, ReviewFilter

__all__ = ["ReviewDesk", "adjudicate", "assign", "book_of", "finish", "keep", "renew", "sample_of", "take_back"]


def book_of(settings: Settings) -> Codebook:
    """The codebook that coders work with."""
    return load_codebook(settings.codebook or DEFAULT)


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
    renew_base(base, book_of(settings), settings.doubt, progress)


# ------------------------------------------------------------------ codings


def finish(base: Store, number: int, user: str, settings: Settings) -> Sequence[Claim]:
    """Finish an assignment: of a coding the claims left standing are kept as they are now; of an adjudication they go
    into the base. Gives the claims; of a review there are none. SettingsError where it is somebody else's, or where
    something is still undecided.
    """
    given = assignment_of(base, number)
    if given.user != user:
        raise SettingsError(f"Assignment {number} is {given.user}'s.", "Only the coder it was given to finishes it.")
    if given.task == "review":
        base.finish_assignment(number)
        return ()
    bench = bench_of(base, given.document, number)
    if given.task == "coding":
        claims = coded_of(bench, settings.doubt)
        base.finish_assignment(number, claims)
        return claims
    units = units_of(codings_of(base, given))
    waiting = len(undecided(units, bench))
    if waiting:
        raise SettingsError(f"{waiting} differences are not decided yet.", "Choose a side for each, or write a third.")
    claims = settled_claims(units, bench)
    note = f"adjudication of {given.batch}"
    for review in into_base(bench_of(base, given.document), claims, user, note, settings.doubt):
        base.add_review(review)
    base.finish_assignment(number, claims)
    renew(base, settings)
    return claims


def assign(base: Store, given: Sequence[Assignment]) -> list[Assignment]:
    """Give documents to coders; SettingsError where a coder has the same document in the same batch already."""
    there = {(a.document, a.user, a.task, a.batch) for a in base.assignments(AssignmentFilter(done=False))}
    there |= {(a.document, a.user, a.task, a.batch) for a in base.assignments(AssignmentFilter(done=True)) if a.batch}
    for one in given:
        key = (one.document, one.user, one.task, one.batch)
        if key in there:
            raise SettingsError(f"{one.user} has {one.document[:12]} already.", "Name another batch, or another coder.")
        there.add(key)
    return base.add_assignments(given)


def sample_of(base: View, every: int, keys: Sequence[str] = ()) -> list[str]:
    """The documents named, by id or its beginning; without any every n-th of those that are read, in their order."""
    if keys:
        return [base.document(key).id for key in keys]
    if every < 1:
        raise SettingsError(f"Every {every}th document is none.", "Give a number from 1 on, or name documents.")
    return [document.id for document in base.document_list(DocumentFilter(states=("read",)))][::every]


def adjudicate(base: Store, document: str, batch: str, user: str) -> Assignment:
    """The adjudication of a document of a batch: the open one, else a new one, given to `user`. SettingsError where
    fewer than two coders have finished.
    """
    key = base.document(document).id
    where = AssignmentFilter(document=key, batch=batch, task="adjudication", done=False)
    for found in base.assignments(where):
        if found.user == user:
            return found
        raise SettingsError(f"{found.user} adjudicates {key[:12]} already.", "One person settles a report.")
    done = base.assignments(AssignmentFilter(document=key, batch=batch, task="coding", done=True))
    if len(done) < len(("one", "other")):
        raise SettingsError(f"Fewer than two coders have finished {key[:12]}.", "Wait for both codings.")
    return base.add_assignments([Assignment(key, user, "adjudication", user, batch)])[0]


@dataclass(frozen=True)
class ReviewDesk:
    """A base and the settings under which people decide about its claims, one act at a time."""

    base: Store
    settings: Settings
    one: Lock = field(default_factory=Lock)

    def book(self) -> Codebook:
        """The codebook that coders work with."""
        return book_of(self.settings)

    def bench(self, document: str, coding: int | None = None) -> Bench:
        """As `bench_of`."""
        return bench_of(self.base, document, coding)

    def keep(self, bench: Bench, acts: Sequence[Act]) -> list[Review]:
        """Keep acts on one document, and put the base together anew once."""
        with self.one:
            book = self.book()
            kept = [self.base.add_review(review_of(bench, act, book), act.seen) for act in acts]
        if bench.coding is None:  # while others go on deciding: it is done once for all who wait
            renew(self.base, self.settings)
        return kept

    def take_back(self, user: str, number: int | None = None, where: ReviewFilter | None = None) -> Review:
        """As `take_back`."""
        with self.one:
            return take_back(self.base, user, self.settings, number, where)

    def save_draft(self, draft: Draft) -> None:
        """Keep what a coder typed; without a value, forget it."""
        if draft.values:
            self.base.save_draft(draft)
        else:
            self.base.drop_draft(draft)

    def places(self, text: str) -> list[Place]:
        """Places that a name can mean, the likeliest first."""
        return places_named(self.settings.cache, text)

    def actors(self, text: str) -> list[ActorRef]:
        """Actors with a name that begins so: of the base, then of the dictionary."""
        return actors_named(self.base, text)

    def restrict(self, document: str, groups: Sequence[str], user: str) -> None:
        """Let only these groups see a document; without any, everybody."""
        with self.one:
            self.base.restrict([self.base.document(document).id], groups, user)

    def assign(self, given: Sequence[Assignment]) -> list[Assignment]:
        """As `assign`."""
        with self.one:
            return assign(self.base, given)

    def sample(self, every: int, keys: Sequence[str] = ()) -> list[str]:
        """As `sample_of`."""
        return sample_of(self.base, every, keys)

    def adjudicate(self, document: str, batch: str, user: str) -> Assignment:
        """As `adjudicate`."""
        with self.one:
            return adjudicate(self.base, document, batch, user)

    def finish(self, number: int, user: str) -> Sequence[Claim]:
        """As `finish`."""
        with self.one:
            return finish(self.base, number, user, self.settings)
