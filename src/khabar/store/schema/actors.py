"""Actors, their names, and which claims mean them. Invariant: made anew from claims and decisions."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table

from khabar.store.schema.columns import metadata, number, to

__all__ = ["actor_links", "actor_names", "actors", "tie_claims", "ties"]

actors = Table(
    "actors",
    metadata,
    number(),
    Column("id", String, nullable=False, unique=True, comment="Id of the actor."),
    Column("kind", String, nullable=False, comment="organization, person, state or agency."),
    Column("name", String, nullable=False, comment="The name shown."),
    Column("data", JSON, nullable=False, comment="The actor with all its names."),
    Column("country", String(2), comment="ISO 3166 code of the country it is at home in."),
    Column("claims", Integer, nullable=False, server_default="0", comment="How many claims mean it."),
    Column("events", Integer, nullable=False, server_default="0", comment="How many incidents these belong to."),
    Index("actors_by_claims", "claims"),
    comment="Organised actors of public record, as resolution found them.",
)

actor_names = Table(
    "actor_names",
    metadata,
    number(),
    Column("actor", String, to("actors.id"), nullable=False, index=True, comment="The actor."),
    Column("folded", String, nullable=False, index=True, comment="A name without case, accents and punctuation."),
    comment="Every name of every actor, for look-up.",
)

actor_links = Table(
    "actor_links",
    metadata,
    Column("claim", String, to("claims.id"), primary_key=True, comment="The claim."),
    Column(
        "role", String, primary_key=True, comment="The role in the claim: subject, object, speaker, attribution:0, …"
    ),
    Column("actor", String, to("actors.id"), primary_key=True, comment="Who is meant."),
    Column("kind", String, nullable=False, server_default="", comment="Kind of the claim."),
    Column("type", String, nullable=False, server_default="", comment="Type of the claim."),
    Column("document", Integer, nullable=False, server_default="0", comment="Number of its document."),
    Column("start", Integer, nullable=False, server_default="0", comment="Where in the text it begins."),
    Column("claim_number", Integer, nullable=False, server_default="0", comment="Number of the claim."),
    # The claims of an actor are picked from these alone: an actor may be meant by a fifth of all claims.
    Index("actor_links_by_actor", "actor", "role", "kind", "type", "document", "start", "claim_number", "claim"),
    comment="Which actor a claim means in which role.",
)

tie_claims = Table(
    "tie_claims",
    metadata,
    Column("claim", String, to("claims.id"), primary_key=True, comment="A claim that relates two actors."),
    Column("subject", String, to("actors.id"), primary_key=True, comment="Who is meant as its subject."),
    Column("object", String, to("actors.id"), primary_key=True, comment="Who is meant as its object, another actor."),
    Column("type", String, nullable=False, comment="Relation type."),
    Column("stance", String, nullable=False, comment="Stance of the claim."),
    Column("modality", String, nullable=False, comment="Modality of the claim."),
    Column("denied", Boolean, nullable=False, comment="Whether it denies the tie, in whatever words."),
    Column("earliest", String(10), comment="First possible day of what is claimed."),
    Column("latest", String(10), comment="Last possible day of what is claimed."),
    Column(
        "rank",
        Integer,
        nullable=False,
        server_default="0",
        comment="Its place among the claims of its tie of one stance and modality; all from 1000 on have 1000.",
    ),
    # All that sums are made of, in the order of the sums, so that they are made of this index alone.
    Index("tie_claims_summed", "type", "subject", "object", "denied", "earliest", "latest", "modality", "rank"),
    Index("tie_claims_by_subject", "subject", "rank", "type"),
    Index("tie_claims_by_object", "object", "rank", "type"),
    comment="Which claims tie which two actors, with all that pictures of ties ask of a claim.",
)

ties = Table(
    "ties",
    metadata,
    Column("type", String, primary_key=True, comment="Relation type."),
    Column("subject", String, to("actors.id"), primary_key=True, comment="Who is meant as its subject."),
    Column("object", String, to("actors.id"), primary_key=True, comment="Who is meant as its object."),
    Column("claims", Integer, nullable=False, comment="How many claims make the tie."),
    Column("denied", Integer, nullable=False, comment="How many of them deny it."),
    Column("earliest", String(10), comment="The first possible day that a claim gives."),
    Column("latest", String(10), comment="The last possible day that a claim gives."),
    Index("ties_by_subject", "subject", "type"),
    Index("ties_by_object", "object", "type"),
    comment="What ties two actors, summed up over its claims.",
)
