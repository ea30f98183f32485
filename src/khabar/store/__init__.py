"""Where documents, claims, actors, events and judgements are kept. `open_store(path)` gives a `Store`."""

from khabar.store.base import ActorLink, Assembled, Store, View
from khabar.store.opening import open_store
from khabar.store.questions import (
    Activity,
    ActorFilter,
    ActorSummary,
    ClaimFilter,
    ContradictionFilter,
    DocumentFilter,
    DocumentSummary,
    EventFilter,
    Found,
    Hit,
    Origin,
    Overview,
    Problem,
    Run,
    TieFilter,
    TieSummary,
)
from khabar.store.review_questions import AssignmentFilter, ReviewFilter

__all__ = [
    "Activity",
    "ActorFilter",
    "ActorLink",
    "ActorSummary",
    "Assembled",
    "AssignmentFilter",
    "ClaimFilter",
    "ContradictionFilter",
    "DocumentFilter",
    "DocumentSummary",
    "EventFilter",
    "Found",
    "Hit",
    "Origin",
    "Overview",
    "Problem",
    "ReviewFilter",
    "Run",
    "Store",
    "TieFilter",
    "TieSummary",
    "View",
    "open_store",
]
