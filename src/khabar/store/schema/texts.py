"""Archived reports, their readings and the claims found in them."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, Index, Integer, String, Table, Text, true

from khabar.store.schema.columns import metadata, number, to

__all__ = ["claims", "copies", "documents", "origins", "readings"]

documents = Table(
    "documents",
    metadata,
    number(),
    Column("id", String, nullable=False, unique=True, comment="SHA-256 of the original bytes, hexadecimal."),
    Column("file", String, nullable=False, comment="File name it was first added under."),
    Column("external_id", String, comment="The caller's own id."),
    Column("title", String, comment="Title as found in the document."),
    Column("author", String, comment="Author as found in the document."),
    Column("publisher", String, index=True, comment="Publisher as found in the document or given by the operator."),
    Column("url", String, comment="Address it was published under."),
    Column("language", String, index=True, comment="Language code of the text."),
    Column("genre", String, nullable=False, comment="news, analysis, op-ed, list or release."),
    Column("earliest", String(10), index=True, comment="First possible day of publication."),
    Column("latest", String(10), comment="Last possible day of publication."),
    Column("published_by", String, nullable=False, comment="How the publication day was found."),
    Column("retrieved_at", String, comment="When it was fetched."),
    Column("media_type", String, nullable=False, comment="Media type of the original bytes."),
    Column("unread", String, index=True, comment="Why it is archived but never coded; null where it is coded."),
    Column("characters", Integer, nullable=False, comment="Length of the text in code points."),
    Column("added_at", String, nullable=False, comment="When it was added to this store."),
    Column("repairs", JSON, nullable=False, comment="Repairs of the text: [start, end, replacement, why]."),
    Column("skipped", JSON, nullable=False, comment="Spans of boilerplate: [start, end]."),
    # Last, because SQLite reads a row's columns from the front: lists never touch the pages a long text fills.
    Column("text", Text, nullable=False, comment="The text that all offsets refer to."),
    Column(
        "seal", String(64), comment="Hash of what the other columns say, to tell when a fault of the disk changed it."
    ),
    comment="Archived reports.",
)

origins = Table(
    "origins",
    metadata,
    number(),
    Column("document", String, to("documents.id"), nullable=False, index=True, comment="The document."),
    Column("file", String, nullable=False, comment="File name the bytes came under."),
    Column("external_id", String, comment="The caller's own id."),
    Column("url", String, comment="Address the bytes came from."),
    Column("added_at", String, nullable=False, comment="When they came."),
    comment="Every way in which a document's bytes came in; the same bytes twice are one document.",
)

readings = Table(
    "readings",
    metadata,
    Column("document", String, to("documents.id"), primary_key=True, comment="The document."),
    Column("extractor", String, nullable=False, comment="Name of the extractor that read it last."),
    Column("version", String, nullable=False, comment="Version of the extractor."),
    Column("codebook", String, nullable=False, comment="Codebook and its version."),
    Column("state", String, nullable=False, index=True, comment="read or failed."),
    Column("message", String, comment="Why it failed."),
    Column("at", String, nullable=False, comment="When."),
    Column(
        "tries",
        Integer,
        nullable=False,
        server_default="0",
        comment="How often it failed with this extractor and codebook, 0 where it is read.",
    ),
    comment="The last reading of each document; without a row it was never read.",
)

copies = Table(
    "copies",
    metadata,
    Column("document", String, to("documents.id"), primary_key=True, comment="The document."),
    Column("cluster", Integer, nullable=False, comment="Number of the group of copies."),
    Column("position", Integer, nullable=False, comment="Place in the group; 0 is the origin."),
    comment="Documents that are copies of one text.",
)

claims = Table(
    "claims",
    metadata,
    number(),
    Column("id", String, nullable=False, unique=True, comment="Content id of the claim."),
    Column("document", String, to("documents.id"), nullable=False, comment="The document that says it."),
    Column("start", Integer, nullable=False, comment="Where its first passage begins in the text."),
    Column("kind", String, nullable=False, comment="event, relation, presence or statement."),
    Column("type", String, nullable=False, comment="Event or relation type, presence status, or statement kind."),
    Column("stance", String, nullable=False, comment="asserted, claimed, denied, blamed, suspected or hedged."),
    Column("modality", String, nullable=False, comment="actual, attempted, planned, foiled, predicted, … or negated."),
    Column("aggregate", Boolean, nullable=False, comment="Whether it is a total with a scope, not an incident."),
    Column("earliest", String(10), comment="First possible day of what is claimed."),
    Column("latest", String(10), comment="Last possible day of what is claimed."),
    Column("data", JSON, nullable=False, comment="The claim in the exchange format."),
    Column("words", Text, nullable=False, comment="What full-text search reads: quotes, names and type."),
    Column(
        "confidence", Float, nullable=False, server_default="0.5", comment="Share of claims like it that are right."
    ),
    Column(
        "least",
        Float,
        nullable=False,
        server_default="0.5",
        comment="The lowest of its confidence and those of its values.",
    ),
    Column("stakes", Float, nullable=False, server_default="1", comment="What hangs on it; see khabar.stakes."),
    Column(
        "read",
        Boolean,
        nullable=False,
        server_default=true(),
        comment="Whether the last reading of the document gives it; else it is here because of what a person decided.",
    ),
    Index("claims_by_place", "document", "start"),
    Index("claims_by_type", "kind", "type"),
    Index("claims_by_doubt", "least"),
    comment="Who says what, with what stance, in which characters of which document.",
)
