"""The tables. Invariant: every table and column says what it holds, and every change here comes with a migration.

Records are kept as JSON in `data` columns, exactly as the exchange format has them; the columns beside it exist only
to be searched and sorted, and are always derived from it. Ids are text, days and moments are ISO text in UTC.
`number` counts rows in the order they came and is what full-text indexes refer to.
"""

from khabar.store.schema.actors import actor_links, actor_names, actors, tie_claims, ties
from khabar.store.schema.coding import assignments, codings, drafts, reviews, standing
from khabar.store.schema.columns import metadata
from khabar.store.schema.incidents import actor_events, event_actors, event_claims, event_places, events
from khabar.store.schema.judging import contradiction_claims, contradictions, decisions, judgements
from khabar.store.schema.log import problems, runs, state
from khabar.store.schema.texts import claims, copies, documents, origins, readings

__all__ = [
    "actor_events",
    "actor_links",
    "actor_names",
    "actors",
    "assignments",
    "claims",
    "codings",
    "contradiction_claims",
    "contradictions",
    "copies",
    "decisions",
    "documents",
    "drafts",
    "event_actors",
    "event_claims",
    "event_places",
    "events",
    "judgements",
    "metadata",
    "origins",
    "problems",
    "readings",
    "reviews",
    "runs",
    "standing",
    "state",
    "tie_claims",
    "ties",
]
