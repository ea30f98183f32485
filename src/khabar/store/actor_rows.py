"""Actors of incidents as rows. Invariant: each row carries what lists of an actor's incidents sort by, exactly as the
row of the incident has it, so that a page of such a list is picked from an index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from khabar.records import Event

__all__ = ["actor_events_of", "event_actors_of"]

_Fields = dict[str, Any]


def event_actors_of(event: Event, row: Mapping[str, Any]) -> Iterator[_Fields]:
    """The rows of `event_actors` for an incident: each actor with each stance in which it is attributed to it. `row` is
    that of `events`.
    """
    said = (value.value for value in event.values.get("attributions", ()))
    pairs = {(v.get("actor_id"), v.get("stance")): None for v in said if isinstance(v, Mapping)}
    day = row["earliest"] or row["latest"]
    for actor, stance in pairs:
        if actor and stance:
            yield {**_sorted_by(row), "actor": actor, "stance": stance, "day": day}


def actor_events_of(row: Mapping[str, Any], actors: Iterable[str]) -> Iterator[_Fields]:
    """The rows of `actor_events` for the row of an incident whose claims name these actors."""
    for actor in actors:
        yield {**_sorted_by(row), "actor": actor}


def _sorted_by(row: Mapping[str, Any]) -> _Fields:
    return {"event": row["id"], **{name: row[name] for name in ("earliest", "latest", "killed")}}
