"""What can be asked of reports and claims: pages and their API twins. Invariant: one definition serves both."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field, field_validator

from khabar.records import STANCES, STATEMENT_KINDS
from khabar.serve.filters import PAGE_SIZE, page_number
from khabar.store.base import View
from khabar.store.questions import ActorFilter, ClaimFilter, DocumentFilter, DocumentState, EventFilter

__all__ = ["DocumentQuery", "SearchQuery", "StatementQuery"]


_LONGEST = 300  # characters of a search; more of them find nothing more


class _Paged(BaseModel):
    page: int = Field(1, description="From 1.")

    @field_validator("page")
    @classmethod
    def _a_page(cls, value: int) -> int:
        return page_number(value)

    @property
    def offset(self) -> int:
        """How many rows come before the page."""
        return (self.page - 1) * PAGE_SIZE


class SearchQuery(_Paged):
    """Words, and what to look for them in."""

    text: str = Field("", description="All of these words; a “phrase” in quotes; word* by its beginning.")
    kind: Literal["", "incidents", "actors", "documents", "claims"] = Field(
        "", description="Where to look; empty: everywhere, the first few of each."
    )

    @field_validator("text")
    @classmethod
    def _words(cls, value: str) -> str:
        return value[:_LONGEST].strip()

    def events(self, limit: int, offset: int = 0) -> EventFilter:
        """Incidents with the words, the newest first."""
        return EventFilter(text=self.text, order="newest", limit=limit, offset=offset)

    def claims(self, limit: int, offset: int = 0) -> ClaimFilter:
        """Claims with the words in quotes or names, the last that were read first."""
        return ClaimFilter(text=self.text, order="latest", limit=limit, offset=offset)

    def actors(self, limit: int, offset: int = 0) -> ActorFilter:
        """Actors of whose names a word begins with the text."""
        return ActorFilter(text=self.text, min_claims=1, limit=limit, offset=offset)


class DocumentQuery(_Paged):
    """Filters of reports; empty strings ask for nothing."""

    text: str = Field("", max_length=300, description="Words of the text.")
    state: Literal["", "unread", "pending", "read", "failed"] = Field("", description="How far it is.")
    publisher: str = Field("", max_length=300, description="The publisher, in full.")

    def where(self, *, everything: bool = False) -> DocumentFilter:
        """The filter of the base, for one page or for all."""
        states: tuple[DocumentState, ...] = (self.state,) if self.state else ()
        found = {"states": states, "text": self.text or None, "publisher": self.publisher or None}
        if everything:
            return DocumentFilter(**found)  # type: ignore[arg-type]
        return DocumentFilter(**found, limit=PAGE_SIZE, offset=self.offset)  # type: ignore[arg-type]


class StatementQuery(_Paged):
    """Filters of statements: what somebody says about the conflict beyond incidents and ties."""

    kind: str = Field("", description=f"One of {', '.join(STATEMENT_KINDS)}.")
    stance: str = Field("", description=f"One of {', '.join(STANCES)}.")
    actor: str = Field("", max_length=200, description="Who speaks or is spoken about: an actor's id or name.")
    text: str = Field("", max_length=300, description="Words of the passage.")

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        if value and value not in STATEMENT_KINDS:
            raise ValueError(f"use one of {', '.join(STATEMENT_KINDS)}")
        return value

    @field_validator("stance")
    @classmethod
    def _known_stance(cls, value: str) -> str:
        if value and value not in STANCES:
            raise ValueError(f"use one of {', '.join(STANCES)}")
        return value

    def where(self, base: View, *, everything: bool = False) -> ClaimFilter:
        """The filter of the base, for one page or for all."""
        return ClaimFilter(
            kinds=("statement",),
            types=(self.kind,) if self.kind else (),
            stance=self.stance or None,
            actor=base.actor(self.actor).id if self.actor else None,
            text=self.text or None,
            order="place" if everything or self.actor else "latest",
            limit=None if everything else PAGE_SIZE,
            offset=0 if everything else self.offset,
        )
