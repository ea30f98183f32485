"""Deciding about a part of a base. Invariant: whatever is decided there is kept in the whole base, and both are put
together anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from khabar.deciding import Desk
from khabar.records import Asked, Claim, Decision, Review
from khabar.review.acts import Act
from khabar.review.bench import Bench
from khabar.reviewing import renew
from khabar.store.base import Store
from khabar.store.review_questions import ReviewFilter

__all__ = ["ClearedDesk"]


@dataclass(frozen=True)
class ClearedDesk(Desk):
    """The desk of somebody who sees a part of `whole`."""

    whole: Store = field(kw_only=True)

    def decide(self, asked: Asked) -> Decision:
        """As `Desk.decide`."""
        kept = super().decide(asked)
        self._renew()
        return kept

    def keep(self, bench: Bench, acts: Sequence[Act]) -> list[Review]:
        """As `Desk.keep`."""
        kept = super().keep(bench, acts)
        self._renew()
        return kept

    def take_back(self, user: str, number: int | None = None, where: ReviewFilter | None = None) -> Review:
        """As `Desk.take_back`."""
        kept = super().take_back(user, number, where)
        self._renew()
        return kept

    def finish(self, number: int, user: str) -> Sequence[Claim]:
        """As `Desk.finish`."""
        claims = super().finish(number, user)
        self._renew()
        return claims

    def _renew(self) -> None:
        with self.one:
            renew(self.whole, self.settings)
