"""What can be asked of the queue. Invariant: one definition serves page, API and download."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from khabar.serve.filters import PAGE_SIZE
from khabar.store.questions import ClaimFilter, ContradictionFilter, EventFilter

__all__ = ["QueueQuery"]

_LAST_PAGE = 1_000_000


class QueueQuery(BaseModel):
    """Filters of the queue; empty strings, as forms send them, ask for nothing."""

    what: Literal["claims", "pairs", "contradictions"] = "claims"
    kind: Literal["", "event", "relation", "presence", "statement"] = Field("", description="Kind of claim.")
    type: str = Field("", description="Type of event or relation, presence status, or statement kind.", max_length=60)
    country: str = Field("", description="Two-letter country code of an incident.", max_length=2)
    reason: Literal["", "left out", "value", "later reading"] = Field("", description="Why it waits.")
    assigned: Literal["", "me"] = Field("", description="Only reports assigned to the coder at work.")
    text: str = Field("", description="Words in quotes and names.", max_length=300)
    page: int = Field(1, ge=1, le=_LAST_PAGE)

    def claims(self, doubt: float, user: str) -> ClaimFilter:
        """The doubtful claims that are asked for, the weightiest first."""
        return ClaimFilter(
            kinds=(self.kind,) if self.kind else (),
            types=(self.type,) if self.type else (),
            country=self.country or None,
            waits=self.reason,
            assigned=user if self.assigned else None,
            text=self.text or None,
            doubtful=doubt,
            order="doubt",
            limit=PAGE_SIZE,
            offset=(self.page - 1) * PAGE_SIZE,
        )

    def pairs(self) -> EventFilter:
        """The incidents that may be the same as another, those with the most dead first."""
        return EventFilter(
            types=(self.type,) if self.type else (),
            country=self.country or None,
            text=self.text or None,
            unsure=True,
            order="killed",
            limit=PAGE_SIZE,
            offset=(self.page - 1) * PAGE_SIZE,
        )

    def contradictions(self) -> ContradictionFilter:
        """What contradicts itself, the incidents with the most dead first."""
        return ContradictionFilter(order="killed", limit=PAGE_SIZE, offset=(self.page - 1) * PAGE_SIZE)
