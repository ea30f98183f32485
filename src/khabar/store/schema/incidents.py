"""Incidents and what lists, maps and filters ask of them. Invariant: made anew from claims and decisions."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, Index, Integer, String, Table, Text

from khabar.store.schema.columns import LARGE, made_from, metadata, number, to

__all__ = ["actor_events", "event_actors", "event_claims", "event_places", "events"]

# All that lists sort and most filters ask by, so that they never touch the pages that `data` fills.
_LISTED = ["earliest", "latest", "killed", "type", "modality", "killed_low", "killed_high", "killed_open", "id"]
events = Table(
    "events",
    metadata,
    number(),
    Column("id", String, nullable=False, unique=True, comment="Id of the incident."),
    Column("type", String, nullable=False, index=True, comment="Derived type; empty where it is open."),
    Column("modality", String, nullable=False, comment="Derived modality."),
    Column("earliest", String(10), index=True, comment="First possible day, derived."),
    Column("latest", String(10), comment="Last possible day, derived."),
    Column("killed", LARGE, comment="Derived number of dead: best, or the lower bound."),
    Column("killed_low", LARGE, comment="The lowest number of dead that a source states."),
    Column("killed_high", LARGE, comment="The highest number of dead that a source states."),
    Column("killed_open", Boolean, comment="Whether a source says that it may be more than that."),
    Column("unsure", Integer, nullable=False, server_default="0", comment="How many incidents it may be the same as."),
    Column("data", JSON, nullable=False, comment="The incident with every stated and every derived value."),
    Column("words", Text, nullable=False, comment="What full-text search reads: words of its claims, names of actors."),
    made_from(),
    Index("events_listed", *_LISTED),
    Index("events_by_id", "id", "earliest", "latest", "killed", "type", "modality"),
    Index("events_by_killed", "killed", "earliest", "latest", "id"),
    Index("events_unsure", "unsure", "killed", "earliest", "latest", "type", "id"),
    comment="Incidents assembled from claims.",
)

event_claims = Table(
    "event_claims",
    metadata,
    Column("event", String, to("events.id"), primary_key=True, comment="The incident."),
    Column("claim", String, to("claims.id"), primary_key=True, index=True, comment="A claim about it."),
    comment="Which claims are about which incident.",
)

event_places = Table(
    "event_places",
    metadata,
    number(),
    Column("event", String, to("events.id"), nullable=False, index=True, comment="The incident."),
    Column("country", String(2), comment="ISO 3166 code of the country."),
    Column("admin1", String, comment="First-level unit, folded for comparison."),
    Column("admin2", String, comment="Second-level unit, folded for comparison."),
    Column("level", String, nullable=False, server_default="region", comment="How closely it is known."),
    Column("name", String, nullable=False, server_default="", comment="The name of the place."),
    Column("admin1_name", String, comment="First-level unit."),
    Column("admin2_name", String, comment="Second-level unit."),
    Column("gazetteer", Integer, comment="GeoNames id, or one of our supplement."),
    Column("latitude", Float, comment="WGS84 degrees, to four digits."),
    Column("longitude", Float, comment="WGS84 degrees, to four digits."),
    Column("site", String, nullable=False, server_default="", comment="What a map draws once: level and place."),
    Column("first_month", String(7), comment="First possible month of the incident."),
    Column("last_month", String(7), comment="Last possible month of the incident."),
    Index("event_places_by_country", "country", "admin1", "level", "event", "admin1_name"),
    Index("event_places_by_level", "level", "event"),
    Index("event_places_by_site", "site", "first_month", "last_month", "event"),
    comment="Derived places of incidents, for filters and maps.",
)

event_actors = Table(
    "event_actors",
    metadata,
    Column("event", String, to("events.id"), primary_key=True, comment="The incident."),
    Column("actor", String, to("actors.id"), primary_key=True, comment="Who is said to have done it."),
    Column("stance", String, primary_key=True, comment="How it is said: asserted, claimed, blamed, suspected, denied."),
    Column("day", String(10), comment="First possible day of the incident, or the last where there is no first."),
    Column("earliest", String(10), comment="First possible day of the incident."),
    Column("latest", String(10), comment="Last possible day of the incident."),
    Column("killed", LARGE, comment="Its derived number of dead."),
    # A list is picked, and activity counted, from these alone.
    Index("event_actors_by_actor", "actor", "stance", "earliest", "latest", "killed", "event", "day"),
    comment="To whom incidents are attributed, for lists of what is said of an actor.",
)

actor_events = Table(
    "actor_events",
    metadata,
    Column("event", String, to("events.id"), primary_key=True, comment="The incident."),
    Column("actor", String, to("actors.id"), primary_key=True, comment="Who is named by a claim of it, as whatever."),
    Column("earliest", String(10), comment="First possible day of the incident."),
    Column("latest", String(10), comment="Last possible day of the incident."),
    Column("killed", LARGE, comment="Its derived number of dead."),
    Index("actor_events_listed", "actor", "earliest", "latest", "killed", "event"),
    comment="Which incidents name an actor in any role, for lists of them.",
)
