"""Where somebody sits at the workbench: which base they see, at which desk they decide, and under which name.

Invariant: a page takes base, desk and name from the seat of its request and from nowhere else, so that what somebody
may see and do is chosen in one place, before any page runs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from fastapi import Request
from starlette.exceptions import HTTPException

from khabar.codebook.model import Codebook
from khabar.export.decisions import Entry
from khabar.records import ActorRef, Asked, Assignment, Claim, Decision, Draft, Place, Review
from khabar.review.acts import Act
from khabar.review.bench import Bench
from khabar.store.base import View
from khabar.store.review_questions import ReviewFilter

__all__ = ["Desk", "Seat", "Seating", "alone", "base_of", "desk_of", "may_decide", "seat_of", "user_of"]

_LONGEST_NAME = 60  # characters of a coder's name


class Desk(Protocol):
    """Where decisions are made and kept."""

    def decide(self, asked: Asked) -> Decision:
        """Keep a decision and put the base together anew."""

    def journal(self) -> list[Entry]:
        """All decisions in their order, with what became of each."""

    def book(self) -> Codebook:
        """The codebook that coders work with."""

    def bench(self, document: str, coding: int | None = None) -> Bench:
        """What lies before a coder: of the base, or of a coding."""

    def keep(self, bench: Bench, acts: Sequence[Act]) -> list[Review]:
        """Keep acts on one document; ConflictError where somebody decided meanwhile."""

    def take_back(self, user: str, number: int | None = None, where: ReviewFilter | None = None) -> Review:
        """Undo a review: that of `number`, else the last of the person's own."""

    def save_draft(self, draft: Draft) -> None:
        """Keep what a coder typed; without a value, forget it."""

    def places(self, text: str) -> list[Place]:
        """Places that a name can mean."""

    def actors(self, text: str) -> list[ActorRef]:
        """Actors with a name that begins so."""

    def restrict(self, document: str, groups: Sequence[str], user: str) -> None:
        """Let only these groups see a document; without any, everybody."""

    def assign(self, given: Sequence[Assignment]) -> list[Assignment]:
        """Give documents to coders."""

    def sample(self, every: int, keys: Sequence[str] = ()) -> list[str]:
        """The documents named, else every n-th of those that are read."""

    def adjudicate(self, document: str, batch: str, user: str) -> Assignment:
        """The adjudication of a document of a batch."""

    def finish(self, number: int, user: str) -> Sequence[Claim]:
        """Finish an assignment."""


def _whatever(_method: str, _path: str) -> bool:
    """Without accounts everybody who is let in may ask for everything."""
    return True


@dataclass(frozen=True, slots=True)
class Seat:
    """What a request is answered from: the `base` as this person sees it (None: they see none), the `desk` at which
    they decide (None: they only read), and the name under which what they decide is kept.

    `may` says whether they may ask for a method and path; pages offer nothing else. With accounts it is a `team`'s
    workbench, and `token` is what the forms of this session carry.
    """

    base: View | None
    desk: Desk | None
    user: str
    may: Callable[[str, str], bool] = _whatever
    team: bool = False
    token: str = ""


Seating = Callable[[Request], Seat]
"""Who sits where. Called once a request; may raise HTTPException."""


def alone(base: View, desk: Desk | None, user: str) -> Seating:
    """The seating of a workbench without accounts: one base and one desk for whoever can reach it."""

    def seated(request: Request) -> Seat:
        return Seat(base, desk, _chosen(request) or user)

    return seated


def _chosen(request: Request) -> str:
    """The name chosen on the queue page, empty where none can be used.

    It says whose decisions these are, and keeps blind coders apart; it is no password.
    """
    chosen = request.cookies.get("coder", "").strip()
    good = chosen.isprintable() and len(chosen) <= _LONGEST_NAME and not chosen.startswith("rule:")
    return chosen if good else ""


def seat_of(request: Request) -> Seat:
    """The seat of a request, found once."""
    if not hasattr(request.state, "seat"):
        seating: Seating = request.app.state.seating
        request.state.seat = seating(request)
    seat: Seat = request.state.seat
    return seat


def base_of(request: Request) -> View:
    """The base as the person asking sees it; 401 where they see none."""
    base = seat_of(request).base
    if base is None:
        raise HTTPException(401, "Sign in first.")
    return base


def user_of(request: Request) -> str:
    """Who is at work."""
    return seat_of(request).user


def desk_of(request: Request) -> Desk:
    """The desk of the person asking; 403 where they only read."""
    desk = seat_of(request).desk
    if desk is None:
        raise HTTPException(403, "This base is open for reading only.")
    return desk


def may_decide(request: Request) -> bool:
    """Whether the person asking has a desk."""
    return seat_of(request).desk is not None
